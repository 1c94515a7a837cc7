/** Proves a lab, seed by seed: see docs in content/authors. */
import type { Case } from "../lab/case.ts";
import type { Lab } from "../lab/load.ts";
import type { Grade } from "../worker/protocol.ts";
import { headerOf, playScript, Stage, type Performance } from "./attemptRun.ts";

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
  const tasks: (() => Promise<{ reports: CaseReport[]; judged: Judged | null }>)[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    tasks.push(() => untouched(lab, seed));
    for (const item of lab.cases) tasks.push(() => played(lab, item, seed));
  }
  const results = await inTurns(tasks, WIDTH);
  const cases = results.flatMap((result) => result.reports);
  const judged = results.flatMap((result) => (result.judged ? [result.judged] : []));
  const needless = lab.bundle.manifest.checks.map(({ id }) => id).filter((id) => !judged.some((item) => noticesInversion(item, id)));
  return { lab: lab.bundle.manifest.id, ok: cases.every((item) => item.ok) && needless.length === 0, seeds, cases, needless };
}

/** Runs tasks, a few at a time, keeping their order. */
async function inTurns<T>(tasks: readonly (() => Promise<T>)[], width: number): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < tasks.length) {
      const index = next++;
      results[index] = await (tasks[index] as () => Promise<T>)();
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

/** The start as the learner gets it earns nothing. */
async function untouched(lab: Lab, seed: number): Promise<{ reports: CaseReport[]; judged: null }> {
  const stage = await Stage.open(lab.bundle, headerOf(lab.bundle, seed));
  try {
    const grade = await stage.grade();
    const earned = grade.checks.filter((check) => check.verdict === "pass").map((check) => check.id);
    return { reports: [{ case: "untouched start", kind: "untouched", seed, expected: "nothing passes", got: earned.length === 0 ? "nothing passes" : `${earned.join(", ")} pass`, ok: earned.length === 0 }], judged: null };
  } finally {
    await stage.end();
  }
}

async function played(lab: Lab, item: Case, seed: number): Promise<{ reports: CaseReport[]; judged: Judged }> {
  const header = headerOf(lab.bundle, seed);
  const stage = await Stage.open(lab.bundle, header);
  try {
    const performance = await playScript(stage, item.script);
    const grade = await stage.grade();
    const expected = print(item.expected);
    const got = print({ passed: grade.passed, diagnoses: grade.diagnoses.map(({ id }) => id) });
    const report: CaseReport = { case: item.name, kind: item.kind, seed, expected, got, ok: expected === got };
    return { reports: [report, await replayed(lab, item, performance, seed)], judged: { expected: item.expected, grade } };
  } finally {
    await stage.end();
  }
}

/** The same inputs in a fresh worker come to the same digest. */
async function replayed(lab: Lab, item: Case, { header, played, digest }: Performance, seed: number): Promise<CaseReport> {
  const inputs = played.map(({ entry }) => entry.input);
  const fresh = await Stage.open(lab.bundle, header, inputs);
  try {
    const got = await fresh.digest();
    return { case: `${item.name} again`, kind: "replay", seed, expected: digest, got, ok: got === digest };
  } finally {
    await fresh.end();
  }
}

function print({ passed, diagnoses }: Case["expected"]): string {
  return [...(passed ? ["passed"] : []), ...diagnoses].join(" ") || "not passed, no diagnosis";
}

/** With one check inverted, would the case come out otherwise? */
function noticesInversion({ expected, grade }: Judged, id: string): boolean {
  const inverted = grade.checks.map((check) => (check.id === id ? { ...check, verdict: check.verdict === "pass" ? "fail" : "pass" } : check));
  const passed = inverted.every((check) => !check.required || check.verdict === "pass");
  const failing = new Set(inverted.filter((check) => check.verdict !== "pass").map((check) => check.id));
  const diagnoses = grade.diagnoses.filter((diagnosis) => failing.has(diagnosis.check)).map((diagnosis) => diagnosis.id);
  return print({ passed, diagnoses }) !== print(expected);
}
