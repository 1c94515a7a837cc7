/** What the runner of a step is given beside the step. */
import type { Engine } from "../engine.ts";
import { evaluateCondition, fill, type Scope } from "../expression/evaluate.ts";
import type { Nested, StepRun } from "../step.ts";
import { jobOf, runOf } from "./look.ts";
import type { Progress } from "./records.ts";

export function requestOf(
  { world }: Engine,
  progress: Progress,
  scope: Scope,
): Omit<StepRun, "step" | "phase"> {
  const job = jobOf(world, progress.job);
  const github = scope.contexts["github"] as Readonly<Record<string, unknown>>;
  return { world, run: runOf(world, job.run), job, state: progress.machine, github, nested: nestedIn(scope) };
}

function nestedIn({ contexts, situation }: Scope): Nested {
  const within = (more: Readonly<Record<string, unknown>>) => ({ ...contexts, ...more });
  return {
    text: (template, more) => fill(template, { contexts: within(more), situation }),
    condition: (template, more, failed) =>
      evaluateCondition(template, {
        contexts: within(more),
        situation: { ...situation, success: !failed, failure: failed },
      }),
  };
}
