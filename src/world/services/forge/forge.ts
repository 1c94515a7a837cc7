/**
 * PLACEHOLDER of the forge with the surface that the rest of the core already uses (world.ts, grader, attempt).
 * Whoever implements the forge replaces this file and keeps these members (or tells what changed).
 */
import { Disk } from "../../../disk/disk.ts";
import type { DiskData } from "../../../disk/data.ts";
import type { WorldEvent } from "../../event.ts";

/** What the forge asks of the world around it. */
export interface ForgePorts {
  now(): number;
  /** Secrets in a pushed file; the engine, handed in from above. Asynchronous, because the engine is. */
  detect(path: string, bytes: Uint8Array): Promise<readonly { rule: string; kind: string; line: number }[]>;
  /** Text of a stream that belongs to the forge: ids of bypasses and the like. */
  random(length: number, alphabet: string): string;
  /** Tells what became true: "push.accepted" {repository, ref, exposed: boolean}, "push.refused", "push.bypassed"… */
  event(event: Omit<WorldEvent, "atMs" | "seq">): void;
}

/** Plain and structured-cloneable. */
export interface ForgeData {
  readonly disk: DiskData;
}

export class Forge {
  /** Bare repositories at /<owner>/<name>.git */
  readonly disk: Disk;
  constructor(ports: ForgePorts, disk: Disk = new Disk({ now: () => ports.now() })) {
    this.disk = disk;
  }
  static restore(data: ForgeData, ports: ForgePorts): Forge {
    return new Forge(ports, Disk.restore(data.disk, { now: () => ports.now() }));
  }
  fork(ports: ForgePorts): Forge {
    return new Forge(ports, this.disk.fork({ now: () => ports.now() }));
  }
  snapshot(): ForgeData {
    return { disk: this.disk.snapshot() };
  }
  /** SHA-256 over everything. */
  digest(): string {
    return this.disk.digest();
  }
  createRepository(_name: string, _options: { pushProtection: boolean }): void {}
  /** After the start of a lab: push protection and audit begin; what the narrator did is history. */
  openToLearner(_name: string): void {}
  /** Absolute path on `disk` of a repository's bare git directory, or null. */
  gitDir(_name: string): string | null {
    return null;
  }
  branch(_repository: string, _branch: string): string | null {
    return null;
  }
  branches(_repository: string): { name: string; id: string }[] {
    return [];
  }
  alerts(_repository: string): { number: number; kind: string }[] {
    return [];
  }
  /** Any HTTP request to https://forge.test/…, as that person. */
  async handle(_request: Request, _login: string): Promise<Response> {
    return new Response("not simulated in LeakLab", { status: 404 });
  }
  /** What `createGit({network})` and GitCall.network need to reach this forge as that person. */
  network(_login: string): { allowed?: string[]; fetch?: typeof fetch } | false {
    return false;
  }
}
