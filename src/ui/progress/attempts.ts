/** The attempts that the workbench stored, read and added to as a whole: for export, import and reset. */
import type { IDBPDatabase } from "idb";
import type { Entry } from "../../worker/protocol.ts";
import { attemptText, standingActs } from "../attempt/file.ts";
import { openDatabase, type AttemptRecord, type AttemptSchema } from "../attempt/log.ts";
import type { Visit } from "./result.ts";
import { told } from "../attempt/transaction.ts";

export interface WholeAttempt {
  readonly record: AttemptRecord;
  readonly entries: readonly Entry[];
}

/** What adding an attempt did: `aside` where another one of the lab goes on here. */
export type Added = "open" | "aside" | "longer" | "known" | "apart";

export interface Attempts {
  /** All that hold at least one input. */
  all(): Promise<readonly WholeAttempt[]>;
  add(attempt: WholeAttempt): Promise<Added>;
  /** Opens one that was set aside; the open one of its lab takes its place. */
  takeUp(id: string): Promise<void>;
  /** Forgets those of one lab, or all. */
  forget(lab: string | null): Promise<void>;
}

type Database = IDBPDatabase<AttemptSchema>;

const STRICT = { durability: "strict" } as const;

export const NO_ATTEMPTS: Attempts = {
  all: async () => [],
  add: async () => "known",
  takeUp: async () => {},
  forget: async () => {},
};

const rangeOf = (id: string) => IDBKeyRange.bound([id, 0], [id, Infinity]);

async function all(db: Database): Promise<readonly WholeAttempt[]> {
  const tx = told(db.transaction(["attempts", "entries"]));
  const records = await tx.objectStore("attempts").getAll();
  const whole = await Promise.all(
    records.map(async (record) => {
      const entries = await tx.objectStore("entries").getAll(rangeOf(record.id));
      return { record, entries: entries.map(({ seq, at, input }) => ({ seq, at, input })) };
    }),
  );
  return whole.filter(({ entries }) => entries.length > 0);
}

/** Whether the first entries of a longer list are the shorter one. */
function begins(longer: readonly Entry[], shorter: readonly Entry[]): boolean {
  return shorter.every((entry, i) => JSON.stringify(entry) === JSON.stringify(longer[i]));
}

/**
 * Adds one without losing any: the same attempt that was played on elsewhere grows; one that was played on in both
 * places is kept beside it; one of a lab that goes on here is set aside.
 */
async function add(db: Database, { record, entries }: WholeAttempt): Promise<Added> {
  const tx = told(db.transaction(["attempts", "entries", "snapshots"], "readwrite", STRICT));
  const attempts = tx.objectStore("attempts");
  const known = await attempts.get(record.id);
  const here = known ? await tx.objectStore("entries").getAll(rangeOf(record.id)) : [];
  const bare = here.map(({ seq, at, input }) => ({ seq, at, input }));
  const ofLab = await attempts.index("lab").getAll(record.lab);
  const open = ofLab.find(({ state, id }) => state === "open" && id !== record.id);
  const apart = known !== undefined && !begins(entries, bare) && !begins(bare, entries);
  const id = apart ? `${record.id}-${entries.length}` : record.id;
  if (known && !apart && entries.length <= bare.length) {
    await tx.done;
    return "known";
  }
  const aside = apart || record.state === "aside" || (open !== undefined && open.last > 0);
  const state = known && !apart ? known.state : aside ? "aside" : "open";
  await Promise.all([
    open && !aside ? attempts.put({ ...open, state: "aside" }) : null,
    attempts.put({ ...record, id, state, last: entries.length }),
    tx.objectStore("snapshots").delete(id),
    ...entries.map((entry) => tx.objectStore("entries").put({ ...entry, attempt: id })),
    tx.done,
  ]);
  if (apart) return "apart";
  return known ? "longer" : aside ? "aside" : "open";
}

async function takeUp(db: Database, id: string): Promise<void> {
  const tx = told(db.transaction("attempts", "readwrite", STRICT));
  const chosen = await tx.store.get(id);
  const ofLab = chosen ? await tx.store.index("lab").getAll(chosen.lab) : [];
  const written = ofLab.map((record) =>
    tx.store.put({ ...record, state: record.id === id ? "open" : "aside" }),
  );
  await Promise.all([...written, tx.done]);
}

async function forget(db: Database, lab: string | null): Promise<void> {
  const tx = told(db.transaction(["attempts", "entries", "snapshots"], "readwrite", STRICT));
  const attempts = tx.objectStore("attempts");
  const records = (await attempts.getAll()).filter((record) => lab === null || record.lab === lab);
  const gone = records.flatMap(({ id }) => [
    attempts.delete(id),
    tx.objectStore("entries").delete(rangeOf(id)),
    tx.objectStore("snapshots").delete(id),
  ]);
  await Promise.all([...gone, tx.done]);
}

export async function openAttempts(): Promise<Attempts> {
  try {
    const db = await openDatabase();
    return {
      all: () => all(db),
      add: (attempt) => add(db, attempt),
      takeUp: (id) => takeUp(db, id),
      forget: (lab) => forget(db, lab),
    };
  } catch {
    return NO_ATTEMPTS;
  }
}

export function textOf({ record, entries }: WholeAttempt): string {
  return attemptText(record.header, entries, record.digests, record.checked);
}

/** What a command takes. */
const TICK_MS = 15_000;

/**
 * Where open attempts stand, as far as their inputs tell: those of which no visit was noted, and those that went on
 * after the note, because the tab closed before it was written.
 */
export function visitsOf(attempts: readonly WholeAttempt[], known: readonly Visit[]): Visit[] {
  return attempts
    .filter(({ record }) => record.state === "open")
    .flatMap(({ record, entries }) => {
      const noted = known.find(({ attempt }) => attempt === record.id);
      const commands = standingActs(entries).length;
      if (noted && noted.commands >= commands) return [];
      const { purpose, when, checks } = noted ?? {
        purpose: "lab" as const,
        when: record.startedAt,
        checks: null,
      };
      const since = Math.max(0, (entries.at(-1)?.at ?? 0) - (entries[0]?.at ?? 0));
      const clock = entries.length > 0 ? since + TICK_MS : 0;
      return [{ attempt: record.id, lab: record.lab, purpose, clock, when, commands, checks }];
    });
}
