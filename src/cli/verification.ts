/** Proves a lab, seed by seed: see docs in content/authors. */
import type { Header, Input } from "../attempt/input.ts";
import type { Case } from "../lab/case.ts";
import type { Lab } from "../lab/load.ts";
import type { Grade } from "../worker/protocol.ts";
import { chunksOf, headerOf, playScript, Stage, type Performance } from "./attemptRun.ts";
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
  const results = await inLanes(numbers, WIDTH, startPair, (pair, seed) => verifySeed(pair, lab, seed));
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

/** Works through items, a few at a time, keeping their order; each lane has what it works with, and ends it. */
async function inLanes<Lane extends { end(): Promise<void> }, I, O>(
  items: readonly I[],
  width: number,
  start: () => Promise<Lane>,
  work: (lane: Lane, item: I) => Promise<O>,
): Promise<O[]> {
  const results: O[] = [];
  let next = 0;
  const run = async (): Promise<void> => {
    const lane = await start();
    try {
      while (next < items.length) {
        const index = next++;
        results[index] = await work(lane, items[index] as I);
      }
    } finally {
      await lane.end();
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, run));
  return results;
}

/** One worker plays everything; a second one, which never sees any of it played, replays it. */
interface Pair {
  readonly player: CoreWorker;
  readonly replayer: CoreWorker;
  /** Scripts cut into inputs: the same for every seed. */
  readonly inputs: Map<string, Input[]>;
  end(): Promise<void>;
}

async function startPair(): Promise<Pair> {
  const [player, replayer] = [await startCoreWorker(), await startCoreWorker()];
  const inputs = new Map<string, Input[]>();
  return {
    player,
    replayer,
    inputs,
    end: async () => void (await Promise.all([player.end(), replayer.end()])),
  };
}

interface SeedResult {
  readonly reports: CaseReport[];
  readonly judged: Judged[];
}

/** Both work at the same time: while a case is replayed, the next one is played. */
async function verifySeed({ player, replayer, inputs }: Pair, lab: Lab, seed: number): Promise<SeedResult> {
  const header = headerOf(lab.bundle, seed);
  const judged: Judged[] = [];
  const reports: Promise<CaseReport>[] = [untouched(player, lab, header)];
  let replaying: Promise<unknown> = Promise.resolve();
  await reports[0];
  for (const item of lab.cases) {
    const { report, grade, performance } = await played(player, lab, item, header, inputs);
    const again = replaying.then(() => replayed(replayer, lab, item, performance, seed));
    // Told of below; a later case that throws must not leave it unheard.
    replaying = again.catch(() => undefined);
    reports.push(Promise.resolve(report), again);
    judged.push({ expected: item.expected, grade });
  }
  return { reports: await Promise.all(reports), judged };
}

/** The start as the learner gets it earns nothing. */
async function untouched(worker: CoreWorker, lab: Lab, header: Header): Promise<CaseReport> {
  const stage = await Stage.openIn(worker, lab.bundle, header);
  const earned = (await stage.grade()).checks
    .filter((check) => check.verdict === "pass")
    .map((check) => check.id);
  const got = earned.length === 0 ? "nothing passes" : `${earned.join(", ")} pass`;
  return {
    case: "untouched start",
    kind: "untouched",
    seed: header.seed,
    expected: "nothing passes",
    got,
    ok: earned.length === 0,
  };
}

async function played(
  worker: CoreWorker,
  lab: Lab,
  item: Case,
  header: Header,
  known: Pair["inputs"],
): Promise<{ report: CaseReport; grade: Grade; performance: Performance }> {
  const stage = await Stage.openIn(worker, lab.bundle, header);
  const inputs = known.get(item.name) ?? (await chunksOf(stage, item.script));
  known.set(item.name, inputs);
  const performance = await playScript(stage, item.script, inputs);
  const grade = await stage.grade();
  const expected = print(item.expected);
  const got = print({ passed: grade.passed, diagnoses: grade.diagnoses.map(({ id }) => id) });
  return {
    report: { case: item.name, kind: item.kind, seed: header.seed, expected, got, ok: expected === got },
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
