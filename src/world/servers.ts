/** Machines of the company that people reach by ssh, and the processes on machines that run jobs. */
import { tableName, type Tables } from "../base/tables.ts";
import type { ServicePorts } from "./service.ts";

export interface Server {
  /** Name of its machine (machines.ts), and how ssh calls it. */
  readonly name: string;
  /** Unix user as whom everybody comes in. */
  readonly user: string;
  readonly address: string;
  /** Logins of the people whose keys it knows. */
  readonly access: readonly string[];
  /** The machine that it is made anew from whenever the one job of its ephemeral runner ends; null: its disk stays. */
  readonly image: string | null;
}

/** What runs in the background. It is data: what it runs is played again for each turn that it gets. */
export interface Process {
  readonly pid: number;
  readonly machine: string;
  readonly user: string;
  /** As `ps` shows it. */
  readonly command: string;
  /** What it runs, as it was read when it began: it needs its file no more. Null: its command says it. */
  readonly script: string | null;
  readonly directory: string;
  readonly startedAtMs: number;
  /** The runner that listens here: nothing is played for it. */
  readonly runner: number | null;
  /** Ends with its job: the runner cleans up what still carries its RUNNER_TRACKING_ID. */
  readonly tracked: boolean;
}

const SERVERS = tableName<Server>("servers");
/** By machine and pid. */
const PROCESSES = tableName<Process>("servers/processes");
/** By machine and user: until when what the crontab asks for was done. */
const CRON_SEEN = tableName<{ readonly atMs: number }>("servers/cron");

const FIRST_PID = 1180;

export function addServer(tables: Tables, server: Server): Server {
  return tables.of(SERVERS).set(server.name, server);
}

export function serverNamed(tables: Tables, name: string): Server | undefined {
  return tables.of(SERVERS).get(name);
}

/** Of one machine, oldest first. */
export function processesOn(tables: Tables, machine: string): Process[] {
  return tables.of(PROCESSES).filter((process) => process.machine === machine);
}

export function newPid({ tables, random }: Pick<ServicePorts, "tables" | "random">): number {
  return FIRST_PID + tables.next("servers/pid") * 10 + Number(random(1, "0123456789"));
}

export function startProcess(ports: ServicePorts, given: Omit<Process, "pid" | "startedAtMs">): Process {
  const process = { ...given, pid: newPid(ports), startedAtMs: ports.now() };
  return ports.tables.of(PROCESSES).set(keyOf(process), process);
}

export function endProcess(tables: Tables, process: Process): void {
  tables.of(PROCESSES).delete(keyOf(process));
}

export function cronSeen(tables: Tables, machine: string, user: string): number | undefined {
  return tables.of(CRON_SEEN).get(`${machine} ${user}`)?.atMs;
}

export function seeCron(tables: Tables, machine: string, user: string, atMs: number): void {
  tables.of(CRON_SEEN).set(`${machine} ${user}`, { atMs });
}

/** The machine that a server is made anew from. Nobody works there. */
export function imageOf(server: string): string {
  return `image:${server}`;
}

/** Where `crontab` keeps what a user wants done. */
export function crontabPath(user: string): string {
  return `/var/spool/cron/crontabs/${user}`;
}

function keyOf({ machine, pid }: Pick<Process, "machine" | "pid">): string {
  return `${machine} ${pid}`;
}
