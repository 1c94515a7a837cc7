/**
 * The turns of an attempt: when checks ran, and what they said first. Kept in the browser beside the attempt, so that a
 * reload a day later still has them; losing them loses no work.
 */
import type { CheckRun } from "../attempt/session.ts";

export interface Turn {
  /** Since the start of the lab. */
  readonly atMs: number;
  /** How many inputs the attempt had. */
  readonly inputs: number;
  readonly passing: number;
  readonly asked: number;
  readonly passed: boolean;
  /** The first diagnosis; null where there was none. */
  readonly first: string | null;
}

const KEY = "leaklab/turns/";
/** An attempt that was checked more often keeps its newest ones. */
const MOST = 60;
const LONGEST = 400;

type Store = Pick<Storage, "getItem" | "setItem">;

export function turnOf({ atMs, grade }: CheckRun, startMs: number, inputs: number): Turn {
  const required = grade.checks.filter((check) => check.required);
  return {
    atMs: atMs - startMs,
    inputs,
    passing: required.filter(({ verdict }) => verdict === "pass").length,
    asked: required.length,
    passed: grade.passed,
    first: grade.diagnoses[0]?.message.slice(0, LONGEST) ?? null,
  };
}

/** What is stored is the browser's and may be anything. */
export function readTurns(attempt: string, store: Store | null): readonly Turn[] {
  try {
    const stored: unknown = JSON.parse(store?.getItem(KEY + attempt) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isTurn).slice(-MOST) : [];
  } catch {
    return [];
  }
}

export function keepTurns(attempt: string, turns: readonly Turn[], store: Store | null): void {
  try {
    store?.setItem(KEY + attempt, JSON.stringify(turns.slice(-MOST)));
  } catch {
    // The turns last as long as the page.
  }
}

function isTurn(value: unknown): value is Turn {
  if (typeof value !== "object" || value === null) return false;
  const { atMs, inputs, passing, asked, passed, first } = value as Record<keyof Turn, unknown>;
  const numbers = [atMs, inputs, passing, asked].every(
    (it) => typeof it === "number" && Number.isFinite(it) && it >= 0,
  );
  return (
    numbers &&
    typeof passed === "boolean" &&
    (first === null || (typeof first === "string" && first.length <= LONGEST))
  );
}
