/** One call of `npm`: where it stands, its configuration, and how it answers. */
import type { ExecResult } from "just-bash/browser";
import type { Reach } from "../../../world/network.ts";
import type { Terminal } from "../../terminal.ts";
import { type Context, result } from "../lib/invocation.ts";
import type { Configuration } from "./config.ts";

export interface NpmCall {
  /** Its full name, as npm says it of itself: "ci", "run-script". */
  readonly command: string;
  readonly context: Context;
  readonly reach: Reach | undefined;
  readonly browser: Reach | undefined;
  readonly terminal: Terminal;
  now(): number;
  readonly config: Configuration;
  /** Behind the command's name, without options. */
  readonly operands: readonly string[];
  /** Behind `--`. */
  readonly rest: readonly string[];
  /** The folder with the nearest package.json, else the current one. */
  readonly prefix: string;
}

export const VERSION = "11.19.1";

/** `npm error …` lines; exit 1. https://docs.npmjs.com/common-errors */
export function failed(code: string | null, lines: readonly string[], exitCode = 1): ExecResult {
  const all = [...(code === null ? [] : [`code ${code}`]), ...lines].flatMap((line) => line.split("\n"));
  return result("", all.map((line) => `npm error ${line}`.trimEnd() + "\n").join(""), exitCode);
}

export function absent(what: string): ExecResult {
  return failed(null, [`${what}: not simulated in LeakLab`]);
}

/** How npm answers a line that it does not understand: what the command does, its forms, and what was wrong. */
export function usage(about: string, lines: readonly string[], wrong: string | null = null): ExecResult {
  return failed("EUSAGE", [
    "",
    ...(wrong === null ? [] : [wrong, ""]),
    about,
    "",
    "Usage:",
    ...lines.map((line) => `npm ${line}`),
  ]);
}

export function notices(lines: readonly string[]): string {
  return lines.map((line) => `npm notice ${line}`.trimEnd() + "\n").join("");
}

export interface PackageJson {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly private?: unknown;
  readonly files?: unknown;
  readonly main?: unknown;
  readonly scripts?: Readonly<Record<string, unknown>>;
  readonly publishConfig?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** The project's package.json, or how npm fails without one. */
export async function packageJson({ context, prefix }: NpmCall): Promise<PackageJson | ExecResult> {
  const path = `${prefix === "/" ? "" : prefix}/package.json`;
  let text: string;
  try {
    text = await context.fs.readFile(path);
  } catch {
    return failed("ENOENT", [
      "syscall open",
      `path ${path}`,
      "errno -2",
      `enoent Could not read package.json: Error: ENOENT: no such file or directory, open '${path}'`,
      "enoent This is related to npm not being able to find a file.",
      "enoent",
    ]);
  }
  try {
    const value = JSON.parse(text) as unknown;
    if (value !== null && typeof value === "object" && !Array.isArray(value)) return value as PackageJson;
  } catch {
    // Said below: the words of a JavaScript engine differ between hosts.
  }
  return failed("EJSONPARSE", [
    `path ${path}`,
    "JSON.parse Failed to parse JSON data.",
    "JSON.parse Note: package.json must be actual JSON, not just JavaScript.",
  ]);
}

export function isFailure(it: PackageJson | ExecResult): it is ExecResult {
  return "exitCode" in it && "stderr" in it;
}
