/** A learner's shell with every command, on a disk of its own, for stories and unit tests. */
import { Disk, type DiskOptions } from "../../src/disk/disk.ts";
import { layOut } from "../../src/disk/layout.ts";
import { type CommandHost, commandNames, shellCommands } from "../../src/shell/commands.ts";
import { Shell, type ShellHost } from "../../src/shell/session.ts";
import { type Terminal, unattended } from "../../src/shell/terminal.ts";
import type { MakeShell } from "../git/lab.ts";
import { GLOBAL_CONFIG, HOME, IDENTITY, type Outcome } from "../git/story.ts";

export interface TestShell {
  readonly disk: Disk;
  readonly shell: Shell;
  run(line: string): Promise<Outcome>;
}

export interface TestOptions {
  readonly clock?: { now: number };
  readonly limits?: DiskOptions["limits"];
  readonly terminal?: Partial<Terminal>;
  readonly host?: Partial<CommandHost>;
  readonly fetch?: ShellHost["fetch"];
}

export const USER = { name: "lin", home: HOME, uid: 1000, hostname: "laptop" };

export function testShell(options: TestOptions = {}): TestShell {
  const clock = options.clock ?? { now: Date.UTC(2026, 2, 9, 9) };
  const disk = new Disk({ now: () => clock.now, ...(options.limits ? { limits: options.limits } : {}) });
  layOut(disk, {
    hostname: USER.hostname,
    accounts: [{ name: USER.name, uid: USER.uid }],
    commands: commandNames(),
  });
  disk.write(`${HOME}/.gitconfig`, GLOBAL_CONFIG, USER);
  let shown = { stdout: "", stderr: "" };
  const terminal: Terminal = {
    ...unattended,
    ...options.terminal,
    write: (stream, text) => void (shown[stream] += text),
  };
  const host: CommandHost = { terminal, now: () => clock.now, ...options.host };
  const shell = new Shell(
    {
      fs: disk.as({ name: USER.name }),
      terminal,
      commands: shellCommands(host),
      sleep: async (ms) => void (clock.now += ms),
      tick: async () => undefined,
      ...(options.fetch ? { fetch: options.fetch } : {}),
    },
    { ...USER, env: { ...IDENTITY, GIT_CONFIG_GLOBAL: `${HOME}/.gitconfig` } },
  );
  const run = async (line: string): Promise<Outcome> => {
    shown = { stdout: "", stderr: "" };
    const { exitCode } = await shell.run(line);
    return { ...shown, exitCode };
  };
  return { disk, shell, run };
}

export const storyShell: MakeShell = (clock) => {
  const { run } = testShell({ clock });
  return async (line) => {
    try {
      return await run(line);
    } catch (thrown) {
      const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      return { stdout: "", stderr: `THROWN ${text}\n`, exitCode: -1 };
    }
  };
};
