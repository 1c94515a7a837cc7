/** One call of a git subcommand: everything it may see. */
import type { ExecResult, FileSystem, GitContext, GitOptions } from "just-git";
import type { DiskView } from "../../../disk/view.ts";
import type { Terminal } from "../../terminal.ts";

export interface GitCall {
  /** Arguments after the subcommand's name. */
  readonly args: readonly string[];
  /** Absolute directory, `-C` already applied. */
  readonly cwd: string;
  readonly env: ReadonlyMap<string, string>;
  /** The disk as the learner's user sees it. */
  readonly fs: FileSystem & {
    appendFile(path: string, content: string | Uint8Array): Promise<void>;
    mv(from: string, to: string): Promise<void>;
    chmod(path: string, mode: number): Promise<void>;
    realpath(path: string): Promise<string>;
  } & Partial<Pick<DiskView, "peek" | "listStats">>;
  /** Standard input as bytes, one character each; "" where it is the terminal. */
  readonly stdin: string;
  readonly terminal: Terminal;
  /** `-c name=value` in their order, names in lower case except the subsection. */
  readonly overrides: readonly (readonly [name: string, value: string])[];
  /** How remotes of the world are reached; false where there is no network. */
  readonly network: GitOptions["network"];
  /** Virtual time, ms since 1970. */
  now(): number;
  /** Runs a shell command (hook, editor, filter) in a directory with the call's environment plus `env`. */
  shell(
    command: string,
    options?: { cwd?: string; stdin?: string; env?: Readonly<Record<string, string>> },
  ): Promise<ExecResult>;
  /** Runs another git subcommand in the same place: `git("stash", ["list"])`. */
  git(
    name: string,
    args: readonly string[],
    options?: { cwd?: string; stdin?: string; env?: Readonly<Record<string, string>> },
  ): Promise<ExecResult>;
  /** The repository that contains `cwd`, or null. Stores, paths and hooks as just-git gives them. */
  repository(): Promise<GitContext | null>;
}

export type GitCommand = (call: GitCall) => Promise<ExecResult>;

export function output(stdout: string, stderr = "", exitCode = 0): ExecResult {
  return { stdout, stderr, exitCode };
}

/** `fatal: …`, exit 128, as git's die(). */
export function fatal(message: string, exitCode = 128): ExecResult {
  return output("", `fatal: ${message}\n`, exitCode);
}

/** `error: …`, exit 1, as git's error(). */
export function error(message: string, exitCode = 1): ExecResult {
  return output("", `error: ${message}\n`, exitCode);
}

export const NOT_A_REPOSITORY = "not a git repository (or any of the parent directories): .git";
