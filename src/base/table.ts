/**
 * Records by key, in the order in which they came. A record is never changed, only replaced: so a fork costs nothing
 * until one side writes, and what was digested once need not be digested again.
 */
import { sha256 } from "./digest.ts";
import { invariant } from "./invariant.ts";
import { canonicalJson, type Json } from "./json.ts";

/** Digests of records; records are immutable, so that a digest holds as long as its record does. */
export type RecordDigests = WeakMap<object, string>;

export class Table<T extends object> {
  #records: Map<string, T>;
  /** Another table has the same map; the first to write takes a copy. */
  #shared: boolean;
  #digest: string | null = null;
  readonly #digests: RecordDigests;

  constructor(entries: Iterable<readonly [string, T]> = [], digests: RecordDigests = new WeakMap()) {
    this.#records = new Map(entries);
    this.#shared = false;
    this.#digests = digests;
  }

  get size(): number {
    return this.#records.size;
  }

  get(key: string): T | undefined {
    return this.#records.get(key);
  }

  has(key: string): boolean {
    return this.#records.has(key);
  }

  all(): T[] {
    return [...this.#records.values()];
  }

  entries(): [string, T][] {
    return [...this.#records];
  }

  find(matches: (record: T) => boolean): T | undefined {
    for (const record of this.#records.values()) if (matches(record)) return record;
    return undefined;
  }

  filter(matches: (record: T) => boolean): T[] {
    return this.all().filter(matches);
  }

  set(key: string, record: T): T {
    this.#own().set(key, record);
    return record;
  }

  /** Replaces some fields of a record that is there. */
  change(key: string, fields: Partial<T>): T {
    const record = this.#records.get(key);
    invariant(record, `there is no record ${key}`);
    return this.set(key, { ...record, ...fields });
  }

  delete(key: string): boolean {
    return this.#records.has(key) && this.#own().delete(key);
  }

  fork(): Table<T> {
    const fork = new Table<T>([], this.#digests);
    fork.#records = this.#records;
    fork.#digest = this.#digest;
    fork.#shared = this.#shared = true;
    return fork;
  }

  digest(): string {
    this.#digest ??= sha256(
      this.entries()
        .map(([key, record]) => `${JSON.stringify(key)}:${this.#digestOf(record)}\n`)
        .join(""),
    );
    return this.#digest;
  }

  #digestOf(record: T): string {
    let digest = this.#digests.get(record);
    if (digest === undefined)
      this.#digests.set(record, (digest = sha256(canonicalJson(record as unknown as Json))));
    return digest;
  }

  #own(): Map<string, T> {
    if (this.#shared) {
      this.#records = new Map(this.#records);
      this.#shared = false;
    }
    this.#digest = null;
    return this.#records;
  }
}
