/** A step ran: what came of it counts, and its time passes, unless it or its job takes too long. */
import type { Engine } from "../engine.ts";
import type { Step, StepOutcome } from "../step.ts";
import { addProblem, annotate, failureAt, schedule } from "./change.ts";
import { callOf, jobOf, legOf, nodeOf } from "./look.ts";
import type { Prepared, Unprepared } from "./preparedStep.ts";
import type { Progress, Result } from "./records.ts";
import { advanceTo, changeProgress, logError, progressOf, recordStep } from "./stepRecord.ts";

const MINUTE_MS = 60_000;

export function settle(
  engine: Engine,
  progress: Progress,
  key: string,
  { step, continueOnError, timeoutMs }: Prepared,
  outcome: StepOutcome,
): void {
  const duration = (engine.stepSeconds + outcome.seconds) * 1000;
  // What runs although the job is cancelled gets the time that it needs.
  const left = progress.cancelled ? Infinity : progress.endsAtMs - engine.world.clock.now();
  const isStepLate = timeoutMs !== null && duration > timeoutMs;
  const isJobLate = Math.min(duration, timeoutMs ?? duration) > left;
  const ended: Result = isJobLate ? "cancelled" : isStepLate ? "failure" : outcome.conclusion;
  if (isJobLate) complain(engine, progress, step, jobTookTooLong(progress));
  else if (isStepLate) complain(engine, progress, step, stepTookTooLong(step, timeoutMs));
  if (outcome.annotations.length > 0) annotate(engine, progress.job, ...outcome.annotations);
  nameUnsupported(engine, progress, step, outcome);
  const conclusion: Result = ended === "failure" && continueOnError ? "success" : ended;
  changeProgress(engine, progress.job, {
    machine: outcome.state,
    ending: { number: step.number, conclusion },
    cancelled: progress.cancelled || isJobLate,
  });
  const { outputs } = outcome;
  advanceTo(engine, progressOf(engine, progress.job), key, { outputs, outcome: ended, conclusion });
  const { tick } = changeProgress(engine, progress.job, { tick: progress.tick + 1 });
  const takes = Math.min(duration, timeoutMs ?? duration, Math.max(0, left));
  schedule(engine, "step", { job: progress.job, tick }, takes);
}

function stepTookTooLong({ name }: Step, timeoutMs: number): string {
  return `The action '${name}' has timed out after ${timeoutMs / MINUTE_MS} minutes.`;
}

function jobTookTooLong({ timeoutMinutes: minutes }: Progress): string {
  const text = minutes === 60 ? "1h0m0s" : `${Math.floor(minutes / 60)}h${Math.floor(minutes % 60)}m0s`;
  return `The job has exceeded the maximum execution time of ${text}.`;
}

function complain(engine: Engine, progress: Progress, step: Step, message: string): void {
  logError(engine, progress, step.number, message);
  annotate(engine, progress.job, failureAt(message, step.at.file, step.at.line));
}

/** What the world does not have stands among the problems of the run, with its place. */
const UNSUPPORTED = /not simulated in LeakLab|^Unable to resolve action/;

function nameUnsupported(engine: Engine, { job }: Progress, step: Step, { annotations }: StepOutcome): void {
  const { file, line } = step.at;
  const { run } = jobOf(engine.world, job);
  for (const { level, message } of annotations)
    if (level === "failure" && UNSUPPORTED.test(message))
      addProblem(engine, run, { file, line, column: 1, message });
}

/** A step whose expressions cannot be evaluated. */
export function failStep(engine: Engine, progress: Progress, key: string, failed: Unprepared): void {
  const { world } = engine;
  const { path } = callOf(world, nodeOf(world, legOf(world, progress.job).node).call);
  const { line, column } = failed.place;
  const message = `The template is not valid. ${path} (Line: ${line}, Col: ${column}): ${failed.problem}`;
  const now = world.clock.now();
  const conclusion = failed.continueOnError ? "success" : "failure";
  const times = { startedAtMs: now, completedAtMs: now };
  logError(engine, progress, progress.next, message);
  recordStep(engine, progress, progress.next, { status: "completed", conclusion, ...times });
  annotate(engine, progress.job, failureAt(message, path, line));
  advanceTo(engine, progress, key, { outputs: {}, outcome: "failure", conclusion });
}
