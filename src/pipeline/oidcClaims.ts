/** What an identity token says about its job. https://docs.github.com/en/actions/reference/security/oidc#oidc-token-claims */
import type { Json } from "../base/json.ts";
import { eventPath } from "../world/services/forge/actions/files.ts";
import { RUNNERS, type Job, type Run } from "../world/services/forge/actions/model.ts";
import { settingsOf } from "../world/services/forge/actions/settings.ts";
import { FORGE_ORIGIN } from "../world/services/forge/host.ts";
import { repositoryId, type Repository } from "../world/services/forge/model.ts";
import type { World } from "../world/world.ts";
import { toUtf8 } from "../base/bytes.ts";
import { ISSUER } from "./oidcIssuer.ts";

const MINUTE_S = 60;
const LIFETIME_S = 5 * MINUTE_S;

/** Null where the repository is gone. */
export function claimsOf(
  world: World,
  run: Run,
  job: Job,
  audience: string | null,
): { readonly [key: string]: Json } | null {
  const repository = world.forge.find(run.repository);
  if (!repository) return null;
  const claims = namedClaims(world, run, job, repository);
  const nowS = Math.floor(world.clock.now() / 1000);
  return {
    jti: world.ports("oidc").random(32, "0123456789abcdef"),
    sub: subjectOf(world, run, job, repository, claims),
    aud: audience ?? `${FORGE_ORIGIN}/${repository.owner}`,
    ...claims,
    iss: ISSUER,
    nbf: nowS - 10 * MINUTE_S,
    exp: nowS + LIFETIME_S,
    iat: nowS,
  };
}

type Claims = Readonly<Record<string, string>>;

function namedClaims(world: World, run: Run, job: Job, repository: Repository): Claims {
  const id = repositoryId(repository);
  const [head, base] = pullBranches(world, run);
  const number = (login: string) => String(world.forge.account(login)?.id ?? 0);
  const workflowRef = `${id}/${run.path}@${run.ref}`;
  return {
    ref: run.ref,
    sha: run.sha,
    repository: id,
    repository_owner: repository.owner,
    repository_owner_id: number(repository.owner),
    run_id: String(run.id),
    run_number: String(run.number),
    run_attempt: String(run.attempt),
    repository_visibility: repository.visibility,
    repository_id: String(repository.id),
    actor_id: number(run.actor),
    actor: run.actor,
    workflow: run.name,
    head_ref: head,
    base_ref: base,
    event_name: run.event,
    ref_protected: String(repository.protectedBranches.includes(run.ref.replace(/^refs\/heads\//, ""))),
    ref_type: run.ref.startsWith("refs/tags/") ? "tag" : "branch",
    workflow_ref: workflowRef,
    workflow_sha: run.sha,
    job_workflow_ref: job.workflowRef ?? workflowRef,
    job_workflow_sha: job.workflowSha ?? run.sha,
    runner_environment: isSelfHosted(world, job) ? "self-hosted" : "github-hosted",
    ...(job.environment === null ? {} : { environment: job.environment }),
  };
}

function isSelfHosted(world: World, job: Job): boolean {
  return world.tables.of(RUNNERS).find((runner) => runner.name === job.runner) !== undefined;
}

/** Head and base of the pull request that the run is about; empty for other events. */
function pullBranches(world: World, run: Run): [string, string] {
  const path = eventPath(run.id);
  if (!run.event.startsWith("pull_request") || !world.forge.disk.exists(path)) return ["", ""];
  const event = JSON.parse(toUtf8(world.forge.disk.read(path))) as {
    pull_request?: { head?: { ref?: string }; base?: { ref?: string } };
  };
  return [event.pull_request?.head?.ref ?? "", event.pull_request?.base?.ref ?? ""];
}

/**
 * The subject: by default the repository and the context of the job; a repository may choose its own claims. In the
 * immutable form ids stand behind the names.
 */
function subjectOf(world: World, run: Run, job: Job, repository: Repository, claims: Claims): string {
  const settings = settingsOf(world.forge, repository);
  const owner = settings.oidcImmutable
    ? `${repository.owner}@${claims["repository_owner_id"]}`
    : repository.owner;
  const name = settings.oidcImmutable ? `${repository.name}@${repository.id}` : repository.name;
  const keys = settings.oidcSubject ?? ["repo", "context"];
  const parts = keys.map((key) => {
    if (key === "repo") return `repo:${owner}/${name}`;
    if (key === "context") return contextOf(run, job);
    return `${key}:${escaped(claims[key] ?? "")}`;
  });
  return parts.join(":");
}

function contextOf(run: Run, job: Job): string {
  if (job.environment !== null) return `environment:${escaped(job.environment)}`;
  return run.event === "pull_request" ? "pull_request" : `ref:${run.ref}`;
}

/** A colon within a value cannot be taken for a separator. */
function escaped(value: string): string {
  return value.replaceAll(":", "%3A");
}
