/** Options that every `aws` command takes. https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-options.html */
import { notSimulated, usageStop } from "./stop.ts";

export const OUTPUTS = ["json", "text", "table", "yaml", "yaml-stream"] as const;
export type OutputFormat = (typeof OUTPUTS)[number];

export interface Globals {
  readonly profile?: string;
  readonly region?: string;
  readonly output?: OutputFormat;
  readonly query?: string;
  readonly endpointUrl?: string;
  /** False with --no-sign-request: nobody's request. */
  readonly signed: boolean;
  /** False with --no-paginate: one page. */
  readonly paginate: boolean;
  readonly version: boolean;
}

const VALUES: Readonly<Record<string, keyof Globals | null>> = {
  "--profile": "profile",
  "--region": "region",
  "--output": "output",
  "--query": "query",
  "--endpoint-url": "endpointUrl",
  "--color": null,
  "--ca-bundle": null,
  "--cli-read-timeout": null,
  "--cli-connect-timeout": null,
  "--cli-binary-format": null,
};

const SWITCHES: Readonly<Record<string, readonly [keyof Globals, boolean] | null>> = {
  "--no-sign-request": ["signed", false],
  "--no-paginate": ["paginate", false],
  "--version": ["version", true],
  "--no-verify-ssl": null,
  "--no-cli-pager": null,
  "--no-cli-auto-prompt": null,
};

const ABSENT = ["--debug", "--cli-auto-prompt", "--generate-cli-skeleton"];

/** They may stand anywhere; what is left is the command and its own options. */
export function readGlobals(args: readonly string[]): { globals: Globals; rest: string[] } {
  const read: Record<string, string | boolean> = { signed: true, paginate: true, version: false };
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    const [name, attached] = split(arg);
    if (ABSENT.includes(name)) throw notSimulated(`aws ${name}`);
    if (Object.hasOwn(VALUES, name)) {
      const value = attached ?? args[++i];
      if (value === undefined) throw usageStop(`argument ${name}: expected one argument`);
      const field = VALUES[name];
      if (field) read[field] = value;
    } else if (Object.hasOwn(SWITCHES, arg)) {
      const set = SWITCHES[arg];
      if (set) read[set[0]] = set[1];
    } else rest.push(arg);
  }
  checkOutput(read["output"]);
  return { globals: read as unknown as Globals, rest };
}

function checkOutput(output: string | boolean | undefined): void {
  if (output === undefined || (OUTPUTS as readonly unknown[]).includes(output)) return;
  throw usageStop(
    `argument --output: Found invalid choice '${String(output)}'\n\n\nvalid choices are:\n\n${OUTPUTS.join(" | ")}`,
  );
}

/** `--name=value`. */
export function split(arg: string): readonly [name: string, value: string | undefined] {
  const at = arg.startsWith("--") ? arg.indexOf("=") : -1;
  return at < 0 ? [arg, undefined] : [arg.slice(0, at), arg.slice(at + 1)];
}
