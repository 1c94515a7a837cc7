/** Shells of a play: the learner's, and a visitor's that only looks. */
import { prepareLab, type LabHost } from "./labPort.ts";
import type { Shell } from "../shell/session.ts";
import type { ShellState } from "../shell/state.ts";
import type { PlayTerminal } from "./terminals.ts";
import { START_MS } from "../world/clock.ts";
import { LEARNER } from "../world/person.ts";
import type { World } from "../world/world.ts";
import { collector } from "./collector.ts";
import { personShell } from "./personShell.ts";

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

export function learnerShell(options: LearnerShellOptions): Shell {
  const { world, terminal } = options;
  const shell = personShell({
    world,
    person: LEARNER,
    terminal,
    lab: prepareLab(options),
    clock: {
      now: () => world.clock.now(),
      startMs: START_MS,
      advance: (seconds) => options.spend(seconds * 1000),
      free: () => options.free(),
    },
    sleep: (ms) => options.spend(ms),
    tick: () => options.tick(),
    work: (count) => options.work(count),
    ...(options.state === undefined ? {} : { state: options.state }),
  });
  if (options.colour) terminal.attach(() => shell.direct);
  if (options.state === undefined) shell.login(options.directory, world.clock.now());
  return shell;
}

/** Runs one line in a fork and returns what it printed; nothing of it is kept. */
export async function visitorShell(world: World, directory: string, line: string): Promise<string> {
  const { terminal, text } = collector();
  const shell = personShell({ world, person: LEARNER, terminal, sleep: async () => undefined });
  shell.enterDirectory(directory);
  await shell.run(line);
  return text();
}
