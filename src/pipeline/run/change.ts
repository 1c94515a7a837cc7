/** Changes of runs and jobs; who watches them hears of it. */
import {
  JOBS,
  RUNS,
  type Annotation,
  type Job,
  type Problem,
  type Run,
} from "../../world/services/forge/actions/model.ts";
import type { Engine } from "../engine.ts";
import { report } from "./check.ts";
import { jobOf, runOf } from "./look.ts";

export function changeRun({ world }: Engine, run: number, fields: Partial<Run>): Run {
  return world.tables.of(RUNS).change(String(run), { ...fields, updatedAtMs: world.clock.now() });
}

/** Something in a file that keeps a part of the run from running. */
export function addProblem(engine: Engine, run: number, problem: Problem): void {
  changeRun(engine, run, { problems: [...runOf(engine.world, run).problems, problem] });
}

export function addJob({ world }: Engine, job: Job): Job {
  world.tables.of(JOBS).set(String(job.id), job);
  report(world, runOf(world, job.run), job);
  return job;
}

export function changeJob({ world }: Engine, id: number, fields: Partial<Job>): Job {
  const job = world.tables.of(JOBS).change(String(id), fields);
  if (fields.status !== undefined) report(world, runOf(world, job.run), job);
  return job;
}

export function annotate(engine: Engine, id: number, ...annotations: readonly Annotation[]): void {
  const before = jobOf(engine.world, id).annotations;
  changeJob(engine, id, { annotations: [...before, ...annotations] });
}

export function failureAt(
  message: string,
  file: string | null = null,
  line: number | null = null,
): Annotation {
  return { level: "failure", message, title: null, file, line };
}

/** Lets something of the pipeline happen, now or later. */
export function schedule(
  { world }: Engine,
  name: string,
  payload: Readonly<Record<string, string | number | boolean>>,
  inMs = 0,
): void {
  world.queue.schedule(world.clock.now() + inMs, `pipeline/${name}`, payload);
}
