/** What a command prints while it works; the shell shows it when the command ends, or earlier when it waits. */
import type { ExecResult } from "just-git";
import type { GitCall } from "../call.ts";

export interface Transcript {
  out(text: string): void;
  err(text: string): void;
  /** Adds both streams of another command, and hands its result on. */
  add(result: ExecResult): ExecResult;
  /** Shows what was collected so far, before the person is asked something. */
  show(call: GitCall): void;
  result(exitCode?: number): ExecResult;
}

export function transcript(): Transcript {
  let stdout = "";
  let stderr = "";
  return {
    out: (text) => void (stdout += text),
    err: (text) => void (stderr += text),
    add: (result) => {
      stdout += result.stdout;
      stderr += result.stderr;
      return result;
    },
    show: (call) => {
      if (stderr) call.terminal.write("stderr", stderr);
      if (stdout) call.terminal.write("stdout", stdout);
      stdout = stderr = "";
    },
    result: (exitCode = 0) => ({ stdout, stderr, exitCode }),
  };
}

/** What ends a command early, as git's die(): the text, and the exit code. */
export class Stop extends Error {
  readonly exitCode: number;
  constructor(text: string, exitCode: number) {
    super(text);
    this.exitCode = exitCode;
  }
}

export function die(message: string, exitCode = 128): never {
  throw new Stop(`fatal: ${message}\n`, exitCode);
}

/** Prints `text` on stderr as it is and ends with `exitCode`. */
export function stop(text: string, exitCode = 1): never {
  throw new Stop(text, exitCode);
}

/** Runs a command whose parts end it with `die` or `stop`; what was printed before stays. */
export async function run(work: (t: Transcript) => Promise<number | void>): Promise<ExecResult> {
  const t = transcript();
  try {
    return t.result((await work(t)) ?? 0);
  } catch (problem) {
    if (!(problem instanceof Stop)) throw problem;
    t.err(problem.message);
    return t.result(problem.exitCode);
  }
}
