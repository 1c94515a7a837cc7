/** Three hundred random walks: nothing breaks, everything replays, real git agrees. More: `node tests/walks/run.ts`. */
import { expect, test } from "vitest";
import { ACTIONS } from "./actions.ts";
import { keptWalks } from "./kept.ts";
import { printReport, successRate } from "./report.ts";
import { takeWalks } from "./walks.ts";

const WALKS = 300;
const STEPS = 40;
const FIRST_SEED = 1;

test("walks that once failed, then fresh ones", { timeout: 20 * 60_000 }, async () => {
  const began = performance.now();
  const kept = keptWalks().map(({ seed, inputs }) => ({ seed, steps: 0, inputs }));
  const fresh = Array.from({ length: WALKS }, (_, i) => ({ seed: FIRST_SEED + i, steps: STEPS }));
  const walks = await takeWalks({ orders: [...kept, ...fresh], threads: 2, exportEvery: 20 });
  process.stdout.write(printReport(walks, (performance.now() - began) / 1000));
  const failed = walks
    .filter(({ problem }) => problem !== null)
    .map(({ seed, problem }) => `node tests/walks/run.ts --walks 1 --seed ${seed}: ${problem}`);
  expect(failed).toEqual([]);

  const taken = new Set(walks.flatMap(({ steps }) => steps.map(({ action }) => action)));
  expect(ACTIONS.length).toBeGreaterThanOrEqual(60);
  expect(ACTIONS.filter(({ name }) => taken.has(name)).length / ACTIONS.length).toBeGreaterThan(0.95);
  // Mostly sensible, often wrong: a learner.
  expect(successRate(walks)).toBeGreaterThan(0.5);
  expect(successRate(walks)).toBeLessThan(0.85);
});
