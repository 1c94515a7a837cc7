/** A learner's shell on a laptop, in a world with one repository. */
import { getCommandNames } from "just-bash/browser";
import { Disk } from "../../src/disk/disk.ts";
import { layOut } from "../../src/disk/layout.ts";
import { ghCommand } from "../../src/shell/commands/gh.ts";
import { gitCommand } from "../../src/shell/commands/git/git.ts";
import { Shell } from "../../src/shell/session.ts";
import { unattended } from "../../src/shell/terminal.ts";
import { ID, worldWithRepository } from "./setting.ts";

export interface LearnerOptions {
  /** Signed in with a browser as; null for nobody. */
  readonly login?: string | null;
  /** What somebody in front of the terminal answers, in order; absent where nobody sits there. */
  readonly answers?: readonly string[];
}

export function learner(options: LearnerOptions = {}) {
  const world = worldWithRepository();
  const { clock, events, forge } = world;
  const disk = new Disk({ now: () => clock.now() });
  const commands = [...getCommandNames(), "git", "gh"];
  layOut(disk, { hostname: "laptop", accounts: [{ name: "lin", uid: 1000 }], commands });
  let shown = { stdout: "", stderr: "" };
  const answers = [...(options.answers ?? [])];
  const asked: string[] = [];
  const terminal = {
    ...unattended,
    attended: options.answers !== undefined,
    readLine: async (prompt: string, { silent = false } = {}) => {
      asked.push(silent ? `${prompt}(silent)` : prompt);
      return answers.shift() ?? null;
    },
    write: (stream: "stdout" | "stderr", text: string) => void (shown[stream] += text),
  };
  const login = options.login === undefined ? "lin" : options.login;
  const from = { address: "203.0.113.20", session: login };
  const reach = world.network.from(from);
  const network = {
    fetch: (input: string | URL | Request, init?: RequestInit) => reach(new Request(input, init)),
  };
  const shell = new Shell(
    {
      fs: disk.as({ name: "lin" }),
      terminal,
      commands: [gitCommand({ terminal, now: () => clock.now(), network }), ghCommand(reach, terminal)],
      sleep: async () => undefined,
      tick: () => world.advance(15_000),
    },
    {
      name: "lin",
      home: "/home/lin",
      uid: 1000,
      hostname: "laptop",
      env: {
        GIT_AUTHOR_NAME: "Lin",
        GIT_AUTHOR_EMAIL: "lin@lantern.example",
        GIT_COMMITTER_NAME: "Lin",
        GIT_COMMITTER_EMAIL: "lin@lantern.example",
      },
    },
  );
  const run = async (line: string) => {
    shown = { stdout: "", stderr: "" };
    const { exitCode } = await shell.run(line);
    return { ...shown, exitCode };
  };
  const start = async () => {
    await run("git init -q -b main r && cd r && echo hello > README.md && git add . && git commit -qm one");
    await run(`git remote add origin https://forge.test/${ID}.git`);
  };
  return { world, forge, disk, run, start, clock, events, asked };
}
