/** Cancelling, repeating and approving runs: the forge asks, the pipeline does it. https://docs.github.com/en/rest/actions/workflow-runs */
import type { Job, Run } from "../actions/model.ts";
import { findJob, findRun, jobsOf } from "../actions/runs.ts";
import { repositoryId } from "../model.ts";
import { audited } from "./audited.ts";
import { flagField } from "./request-body.ts";
import { RUN, withRun } from "./actions-runs.ts";
import { failure, json, notFound } from "./answer.ts";
import { onRepository, type Answer, type RepositoryCall, type Route } from "./route.ts";

const on = (path: string, run: (call: RepositoryCall, found: Run) => Answer) =>
  onRepository("POST", `${RUN}${path}`, ["actions", "write"], (call) => withRun(call, (it) => run(call, it)));

export const runControlRoutes: readonly Route[] = [
  on("/cancel", cancel),
  on("/force-cancel", cancel),
  on("/rerun", (call, run) => rerun(call, run, {})),
  on("/rerun-failed-jobs", rerunFailed),
  on("/approve", approve),
  onRepository("POST", "/actions/jobs/{job_id}/rerun", ["actions", "write"], rerunJob),
];

function cancel(call: RepositoryCall, run: Run): Response {
  if (run.status === "completed") return failure(409, "Cannot cancel a workflow run that is completed.");
  const { forge } = call;
  forge.ports.schedule(forge.now(), "pipeline/cancel", { run: run.id });
  record(call, "workflows.cancel_workflow_run", run);
  return json(202, {});
}

interface Part {
  readonly failedOnly?: boolean;
  /** One job, and those that need it. */
  readonly job?: number;
}

function rerun(call: RepositoryCall, run: Run, part: Part): Response {
  const problem = rerunProblem(call, run);
  if (problem !== null) return failure(403, problem);
  const { forge, identity, body } = call;
  forge.ports.schedule(forge.now(), "pipeline/rerun", {
    run: run.id,
    failedOnly: false,
    debug: flagField(body, "enable_debug_logging") ?? false,
    actor: identity?.login ?? "",
    ...part,
  });
  record(call, "workflows.rerun_workflow_run", run);
  return json(201, {});
}

const MONTH_MS = 30 * 86_400_000;

function rerunProblem({ forge }: RepositoryCall, run: Run): string | null {
  if (run.status !== "completed") return "This workflow is already running";
  if (run.conclusion === "startup_failure" || run.conclusion === "action_required")
    return "This workflow run cannot be retried";
  if (forge.now() - run.createdAtMs > MONTH_MS)
    return "Unable to retry this workflow run because it was created over a month ago";
  return null;
}

const REPEATED: readonly Job["conclusion"][] = ["failure", "cancelled", "timed_out"];

function rerunFailed(call: RepositoryCall, run: Run): Response {
  const jobs = jobsOf(call.forge, run, run.attempt);
  const hasFailed =
    run.status !== "completed" || jobs.some(({ conclusion }) => REPEATED.includes(conclusion));
  return hasFailed
    ? rerun(call, run, { failedOnly: true })
    : failure(403, "This workflow run cannot be retried");
}

function rerunJob(call: RepositoryCall): Response {
  const job = findJob(call.forge, call.repository, Number(call.params["job_id"]));
  const run = job && findRun(call.forge, call.repository, job.run);
  if (!job || !run) return notFound();
  if (run.status !== "completed")
    return failure(403, "The workflow run containing this job is already running");
  return rerun(call, run, { job: job.id });
}

function approve(call: RepositoryCall, run: Run): Response {
  if (!run.fromFork || run.conclusion !== "action_required")
    return failure(403, "This run is not from a fork pull request or is not waiting for approval");
  const { forge, identity } = call;
  forge.ports.schedule(forge.now(), "pipeline/review", { run: run.id, approvedBy: identity?.login ?? "" });
  record(call, "workflows.approve_workflow_job", run);
  return json(201, {});
}

function record(call: RepositoryCall, action: string, run: Run): void {
  const { id, name, headSha, attempt } = run;
  audited(call, action, repositoryId(call.repository), {
    workflow_run_id: id,
    name,
    head_sha: headSha,
    run_attempt: attempt,
  });
}
