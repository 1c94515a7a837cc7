/** What actions left to do when the steps are over, the last one first; most of it whatever happened before. */
import { invariant } from "../../base/invariant.ts";
import type { Engine } from "../engine.ts";
import { evaluateCondition, type Scope } from "../expression/evaluate.ts";
import { ExpressionProblem } from "../expression/problem.ts";
import type { StepOutcome } from "../step.ts";
import type { Mapping } from "../workflow/node.ts";
import { annotate, changeJob, schedule } from "./change.ts";
import { isForgotten } from "./forgotten.ts";
import { jobOf } from "./look.ts";
import type { Progress } from "./records.ts";
import { changeProgress } from "./stepRecord.ts";
import { requestOf } from "./stepRequest.ts";
import { stepScope } from "./stepScope.ts";

export async function playPost(
  engine: Engine,
  document: Mapping,
  progress: Progress,
  steps: number,
): Promise<void> {
  const done = progress.posts ?? 0;
  const number = steps + done + 1;
  const outcome = await run(engine, document, progress, number);
  if (isForgotten(engine, progress.job)) return;
  if (outcome.annotations.length > 0) annotate(engine, progress.job, ...outcome.annotations);
  const { tick } = changeProgress(engine, progress.job, {
    machine: outcome.state,
    posts: done + 1,
    failed: progress.failed || outcome.conclusion === "failure",
    ending: { number, conclusion: outcome.conclusion },
    tick: progress.tick + 1,
  });
  schedule(engine, "step", { job: progress.job, tick }, outcome.seconds * 1000);
}

type PostOutcome = Pick<StepOutcome, "seconds" | "state" | "annotations"> & {
  readonly conclusion: StepOutcome["conclusion"] | "skipped";
};

async function run(
  engine: Engine,
  document: Mapping,
  progress: Progress,
  number: number,
): Promise<PostOutcome> {
  const { world } = engine;
  const [post, ...posts] = progress.machine.posts;
  invariant(post, "there is a post to run");
  const { steps: records } = jobOf(world, progress.job);
  const begun = { status: "in_progress", startedAtMs: world.clock.now() } as const;
  const shown = { number, name: post.name, conclusion: null, completedAtMs: null, ...begun };
  changeJob(engine, progress.job, { steps: [...records, shown] });
  const state = { ...progress.machine, posts };
  const before = { ...progress.env, ...progress.machine.env };
  const scope = stepScope(engine, document, progress, before, post.step.id);
  if (!isWanted(post.condition, scope)) return { conclusion: "skipped", seconds: 0, state, annotations: [] };
  const step = { ...post.step, number };
  return engine.runStep({ ...requestOf(engine, progress, scope), state, step, phase: "post" });
}

/** `post-if` of an action; one that cannot be evaluated lets it run. */
function isWanted(condition: string, scope: Scope): boolean {
  try {
    return evaluateCondition(condition, scope);
  } catch (error) {
    if (error instanceof ExpressionProblem) return true;
    throw error;
  }
}
