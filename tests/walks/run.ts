/** `node tests/walks/run.ts --walks 2000 --seed 7`: more walks than the tests take, failing ones shortened and kept. */
import { parseArgs } from "node:util";
import { keep, keptWalks } from "./kept.ts";
import { printReport } from "./report.ts";
import { shortest, takeWalks } from "./walks.ts";

const { values } = parseArgs({
  options: {
    walks: { type: "string", default: "300" },
    steps: { type: "string", default: "40" },
    seed: { type: "string", default: "1" },
    threads: { type: "string", default: "2" },
    "export-every": { type: "string", default: "20" },
    forget: { type: "boolean", default: false },
  },
});
const first = Number(values.seed);
const fresh = Array.from({ length: Number(values.walks) }, (_, i) => ({
  seed: first + i,
  steps: Number(values.steps),
}));
const kept = keptWalks().map(({ seed, inputs }) => ({ seed, steps: 0, inputs }));
const began = performance.now();
const walks = await takeWalks({
  orders: [...kept, ...fresh],
  threads: Number(values.threads),
  exportEvery: Number(values["export-every"]),
  onWalk: ({ seed, problem }) => {
    if (problem !== null) process.stdout.write(`seed ${seed}: ${problem}\n`);
  },
});
process.stdout.write(printReport(walks, (performance.now() - began) / 1000));
const failed = walks.filter(({ problem }) => problem !== null);
for (const walk of failed) {
  const inputs = await shortest(walk);
  if (!values.forget) keep(walk, inputs);
  const script = inputs.map((input) => (input.kind === "line" ? input.text : `#@ ${JSON.stringify(input)}`));
  process.stdout.write(`\nseed ${walk.seed}: ${walk.problem}\n${script.join("\n")}\n`);
}
process.exitCode = failed.length === 0 ? 0 : 1;
