/** Check runs, suites and statuses as the API writes them. */
import type { Json } from "../../../../base/json.ts";
import { CHECK_RUNS, type CheckRun, type CheckSuite, type CommitStatus } from "../check.ts";
import type { Forge } from "../forge.ts";
import { API, FORGE_ORIGIN } from "../host.ts";
import { repositoryId, type Repository } from "../model.ts";
import { PULLS } from "../pull.ts";
import { time, timeOrNull } from "../rest/answer.ts";
import { personJson } from "./account.ts";
import { bareRepositoryJson } from "./repository.ts";

type Shape = { readonly [key: string]: Json };

export function checkRunJson(forge: Forge, repository: Repository, run: CheckRun): Shape {
  const id = repositoryId(repository);
  const url = `${API}/repos/${id}/check-runs/${run.id}`;
  const { title, summary, text } = run.output;
  return {
    id: run.id,
    node_id: `CR_${run.id}`,
    head_sha: run.sha,
    name: run.name,
    external_id: run.externalId,
    url,
    html_url: `${FORGE_ORIGIN}/${id}/runs/${run.id}`,
    details_url: run.detailsUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: time(run.startedAtMs),
    completed_at: timeOrNull(run.completedAtMs),
    output: { title, summary, text, annotations_count: 0, annotations_url: `${url}/annotations` },
    check_suite: { id: run.suite },
    app: appJson(run.app),
    pull_requests: pullsAt(forge, repository, run.sha),
  };
}

export function checkSuiteJson(forge: Forge, repository: Repository, suite: CheckSuite): Shape {
  const runs = forge.ports.tables.of(CHECK_RUNS).filter((run) => run.suite === suite.id);
  const open = runs.find(({ status }) => status !== "completed");
  const failed = runs.find(({ conclusion }) => conclusion !== null && conclusion !== "success");
  const url = `${API}/repos/${repositoryId(repository)}/check-suites/${suite.id}`;
  return {
    id: suite.id,
    node_id: `CS_${suite.id}`,
    head_branch: suite.branch,
    head_sha: suite.sha,
    status: runs.length === 0 ? "queued" : (open?.status ?? "completed"),
    conclusion: runs.length === 0 || open ? null : (failed?.conclusion ?? "success"),
    url,
    before: null,
    after: suite.sha,
    pull_requests: pullsAt(forge, repository, suite.sha),
    app: appJson(suite.app),
    repository: bareRepositoryJson(forge, repository),
    created_at: time(suite.createdAtMs),
    updated_at: time(suite.createdAtMs),
    latest_check_runs_count: runs.length,
    check_runs_url: `${url}/check-runs`,
  };
}

function pullsAt(forge: Forge, repository: Repository, sha: string): Json {
  const pulls = forge.ports.tables
    .of(PULLS)
    .filter((pull) => pull.repository === repository.id && pull.head.sha === sha && pull.mergedAtMs === null);
  return pulls.map(({ id, number, head, base }) => ({
    id,
    number,
    url: `${API}/repos/${repositoryId(repository)}/pulls/${number}`,
    head: { ref: head.ref, sha: head.sha },
    base: { ref: base.ref, sha: base.sha },
  }));
}

function appJson(slug: string): Json {
  return {
    id: slug === "github-actions" ? 15_368 : 0,
    slug,
    name: slug === "github-actions" ? "GitHub Actions" : slug,
  };
}

export function statusJson(forge: Forge, repository: Repository, status: CommitStatus): Shape {
  return {
    url: `${API}/repos/${repositoryId(repository)}/statuses/${status.sha}`,
    avatar_url: `${FORGE_ORIGIN}/avatars/u/0`,
    id: status.id,
    node_id: `SC_${status.id}`,
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: time(status.createdAtMs),
    updated_at: time(status.createdAtMs),
    creator: personJson(forge, status.creator),
  };
}
