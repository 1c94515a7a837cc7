/** A leg is over: its group is free, its siblings may be ended, and others may begin. */
import type { Engine } from "../engine.ts";
import { changeJob, schedule } from "./change.ts";
import { leave } from "./concurrency.ts";
import { legOf, legsOf } from "./look.ts";
import { LEGS, type Leg, type Result } from "./records.ts";

export function finishLeg(
  engine: Engine,
  id: number,
  result: Result,
  outputs: Readonly<Record<string, string>> = {},
): void {
  const { world } = engine;
  const before = legOf(world, id);
  if (before.state === "done") return;
  const leg = world.tables.of(LEGS).change(String(id), { state: "done", result, outputs });
  leave(engine, leg.group, `leg ${id}`);
  if (result === "failure" && leg.failFast && !leg.continueOnError) endSiblings(engine, leg);
  schedule(engine, "advance", { run: leg.run });
}

/** A job that never ran. */
export function finishUnstarted(engine: Engine, leg: Leg, result: Result): void {
  const now = engine.world.clock.now();
  if (!leg.calls)
    changeJob(engine, leg.id, {
      status: "completed",
      conclusion: result,
      startedAtMs: now,
      completedAtMs: now,
    });
  finishLeg(engine, leg.id, result);
}

function endSiblings(engine: Engine, { node, id }: Leg): void {
  for (const sibling of legsOf(engine.world, node))
    if (sibling.id !== id && sibling.state !== "done")
      schedule(engine, "displaced", { who: `leg ${sibling.id}` });
}
