/** The audit log: one envelope for all services. Who, what, when, from where, with which credential, and the result. */
import { tableName, type Tables } from "../base/tables.ts";
import type { Json } from "../base/json.ts";

export interface AuditEntry {
  readonly number: number;
  readonly atMs: number;
  readonly service: string;
  readonly actor: string;
  readonly identityType: string;
  /** Null where no credential was presented. */
  readonly credentialId: string | null;
  /** Dotted, in the service's own words: "git.push", "repo.access". */
  readonly action: string;
  readonly target: string;
  readonly result: "allowed" | "denied";
  readonly address: string;
  readonly requestId: string;
  /** Further facts; never a secret value. */
  readonly data: { readonly [key: string]: Json };
}

const AUDIT = tableName<AuditEntry>("audit");

export class AuditLog {
  readonly #tables: Tables;
  readonly #now: () => number;

  constructor(tables: Tables, now: () => number) {
    this.#tables = tables;
    this.#now = now;
  }

  /** Oldest first. */
  all(): AuditEntry[] {
    return this.#tables.of(AUDIT).all();
  }

  add(entry: Omit<AuditEntry, "number" | "atMs" | "data"> & { readonly data?: AuditEntry["data"] }): void {
    const number = this.#tables.next("audit");
    this.#tables.of(AUDIT).set(String(number), { number, atMs: this.#now(), data: {}, ...entry });
  }
}
