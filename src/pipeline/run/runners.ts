/**
 * Which runner takes a job. Hosted ones are always there; a self-hosted one has to have every label.
 * https://docs.github.com/en/actions/how-tos/write-workflows/choose-where-workflows-run/choose-the-runner-for-a-job
 */
import { JOBS, RUNNERS, type Job, type Runner } from "../../world/services/forge/actions/model.ts";
import { admits } from "../../world/services/forge/actions/runner-groups.ts";
import { changeRunner } from "../../world/services/forge/actions/runners.ts";
import type { World } from "../../world/world.ts";
import type { Engine } from "../engine.ts";
import { changeJob, failureAt, annotate, schedule } from "./change.ts";
import { jobOf, runOf } from "./look.ts";
import { finishUnstarted } from "./outcome.ts";
import { LEGS, type Leg } from "./records.ts";

/** From queueing to start. */
const START_MS = 2000;
/** So long a job waits for a runner of one's own. */
const LONGEST_WAIT_MS = 24 * 60 * 60_000;

const HOSTED = /^(?:ubuntu-(?:latest|slim|\d\d\.\d\d)(?:-arm)?)$/;

export function isHosted(labels: readonly string[]): boolean {
  return labels.length > 0 && labels.every((label) => HOSTED.test(label.toLowerCase()));
}

/** Starts a job that nothing holds back any more, or leaves it queued until a runner is free. */
export function queueForRunner(engine: Engine, leg: Leg): void {
  const job = jobOf(engine.world, leg.id);
  engine.world.tables.of(LEGS).change(String(leg.id), { state: "queued" });
  changeJob(engine, leg.id, { status: "queued" });
  if (!take(engine, job)) schedule(engine, "unassigned", { job: leg.id }, LONGEST_WAIT_MS);
}

/** Tries every queued job again: a runner came, or is free. */
export function takeQueued(engine: Engine): void {
  const { tables, forge } = engine.world;
  for (const leg of tables.of(LEGS).filter(({ state, calls }) => state === "queued" && !calls)) {
    const job = tables.of(JOBS).get(String(leg.id));
    if (job && forge.find(job.repository)) take(engine, job);
  }
}

function take(engine: Engine, job: Job): boolean {
  const { world } = engine;
  const runner = isHosted(job.labels) && job.group === undefined ? null : freeRunner(world, job);
  if (runner === undefined) return false;
  if (runner) world.tables.of(RUNNERS).change(String(runner.id), { job: job.id });
  const name = runner?.name ?? `GitHub Actions ${world.tables.next("pipeline/hosted-runner", 1000000001)}`;
  changeJob(engine, job.id, { runner: name });
  world.tables.of(LEGS).change(String(job.id), { state: "starting" });
  schedule(engine, "job", { job: job.id }, START_MS);
  return true;
}

function freeRunner(world: World, job: Job): Runner | undefined {
  const owner = job.repository.split("/")[0]?.toLowerCase();
  const wanted = job.labels.map((label) => label.toLowerCase());
  const group = job.group?.toLowerCase();
  const repository = world.forge.find(job.repository);
  const run = runOf(world, job.run);
  const workflow = job.workflowRef ?? `${job.repository}/${run.path}@${run.ref}`;
  return world.tables
    .of(RUNNERS)
    .filter(({ of }) => [job.repository.toLowerCase(), owner].includes(of.toLowerCase()))
    .find((runner) => {
      const has = ["self-hosted", ...runner.labels.map((label) => label.toLowerCase())];
      return (
        runner.status === "online" &&
        runner.job === null &&
        wanted.every((label) => has.includes(label)) &&
        (group === undefined || runner.group.toLowerCase() === group) &&
        repository !== undefined &&
        admits(world.forge, runner, repository, workflow)
      );
    });
}

export function runnerOfJob(world: World, job: number): Runner | null {
  return world.tables.of(RUNNERS).find((runner) => runner.job === job) ?? null;
}

export function freeRunnerOfJob(world: World, job: number): void {
  const runner = runnerOfJob(world, job);
  if (runner) changeRunner(world.forge, runner.id, { job: null });
}

/** `pipeline/unassigned`: a day is over. */
export function giveUp(engine: Engine, id: number): void {
  const leg = engine.world.tables.of(LEGS).get(String(id));
  if (leg?.state !== "queued") return;
  annotate(engine, id, failureAt("The job was not acquired by a self-hosted runner within 24 hours."));
  finishUnstarted(engine, leg, "failure");
}
