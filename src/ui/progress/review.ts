/**
 * Which labs are due again. Of the labs that were first passed on one day two come back, after 1, 7 and 30 days from
 * the pass before, each with a new seed: names, ids and values are other ones. A pure function of results and now.
 */
import type { LabResult } from "./result.ts";

const DAY = 86_400_000;
export const INTERVALS_DAYS = [1, 7, 30] as const;
/** How many come back of one day, and how many are due at a time. */
const TWO = 2;

export interface Review {
  readonly lab: string;
  /** Ms since 1970. */
  readonly dueAt: number;
  readonly seed: number;
  /** 1, 2 or 3. */
  readonly round: number;
}

interface Passed {
  readonly lab: string;
  readonly first: LabResult;
  readonly reviews: readonly LabResult[];
  readonly seeds: ReadonlySet<number>;
}

function passedLabs(results: readonly LabResult[]): readonly Passed[] {
  const labs = [...new Set(results.map(({ lab }) => lab))].sort();
  return labs.flatMap((lab) => {
    const mine = results.filter((result) => result.lab === lab).sort((a, b) => a.when - b.when);
    const first = mine.find(({ passed }) => passed);
    if (!first) return [];
    const reviews = mine.filter((it) => it.passed && it.purpose === "review" && it.attempt !== first.attempt);
    return [{ lab, first, reviews, seeds: new Set(mine.map(({ seed }) => seed)) }];
  });
}

/** Those that took most help come back; of equals the one passed earlier. */
function hardest(one: Passed, other: Passed): number {
  const help = ({ first }: Passed) => 10 * first.hints + first.undos;
  return help(other) - help(one) || one.first.when - other.first.when;
}

/** The two of each day (UTC). */
function returning(passed: readonly Passed[]): readonly Passed[] {
  const days = new Map<number, Passed[]>();
  for (const lab of passed) {
    const day = Math.floor(lab.first.when / DAY);
    days.set(day, [...(days.get(day) ?? []), lab]);
  }
  return [...days.values()].flatMap((labs) => labs.sort(hardest).slice(0, TWO));
}

/** The same for the same lab and round on every visit, and no seed that was played. */
function newSeed(lab: string, round: number, played: ReadonlySet<number>): number {
  let seed = 2_166_136_261;
  for (const letter of `${lab}/${round}`)
    seed = Math.imul(seed ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  seed = 1 + (seed % 999_999);
  while (played.has(seed)) seed = 1 + (seed % 999_999);
  return seed;
}

/** Every lab's next review, the earliest first. */
export function reviews(results: readonly LabResult[]): readonly Review[] {
  return returning(passedLabs(results))
    .flatMap(({ lab, first, reviews: done, seeds }) => {
      const days = INTERVALS_DAYS[done.length];
      if (days === undefined) return [];
      const last = done.at(-1) ?? first;
      const round = done.length + 1;
      return [{ lab, dueAt: last.when + days * DAY, seed: newSeed(lab, round, seeds), round }];
    })
    .sort((one, other) => one.dueAt - other.dueAt);
}

/** At most two at a time, so that a long break does not come back as a heap. */
export function due(results: readonly LabResult[], now: number): readonly Review[] {
  return reviews(results)
    .filter(({ dueAt }) => dueAt <= now)
    .slice(0, TWO);
}
