/** What the shell's own commands share: results, files as bytes, and errors in the wording of GNU tools. */
import type { Command, ExecResult, ResolvedCommandContext } from "just-bash/browser";
import { fromLatin1, fromUtf8, toLatin1, toUtf8 } from "../../../base/bytes.ts";
import { type Options, type OptionTable, parseOptions } from "./options.ts";

export type Context = ResolvedCommandContext;
export type Run = (args: readonly string[], context: Context) => Promise<ExecResult> | ExecResult;

export function command(name: string, run: Run): Command {
  return { name, execute: async (args, context) => run(args, context) };
}

/** A command with options; what getopt complains about ends it with `usageExit`. */
export function gnuCommand(
  name: string,
  table: OptionTable,
  run: (options: Options, context: Context, args: readonly string[]) => Promise<ExecResult> | ExecResult,
  usageExit = 1,
): Command {
  return command(name, (args, context) => {
    const options = parseOptions(args, table);
    return typeof options === "string" ? usage(name, options, usageExit) : run(options, context, args);
  });
}

export function result(stdout: string, stderr = "", exitCode = 0): ExecResult {
  return { stdout, stderr, exitCode };
}

export function bytesResult(bytes: Uint8Array, stderr = "", exitCode = 0): ExecResult {
  return { stdout: toLatin1(bytes), stderr, exitCode, stdoutKind: "bytes", stdoutEncoding: "binary" };
}

/** `NAME: MESSAGE`, exit 1. */
export function failed(name: string, message: string, exitCode = 1): ExecResult {
  return result("", `${name}: ${message}\n`, exitCode);
}

export function usage(name: string, message: string, exitCode = 1): ExecResult {
  return result("", `${name}: ${message}\nTry '${name} --help' for more information.\n`, exitCode);
}

export function notSimulated(what: string, exitCode = 2): ExecResult {
  return result("", `${what}: not simulated in LeakLab\n`, exitCode);
}

/** Why a file operation failed, in the words of strerror(3). */
export function reasonOf(error: unknown): string {
  const { reason, message } = error as { reason?: string; message?: string };
  if (reason) return reason;
  return /ENOENT/.test(message ?? "") ? "No such file or directory" : (message ?? "Input/output error");
}

export function pathOf(context: Context, name: string): string {
  return context.fs.resolvePath(context.cwd, name);
}

export function stdinBytes(context: Context): Uint8Array {
  return fromLatin1(context.stdin as unknown as string);
}

export function stdinText(context: Context): string {
  return toUtf8(stdinBytes(context));
}

/** A file's bytes, or why they cannot be read; `-` is standard input. */
export async function readBytes(context: Context, name: string): Promise<Uint8Array | string> {
  if (name === "-") return stdinBytes(context);
  try {
    return await context.fs.readFileBuffer(pathOf(context, name));
  } catch (error) {
    return reasonOf(error);
  }
}

/** Writes a file; null, or why it cannot be written. */
export async function writeBytes(
  context: Context,
  name: string,
  bytes: Uint8Array | string,
): Promise<string | null> {
  try {
    await context.fs.writeFile(pathOf(context, name), typeof bytes === "string" ? fromUtf8(bytes) : bytes);
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

/** A file's own state or, where it has none, why. `owner` is there on LeakLab's disk. */
export type Stat = Awaited<ReturnType<Context["fs"]["lstat"]>> & {
  readonly owner?: string;
  readonly ino?: number;
  readonly nlink?: number;
};

export async function statOf(context: Context, path: string, follow: boolean): Promise<Stat | string> {
  try {
    return (await (follow ? context.fs.stat(path) : context.fs.lstat(path))) as Stat;
  } catch (error) {
    return reasonOf(error);
  }
}

/** A word as a shell would need it, for `context.exec`. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
