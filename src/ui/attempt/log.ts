/**
 * The attempt log: append-only entries of several attempts per lab, and the newest snapshot of each. An entry counts
 * as stored only after its transaction completed with strict durability.
 * https://developer.mozilla.org/docs/Web/API/IDBDatabase/transaction#durability
 */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Entry, Header } from "../../worker/protocol.ts";
import type { Snapshot } from "../../worker/protocol.ts";
import { told } from "./transaction.ts";

export interface AttemptRecord {
  readonly id: string;
  readonly lab: string;
  readonly header: Header;
  /** Of all attempts of a lab at most one is open; a reset sets it aside. */
  readonly state: "open" | "aside";
  /** Number of the last entry; tells when entries are missing. */
  readonly last: number;
  /** The tab that may append. */
  readonly owner: string;
  /** Real time, ms since 1970, of the first visit. */
  readonly startedAt: number;
  /** State digests after inputs, in order: a replay must come to the same. */
  readonly digests?: readonly KeptDigest[];
  /** After which inputs the page ran the checks. */
  readonly checked?: readonly number[];
}

export type KeptDigest = readonly [seq: number, digest: string];

export interface StoredAttempt {
  readonly record: AttemptRecord;
  readonly entries: readonly Entry[];
  readonly snapshot: Snapshot | null;
}

/**
 * Why something could not be stored: `blocked` (no storage at all), `full` (quota), `evicted` (what was stored is
 * gone), `stolen` (another tab writes now).
 */
export type LogFailure = "blocked" | "full" | "evicted" | "stolen";

export class LogError extends Error {
  override readonly name = "LogError";
  readonly code: LogFailure;

  constructor(code: LogFailure, options?: ErrorOptions) {
    super(`attempt log: ${code}`, options);
    this.code = code;
  }
}

export interface AttemptLog {
  /** The open attempt of a lab. */
  current(lab: string): Promise<StoredAttempt | null>;
  all(lab: string): Promise<readonly AttemptRecord[]>;
  /** Stores a new open attempt (with entries, where some were kept in memory) and sets an older open one aside. */
  begin(record: AttemptRecord, entries?: readonly Entry[]): Promise<void>;
  /** From now on only this tab may append. */
  claim(id: string, owner: string): Promise<void>;
  append(id: string, owner: string, entry: Entry): Promise<void>;
  /** Notes the digest of a state, and keeps its snapshot in place of an older one. */
  keepState(id: string, digest: KeptDigest, snapshot: Snapshot): Promise<void>;
  /** Notes that checks ran after an input. */
  noteCheck(id: string, seq: number): Promise<void>;
}

export interface AttemptSchema extends DBSchema {
  attempts: { key: string; value: AttemptRecord; indexes: { lab: string } };
  entries: { key: [string, number]; value: Entry & { readonly attempt: string } };
  snapshots: { key: string; value: { readonly attempt: string; readonly snapshot: Snapshot } };
}

const STRICT = { durability: "strict" } as const;

function asLogError(error: unknown): LogError {
  if (error instanceof LogError) return error;
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  if (name === "QuotaExceededError") return new LogError("full", { cause: error });
  if (name === "ConstraintError") return new LogError("stolen", { cause: error });
  if (name === "NotFoundError" || name === "InvalidStateError")
    return new LogError("evicted", { cause: error });
  return new LogError("blocked", { cause: error });
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asLogError(error);
  }
}

export function openDatabase(): Promise<IDBPDatabase<AttemptSchema>> {
  return openDB<AttemptSchema>("leaklab", 1, {
    upgrade(db, _from, _to, tx) {
      told(tx);
      db.createObjectStore("attempts", { keyPath: "id" }).createIndex("lab", "lab");
      db.createObjectStore("entries", { keyPath: ["attempt", "seq"] });
      db.createObjectStore("snapshots", { keyPath: "attempt" });
    },
    blocking: (_now, _next, event) => (event.target as IDBDatabase).close(),
  });
}

function entriesOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, 0], [id, Infinity]);
}

function bare({ seq, at, input }: Entry): Entry {
  return { seq, at, input };
}

async function current(db: IDBPDatabase<AttemptSchema>, lab: string): Promise<StoredAttempt | null> {
  const tx = told(db.transaction(["attempts", "entries", "snapshots"]));
  const record = (await tx.objectStore("attempts").index("lab").getAll(lab)).find(
    ({ state }) => state === "open",
  );
  if (!record) return null;
  const entries = (await tx.objectStore("entries").getAll(entriesOf(record.id))).map(bare);
  const kept = await tx.objectStore("snapshots").get(record.id);
  return { record, entries, snapshot: kept?.snapshot ?? null };
}

async function begin(
  db: IDBPDatabase<AttemptSchema>,
  record: AttemptRecord,
  entries: readonly Entry[],
): Promise<void> {
  const tx = told(db.transaction(["attempts", "entries"], "readwrite", STRICT));
  const attempts = tx.objectStore("attempts");
  const ofLab = await attempts.index("lab").getAll(record.lab);
  const others = ofLab.filter(({ state, id }) => state === "open" && id !== record.id);
  await Promise.all([
    ...others.map((other) => attempts.put({ ...other, state: "aside" })),
    attempts.put({ ...record, last: entries.length }),
    ...entries.map((entry) => tx.objectStore("entries").put({ ...entry, attempt: record.id })),
    tx.done,
  ]);
}

async function append(
  db: IDBPDatabase<AttemptSchema>,
  id: string,
  owner: string,
  entry: Entry,
): Promise<void> {
  const tx = told(db.transaction(["attempts", "entries"], "readwrite", STRICT));
  const record = await tx.objectStore("attempts").get(id);
  const refusal =
    !record || record.last !== entry.seq - 1 ? "evicted" : record.owner !== owner ? "stolen" : null;
  if (refusal || !record) {
    tx.abort();
    await tx.done.catch(() => {});
    throw new LogError(record && record.owner !== owner ? "stolen" : (refusal ?? "evicted"));
  }
  await Promise.all([
    tx.objectStore("entries").add({ ...entry, attempt: id }),
    tx.objectStore("attempts").put({ ...record, last: entry.seq }),
    tx.done,
  ]);
}

async function claim(db: IDBPDatabase<AttemptSchema>, id: string, owner: string): Promise<void> {
  const tx = told(db.transaction("attempts", "readwrite", STRICT));
  const record = await tx.store.get(id);
  await Promise.all([record ? tx.store.put({ ...record, owner }) : null, tx.done]);
}

async function keepState(
  db: IDBPDatabase<AttemptSchema>,
  id: string,
  digest: KeptDigest,
  snapshot: Snapshot,
): Promise<void> {
  const tx = told(db.transaction(["attempts", "snapshots"], "readwrite"));
  const attempts = tx.objectStore("attempts");
  const record = await attempts.get(id);
  if (!record) return tx.done;
  await Promise.all([
    attempts.put({ ...record, digests: [...(record.digests ?? []), digest] }),
    tx.objectStore("snapshots").put({ attempt: id, snapshot }),
    tx.done,
  ]);
}

async function noteCheck(db: IDBPDatabase<AttemptSchema>, id: string, seq: number): Promise<void> {
  const tx = told(db.transaction("attempts", "readwrite"));
  const record = await tx.store.get(id);
  const noted = record && { ...record, checked: [...(record.checked ?? []), seq] };
  await Promise.all([noted ? tx.store.put(noted) : null, tx.done]);
}

/** Opens the log in the browser's storage. Rejects with a LogError. */
export async function openLog(): Promise<AttemptLog> {
  const db = await guarded(openDatabase);
  return {
    current: (lab) => guarded(() => current(db, lab)),
    all: (lab) => guarded(() => db.getAllFromIndex("attempts", "lab", lab)),
    begin: (record, entries = []) => guarded(() => begin(db, record, entries)),
    claim: (id, owner) => guarded(() => claim(db, id, owner)),
    append: (id, owner, entry) => guarded(() => append(db, id, owner, entry)),
    keepState: (id, digest, snapshot) => guarded(() => keepState(db, id, digest, snapshot)),
    noteCheck: (id, seq) => guarded(() => noteCheck(db, id, seq)),
  };
}

/** The same in memory: for play without storage. */
export function memoryLog(): AttemptLog {
  const attempts = new Map<string, { record: AttemptRecord; entries: Entry[]; snapshot: Snapshot | null }>();
  const ofLab = (lab: string) => [...attempts.values()].filter(({ record }) => record.lab === lab);
  return {
    current: async (lab) => {
      const found = ofLab(lab).find(({ record }) => record.state === "open");
      return found ? { ...found, entries: [...found.entries] } : null;
    },
    all: async (lab) => ofLab(lab).map(({ record }) => record),
    begin: async (record, entries = []) => {
      for (const older of ofLab(record.lab)) older.record = { ...older.record, state: "aside" };
      attempts.set(record.id, {
        record: { ...record, last: entries.length },
        entries: [...entries],
        snapshot: null,
      });
    },
    claim: async (id, owner) => {
      const found = attempts.get(id);
      if (found) found.record = { ...found.record, owner };
    },
    append: async (id, owner, entry) => {
      const found = attempts.get(id);
      if (!found || found.record.last !== entry.seq - 1) throw new LogError("evicted");
      if (found.record.owner !== owner) throw new LogError("stolen");
      found.entries.push(entry);
      found.record = { ...found.record, last: entry.seq };
    },
    keepState: async (id, digest, snapshot) => {
      const found = attempts.get(id);
      if (!found) return;
      found.snapshot = snapshot;
      found.record = { ...found.record, digests: [...(found.record.digests ?? []), digest] };
    },
    noteCheck: async (id, seq) => {
      const found = attempts.get(id);
      if (found) found.record = { ...found.record, checked: [...(found.record.checked ?? []), seq] };
    },
  };
}
