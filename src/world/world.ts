/** The whole simulated state: machines, services, clock, chance, what happened and what will. It is data: it forks. */
import { sha256 } from "../base/digest.ts";
import { canonicalJson, type Json } from "../base/json.ts";
import { Streams } from "../base/stream.ts";
import { Disk } from "../disk/disk.ts";
import type { DiskData } from "../disk/data.ts";
import { Clock, START_MS } from "./clock.ts";
import type { Credential } from "./credential.ts";
import type { WorldEvent } from "./event.ts";
import { Queue, type Scheduled } from "./queue.ts";
import { Forge, type ForgeData } from "./services/forge/forge.ts";
import type { ForgePorts } from "./services/forge/model.ts";

export interface WorldData {
  readonly seed: number;
  readonly nowMs: number;
  readonly streams: Readonly<Record<string, number>>;
  readonly laptop: DiskData;
  readonly forge: ForgeData;
  readonly credentials: readonly Credential[];
  readonly events: readonly WorldEvent[];
  readonly queue: { readonly items: readonly Scheduled[]; readonly next: number };
}

/** Detects secrets in pushed content: the engine, handed in from above. */
export type Detect = ForgePorts["detect"];

export class World {
  readonly seed: number;
  readonly clock: Clock;
  readonly streams: Streams;
  readonly queue: Queue;
  /** The learner's machine. */
  readonly laptop: Disk;
  readonly forge: Forge;
  readonly credentials: Credential[];
  readonly events: WorldEvent[];
  /** The input being played; events carry it. */
  seq = 0;
  readonly #detect: Detect;

  private constructor(parts: {
    seed: number;
    clock: Clock;
    streams: Streams;
    queue: Queue;
    credentials: Credential[];
    events: WorldEvent[];
    detect: Detect;
    laptop(now: () => number): Disk;
    forge(world: World): Forge;
  }) {
    this.seed = parts.seed;
    this.clock = parts.clock;
    this.streams = parts.streams;
    this.queue = parts.queue;
    this.credentials = parts.credentials;
    this.events = parts.events;
    this.#detect = parts.detect;
    this.laptop = parts.laptop(() => this.clock.now());
    this.forge = parts.forge(this);
  }

  static empty(seed: number, detect: Detect, nowMs: number = START_MS): World {
    return new World({
      seed,
      detect,
      clock: new Clock(nowMs),
      streams: new Streams(seed),
      queue: new Queue(),
      credentials: [],
      events: [],
      laptop: (now) => new Disk({ now }),
      forge: (world) => new Forge(world.#forgePorts()),
    });
  }

  static restore(data: WorldData, detect: Detect): World {
    return new World({
      ...World.#shared(data, detect),
      laptop: (now) => Disk.restore(data.laptop, { now }),
      forge: (world) => Forge.restore(data.forge, world.#forgePorts()),
    });
  }

  static #shared(data: Omit<WorldData, "laptop" | "forge">, detect: Detect) {
    return {
      seed: data.seed,
      detect,
      clock: new Clock(data.nowMs),
      streams: new Streams(data.seed, data.streams),
      queue: new Queue(data.queue.items, data.queue.next),
      credentials: [...data.credentials],
      events: [...data.events],
    };
  }

  /** An independent world that begins as this one is. */
  fork(): World {
    const fork = new World({
      ...World.#shared(this.#plain(), this.#detect),
      laptop: (now) => this.laptop.fork({ now }),
      forge: (world) => this.forge.fork(world.#forgePorts()),
    });
    fork.seq = this.seq;
    return fork;
  }

  snapshot(): WorldData {
    return { ...this.#plain(), laptop: this.laptop.snapshot(), forge: this.forge.snapshot() };
  }

  /** SHA-256 over everything. */
  digest(): string {
    const { credentials, events, queue, ...plain } = this.#plain();
    const state = {
      ...plain,
      credentials,
      events,
      queue,
      laptop: this.laptop.digest(),
      forge: this.forge.digest(),
    };
    return sha256(canonicalJson(state as unknown as Json));
  }

  /** Lets something scheduled happen, at its time. */
  happen(_due: Scheduled): void {
    // Nothing is scheduled in this world yet; services take their kinds here.
  }

  record(event: Omit<WorldEvent, "atMs" | "seq">): void {
    this.events.push({ atMs: this.clock.now(), seq: this.seq, ...event });
  }

  #plain() {
    return {
      seed: this.seed,
      nowMs: this.clock.now(),
      streams: this.streams.positions(),
      credentials: this.credentials,
      events: this.events,
      queue: this.queue.data(),
    };
  }

  #forgePorts() {
    return {
      now: () => this.clock.now(),
      detect: this.#detect,
      random: (length: number, alphabet: string) => this.streams.get("forge").text(length, alphabet),
      event: (event: Omit<WorldEvent, "atMs" | "seq">) => this.record(event),
    };
  }
}
