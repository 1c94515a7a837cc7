/** Lines of git in a job: what actions run, on the runner's disk as its user. */
import type { Execution } from "../runner/execution.ts";
import { runnerShell } from "../runner/runnerShell.ts";
import type { ActionCall } from "./call.ts";

export interface Ran {
  readonly exitCode: number;
  readonly output: string;
}

/** Runs a line of shell and returns what it printed; nothing of it goes to the log. */
export async function quietly({ execution }: ActionCall, directory: string, line: string): Promise<Ran> {
  execution.quiet ??= quietShell(execution);
  const { shell, printed } = execution.quiet;
  shell.enterDirectory(directory);
  const { exitCode } = await shell.run(line);
  return { exitCode, output: printed.splice(0).join("").replace(/\n$/, "") };
}

function quietShell(execution: Execution): NonNullable<Execution["quiet"]> {
  const printed: string[] = [];
  const shell = runnerShell(execution, {
    environment: { HOME: execution.home, GIT_TERMINAL_PROMPT: "0" },
    directory: execution.home,
    script: "git",
    write: (_stream, text) => void printed.push(text),
  });
  return { shell, printed };
}

/** Tells a command as actions do before they run it. */
export function told(...words: readonly string[]): string {
  return `[command]/usr/bin/git ${words.join(" ")}`;
}
