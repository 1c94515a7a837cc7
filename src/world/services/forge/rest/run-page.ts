/** What the web page of a workflow run shows and the REST API does not tell in one piece: jobs with what they wait for, logs by step. */
import type { Json } from "../../../../base/json.ts";
import { logPath, summaryPath } from "../actions/files.ts";
import { JOBS, RUNS, type Job, type Run, type StepRecord } from "../actions/model.ts";
import type { Forge } from "../forge.ts";
import { json, notFound, timeOrNull } from "./answer.ts";
import { onSite, type Call, type Route } from "./route.ts";

export const runPageRoutes: readonly Route[] = [
  onSite("GET", "/{owner}/{repo}/actions/runs/{run}/page", "anyone", showRun),
  onSite("GET", "/{owner}/{repo}/actions/runs/{run}/jobs/{job}/page", "anyone", showJob),
];

/** The run, where its repository is the one of the path and the caller may read it. */
function readableRun({ forge, params, identity }: Call): Run | null {
  const repository = forge.find(`${params["owner"]}/${params["repo"]}`);
  const run = forge.ports.tables.of(RUNS).get(params["run"] as string);
  if (!repository || !run || !forge.allows(identity, repository, "actions", "read")) return null;
  return forge.find(run.repository)?.id === repository.id ? run : null;
}

function showRun(call: Call): Response {
  const run = readableRun(call);
  if (!run) return notFound();
  const jobs = call.forge.ports.tables
    .of(JOBS)
    .filter((job) => job.run === run.id && job.attempt === run.attempt);
  return json(200, {
    problems: run.problems as unknown as Json,
    logs_deleted: run.logsDeleted,
    jobs: jobs.map(jobJson),
  });
}

function jobJson(job: Job): Json {
  return {
    id: job.id,
    key: job.key,
    name: job.name,
    needs: job.needs,
    status: job.status,
    conclusion: job.conclusion,
    started_at: timeOrNull(job.startedAtMs),
    completed_at: timeOrNull(job.completedAtMs),
    environment: job.environment,
    runner: job.runner,
    permissions: job.permissions,
    annotations: job.annotations as unknown as Json,
  };
}

function showJob(call: Call): Response {
  const run = readableRun(call);
  const job = call.forge.ports.tables.of(JOBS).get(call.params["job"] as string);
  if (!run || job?.run !== run.id) return notFound();
  return json(200, { job: jobJson(job), steps: job.steps.map((step) => stepJson(call.forge, job, step)) });
}

function stepJson(forge: Forge, job: Job, step: StepRecord): Json {
  const { run, attempt, id } = job;
  return {
    number: step.number,
    name: step.name,
    status: step.status,
    conclusion: step.conclusion,
    started_at: timeOrNull(step.startedAtMs),
    completed_at: timeOrNull(step.completedAtMs),
    log: textOf(forge, logPath(run, attempt, id, step.number)),
    summary: textOf(forge, summaryPath(run, attempt, id, step.number)),
  };
}

function textOf({ disk }: Forge, path: string): string | null {
  return disk.exists(path) ? disk.readText(path) : null;
}
