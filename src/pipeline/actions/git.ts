/** git in a job: what actions run, on the runner's disk as its user. No shell stands between; only a hook gets one. */
import type { CommandContext } from "just-bash/browser";
import { gitCommand } from "../../shell/commands/git/git.ts";
import { unattended } from "../../shell/terminal.ts";
import type { Execution } from "../runner/execution.ts";
import { runnerShell } from "../runner/runnerShell.ts";
import type { ActionCall } from "./call.ts";

export interface Ran {
  readonly exitCode: number;
  readonly output: string;
}

type Exec = NonNullable<CommandContext["exec"]>;

/** Runs git in a directory and returns what it printed; nothing of it goes to the log. */
export async function git(
  { execution }: ActionCall,
  directory: string,
  ...args: readonly string[]
): Promise<Ran> {
  const { world } = execution.request;
  const now = () => world.clock.now() + execution.seconds * 1000;
  execution.git ??= gitCommand({ terminal: unattended, now, network: false });
  const exec: Exec = (line, options) => inShell(execution, directory, line, options);
  const env = new Map(Object.entries({ HOME: execution.home, USER: execution.user.name }));
  const place = { fs: execution.disk.as(execution.user), cwd: directory, env, stdin: "", exec };
  const { stdout, stderr, exitCode } = await execution.git.execute([...args], place as never);
  return { exitCode, output: `${stdout}${stderr}`.replace(/\n$/, "") };
}

/** A line that git runs in a shell of its own, as a hook. */
async function inShell(execution: Execution, directory: string, ...line: Parameters<Exec>): ReturnType<Exec> {
  let ran: Awaited<ReturnType<Exec>> | undefined;
  const [text, options] = line;
  const shell = runnerShell(execution, {
    environment: { HOME: execution.home, GIT_TERMINAL_PROMPT: "0" },
    directory,
    script: "git",
    write: () => undefined,
    commands: [
      {
        name: "git",
        execute: async (_args, { exec, exportedEnv }) =>
          (ran = await (exec as Exec)(text, { ...options, env: { ...exportedEnv, ...options.env } })),
      },
    ],
  });
  await shell.run("git");
  return ran ?? { stdout: "", stderr: "", exitCode: 1 };
}

/** Tells a command as actions do before they run it. */
export function told(...words: readonly string[]): string {
  return `[command]/usr/bin/git ${words.join(" ")}`;
}
