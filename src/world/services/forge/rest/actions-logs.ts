/**
 * Logs lead to an address from which they can be fetched for a minute.
 * https://docs.github.com/en/rest/actions/workflow-runs#download-workflow-run-logs
 */
import type { Run } from "../actions/model.ts";
import { downloadPath, type Download } from "../actions/download.ts";
import { deleteLogs, jobLog } from "../actions/logs.ts";
import { jobsOf } from "../actions/runs.ts";
import { repositoryId } from "../model.ts";
import { audited } from "./audited.ts";
import { JOB, withJob } from "./actions-jobs.ts";
import { RUN, withAttempt, withRun } from "./actions-runs.ts";
import { failure, noContent, notFound } from "./answer.ts";
import { onRepository, type Answer, type Call, type RepositoryCall, type Route } from "./route.ts";

export const logRoutes: readonly Route[] = [
  onRepository("GET", `${RUN}/logs`, ["actions", "read"], (call) =>
    forSomebody(call, () => withRun(call, (run) => runLogs(call, run, "all"))),
  ),
  onRepository("GET", `${RUN}/attempts/{attempt_number}/logs`, ["actions", "read"], (call) =>
    forSomebody(call, () => withAttempt(call, (run) => runLogs(call, run, run.attempt))),
  ),
  onRepository("GET", `${JOB}/logs`, ["actions", "read"], (call) =>
    forSomebody(call, () =>
      withJob(call, (job) =>
        jobLog(call.forge, job) === null
          ? notFound()
          : redirect(call, { kind: "job-logs", id: job.id, attempt: 0 }),
      ),
    ),
  ),
  onRepository("DELETE", `${RUN}/logs`, ["actions", "write"], (call) =>
    withRun(call, (run) => removeLogs(call, run)),
  ),
];

/** Whoever reads the repository may, but nobody without an account, also where it is public. */
function forSomebody(call: RepositoryCall, run: () => Answer): Answer {
  return call.identity === null ? failure(403, "Must have admin rights to Repository.") : run();
}

function runLogs(call: RepositoryCall, run: Run, attempt: number | "all"): Response {
  const jobs = jobsOf(call.forge, run, attempt === "all" ? run.attempt : attempt);
  if (jobs.every((job) => jobLog(call.forge, job) === null)) return notFound();
  return redirect(
    call,
    attempt === "all"
      ? { kind: "run-logs", id: run.id, attempt: 0 }
      : { kind: "attempt-logs", id: run.id, attempt },
  );
}

/** 302 to an address that needs no credential; it holds for a minute. */
export function redirect({ forge, url }: Call, download: Download): Response {
  const location = new URL(downloadPath(forge, download), url.origin).href;
  return new Response(null, { status: 302, headers: { Location: location } });
}

function removeLogs(call: RepositoryCall, run: Run): Response {
  if (run.status !== "completed")
    return failure(403, "Could not delete the logs of a workflow run that is not completed");
  deleteLogs(call.forge, run);
  audited(call, "checks.delete_logs", repositoryId(call.repository), { workflow_run_id: run.id });
  return noContent();
}
