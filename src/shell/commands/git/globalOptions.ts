/** Options before the subcommand: https://git-scm.com/docs/git#_options */
import type { ExecResult } from "just-git";
import { fatal, output } from "./call.ts";

/** The version whose behaviour is imitated and compared with. */
export const GIT_VERSION = "2.39.5";

export type GlobalOptions =
  | { readonly result: ExecResult }
  | {
      readonly name: string;
      readonly args: readonly string[];
      readonly cwd: string;
      /** The directory as it was asked for, for messages. */
      readonly cwdAsked: string;
      readonly overrides: readonly (readonly [name: string, value: string])[];
    };

const IGNORED = new Set([
  "--no-pager",
  "-P",
  "-p",
  "--paginate",
  "--no-optional-locks",
  "--no-replace-objects",
  "--literal-pathspecs",
]);

export function globalOptions(args: readonly string[], start: string): GlobalOptions {
  let cwd = start;
  let cwdAsked = start;
  const overrides: [string, string][] = [];
  let i = 0;
  for (; i < args.length && (args[i] as string).startsWith("-"); i++) {
    const option = args[i] as string;
    if (option === "-C") {
      const asked = args[++i];
      if (asked === undefined) return { result: output("", "no directory given for '-C'\n" + USAGE, 129) };
      cwdAsked = asked;
      cwd = join(cwd, asked);
    } else if (option === "-c") {
      const pair = args[++i];
      if (pair === undefined)
        return { result: output("", "-c expects a configuration string\n" + USAGE, 129) };
      const override = parseOverride(pair);
      if (!override) return { result: fatal(`error: key does not contain a section: ${pair}`) };
      overrides.push(override);
    } else if (option === "--version" || option === "-v") {
      return { result: output(`git version ${GIT_VERSION}\n`) };
    } else if (option === "--help" || option === "-h") {
      return { result: output(USAGE) };
    } else if (!IGNORED.has(option)) {
      return { result: output("", `unknown option: ${option}\n${USAGE}`, 129) };
    }
  }
  const name = args[i];
  if (name === undefined) return { result: output(USAGE, "", 1) };
  return { name, args: args.slice(i + 1), cwd, cwdAsked, overrides };
}

function join(base: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${base}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** `Section.Sub.Key=value` → [`section.Sub.key`, `value`]; without `=` the value is "true". */
function parseOverride(pair: string): [string, string] | null {
  const equals = pair.indexOf("=");
  const name = equals < 0 ? pair : pair.slice(0, equals);
  const value = equals < 0 ? "true" : pair.slice(equals + 1);
  const first = name.indexOf(".");
  const last = name.lastIndexOf(".");
  if (first < 0) return null;
  return [
    name.slice(0, first).toLowerCase() + name.slice(first, last + 1) + name.slice(last + 1).toLowerCase(),
    value,
  ];
}

const USAGE = `usage: git [-v | --version] [-h | --help] [-C <path>] [-c <name>=<value>]
           [--exec-path[=<path>]] [--html-path] [--man-path] [--info-path]
           [-p | --paginate | -P | --no-pager] [--no-replace-objects] [--bare]
           [--git-dir=<path>] [--work-tree=<path>] [--namespace=<name>]
           [--super-prefix=<path>] [--config-env=<name>=<envvar>]
           <command> [<args>]
`;
