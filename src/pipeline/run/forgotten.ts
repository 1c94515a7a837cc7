/** Runs of a repository that was deleted while they were under way: nothing of them stays. */
import { deleteRun } from "../../world/services/forge/actions/runs.ts";
import { JOBS, RUNS } from "../../world/services/forge/actions/model.ts";
import type { Engine } from "../engine.ts";
import { GROUPS, LEGS, PROGRESS } from "./records.ts";
import { freeRunnerOfJob } from "./runners.ts";
import { expireToken } from "./token.ts";

/** Its repository, its run or itself is gone: a step may have deleted them. */
export function isForgotten({ world }: Engine, id: number): boolean {
  const { tables, forge } = world;
  const job = tables.of(JOBS).get(String(id));
  const run = job && tables.of(RUNS).get(String(job.run));
  return !run || !forge.find(run.repository);
}

/** Gives back what the job had, and forgets its run where nobody can ask for it any more. */
export async function abandon(engine: Engine, id: number): Promise<void> {
  const { world } = engine;
  const progress = world.tables.of(PROGRESS).get(String(id));
  if (progress) {
    expireToken(world, progress.machine.token);
    await engine.releaseMachine(world, progress.machine);
    world.tables.of(PROGRESS).delete(String(id));
  }
  freeRunnerOfJob(world, id);
  const leg = world.tables.of(LEGS).get(String(id));
  world.tables.of(LEGS).delete(String(id));
  if (leg) abandonRun(engine, leg.run);
}

/** Nobody can ask any more for what happened in a repository that is gone. */
export function abandonRun({ world }: Engine, id: number): void {
  const { tables, forge } = world;
  const run = tables.of(RUNS).get(String(id));
  if (!run || forge.find(run.repository)) return;
  deleteRun(forge, run);
  // Whoever takes the name later does not wait for what is gone.
  for (const [key] of tables.of(GROUPS).entries())
    if (key.startsWith(`${run.repository.toLowerCase()} `)) tables.of(GROUPS).delete(key);
}
