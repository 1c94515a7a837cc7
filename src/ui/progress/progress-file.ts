/**
 * Progress as one file. Reading it takes nothing on trust: every record is checked field by field, what does not fit
 * is refused by name, and merging loses nothing of what is here.
 */
import type { Entry, Header } from "../../worker/protocol.ts";
import type { AttemptRecord } from "../attempt/log.ts";
import { said } from "../text/said.ts";
import { textOf, type WholeAttempt } from "./attempts.ts";
import type { Kept } from "./progress.ts";
import { fieldsOf, isLabId, MAX_PROOF, readResult, readVisit, type LabResult, type Visit } from "./result.ts";

export const FORMAT = "leaklab-progress/1";
export const FILE_NAME = "leaklab-progress.json";
export const MAX_BYTES = 64_000_000;
const MAX_RECORDS = 5000;

/** Why a record or a file was not taken; `{what}` names it. */
export const REASONS = {
  "too-large": said("The file is larger than any progress of LeakLab."),
  "not-json": said("The file is not JSON, or it is cut off."),
  "not-progress": said("The file is no progress of LeakLab."),
  newer: said("The file was made by a newer LeakLab. Open it there."),
  "too-many": said("It names more records than anybody can have made."),
  result: said("{what}: its fields do not fit together."),
  proof: said("{what}: the attempt that proves it is damaged."),
  attempt: said("{what}: it is not a whole attempt."),
} as const;

export interface Refused {
  readonly reason: keyof typeof REASONS;
  /** Name of the record in the file; hostile text is cut and only shown as text. */
  readonly what: string;
}

export interface ProgressFile {
  readonly results: readonly LabResult[];
  readonly visits: readonly Visit[];
  readonly attempts: readonly WholeAttempt[];
  readonly refused: readonly Refused[];
}

/** An attempt file, checked line by line; null where it is none. */
export type ReadAttempt = (text: string) => {
  readonly header: Header;
  readonly entries: readonly Entry[];
  readonly digests: ReadonlyMap<number, string>;
} | null;

export function printProgress(kept: Kept, attempts: readonly WholeAttempt[], now: number): string {
  const file = {
    format: FORMAT,
    exported: new Date(now).toISOString(),
    results: kept.results,
    visits: kept.visits,
    attempts: attempts.map((attempt) => ({
      id: attempt.record.id,
      state: attempt.record.state,
      startedAt: attempt.record.startedAt,
      text: textOf(attempt),
    })),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

const nothing = (reason: Refused["reason"]): ProgressFile => ({
  results: [],
  visits: [],
  attempts: [],
  refused: [{ reason, what: "" }],
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A list of the file; a missing one is empty, anything else is no list. */
function listOf(value: unknown): readonly unknown[] | null {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : null;
}

export function readProgress(text: string, readAttempt: ReadAttempt): ProgressFile {
  if (text.length > MAX_BYTES) return nothing("too-large");
  const value = parsed(text);
  if (value === undefined) return nothing("not-json");
  const fields = fieldsOf(value);
  const format = fields?.["format"];
  if (typeof format !== "string" || !format.startsWith("leaklab-progress/")) return nothing("not-progress");
  if (format !== FORMAT) return nothing("newer");
  const lists = ["results", "visits", "attempts"].map((name) => listOf(fields?.[name]));
  const [results, visits, attempts] = lists;
  if (!results || !visits || !attempts) return nothing("not-progress");
  if (lists.some((list) => (list?.length ?? 0) > MAX_RECORDS)) return nothing("too-many");
  return readLists(results, visits, attempts, readAttempt);
}

function readLists(
  results: readonly unknown[],
  visits: readonly unknown[],
  attempts: readonly unknown[],
  readAttempt: ReadAttempt,
): ProgressFile {
  const refused: Refused[] = [];
  const take = <T>(
    values: readonly unknown[],
    kind: string,
    read: (value: unknown) => T | Refused["reason"],
  ) =>
    values.flatMap((value, i) => {
      const taken = read(value);
      if (typeof taken !== "string") return [taken as T];
      refused.push({ reason: taken as Refused["reason"], what: nameOf(value, `${kind} ${i + 1}`) });
      return [];
    });
  return {
    results: take(results, "result", (value) => resultIn(value, readAttempt)),
    visits: take(visits, "visit", (value) => readVisit(value) ?? "result"),
    attempts: take(attempts, "attempt", (value) => attemptIn(value, readAttempt) ?? "attempt"),
    refused,
  };
}

function nameOf(value: unknown, fallback: string): string {
  const lab = fieldsOf(value)?.["lab"];
  return isLabId(lab) ? `${fallback} (${lab})` : fallback;
}

function resultIn(value: unknown, readAttempt: ReadAttempt): LabResult | Refused["reason"] {
  const result = readResult(value);
  if (!result) return "result";
  return result.proof !== null && !readAttempt(result.proof) ? "proof" : result;
}

const MAX_TIME = 8.64e15;

function attemptIn(value: unknown, readAttempt: ReadAttempt): WholeAttempt | null {
  const { id, state, startedAt, text } = fieldsOf(value) ?? {};
  if (typeof id !== "string" || !/^[\w-]{1,80}$/.test(id)) return null;
  if ((state !== "open" && state !== "aside") || typeof text !== "string" || text.length > MAX_PROOF)
    return null;
  if (typeof startedAt !== "number" || !(startedAt >= 0 && startedAt <= MAX_TIME)) return null;
  const attempt = readAttempt(text);
  if (!attempt || attempt.entries.length === 0) return null;
  const { header, entries, digests } = attempt;
  const last = entries.length;
  const record: AttemptRecord = {
    id,
    lab: header.lab,
    header,
    state,
    last,
    owner: "",
    startedAt,
    digests: [...digests],
  };
  return { record, entries };
}
