/** Proves a lab, seed by seed: see docs in content/authors. */
import type { Case } from "../lab/case.ts";
import type { Lab } from "../lab/load.ts";
import type { Grade } from "../worker/protocol.ts";
import { headerOf, playScript, Stage, type Performance } from "./attemptRun.ts";
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
}

/** A played case: what it expects and the grade it got. */
interface Judged {
  readonly expected: Case["expected"];
  readonly grade: Grade;
}

/** Threads at once. */
const WIDTH = 2;

export async function verifyLab(lab: Lab, seeds: number): Promise<LabReport> {
  const numbers = Array.from({ length: seeds }, (_, i) => i + 1);
  const results = await inTurns(numbers, WIDTH, (seed) => verifySeed(lab, seed));
  const cases = results.flatMap((result) => result.reports);
  const judged = results.flatMap((result) => result.judged);
  const needless = lab.bundle.manifest.checks
    .map(({ id }) => id)
    .filter((id) => !judged.some((item) => noticesInversion(item, id)));
  return {
    lab: lab.bundle.manifest.id,
    ok: cases.every((item) => item.ok) && needless.length === 0,
    seeds,
    cases,
    needless,
  };
}

/** Works through items, a few at a time, keeping their order. */
async function inTurns<I, O>(
  items: readonly I[],
  width: number,
  work: (item: I) => Promise<O>,
): Promise<O[]> {
  const results: O[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index] as I);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}

interface SeedResult {
  readonly reports: CaseReport[];
  readonly judged: Judged[];
}

/** One worker plays everything of a seed; a second one, which never saw any of it played, replays it. */
async function verifySeed(lab: Lab, seed: number): Promise<SeedResult> {
  const player = await startCoreWorker();
  const replayer = await startCoreWorker();
  const reports: CaseReport[] = [];
  const judged: Judged[] = [];
  try {
    reports.push(await untouched(player, lab, seed));
    for (const item of lab.cases) {
      const { report, grade, performance } = await played(player, lab, item, seed);
      reports.push(report, await replayed(replayer, lab, item, performance, seed));
      judged.push({ expected: item.expected, grade });
    }
  } finally {
    await player.end();
    await replayer.end();
  }
  return { reports, judged };
}

/** The start as the learner gets it earns nothing. */
async function untouched(worker: CoreWorker, lab: Lab, seed: number): Promise<CaseReport> {
  const stage = await Stage.openIn(worker, lab.bundle, headerOf(lab.bundle, seed));
  const earned = (await stage.grade()).checks
    .filter((check) => check.verdict === "pass")
    .map((check) => check.id);
  const got = earned.length === 0 ? "nothing passes" : `${earned.join(", ")} pass`;
  return {
    case: "untouched start",
    kind: "untouched",
    seed,
    expected: "nothing passes",
    got,
    ok: earned.length === 0,
  };
}

async function played(
  worker: CoreWorker,
  lab: Lab,
  item: Case,
  seed: number,
): Promise<{ report: CaseReport; grade: Grade; performance: Performance }> {
  const stage = await Stage.openIn(worker, lab.bundle, headerOf(lab.bundle, seed));
  const performance = await playScript(stage, item.script);
  const grade = await stage.grade();
  const expected = print(item.expected);
  const got = print({ passed: grade.passed, diagnoses: grade.diagnoses.map(({ id }) => id) });
  return {
    report: { case: item.name, kind: item.kind, seed, expected, got, ok: expected === got },
    grade,
    performance,
  };
}

/** The same inputs in another worker come to the same digest. */
async function replayed(
  worker: CoreWorker,
  lab: Lab,
  item: Case,
  { header, played: done, digest }: Performance,
  seed: number,
): Promise<CaseReport> {
  const inputs = done.map(({ entry }) => entry.input);
  const stage = await Stage.openIn(worker, lab.bundle, header, inputs);
  const got = await stage.digest();
  return { case: `${item.name} again`, kind: "replay", seed, expected: digest, got, ok: got === digest };
}

function print({ passed, diagnoses }: Case["expected"]): string {
  return [...(passed ? ["passed"] : []), ...diagnoses].join(" ") || "not passed, no diagnosis";
}

/** With one check inverted, would the case come out otherwise? */
function noticesInversion({ expected, grade }: Judged, id: string): boolean {
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
