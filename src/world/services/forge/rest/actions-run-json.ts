/** Runs and jobs as the API and webhooks write them. */
import type { Json } from "../../../../base/json.ts";
import type { Job, Run } from "../actions/model.ts";
import { runnersFor } from "../actions/runners.ts";
import type { Forge } from "../forge.ts";
import { objectsOf } from "../git/objects.ts";
import { API, FORGE_ORIGIN } from "../host.ts";
import { personJson } from "../json/account.ts";
import { bareRepositoryJson } from "../json/repository.ts";
import { time, timeOrNull } from "./answer.ts";

export function runJson(forge: Forge, run: Run): { readonly [key: string]: Json } {
  const repository = forge.find(run.repository);
  const head = forge.find(run.headRepository);
  return {
    id: run.id,
    name: run.name,
    node_id: `WFR_${run.id}`,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.path,
    display_title: run.title,
    run_number: run.number,
    run_attempt: run.attempt,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: run.workflow,
    check_suite_id: run.id,
    check_suite_node_id: `CS_${run.id}`,
    ...addresses(run),
    pull_requests: run.fromFork ? [] : run.pulls.map((number) => pullJson(run, number)),
    created_at: time(run.createdAtMs),
    updated_at: time(run.updatedAtMs),
    run_started_at: time(run.startedAtMs ?? run.createdAtMs),
    actor: personJson(forge, run.actor),
    triggering_actor: personJson(forge, run.triggeringActor),
    referenced_workflows: [],
    head_commit: headCommitJson(forge, run),
    repository: repository ? bareRepositoryJson(forge, repository) : null,
    head_repository: head ? bareRepositoryJson(forge, head) : null,
  };
}

function addresses(run: Run): { readonly [key: string]: Json } {
  const url = `${API}/repos/${run.repository}/actions/runs/${run.id}`;
  return {
    url,
    html_url: `${FORGE_ORIGIN}/${run.repository}/actions/runs/${run.id}`,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${API}/repos/${run.repository}/check-suites/${run.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null,
    workflow_url: `${API}/repos/${run.repository}/actions/workflows/${run.workflow}`,
  };
}

function pullJson(run: Run, number: number): Json {
  const url = `${API}/repos/${run.repository}`;
  return {
    number,
    url: `${url}/pulls/${number}`,
    head: { ref: run.headBranch, sha: run.headSha, repo: { url: `${API}/repos/${run.headRepository}` } },
    base: { repo: { url } },
  };
}

function headCommitJson(forge: Forge, run: Run): Json {
  const repository = forge.find(run.headRepository) ?? forge.find(run.repository);
  const commit = repository ? objectsOf(forge, repository).commit(run.headSha) : null;
  if (!commit) return null;
  const { id, tree, message, author, committer } = commit;
  return {
    id,
    tree_id: tree,
    message,
    timestamp: time(committer.atMs),
    author: { name: author.name, email: author.email },
    committer: { name: committer.name, email: committer.email },
  };
}

export function jobJson(forge: Forge, run: Run, job: Job): { readonly [key: string]: Json } {
  const repository = forge.find(job.repository);
  const own = repository && runnersFor(forge, repository).find(({ name }) => name === job.runner);
  const url = `${API}/repos/${job.repository}`;
  return {
    id: job.id,
    run_id: job.run,
    workflow_name: run.name,
    head_branch: run.headBranch,
    run_url: `${url}/actions/runs/${job.run}`,
    run_attempt: job.attempt,
    node_id: `CR_${job.id}`,
    head_sha: run.headSha,
    url: `${url}/actions/jobs/${job.id}`,
    html_url: `${FORGE_ORIGIN}/${job.repository}/actions/runs/${job.run}/job/${job.id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: time(job.createdAtMs),
    started_at: time(job.startedAtMs ?? job.createdAtMs),
    completed_at: timeOrNull(job.completedAtMs),
    name: job.name,
    steps: job.steps.map(({ name, status, conclusion, number, startedAtMs, completedAtMs }) => ({
      name,
      status,
      conclusion,
      number,
      started_at: timeOrNull(startedAtMs),
      completed_at: timeOrNull(completedAtMs),
    })),
    check_run_url: `${url}/check-runs/${job.id}`,
    labels: [...job.labels],
    runner_id: job.runner === null ? null : (own?.id ?? 0),
    runner_name: job.runner,
    runner_group_id: job.runner === null ? null : own ? 1 : 0,
    runner_group_name: job.runner === null ? null : (own?.group ?? "GitHub Actions"),
  };
}
