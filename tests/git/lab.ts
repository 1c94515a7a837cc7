/** Runs a conformance story in LeakLab's own shell and git. */
import { getCommandNames } from "just-bash/browser";
import { Disk } from "../../src/disk/disk.ts";
import { layOut } from "../../src/disk/layout.ts";
import { gitCommand } from "../../src/shell/commands/git/git.ts";
import { Shell } from "../../src/shell/session.ts";
import { unattended } from "../../src/shell/terminal.ts";
import { datesAt, GLOBAL_CONFIG, HOME, IDENTITY, secondsAt, type Outcome, type Story } from "./story.ts";

/** Makes a shell and gives what runs one line in it. */
export type MakeShell = (clock: { now: number }) => (line: string) => Promise<Outcome>;

/** Stories run one after another: the ambient clock of the process is the story's while one runs. */
export async function runInLab(story: Story, makeShell: MakeShell = labShell): Promise<Outcome[]> {
  const clock = { now: secondsAt(0) * 1000 };
  const ambient = globalThis.Date;
  globalThis.Date = storyDate(ambient, clock);
  try {
    const run = makeShell(clock);
    const outcomes: Outcome[] = [];
    for (const [index, line] of story.lines.entries()) {
      clock.now = secondsAt(index) * 1000;
      await run(datesAt(index));
      outcomes.push(await run(line));
    }
    return outcomes;
  } finally {
    globalThis.Date = ambient;
  }
}

function labShell(clock: { now: number }): (line: string) => Promise<Outcome> {
  let shown = { stdout: "", stderr: "" };
  const terminal = {
    ...unattended,
    write: (stream: "stdout" | "stderr", text: string) => void (shown[stream] += text),
  };
  const shell = new Shell(
    {
      fs: laptop(clock).as({ name: "lin" }),
      terminal,
      commands: [gitCommand({ terminal, now: () => clock.now, network: false })],
      sleep: async () => undefined,
      tick: async () => undefined,
    },
    {
      name: "lin",
      home: HOME,
      uid: 1000,
      hostname: "laptop",
      env: { ...IDENTITY, GIT_CONFIG_GLOBAL: `${HOME}/.gitconfig` },
    },
  );
  return async (line) => {
    shown = { stdout: "", stderr: "" };
    try {
      const { exitCode } = await shell.run(line);
      return { ...shown, exitCode };
    } catch (thrown) {
      const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      return { stdout: shown.stdout, stderr: `${shown.stderr}THROWN ${text}\n`, exitCode: -1 };
    }
  };
}

function laptop(clock: { now: number }): Disk {
  const disk = new Disk({ now: () => clock.now });
  layOut(disk, {
    hostname: "laptop",
    accounts: [{ name: "lin", uid: 1000 }],
    commands: [...getCommandNames(), "git"],
  });
  disk.write(`${HOME}/.gitconfig`, GLOBAL_CONFIG);
  disk.chown(`${HOME}/.gitconfig`, "lin");
  return disk;
}

/** A `Date` that reads a story's clock. */
function storyDate(ambient: DateConstructor, clock: { now: number }): DateConstructor {
  return class extends ambient {
    constructor(...args: unknown[]) {
      super(...((args.length === 0 ? [clock.now] : args) as [number]));
    }
    static override now(): number {
      return clock.now;
    }
  } as DateConstructor;
}
