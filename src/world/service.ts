/** What a service gets of its world. Its state is in tables and on disks of the world; the service itself keeps none. */
import type { Tables } from "../base/tables.ts";
import type { AuditLog } from "./audit.ts";
import type { Credentials } from "./credentials.ts";
import type { WorldEvent } from "./event.ts";
import type { Machines } from "./machines.ts";
import type { Reach } from "./network.ts";
import type { Scheduled } from "./queue.ts";

export interface ServicePorts {
  readonly tables: Tables;
  readonly machines: Machines;
  readonly credentials: Credentials;
  readonly audit: AuditLog;
  /** Virtual time, ms since 1970. */
  now(): number;
  /** Random text from the service's own stream. */
  random(length: number, alphabet: string): string;
  /** Something will happen; `kind` begins with the name of who handles it. */
  schedule(atMs: number, kind: string, payload?: Scheduled["payload"]): void;
  /** How a service reaches other hosts: as a program at that address. */
  outward(address: string): Reach;
  /** Something became true. */
  event(event: Omit<WorldEvent, "atMs" | "seq">): void;
}
