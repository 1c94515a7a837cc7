/** The one record of every credential, whoever issued it: what it is, whether it works, who used it. */
import { invariant } from "../base/invariant.ts";
import { tableName, type Tables } from "../base/tables.ts";
import type { Credential, CredentialStatus, CredentialUse, Issuer } from "./credential.ts";

const CREDENTIALS = tableName<Credential>("credentials");

/** A status that a credential came to have, and when. */
export interface StatusChange {
  readonly credential: string;
  readonly status: CredentialStatus;
  readonly atMs: number;
}

/** By number. */
const CHANGES = tableName<StatusChange>("credentials/changes");

/** Longer without a use, and what comes next is another record of steady use. */
const PAUSE_MS = 1000;
const SAME = ["actor", "address", "action", "result"] as const;

export class Credentials {
  readonly #tables: Tables;
  readonly #now: () => number;

  constructor(tables: Tables, now: () => number) {
    this.#tables = tables;
    this.#now = now;
  }

  all(): Credential[] {
    return this.#table.all();
  }

  /** What the lab planted: the grader searches for these. */
  planted(): Credential[] {
    return this.#table.filter(({ planted }) => planted);
  }

  get(id: string): Credential | undefined {
    return this.#table.get(id);
  }

  add(credential: Credential): Credential {
    invariant(!this.#table.has(credential.id), `credential ${credential.id} exists`);
    return this.#table.set(credential.id, credential);
  }

  change(id: string, fields: Partial<Credential>): Credential {
    const { status: before } = this.get(id) ?? {};
    const { status } = fields;
    if (status !== undefined && status !== before)
      this.#tables
        .of(CHANGES)
        .set(String(this.#tables.next("credentials/change")), { credential: id, status, atMs: this.#now() });
    return this.#table.change(id, fields);
  }

  /** How its status changed, oldest first; that it expired is no change of its record, but comes last. */
  history(id: string): StatusChange[] {
    const changes = this.#tables.of(CHANGES).filter(({ credential }) => credential === id);
    const { status, expiresAtMs } = this.get(id) ?? { status: "deleted", expiresAtMs: null };
    if (status !== "active" || expiresAtMs === null || expiresAtMs > this.#now()) return changes;
    return [...changes, { credential: id, status: "expired", atMs: expiresAtMs }];
  }

  /** The record of a presented value (the whole value or one of its secret parts), whatever its status. */
  find(issuer: Issuer, value: string): Credential | undefined {
    return this.#table.find((it) => it.issuer === issuer && (it.value === value || it.parts.includes(value)));
  }

  /** Whether it works at this moment. */
  works({ status, expiresAtMs }: Credential): boolean {
    return status === "active" && (expiresAtMs === null || expiresAtMs > this.#now());
  }

  /** Every use is recorded, also one that was refused. */
  used(id: string, use: Omit<CredentialUse, "atMs">): void {
    const credential = this.#table.get(id);
    invariant(credential, `there is no credential ${id}`);
    this.#table.change(id, { uses: [...credential.uses, { atMs: this.#now(), ...use }] });
  }

  /** A service that does the same several times a second. What follows without a pause goes into the same record. */
  usedSteadily(id: string, use: CredentialUse & { readonly count: number; readonly sinceMs: number }): void {
    const credential = this.#table.get(id);
    invariant(credential, `there is no credential ${id}`);
    const before = credential.uses.findLast(
      (it) => it.count !== undefined && SAME.every((field) => it[field] === use[field]),
    );
    const goesOn = before !== undefined && use.sinceMs - before.atMs <= PAUSE_MS;
    const whole = goesOn
      ? { ...use, sinceMs: before.sinceMs ?? before.atMs, count: use.count + (before.count ?? 1) }
      : use;
    const others = goesOn ? credential.uses.filter((it) => it !== before) : credential.uses;
    this.#table.change(id, { uses: [...others, whole] });
  }

  get #table() {
    return this.#tables.of(CREDENTIALS);
  }
}
