/** A shell of anybody at the machine where they work: their user, every command, their way to the network. */
import type { Command } from "just-bash/browser";
import { shellCommands, type CommandHost } from "../shell/commands.ts";
import { Shell, type ShellHost, type ShellUser } from "../shell/session.ts";
import type { ShellState } from "../shell/state.ts";
import type { Terminal } from "../shell/terminal.ts";
import { fromBrowser } from "../world/network.ts";
import type { Person } from "../world/person.ts";
import { storeEnvironment } from "../world/services/store/host.ts";
import type { World } from "../world/world.ts";
import { sshPort } from "./sshPort.ts";
import { worldFetch } from "./worldFetch.ts";

export interface PersonShellOptions {
  readonly world: World;
  readonly person: Person;
  readonly terminal: Terminal;
  /** What `sleep` does, in ms. */
  sleep(ms: number): Promise<void>;
  /** A top-level statement ended; without it statements take no time. */
  tick?(): Promise<void>;
  work?(count: number): void;
  /** Further exported variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** Further commands; files for them must be on the machine (narratorTools.ts). */
  readonly commands?: readonly Command[];
  /** The lab being played and its clock: only the learner's shells have them. */
  readonly lab?: CommandHost["lab"];
  readonly clock?: CommandHost["clock"];
  readonly state?: ShellState;
}

export function shellUser({ login, home, uid, machine }: Person): ShellUser {
  return { name: login, home, uid, hostname: machine, env: {} };
}

export function personShell(options: PersonShellOptions): Shell {
  const { world, person, terminal } = options;
  const user = shellUser(person);
  const host: ShellHost = {
    fs: world.machines.get(person.machine).as({ name: person.login }),
    terminal,
    commands: [...commandsOf(options), ...(options.commands ?? [])],
    fetch: worldFetch(world, person),
    sleep: (ms) => options.sleep(ms),
    tick: options.tick ? () => options.tick?.() ?? Promise.resolve() : () => Promise.resolve(),
    ...(options.work ? { work: (count: number) => options.work?.(count) } : {}),
  };
  return new Shell(
    host,
    { ...user, env: { ...storeEnvironment(world.tables), ...options.env } },
    options.state,
  );
}

/** Everything that is installed on a machine of the world, as this person runs it. */
function commandsOf({ world, person, terminal, lab, clock, sleep }: PersonShellOptions): Command[] {
  const now = () => world.clock.now();
  // Nobody is signed in by being there: programs present what is stored on the machine.
  const reach = world.network.from({ address: person.address, session: null });
  const files = world.machines.get(person.machine);
  return shellCommands({
    terminal,
    now,
    reach,
    // Its engine is loaded when a program first runs.
    node: { files, user: { name: person.login }, reach, now, sleep },
    browser: world.network.from(fromBrowser(person)),
    ssh: sshPort(world, person, sleep),
    ...(lab ? { lab } : {}),
    ...(clock ? { clock } : {}),
  });
}
