/**
 * Cancelling: what waits is over at once, unless its condition wants it to run all the same; what runs ends with the
 * steps that ask for `always()` or `cancelled()`.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-cancellation
 */
import { RUNS } from "../../world/services/forge/actions/model.ts";
import type { Engine } from "../engine.ts";
import { ExpressionProblem } from "../expression/problem.ts";
import { changeRun, schedule } from "./change.ts";
import { isWanted } from "./expand.ts";
import { callOf, documentOf, legOf, legsOfRun, nodeOf, runOf, stateOf } from "./look.ts";
import { finishUnstarted } from "./outcome.ts";
import { leave } from "./concurrency.ts";
import { LEGS, PROGRESS, RUN_STATES, type Leg } from "./records.ts";
import { freeRunnerOfJob, takeQueued } from "./runners.ts";
import { tellOfRun } from "./workflowRun.ts";

export async function cancelRun(engine: Engine, id: number): Promise<void> {
  const { world } = engine;
  const run = world.tables.of(RUNS).get(String(id));
  if (!run || (run.status === "completed" && run.conclusion !== "action_required")) return;
  world.tables.of(RUN_STATES).change(String(id), { cancelled: true });
  const legs = legsOfRun(world, run);
  // It never began: it waits for its group, or for an approval.
  if (legs.length === 0) return endUnbegun(engine, id);
  for (const leg of legs)
    if (leg.state !== "done" && !leg.calls && !(await goesOn(engine, leg))) cancelLeg(engine, leg.id);
  schedule(engine, "advance", { run: id });
}

function endUnbegun(engine: Engine, id: number): void {
  const run = changeRun(engine, id, { status: "completed", conclusion: "cancelled" });
  leave(engine, stateOf(engine.world, id).group, `run ${id}`);
  tellOfRun(engine.world, run, "completed");
}

/** Its `if` is asked again, now that the run is cancelled. */
async function goesOn(engine: Engine, leg: Leg): Promise<boolean> {
  const node = nodeOf(engine.world, leg.node);
  const document = await documentOf(engine, callOf(engine.world, node.call));
  try {
    return isWanted(engine, document, node);
  } catch (error) {
    if (error instanceof ExpressionProblem) return false;
    throw error;
  }
}

/** One leg, whatever its condition says: fail-fast, or its group. */
export function cancelLeg(engine: Engine, id: number): void {
  const { world } = engine;
  const leg = world.tables.of(LEGS).get(String(id));
  if (!leg || leg.state === "done") return;
  if (leg.calls) return cancelCalled(engine, leg);
  const progress = world.tables.of(PROGRESS).get(String(id));
  if (!progress) {
    freeRunnerOfJob(world, id);
    finishUnstarted(engine, leg, "cancelled");
    return takeQueued(engine);
  }
  if (progress.cancelled) return;
  const ending = progress.ending && { ...progress.ending, conclusion: "cancelled" as const };
  const tick = progress.tick + 1;
  world.tables.of(PROGRESS).change(String(id), { cancelled: true, ending, tick });
  schedule(engine, "step", { job: id, tick });
}

function cancelCalled(engine: Engine, leg: Leg): void {
  const { world } = engine;
  const inside = legsOfRun(world, runOf(world, leg.run)).filter(
    (it) => callOf(world, nodeOf(world, it.node).call).parent === leg.id,
  );
  if (inside.length === 0) finishUnstarted(engine, leg, "cancelled");
  for (const it of inside) cancelLeg(engine, it.id);
}

/** "run 7" or "leg 12" gives way to another. */
export async function displace(engine: Engine, who: string): Promise<void> {
  const [kind, id] = who.split(" ");
  if (kind === "run") await cancelRun(engine, Number(id));
  else cancelLeg(engine, legOf(engine.world, Number(id)).id);
}
