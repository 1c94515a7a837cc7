/** Shells of a play: the learner's, the narrator's that builds a start, a visitor's that only looks. */
import type { Command } from "just-bash/browser";
import { prepareLab, type LabHost } from "./labPort.ts";
import { shellCommands } from "../shell/commands.ts";
import { Shell, type ShellUser } from "../shell/session.ts";
import type { ShellState } from "../shell/state.ts";
import type { PlayTerminal } from "./terminals.ts";
import { unattended, type Terminal } from "../shell/terminal.ts";
import { START_MS } from "../world/clock.ts";
import { fromBrowser } from "../world/network.ts";
import { LEARNER } from "../world/person.ts";
import type { World } from "../world/world.ts";
import { worldFetch } from "./worldFetch.ts";

export interface LearnerShellOptions extends LabHost {
  readonly world: World;
  readonly terminal: PlayTerminal;
  /** Where a fresh shell stands. */
  readonly directory: string;
  tick(): Promise<void>;
  /** Lets virtual time pass, in ms. */
  spend(ms: number): Promise<void>;
  work(count: number): void;
  /** A person looks: tools may colour, decorate and page as they do on a terminal. It shapes output, never state. */
  readonly colour: boolean;
  readonly state?: ShellState;
}

export function shellUser(): ShellUser {
  return { name: LEARNER.login, home: LEARNER.home, uid: LEARNER.uid, hostname: "laptop", env: {} };
}

export function learnerShell(options: LearnerShellOptions): Shell {
  const { world, terminal } = options;
  const commands = shellCommands({
    terminal,
    now: () => world.clock.now(),
    reach: world.network.from(fromBrowser(LEARNER)),
    gh: {
      login: () => LEARNER.login,
      send: (request) => world.network.fetch(request, fromBrowser(LEARNER)),
    },
    lab: prepareLab(options),
    clock: {
      now: () => world.clock.now(),
      startMs: START_MS,
      advance: (seconds) => options.spend(seconds * 1000),
      free: () => options.free(),
    },
  });
  const host = {
    fs: world.laptop.as({ name: LEARNER.login }),
    terminal,
    commands,
    fetch: worldFetch(world),
    sleep: (ms: number) => options.spend(ms),
    tick: () => options.tick(),
    work: (count: number) => options.work(count),
  };
  const shell = new Shell(host, shellUser(), options.state);
  if (options.colour) terminal.attach(() => shell.direct);
  if (options.state === undefined) shell.login(options.directory, world.clock.now());
  return shell;
}

export function narratorCommands(world: World, terminal: Terminal): Command[] {
  return shellCommands({
    terminal,
    now: () => world.clock.now(),
    reach: world.network.from(fromBrowser(LEARNER)),
  });
}

/** Runs one line in a fork and returns what it printed; nothing of it is kept. */
export async function visitorShell(world: World, directory: string, line: string): Promise<string> {
  const printed: string[] = [];
  const terminal = { ...unattended, write: (_stream: string, text: string) => void printed.push(text) };
  const host = {
    fs: world.laptop.as({ name: LEARNER.login }),
    terminal,
    commands: narratorCommands(world, terminal),
    sleep: async () => undefined,
    tick: async () => undefined,
  };
  const shell = new Shell(host, shellUser());
  shell.enterDirectory(directory);
  await shell.run(line);
  return printed.join("");
}
