/** The whole simulated state: machines, services, clock, chance, what happened and what will. It is data: it forks. */
import { invariant } from "../base/invariant.ts";
import { sha256 } from "../base/digest.ts";
import { canonicalJson, type Json } from "../base/json.ts";
import { Streams } from "../base/stream.ts";
import { Tables, type TablesData } from "../base/tables.ts";
import type { Disk } from "../disk/disk.ts";
import type { AttackerPorts } from "./attackers/ports.ts";
import { AuditLog } from "./audit.ts";
import { Clock, START_MS } from "./clock.ts";
import { Credentials } from "./credentials.ts";
import type { WorldEvent } from "./event.ts";
import { Machines, type MachinesData } from "./machines.ts";
import { Network, type Host } from "./network.ts";
import { LEARNER } from "./person.ts";
import { Queue, type Scheduled } from "./queue.ts";
import type { ServicePorts } from "./service.ts";
import { Forge } from "./services/forge/forge.ts";
import type { DetectSecrets } from "./services/forge/model.ts";
import { handle } from "./services/forge/handlers.ts";
import { happen } from "./services/forge/happenings.ts";
import { FORGE_ADDRESS, FORGE_HOSTS } from "./services/forge/host.ts";
import { isAsked } from "./services/consumers/consumers.ts";
import { serviceOf } from "./services/hosts.ts";
import { DELIVERED, mailHappens } from "./services/mail/happenings.ts";
import { postLetter, type Letter } from "./services/mail/notifications.ts";

export interface WorldData {
  readonly seed: number;
  readonly nowMs: number;
  readonly streams: Readonly<Record<string, number>>;
  readonly tables: TablesData;
  readonly machines: MachinesData;
  readonly events: readonly WorldEvent[];
  readonly queue: { readonly items: readonly Scheduled[]; readonly next: number };
}

/** Lets something scheduled happen that needs more than the world: a shell, a pipeline, a story. */
export type Happening = (world: World, due: Scheduled) => Promise<void>;

/** What a world needs from above. */
export interface WorldPorts {
  /** Detects secrets in pushed content: the engine. */
  readonly detect: DetectSecrets;
  /** By the first part of the kind of what is scheduled. */
  readonly happenings?: Readonly<Record<string, Happening>>;
  /** Told of every event as it becomes true; it may schedule something, and changes nothing else. */
  readonly heard?: (world: World, event: WorldEvent) => void;
  /** Further hosts, by name. They keep no state of their own: it would not fork. */
  readonly hosts?: Readonly<Record<string, (world: World) => Host>>;
}

interface Parts {
  readonly seed: number;
  readonly clock: Clock;
  readonly streams: Streams;
  readonly queue: Queue;
  readonly tables: Tables;
  readonly events: WorldEvent[];
  readonly ports: WorldPorts;
  machines(now: () => number): Machines;
}

export class World {
  readonly seed: number;
  readonly clock: Clock;
  readonly streams: Streams;
  readonly queue: Queue;
  /** State of everything that is no disk. */
  readonly tables: Tables;
  readonly machines: Machines;
  readonly credentials: Credentials;
  readonly audit: AuditLog;
  readonly network: Network;
  readonly forge: Forge;
  readonly events: WorldEvent[];
  /** The input being played; events carry it. */
  seq = 0;
  readonly #ports: WorldPorts;

  private constructor(parts: Parts) {
    const now = () => this.clock.now();
    this.seed = parts.seed;
    this.clock = parts.clock;
    this.streams = parts.streams;
    this.queue = parts.queue;
    this.tables = parts.tables;
    this.events = parts.events;
    this.#ports = parts.ports;
    this.machines = parts.machines(now);
    this.credentials = new Credentials(this.tables, now);
    this.audit = new AuditLog(this.tables, now);
    this.network = new Network((name) => this.#host(name));
    const reach = this.network.from({ address: FORGE_ADDRESS, session: null });
    const post = (letter: Letter) => void postLetter(this.ports("services"), letter);
    this.forge = new Forge({ ...this.ports("forge"), detect: parts.ports.detect, reach, post });
  }

  static empty(seed: number, ports: WorldPorts, nowMs: number = START_MS): World {
    const world = new World({
      seed,
      ports,
      clock: new Clock(nowMs),
      streams: new Streams(seed),
      queue: new Queue(),
      tables: new Tables(),
      events: [],
      machines: (now) => new Machines(now),
    });
    world.machines.add(LEARNER.machine);
    return world;
  }

  static restore(data: WorldData, ports: WorldPorts): World {
    return new World({
      seed: data.seed,
      ports,
      clock: new Clock(data.nowMs),
      streams: new Streams(data.seed, data.streams),
      queue: new Queue(data.queue.items, data.queue.next),
      tables: Tables.restore(data.tables),
      events: [...data.events],
      machines: (now) => Machines.restore(data.machines, now),
    });
  }

  /** An independent world that begins as this one is. */
  fork(): World {
    const fork = new World({
      seed: this.seed,
      ports: this.#ports,
      clock: new Clock(this.clock.now()),
      streams: new Streams(this.seed, this.streams.positions()),
      queue: new Queue(this.queue.data().items, this.queue.data().next),
      tables: this.tables.fork(),
      events: [...this.events],
      machines: (now) => this.machines.fork(now),
    });
    fork.seq = this.seq;
    return fork;
  }

  snapshot(): WorldData {
    return { ...this.#plain(), tables: this.tables.data(), machines: this.machines.data() };
  }

  /** SHA-256 over everything. */
  digest(): string {
    const state = { ...this.#plain(), tables: this.tables.digest(), machines: this.machines.digest() };
    return sha256(canonicalJson(state as unknown as Json));
  }

  /** The learner's machine. */
  get laptop(): Disk {
    return this.machines.get(LEARNER.machine);
  }

  /** Lets virtual time pass; each due thing happens at its own time, in the order of the queue. */
  async advance(ms: number): Promise<void> {
    const until = this.clock.now() + ms;
    for (let due = this.queue.takeDue(until); due; due = this.queue.takeDue(until)) {
      await this.#pass(due.atMs);
      await this.#happen(due);
    }
    await this.#pass(until);
  }

  /** Steady requests are answered meanwhile. */
  async #pass(toMs: number): Promise<void> {
    if (isAsked(this)) {
      const { letTimePass } = await import("./services/consumers/load.ts");
      letTimePass(this.ports("services"), toMs, (ms) => this.clock.set(ms));
    }
    this.clock.set(toMs);
  }

  record(event: Omit<WorldEvent, "atMs" | "seq">): void {
    const recorded = { atMs: this.clock.now(), seq: this.seq, ...event };
    this.events.push(recorded);
    this.#ports.heard?.(this, recorded);
  }

  /** What a service, or anybody else with a stream and a name of their own, gets of this world. */
  ports(name: string): ServicePorts {
    return {
      tables: this.tables,
      machines: this.machines,
      credentials: this.credentials,
      audit: this.audit,
      now: () => this.clock.now(),
      random: (length, alphabet) => this.streams.get(name).text(length, alphabet),
      schedule: (atMs, kind, payload) => this.queue.schedule(atMs, kind, payload),
      event: (event) => this.record(event),
      outward: (address) => this.network.from({ address, session: null }),
    };
  }

  /** What an attacker has of this world. */
  attacker(): AttackerPorts {
    return { ...this.ports("attackers"), forge: this.forge, network: this.network };
  }

  async #happen(due: Scheduled): Promise<void> {
    const name = due.kind.split("/")[0] as string;
    if (name === "forge") return happen(this.forge, due);
    if (name === "attacker")
      return (await import("./attackers/attackers.ts")).attackersHappen(this.attacker(), due);
    if (name === "mail") return this.#mailHappens(due);
    if (name === "cloud")
      return (await import("./services/cloud/happenings.ts")).cloudHappens(
        this.ports("services"),
        this.forge,
        due,
      );
    if (name === "store")
      return (await import("./services/store/happenings.ts")).storeHappens(this.ports("services"), due);
    const happening = this.#ports.happenings?.[name];
    invariant(happening, `nobody handles ${due.kind}`);
    return happening(this, due);
  }

  /** Mail first, then whoever above answers what was delivered: colleagues of a lab. */
  async #mailHappens(due: Scheduled): Promise<void> {
    mailHappens(this.forge, due);
    if (due.kind === DELIVERED) await this.#ports.happenings?.["mail"]?.(this, due);
  }

  #host(name: string): Host | undefined {
    if (FORGE_HOSTS.includes(name)) return (request, from) => handle(this.forge, request, from);
    const ports = this.ports("services");
    const serve = serviceOf(ports, name);
    if (serve) return (request, from) => serve(ports, request, from);
    return this.#ports.hosts?.[name]?.(this);
  }

  #plain() {
    return {
      seed: this.seed,
      nowMs: this.clock.now(),
      streams: this.streams.positions(),
      events: this.events,
      queue: this.queue.data(),
    };
  }
}
