/**
 * What holds a job back that names an environment: branch policy, reviewers, wait timer.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments
 */
import {
  findEnvironment,
  mayDeploy,
  setEnvironment,
} from "../../world/services/forge/actions/environments.ts";
import { answerOf } from "../../world/services/forge/actions/reviews.ts";
import type { Engine } from "../engine.ts";
import { shortName } from "../trigger/occasion.ts";
import { annotate, changeJob, failureAt, schedule } from "./change.ts";
import { tellDeployment } from "./deployment.ts";
import { jobOf, legOf, repositoryOf, runOf } from "./look.ts";
import { finishUnstarted } from "./outcome.ts";
import { LEGS } from "./records.ts";
import { queueForRunner } from "./runners.ts";

/** Lets a job go on to a runner, fails it, or leaves it waiting. */
export function passGate(engine: Engine, id: number): void {
  const { world } = engine;
  const { environment: name, run: runId } = jobOf(world, id);
  const leg = legOf(world, id);
  if (leg.state === "done") return;
  if (name === null) return queueForRunner(engine, leg);
  const run = runOf(world, runId);
  const repository = repositoryOf(world, run.repository);
  const environment =
    findEnvironment(world.forge, repository, name) ?? setEnvironment(world.forge, repository, name);
  if (!mayDeploy(world.forge, environment, run.ref)) {
    const kind = run.ref.startsWith("refs/tags/") ? "Tag" : "Branch";
    return refuse(
      engine,
      id,
      `${kind} "${shortName(run.ref)}" is not allowed to deploy to ${name} due to environment protection rules.`,
    );
  }
  const answer = answerOf(world.forge, run, name);
  if (answer === "rejected") return refuse(engine, id, "The deployment was rejected.");
  const waitsForPeople = environment.reviewers.length > 0 && answer !== "approved";
  if (waitsForPeople || isTooEarly(engine, id, environment.waitMinutes)) {
    world.tables.of(LEGS).change(String(id), { state: "waiting" });
    if (jobOf(world, id).status !== "waiting") tellDeployment(world, id, "waiting");
    changeJob(engine, id, { status: "waiting" });
    return schedule(engine, "advance", { run: runId });
  }
  tellDeployment(world, id, "queued");
  queueForRunner(engine, leg);
}

/** The timer begins when the job first comes here. */
function isTooEarly(engine: Engine, id: number, minutes: number): boolean {
  const { world } = engine;
  if (minutes === 0) return false;
  const until = legOf(world, id).waitsUntilMs ?? world.clock.now() + minutes * 60_000;
  if (legOf(world, id).waitsUntilMs === null) {
    world.tables.of(LEGS).change(String(id), { waitsUntilMs: until });
    schedule(engine, "gate", { job: id }, minutes * 60_000);
  }
  return world.clock.now() < until;
}

function refuse(engine: Engine, id: number, message: string): void {
  annotate(engine, id, failureAt(message));
  tellDeployment(engine.world, id, "failure");
  finishUnstarted(engine, legOf(engine.world, id), "failure");
}
