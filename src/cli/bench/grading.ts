/** Check-my-work and replay, in Node. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Input } from "../../attempt/input.ts";
import { headerOf, playScript, replayAttempt, Stage } from "../attemptRun.ts";
import { ROOT } from "../coreBuild.ts";
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

export async function replayFigures(): Promise<Figure[]> {
  const { bundle } = openLab(LAB);
  const stage = await Stage.open(bundle, headerOf(bundle, 1));
  const script = readFileSync(join(ROOT, "labs", LAB, "solutions/reference.sh"), "utf8");
  const { header, played } = await playScript(stage, script);
  const inputs = played.map(({ entry }) => entry.input);
  const digests = new Map<number, string>();
  await stage.end();
  const probe = await Stage.open(bundle, header);
  for (const input of inputs) digests.set((await probe.apply(input)).entry.seq, await probe.digest());
  await probe.end();
  const attempt = { header, digests, entries: played.map(({ entry }) => entry) };
  const opening = await medianOf(() => Stage.open(bundle, header));
  const replaying = await medianOf(() => replayAttempt(bundle, attempt));
  return [figure("replay/inputs-per-second", inputs.length / ((replaying - opening) / 1000), "per second", 200)];
}

async function medianOf(open: () => Promise<Stage>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 7; i++) {
    let stage: Stage | null = null;
    times.push(await timed(async () => void (stage = await open())));
    await (stage as Stage | null)?.end();
  }
  return median(times);
}
