/** Where somebody stands in each lab and on a path: a pure function of what is kept. */
import { labOf, type Catalog, type CatalogPath } from "./catalog.ts";
import { covered, type Cover } from "./placement.ts";
import type { Kept } from "./progress.ts";
import type { LabResult, Sum, Visit } from "./result.ts";

export type LabState = "new" | "begun" | "passed" | "covered" | "to-come";

export interface LabStanding {
  readonly lab: string;
  readonly state: LabState;
  /** The pass that counts: the one with most extra checks, then fewest hints, then the earliest. */
  readonly pass: LabResult | null;
  /** Of how many attempts, in order of time, the first pass was. */
  readonly attempts: number;
  /** Where an attempt was left that has not passed. */
  readonly visit: Visit | null;
  readonly checks: Sum | null;
  readonly cover: Cover | null;
}

function bestPass(results: readonly LabResult[]): LabResult | null {
  const order = (a: LabResult, b: LabResult) => b.extra - a.extra || a.hints - b.hints || a.when - b.when;
  return results.filter(({ passed }) => passed).sort(order)[0] ?? null;
}

function newestVisit(visits: readonly Visit[], results: readonly LabResult[]): Visit | null {
  const passed = new Set(results.filter((result) => result.passed).map(({ attempt }) => attempt));
  const open = visits.filter(({ attempt, commands }) => commands > 0 && !passed.has(attempt));
  return open.sort((a, b) => b.when - a.when)[0] ?? null;
}

export function labStanding(
  { results, visits }: Pick<Kept, "results" | "visits">,
  lab: string,
  ready = true,
): LabStanding {
  const mine = results.filter((result) => result.lab === lab);
  const pass = bestPass(mine);
  const cover = covered(results).get(lab) ?? null;
  const visit = newestVisit(
    visits.filter((it) => it.lab === lab),
    mine,
  );
  const first = Math.min(...mine.filter(({ passed }) => passed).map(({ when }) => when));
  const attempts = mine.filter(({ when, purpose }) => when <= first && purpose !== "review").length;
  const begun: LabState = visit ? "begun" : cover ? "covered" : ready ? "new" : "to-come";
  const checks = mine.find(({ attempt }) => attempt === visit?.attempt)?.checks ?? visit?.checks ?? null;
  return { lab, state: pass ? "passed" : begun, pass, attempts, visit, checks, cover };
}

export interface PathStanding {
  readonly labs: readonly LabStanding[];
  readonly passed: number;
  /** Labs to come do not block the end of a path. */
  readonly ready: number;
  readonly minutesPassed: number;
  readonly minutes: number;
  readonly finished: boolean;
  /** Where to go on: the lab begun last, or else the first that is not done. */
  readonly next: LabStanding | null;
}

export const isDone = ({ state }: LabStanding): boolean => state === "passed" || state === "covered";

export function pathStanding(
  kept: Pick<Kept, "results" | "visits">,
  catalog: Catalog,
  path: Pick<CatalogPath, "labs">,
): PathStanding {
  const known = path.labs.flatMap((id) => labOf(catalog, id) ?? []);
  const labs = known.map(({ id, ready }) => labStanding(kept, id, ready));
  const minutesOf = (these: readonly LabStanding[]) =>
    these.reduce((sum, { lab }) => sum + (labOf(catalog, lab)?.minutes ?? 0), 0);
  const open = labs.filter(({ lab }) => labOf(catalog, lab)?.ready);
  const done = open.filter(isDone);
  const begun = open.filter(({ state }) => state === "begun");
  begun.sort((a, b) => (b.visit?.when ?? 0) - (a.visit?.when ?? 0));
  return {
    labs,
    passed: done.length,
    ready: open.length,
    minutesPassed: minutesOf(done),
    minutes: minutesOf(labs),
    finished: open.length > 0 && done.length === open.length,
    next: begun[0] ?? open.find((it) => !isDone(it)) ?? null,
  };
}
