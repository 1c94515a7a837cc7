/** Check-my-work and replay, in Node. */
import type { Header, Input } from "../../attempt/input.ts";
import type { LabBundle } from "../../lab/bundle.ts";
import { headerOf, playScript, Stage } from "../attemptRun.ts";
import { startCoreWorker, type CoreWorker } from "../coreWorker.ts";
import { openLab } from "../openLab.ts";
import { figure, median, p95, timed, type Figure } from "./figure.ts";

const LAB = "unpushed-leak";
const line = (text: string): Input => ({ kind: "line", terminal: 1, text });

export async function gradingFigures(): Promise<Figure[]> {
  const { bundle } = openLab(LAB);
  const first: number[] = [];
  const again: number[] = [];
  const afterCommit: number[] = [];
  for (let seed = 1; seed <= 10; seed++) {
    const stage = await Stage.open(bundle, headerOf(bundle, seed));
    try {
      first.push(await timed(() => stage.grade()));
      for (let i = 0; i < 3; i++) again.push(await timed(() => stage.grade()));
      await stage.apply(line('echo "more" >> README.md; git commit -q -m more README.md'));
      afterCommit.push(await timed(() => stage.grade()));
    } finally {
      await stage.end();
    }
  }
  return [
    figure("grading/check-p95", p95([...first, ...again, ...afterCommit]), "ms", 150),
    figure("grading/first-check-p95", p95(first), "ms", null),
    figure("grading/check-after-one-commit-to-first", median(afterCommit) / median(first), "ratio", null),
  ];
}

const ROUNDS = 5;

/** Replays the reference attempts of the lab, every recorded digest checked, in one worker that has the start already. */
export async function replayFigures(): Promise<Figure[]> {
  const { bundle, cases } = openLab(LAB);
  const worker = await startCoreWorker();
  const header = headerOf(bundle, 1);
  try {
    const attempts: { inputs: Input[]; digests: [number, string][] }[] = [];
    for (const { script } of cases.filter(({ kind }) => kind === "solution"))
      attempts.push(await recorded(worker, bundle, header, script));
    const rounds: number[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      for (const { inputs, digests } of attempts) {
        const opening = await timed(() => Stage.openIn(worker, bundle, header));
        const replaying = await timed(() => Stage.openIn(worker, bundle, header, inputs, { digests }));
        rounds.push(inputs.length / ((replaying - opening) / 1000));
      }
    }
    return [figure("replay/inputs-per-second", median(rounds), "per second", 200)];
  } finally {
    await worker.end();
  }
}

/** The inputs of a script and the digest after each of them. */
async function recorded(
  worker: CoreWorker,
  bundle: LabBundle,
  header: Header,
  script: string,
): Promise<{ inputs: Input[]; digests: [number, string][] }> {
  const { played } = await playScript(await Stage.openIn(worker, bundle, header), script);
  const inputs = played.map(({ entry }) => entry.input);
  const stage = await Stage.openIn(worker, bundle, header);
  const digests: [number, string][] = [];
  for (const input of inputs) digests.push([(await stage.apply(input)).entry.seq, await stage.digest()]);
  return { inputs, digests };
}
