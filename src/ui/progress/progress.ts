/**
 * Progress in this browser: results and visits, one of each per attempt. A database of its own beside the attempts':
 * its version can grow without closing an attempt that another tab plays, and damage to it costs no attempt. Writes
 * merge inside one transaction, so that two tabs lose nothing of each other.
 */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { better, readResult, readVisit, type LabResult, type Visit } from "./result.ts";
import { told } from "../attempt/transaction.ts";

export interface Kept {
  readonly results: readonly LabResult[];
  readonly visits: readonly Visit[];
  /** Records that cannot be read; they stay where they are and count for nothing. */
  readonly damaged: number;
}

export interface ProgressStore {
  /** `visit`: the browser stores nothing for longer than this visit. */
  readonly lasts: "stored" | "visit";
  all(): Promise<Kept>;
  addResults(results: readonly LabResult[]): Promise<void>;
  addVisits(visits: readonly Visit[]): Promise<void>;
  /** Forgets one lab, or all. */
  forget(lab: string | null): Promise<void>;
}

interface Schema extends DBSchema {
  results: { key: string; value: LabResult };
  visits: { key: string; value: Visit };
}

type Database = IDBPDatabase<Schema>;

const KEY = "leaklab/progress";
const STRICT = { durability: "strict" } as const;

export function mergeResults(some: readonly LabResult[], others: readonly LabResult[]): LabResult[] {
  const merged = new Map(some.map((result) => [result.attempt, result]));
  for (const result of others) {
    const known = merged.get(result.attempt);
    merged.set(result.attempt, known ? better(known, result) : result);
  }
  return [...merged.values()];
}

export function mergeVisits(some: readonly Visit[], others: readonly Visit[]): Visit[] {
  const merged = new Map(some.map((visit) => [visit.attempt, visit]));
  for (const visit of others) {
    const known = merged.get(visit.attempt);
    if (!known || visit.when >= known.when) merged.set(visit.attempt, visit);
  }
  return [...merged.values()];
}

/** Reads what was stored, field by field. */
export function readKept(results: readonly unknown[], visits: readonly unknown[]): Kept {
  const known = results.map(readResult);
  const been = visits.map(readVisit);
  const damaged = [...known, ...been].filter((record) => record === null).length;
  return {
    results: known.filter((result) => result !== null),
    visits: been.filter((visit) => visit !== null),
    damaged,
  };
}

async function addResults(db: Database, results: readonly LabResult[]): Promise<void> {
  const tx = told(db.transaction("results", "readwrite", STRICT));
  const written = mergeResults([], results).map(async (result) => {
    const known = readResult(await tx.store.get(result.attempt));
    await tx.store.put(known ? better(known, result) : result);
  });
  await Promise.all([...written, tx.done]);
}

async function addVisits(db: Database, visits: readonly Visit[]): Promise<void> {
  const tx = told(db.transaction("visits", "readwrite"));
  const written = mergeVisits([], visits).map(async (visit) => {
    const known = readVisit(await tx.store.get(visit.attempt));
    if (!known || visit.when >= known.when) await tx.store.put(visit);
  });
  await Promise.all([...written, tx.done]);
}

async function forget(db: Database, lab: string | null): Promise<void> {
  const tx = told(db.transaction(["results", "visits"], "readwrite", STRICT));
  const gone = (["results", "visits"] as const).map(async (name) => {
    const store = tx.objectStore(name);
    if (lab === null) return store.clear();
    const records = (await store.getAll()).filter((record) => record.lab === lab);
    await Promise.all(records.map(({ attempt }) => store.delete(attempt)));
  });
  await Promise.all([...gone, tx.done]);
}

async function all(db: Database): Promise<Kept> {
  const tx = told(db.transaction(["results", "visits"]));
  const [results, visits] = await Promise.all([
    tx.objectStore("results").getAll(),
    tx.objectStore("visits").getAll(),
  ]);
  return readKept(results, visits);
}

/** For browsers that store nothing: until the tab is closed, or the page where even that is refused. */
export function visitProgress(storage: Pick<Storage, "getItem" | "setItem"> | null): ProgressStore {
  let kept: Kept = readVisitKept(storage);
  const write = (next: Kept): void => {
    kept = next;
    try {
      storage?.setItem(KEY, JSON.stringify(kept));
    } catch {
      // It lasts as long as the page.
    }
  };
  return {
    lasts: "visit",
    all: async () => kept,
    addResults: async (results) => write({ ...kept, results: mergeResults(kept.results, results) }),
    addVisits: async (visits) => write({ ...kept, visits: mergeVisits(kept.visits, visits) }),
    forget: async (lab) => {
      const stays = (record: { readonly lab: string }) => lab !== null && record.lab !== lab;
      write({ ...kept, results: kept.results.filter(stays), visits: kept.visits.filter(stays) });
    },
  };
}

function readVisitKept(storage: Pick<Storage, "getItem"> | null): Kept {
  try {
    const { results, visits } = JSON.parse(storage?.getItem(KEY) ?? "{}") as Record<string, unknown[]>;
    return readKept(results ?? [], visits ?? []);
  } catch {
    return { results: [], visits: [], damaged: 0 };
  }
}

function sessionStorageOf(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

export async function openProgress(): Promise<ProgressStore> {
  try {
    const db = await openDB<Schema>("leaklab-progress", 1, {
      upgrade(fresh, _from, _to, tx) {
        told(tx);
        fresh.createObjectStore("results", { keyPath: "attempt" });
        fresh.createObjectStore("visits", { keyPath: "attempt" });
      },
      blocking: (_now, _next, event) => (event.target as IDBDatabase).close(),
    });
    return {
      lasts: "stored",
      all: () => all(db),
      addResults: (results) => addResults(db, results),
      addVisits: (visits) => addVisits(db, visits),
      forget: (lab) => forget(db, lab),
    };
  } catch {
    return visitProgress(sessionStorageOf());
  }
}
