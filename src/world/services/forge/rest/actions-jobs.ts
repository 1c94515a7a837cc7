/** https://docs.github.com/en/rest/actions/workflow-jobs */
import type { Job, Run } from "../actions/model.ts";
import { findJob, findRun, jobsOf } from "../actions/runs.ts";
import { jobJson } from "./actions-run-json.ts";
import { RUN, withAttempt, withRun } from "./actions-runs.ts";
import { counted, json, notFound } from "./answer.ts";
import { onRepository, type Answer, type RepositoryCall, type Route } from "./route.ts";

export const JOB = "/actions/jobs/{job_id}";

export const jobRoutes: readonly Route[] = [
  onRepository("GET", `${RUN}/jobs`, ["actions", "read"], (call) =>
    withRun(call, (run) =>
      list(call, run, call.url.searchParams.get("filter") === "all" ? "all" : run.attempt),
    ),
  ),
  onRepository("GET", `${RUN}/attempts/{attempt_number}/jobs`, ["actions", "read"], (call) =>
    withAttempt(call, (run) => list(call, run, run.attempt)),
  ),
  onRepository("GET", JOB, ["actions", "read"], (call) =>
    withJob(call, (job, run) => json(200, jobJson(call.forge, run, job))),
  ),
];

export function withJob(call: RepositoryCall, run: (job: Job, of: Run) => Answer): Answer {
  const job = findJob(call.forge, call.repository, Number(call.params["job_id"]));
  const of = job && findRun(call.forge, call.repository, job.run);
  return job && of ? run(job, of) : notFound();
}

function list(call: RepositoryCall, run: Run, attempt: number | "all"): Response {
  return counted(call, "jobs", jobsOf(call.forge, run, attempt), (job) => jobJson(call.forge, run, job));
}
