/** Steps of a job, one at a time: each runs whole when its time comes. */
import type { Engine } from "../engine.ts";
import { field, items, type Mapping, type Node } from "../workflow/node.ts";
import { abandon, isForgotten } from "./forgotten.ts";
import { endJob } from "./job.ts";
import { callOf, documentOf, jobBlock, legOf, nodeOf } from "./look.ts";
import { playPost } from "./post.ts";
import { keyOf, prepare } from "./preparedStep.ts";
import { PROGRESS, type Progress } from "./records.ts";
import { failStep, settle } from "./stepEnd.ts";
import { advanceTo, completeEnding, progressOf, recordStep } from "./stepRecord.ts";
import { requestOf } from "./stepRequest.ts";

/** `pipeline/step`: skipped steps cost no time; the next one that runs does. */
export async function runSteps(engine: Engine, id: number, tick: number): Promise<void> {
  const { world } = engine;
  const due = world.tables.of(PROGRESS).get(String(id));
  if (!due || due.tick !== tick) return;
  await runDue(engine, due);
  if (isForgotten(engine, id)) await abandon(engine, id);
}

async function runDue(engine: Engine, due: Progress): Promise<void> {
  const { world } = engine;
  completeEnding(engine, due);
  const node = nodeOf(world, legOf(world, due.job).node);
  const document = await documentOf(engine, callOf(world, node.call));
  const steps = items(field(jobBlock(document, node.key), "steps"));
  for (;;) {
    const progress = progressOf(engine, due.job);
    const step = steps[progress.next - 1];
    if (step) {
      if (await playStep(engine, document, progress, step)) return;
    } else if (progress.machine.posts.length > 0) return playPost(engine, document, progress, steps.length);
    else return endJob(engine, document, progress);
  }
}

/** True where time has to pass before the next one. */
async function playStep(
  engine: Engine,
  document: Mapping,
  progress: Progress,
  block: Node,
): Promise<boolean> {
  const number = progress.next;
  const key = keyOf(block, number);
  const prepared = prepare(engine, document, progress, block);
  if (prepared === "skipped") {
    recordStep(engine, progress, number, { status: "completed", conclusion: "skipped" });
    advanceTo(engine, progress, key, { outputs: {}, outcome: "skipped", conclusion: "skipped" });
    return false;
  }
  if ("problem" in prepared) {
    failStep(engine, progress, key, prepared);
    return false;
  }
  const { step, scope } = prepared;
  const startedAtMs = engine.world.clock.now();
  recordStep(engine, progress, number, { name: step.name, status: "in_progress", startedAtMs });
  const outcome = await engine.runStep({ ...requestOf(engine, progress, scope), step, phase: "main" });
  if (!isForgotten(engine, progress.job)) settle(engine, progress, key, prepared, outcome);
  return true;
}
