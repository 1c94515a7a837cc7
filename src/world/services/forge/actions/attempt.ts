/** What a run was in an earlier attempt: its record tells of the present one only, its jobs of all. */
import type { Forge } from "../forge.ts";
import { CONCLUSIONS, type Conclusion, type Job, type Run } from "./model.ts";
import { jobsOf } from "./runs.ts";

/** Null where there was no such attempt. */
export function runAtAttempt(forge: Forge, run: Run, attempt: number): Run | null {
  if (attempt === run.attempt) return run;
  const jobs = jobsOf(forge, run, attempt);
  if (jobs.length === 0 || attempt > run.attempt) return null;
  const begun = jobs.map(({ createdAtMs }) => createdAtMs);
  const ended = jobs.map((job) => job.completedAtMs ?? job.createdAtMs);
  return {
    ...run,
    attempt,
    status: "completed",
    conclusion: conclusionOf(jobs),
    triggeringActor: attempt === 1 ? run.actor : run.triggeringActor,
    startedAtMs: Math.min(...begun),
    updatedAtMs: Math.max(...ended),
  };
}

/** The worst of its jobs counts. */
const WORST_FIRST: readonly Conclusion[] = [
  "failure",
  "timed_out",
  "startup_failure",
  "cancelled",
  "action_required",
];

function conclusionOf(jobs: readonly Job[]): Conclusion {
  const has = (conclusion: Conclusion) => jobs.some((job) => job.conclusion === conclusion);
  const worst = WORST_FIRST.find(has);
  if (worst) return worst === "timed_out" ? "failure" : worst;
  return has("success") ? "success" : (CONCLUSIONS.find(has) ?? "success");
}
