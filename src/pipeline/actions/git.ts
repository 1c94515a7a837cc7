/** Lines of git in a job: what actions run, on the runner's disk as its user. */
import { runnerShell } from "../runner/runnerShell.ts";
import type { ActionCall } from "./call.ts";

export interface Ran {
  readonly exitCode: number;
  readonly output: string;
}

/** Runs a line of shell and returns what it printed; nothing of it goes to the log. */
export async function quietly(call: ActionCall, directory: string, line: string): Promise<Ran> {
  const { execution } = call;
  const printed: string[] = [];
  const shell = runnerShell(execution, {
    environment: { HOME: execution.home, GIT_TERMINAL_PROMPT: "0" },
    directory,
    script: "git",
    write: (_stream, text) => void printed.push(text),
  });
  const { exitCode } = await shell.run(line);
  return { exitCode, output: printed.join("").replace(/\n$/, "") };
}

/** Tells a command as actions do before they run it. */
export function told(...words: readonly string[]): string {
  return `[command]/usr/bin/git ${words.join(" ")}`;
}
