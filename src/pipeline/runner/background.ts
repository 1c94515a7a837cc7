/**
 * What runs beside jobs on a machine: processes and cron. A process gets a turn when a step begins, and when somebody
 * comes in by ssh: its command is played up to its first `sleep`, and from the beginning at its next turn. One that comes
 * to its end is gone. What cron owes is done at the same moments, once for each line, however often it was due.
 */
import { toUtf8 } from "../../base/bytes.ts";
import { shellCommands } from "../../shell/commands.ts";
import { curlFetch } from "../../shell/curlFetch.ts";
import { Shell } from "../../shell/session.ts";
import { unattended } from "../../shell/terminal.ts";
import {
  cronSeen,
  crontabPath,
  endProcess,
  newPid,
  processesOn,
  seeCron,
  serverNamed,
  type Process,
} from "../../world/servers.ts";
import type { World } from "../../world/world.ts";
import { nextTime } from "../trigger/cron.ts";
import { RUNNER_UID } from "./image.ts";
import { addressOf } from "./address.ts";

/** A step of a job, as `/proc` shows it while it runs. */
export interface Seen {
  readonly user: string;
  readonly command: string;
  readonly environment: Readonly<Record<string, string>>;
}

export async function letOthersRun(world: World, machine: string, seen: Seen | null): Promise<void> {
  await playCron(world, machine);
  const waiting = processesOn(world.tables, machine).filter(({ runner }) => runner === null);
  if (waiting.length === 0) return;
  const shown = seen === null ? null : showProcess(world, machine, seen);
  for (const process of waiting) {
    const goesOn = await play(world, process, process.script ?? process.command);
    if (!goesOn) endProcess(world.tables, process);
  }
  if (shown !== null) world.machines.get(machine).remove(shown, { recursive: true, force: true });
}

/** https://man7.org/linux/man-pages/man5/proc_pid_environ.5.html */
function showProcess(world: World, machine: string, { user, command, environment }: Seen): string {
  const disk = world.machines.get(machine);
  const folder = `/proc/${newPid(world.ports("servers"))}`;
  disk.mkdir(folder, { recursive: true });
  const pairs = Object.entries(environment).map(([name, value]) => `${name}=${value}\0`);
  disk.write(`${folder}/cmdline`, `${command.replaceAll(" ", "\0")}\0`);
  disk.write(`${folder}/environ`, pairs.join(""));
  disk.chmod(`${folder}/environ`, 0o400);
  disk.chown(`${folder}/environ`, user);
  return folder;
}

/** True where it came to a `sleep`, and would go on. */
async function play(
  world: World,
  { machine, user, directory }: Pick<Process, "machine" | "user" | "directory">,
  script: string,
): Promise<boolean> {
  const disk = world.machines.get(machine);
  const address = serverNamed(world.tables, machine)?.address ?? addressOf(machine);
  const reach = world.network.from({ address, session: null });
  const now = () => world.clock.now();
  const home = `/home/${user}`;
  let slept = false;
  const sleep = async () => {
    slept = true;
    shell.interrupt();
  };
  const host = {
    fs: disk.as({ name: user }),
    terminal: unattended,
    commands: shellCommands({ terminal: unattended, now, reach, server: { world, machine, user } }),
    fetch: curlFetch(reach),
    sleep,
    tick: async () => undefined,
  };
  const shell = new Shell(host, { name: user, home, uid: RUNNER_UID, hostname: machine, env: {} });
  shell.enterDirectory(disk.exists(directory) ? directory : home);
  await shell.run(script);
  return slept;
}

async function playCron(world: World, machine: string): Promise<void> {
  const disk = world.machines.get(machine);
  if (!disk.exists("/var/spool/cron/crontabs")) return;
  const now = world.clock.now();
  for (const user of disk.list("/var/spool/cron/crontabs")) {
    const seen = cronSeen(world.tables, machine, user) ?? now;
    if (seen >= now) continue;
    seeCron(world.tables, machine, user, now);
    for (const { when, command } of linesOf(toUtf8(disk.read(crontabPath(user)))))
      if (isDue(when, seen, now)) await play(world, { machine, user, directory: `/home/${user}` }, command);
  }
}

function linesOf(crontab: string): { when: string; command: string }[] {
  return crontab.split("\n").flatMap((line) => {
    const found = /^\s*((?:[^\s#@=]+\s+){5})(\S.*)$/.exec(line);
    return found ? [{ when: (found[1] as string).trim(), command: found[2] as string }] : [];
  });
}

/** Schedules of workflows come at least five minutes apart; a crontab's do not. */
const SHORTEST_MS = 5 * 60_000;

function isDue(when: string, seen: number, now: number): boolean {
  const next = nextTime(when, seen - SHORTEST_MS + 1);
  return next !== null && next <= now;
}
