/** Proves a lab, seed by seed: see docs in content/authors. */
import type { Header, Input, Setting } from "../attempt/input.ts";
import type { Case } from "../lab/case.ts";
import type { Lab } from "../lab/load.ts";
import { printProblem } from "../lab/problem.ts";
import type { Grade } from "../worker/protocol.ts";
import { chunksOf, headerOf, Stage } from "./attemptRun.ts";
import { startCoreWorker, type CoreWorker } from "./coreWorker.ts";

export interface CaseReport {
  readonly case: string;
  readonly kind: "untouched" | "solution" | "wrong" | "adversarial" | "replay";
  readonly seed: number;
  readonly expected: string;
  readonly got: string;
  readonly ok: boolean;
}

export interface LabReport {
  readonly lab: string;
  readonly ok: boolean;
  readonly seeds: number;
  readonly cases: readonly CaseReport[];
  /** Checks that could be inverted without any case noticing. */
  readonly needless: readonly string[];
  /** Translations whose English has changed. */
  readonly drift: readonly string[];
}

/** A lab with one seed. */
interface Task {
  readonly lab: Lab;
  readonly seed: number;
  /** Undefined: as the lab says. */
  readonly setting: Setting | undefined;
}

interface Played {
  readonly case: Case;
  readonly bundle: Lab["bundle"];
  readonly header: Header;
  readonly inputs: readonly Input[];
  readonly grade: Grade;
}

/** Scripts cut into inputs: the same for every seed. */
type Scripts = Map<Case, Promise<Input[]>>;

interface SeedPlay {
  readonly task: Task;
  readonly by: CoreWorker;
  readonly start: CaseReport;
  readonly played: readonly Played[];
}

interface SeedResult {
  readonly task: Task;
  readonly reports: readonly CaseReport[];
  readonly played: readonly Played[];
}

/** Two workers for all labs: each replays what it never saw played. */
export async function verifyLabs(
  labs: readonly Lab[],
  seeds: number,
  setting?: Setting,
): Promise<LabReport[]> {
  const tasks = labs.flatMap((lab) =>
    Array.from({ length: seeds }, (_, i): Task => ({ lab, seed: i + 1, setting })),
  );
  const workers = await Promise.all([startCoreWorker(), startCoreWorker()]);
  try {
    const results = await verifySeeds(workers, tasks);
    return labs.map((lab) =>
      reportOf(
        lab,
        seeds,
        tasks.filter((task) => task.lab === lab).map((task) => results.get(task) as SeedResult),
      ),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.end()));
  }
}

function reportOf(lab: Lab, seeds: number, results: readonly SeedResult[]): LabReport {
  const cases = results.flatMap(({ reports }) => reports);
  const played = results.flatMap((result) => result.played);
  const needless = lab.bundle.manifest.checks
    .map(({ id }) => id)
    .filter((id) => !played.some((item) => noticesInversion(item, id)));
  return {
    lab: lab.bundle.manifest.id,
    ok: cases.every((item) => item.ok) && needless.length === 0 && lab.drift.length === 0,
    seeds,
    cases,
    needless,
    drift: lab.drift.map((problem) => printProblem(lab.bundle.manifest.id, problem)),
  };
}

/** Whoever is free replays what another one has played, or else plays the next seed. */
async function verifySeeds(
  workers: readonly CoreWorker[],
  tasks: readonly Task[],
): Promise<Map<Task, SeedResult>> {
  const scripts: Scripts = new Map();
  const results = new Map<Task, SeedResult>();
  const waiting = [...tasks];
  const plays = new Set<Promise<SeedPlay>>();
  const ended: SeedPlay[] = [];
  const work = async (worker: CoreWorker): Promise<void> => {
    for (;;) {
      const foreign = ended.findIndex(({ by }) => by !== worker);
      const [play] = foreign < 0 ? [] : ended.splice(foreign, 1);
      const task = play ? undefined : waiting.shift();
      if (play) results.set(play.task, await replaySeed(worker, play));
      else if (task) {
        const begun = playSeed(worker, task, scripts);
        plays.add(begun);
        ended.push(await begun);
        plays.delete(begun);
      } else if (plays.size > 0) await Promise.race(plays);
      else return;
    }
  };
  await Promise.all(workers.map(work));
  return results;
}

/** Its cases, one after the other. */
async function playSeed(worker: CoreWorker, task: Task, scripts: Scripts): Promise<SeedPlay> {
  const { lab, seed, setting } = task;
  const header = headerOf(lab.bundle, seed, setting);
  const stage = await Stage.openIn(worker, lab.bundle, header);
  const start = await untouched(stage);
  const played: Played[] = [];
  for (const item of lab.cases) {
    const inputs = scripts.get(item) ?? chunksOf(stage, item.script);
    scripts.set(item, inputs);
    played.push(await play(worker, lab, item, header, await inputs));
  }
  return { task, by: worker, start, played };
}

/** The start as the learner gets it earns nothing. */
async function untouched(stage: Stage): Promise<CaseReport> {
  const earned = (await stage.grade()).checks
    .filter((check) => check.verdict === "pass")
    .map((check) => check.id);
  const got = earned.length === 0 ? "nothing passes" : `${earned.join(", ")} pass`;
  return {
    case: "untouched start",
    kind: "untouched",
    seed: stage.header.seed,
    expected: "nothing passes",
    got,
    ok: earned.length === 0,
  };
}

async function play(
  worker: CoreWorker,
  { bundle }: Lab,
  item: Case,
  header: Header,
  inputs: readonly Input[],
): Promise<Played> {
  const stage = await Stage.openIn(worker, bundle, header, inputs, { akin: true });
  return { case: item, bundle, header, inputs, grade: await stage.grade() };
}

function playedReport({ case: { name, kind, ...item }, header: { seed }, grade }: Played): CaseReport {
  const expected = print(item.expected);
  const got = print({ passed: grade.passed, diagnoses: grade.diagnoses.map(({ id }) => id) });
  return { case: name, kind, seed, expected, got, ok: expected === got };
}

/**
 * The last case first: what cases have in common at their beginning is played once, here by another one of them than
 * before, so that each comes to its digest both ways.
 */
async function replaySeed(worker: CoreWorker, { task, start, played }: SeedPlay): Promise<SeedResult> {
  const reports: CaseReport[] = [];
  for (const item of played.toReversed()) reports.push(await replay(worker, item), playedReport(item));
  return { task, reports: [start, ...reports.reverse()], played };
}

/** The same inputs in another worker come to the same digest. */
async function replay(worker: CoreWorker, { case: { name }, ...played }: Played): Promise<CaseReport> {
  const { bundle, header, inputs, grade } = played;
  const got = await (await Stage.openIn(worker, bundle, header, inputs, { akin: true })).digest();
  const expected = grade.digest;
  return { case: `${name} again`, kind: "replay", seed: header.seed, expected, got, ok: got === expected };
}

function print({ passed, diagnoses }: Case["expected"]): string {
  return [...(passed ? ["passed"] : []), ...diagnoses].join(" ") || "not passed, no diagnosis";
}

/** With one check inverted, would the case come out otherwise? */
function noticesInversion({ case: { expected }, grade }: Played, id: string): boolean {
  const inverted = grade.checks.map((check) =>
    check.id === id ? { ...check, verdict: check.verdict === "pass" ? "fail" : "pass" } : check,
  );
  const passed = inverted.every((check) => !check.required || check.verdict === "pass");
  const failing = new Set(inverted.filter((check) => check.verdict !== "pass").map((check) => check.id));
  const diagnoses = grade.diagnoses
    .filter((diagnosis) => failing.has(diagnosis.check))
    .map((diagnosis) => diagnosis.id);
  return print({ passed, diagnoses }) !== print(expected);
}
