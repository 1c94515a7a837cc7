/** What is known of a running job and its steps, and how it changes. */
import { invariant } from "../../base/invariant.ts";
import { logPath } from "../../world/services/forge/actions/files.ts";
import type { StepRecord } from "../../world/services/forge/actions/model.ts";
import type { Engine } from "../engine.ts";
import { changeJob } from "./change.ts";
import { jobOf } from "./look.ts";
import { PROGRESS, type Progress, type StepResult } from "./records.ts";

export function progressOf({ world }: Engine, id: number): Progress {
  const progress = world.tables.of(PROGRESS).get(String(id));
  invariant(progress, `job ${id} does not run`);
  return progress;
}

export function changeProgress({ world }: Engine, id: number, fields: Partial<Progress>): Progress {
  return world.tables.of(PROGRESS).change(String(id), fields);
}

/** The next step is due; `key` is where later ones ask for the result of this one. */
export function advanceTo(engine: Engine, progress: Progress, key: string, result: StepResult): void {
  changeProgress(engine, progress.job, {
    next: progress.next + 1,
    failed: progress.failed || result.conclusion === "failure",
    // Steps without an id can not be asked for.
    steps: key.startsWith("__") ? progress.steps : { ...progress.steps, [key]: result },
  });
}

export function recordStep(
  engine: Engine,
  { job }: Progress,
  number: number,
  fields: Partial<StepRecord>,
): void {
  const steps = jobOf(engine.world, job).steps.map((step) =>
    step.number === number ? { ...step, ...fields } : step,
  );
  changeJob(engine, job, { steps });
}

/** The time of the step that ran last is over. */
export function completeEnding(engine: Engine, progress: Progress): void {
  if (!progress.ending) return;
  const { number, conclusion } = progress.ending;
  const completedAtMs = engine.world.clock.now();
  recordStep(engine, progress, number, { status: "completed", conclusion, completedAtMs });
  changeProgress(engine, progress.job, { ending: null });
}

/** Adds an error to the log of a step. */
export function logError({ world }: Engine, { job }: Progress, step: number, message: string): void {
  const { disk } = world.forge;
  const { run, attempt } = jobOf(world, job);
  const path = logPath(run, attempt, job, step);
  disk.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  const line = `${new Date(world.clock.now()).toISOString().replace("Z", "0000Z")} ##[error]${message}\n`;
  if (disk.exists(path)) disk.append(path, line);
  else disk.write(path, line);
}
