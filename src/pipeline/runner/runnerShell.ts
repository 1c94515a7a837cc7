/** The shell of a step: on the runner's disk, as the runner's user, with nothing but the environment of the step. */
import type { Command } from "just-bash/browser";
import { shellCommands } from "../../shell/commands.ts";
import { curlFetch } from "../../shell/curlFetch.ts";
import { Shell } from "../../shell/session.ts";
import { unattended, type Terminal } from "../../shell/terminal.ts";
import { RUNNER_UID } from "./image.ts";
import type { Execution } from "./execution.ts";

/** What a login shell has and a step does not. */
const LOGIN_ONLY = ["TERM", "EDITOR", "HOSTNAME"];

export interface ShellOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string;
  /** What `$0` says. */
  readonly script: string;
  write(stream: "stdout" | "stderr", text: string): void;
  /** Take the place of those of the same names. */
  readonly commands?: readonly Command[];
}

export function runnerShell(execution: Execution, options: ShellOptions): Shell {
  const { request, disk, user, home } = execution;
  const { world, state } = request;
  const terminal = orderedTerminal(options.write);
  const now = () => world.clock.now() + execution.seconds * 1000;
  // Time of a step is told, not spent: other jobs go on meanwhile.
  const sleep = async (ms: number) => void (execution.seconds += ms / 1000);
  const { reach } = execution;
  const host = {
    fs: disk.as(user),
    terminal,
    commands: [
      ...shellCommands({
        terminal,
        now,
        reach,
        node: { files: disk, user, reach, now, sleep },
        server: { world, machine: state.machine, user: user.name },
      }),
      ...(options.commands ?? []),
    ],
    fetch: curlFetch(reach),
    sleep,
    tick: async () => undefined,
  };
  const shell = new Shell(host, {
    name: user.name,
    home,
    uid: RUNNER_UID,
    hostname: state.machine,
    env: options.environment,
  });
  shell.login(options.directory, world.clock.now());
  for (const name of LOGIN_ONLY.filter((it) => !(it in options.environment))) {
    shell.state.env.delete(name);
    shell.state.exportedVars.delete(name);
  }
  shell.state.env.set("0", options.script);
  return shell;
}

/**
 * The shell shows output and errors of a pipeline in one go, output first. What `set -x` traced came before the output of
 * the command that it traces.
 */
function orderedTerminal(write: ShellOptions["write"]): Terminal {
  let held: string | null = null;
  const release = () => {
    if (held !== null) write("stdout", held);
    held = null;
  };
  return {
    ...unattended,
    write: (stream, text) => {
      if (stream === "stdout") {
        release();
        held = text;
        // Both parts of one pipeline come at once; anything later belongs to the next.
        void Promise.resolve().then(release);
        return;
      }
      const traced = /^(?:\++ .*\n)+/.exec(text)?.[0] ?? "";
      if (traced !== "") write("stderr", traced);
      release();
      if (traced.length < text.length) write("stderr", text.slice(traced.length));
    },
  };
}
