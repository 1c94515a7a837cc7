/** Runs of pipelines since the lab began: where they stand on the timeline, and how long they took. */
import { RUNS, type Run } from "../world/services/forge/actions/model.ts";
import { jobsOf } from "../world/services/forge/actions/runs.ts";
import type { World } from "../world/world.ts";

export interface RunView {
  readonly id: number;
  readonly name: string;
  readonly title: string;
  readonly fromMs: number;
  /** Null while it is not over. */
  readonly toMs: number | null;
  readonly conclusion: string | null;
}

export function runViews(world: World, startMs: number): RunView[] {
  return world.tables
    .of(RUNS)
    .filter((run) => (run.startedAtMs ?? run.createdAtMs) >= startMs)
    .map((run) => runView(world, run));
}

function runView(world: World, run: Run): RunView {
  const { id, name, title, conclusion } = run;
  const fromMs = run.startedAtMs ?? run.createdAtMs;
  const ends = jobsOf(world.forge, run, "all").map(({ completedAtMs }) => completedAtMs ?? fromMs);
  const toMs = run.status === "completed" ? Math.max(fromMs, ...ends) : null;
  return { id, name, title, fromMs, toMs, conclusion };
}
