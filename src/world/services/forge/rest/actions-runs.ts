/** https://docs.github.com/en/rest/actions/workflow-runs */
import type { Run } from "../actions/model.ts";
import { runAtAttempt } from "../actions/attempt.ts";
import { deleteRun, findRun, jobsOf, runsOf } from "../actions/runs.ts";
import { repositoryId } from "../model.ts";
import { audited } from "./audited.ts";
import { filteredRuns } from "./actions-run-filter.ts";
import { runJson } from "./actions-run-json.ts";
import { counted, failure, json, noContent, notFound } from "./answer.ts";
import { onRepository, type Answer, type RepositoryCall, type Route } from "./route.ts";

export const RUN = "/actions/runs/{run_id}";

export const runRoutes: readonly Route[] = [
  onRepository("GET", "/actions/runs", ["actions", "read"], listRuns),
  onRepository("GET", RUN, ["actions", "read"], (call) =>
    withRun(call, (run) => json(200, runJson(call.forge, run))),
  ),
  onRepository("DELETE", RUN, ["actions", "write"], (call) => withRun(call, (run) => removeRun(call, run))),
  onRepository("GET", `${RUN}/attempts/{attempt_number}`, ["actions", "read"], (call) =>
    withAttempt(call, (run) => json(200, runJson(call.forge, run))),
  ),
  onRepository("GET", `${RUN}/timing`, ["actions", "read"], (call) =>
    withRun(call, (run) => showTiming(call, run)),
  ),
];

export function withRun(call: RepositoryCall, run: (run: Run) => Answer): Answer {
  const found = findRun(call.forge, call.repository, Number(call.params["run_id"]));
  return found ? run(found) : notFound();
}

/** The run as one of its attempts was. */
export function withAttempt(call: RepositoryCall, run: (run: Run) => Answer): Answer {
  return withRun(call, (found) => {
    const then = runAtAttempt(call.forge, found, Number(call.params["attempt_number"]));
    return then ? run(then) : notFound();
  });
}

function listRuns(call: RepositoryCall): Response {
  const runs = filteredRuns(call.url, runsOf(call.forge, call.repository));
  return counted(call, "workflow_runs", runs, (run) => runJson(call.forge, run));
}

function removeRun(call: RepositoryCall, run: Run): Response {
  if (run.status !== "completed") return failure(403, "Could not delete the workflow run");
  deleteRun(call.forge, run);
  audited(call, "workflows.delete_workflow_run", repositoryId(call.repository), {
    workflow_run_id: run.id,
    name: run.name,
  });
  return noContent();
}

/** Virtual time; nobody pays. */
function showTiming({ forge }: RepositoryCall, run: Run): Response {
  const jobs = jobsOf(forge, run, run.attempt).filter(({ completedAtMs }) => completedAtMs !== null);
  const spent = jobs.map((job) => ({
    job_id: job.id,
    duration_ms: (job.completedAtMs as number) - (job.startedAtMs ?? job.createdAtMs),
  }));
  const total = spent.reduce((sum, { duration_ms }) => sum + duration_ms, 0);
  const billable =
    spent.length > 0 ? { UBUNTU: { total_ms: total, jobs: spent.length, job_runs: spent } } : {};
  return json(200, { billable, run_duration_ms: run.updatedAtMs - (run.startedAtMs ?? run.createdAtMs) });
}
