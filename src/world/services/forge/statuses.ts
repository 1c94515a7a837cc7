/** Commit statuses, and what they say together with the checks. https://docs.github.com/en/rest/commits/statuses */
import { STATUSES, type CommitStatus } from "./check.ts";
import { latestChecks } from "./checks.ts";
import type { Forge } from "./forge.ts";
import { happened } from "./happened.ts";
import type { Identity } from "./identity.ts";
import { personJson } from "./json/account.ts";
import type { Repository } from "./model.ts";
import { time } from "./rest/answer.ts";

export function createStatus(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  sha: string,
  fields: Pick<CommitStatus, "state" | "context" | "description" | "targetUrl">,
): CommitStatus {
  const { tables, now } = forge.ports;
  const id = tables.next("forge/status", 8_800_001);
  const creator = identity.login;
  const status = { ...fields, id, repository: repository.id, sha, creator, createdAtMs: now() };
  happened(forge, identity, repository, "status", null, {
    id,
    sha,
    name: `${repository.owner}/${repository.name}`,
    context: fields.context,
    description: fields.description,
    target_url: fields.targetUrl,
    state: fields.state,
    created_at: time(now()),
    commit: { sha, author: personJson(forge, creator) },
  });
  return tables.of(STATUSES).set(String(id), status);
}

/** All of a commit, newest first. */
export function statusesOf(forge: Forge, repository: Repository, sha: string): CommitStatus[] {
  return forge.ports.tables
    .of(STATUSES)
    .filter((it) => it.repository === repository.id && it.sha === sha)
    .reverse();
}

/** The newest of each context. */
export function latestStatuses(forge: Forge, repository: Repository, sha: string): CommitStatus[] {
  const newest = new Map<string, CommitStatus>();
  for (const status of statusesOf(forge, repository, sha))
    if (!newest.has(status.context)) newest.set(status.context, status);
  return [...newest.values()];
}

export function combined(statuses: readonly CommitStatus[]): "failure" | "pending" | "success" {
  if (statuses.some(({ state }) => state === "failure" || state === "error")) return "failure";
  return statuses.length === 0 || statuses.some(({ state }) => state === "pending") ? "pending" : "success";
}

/** What counts as passed of a check that is completed. */
const PASSED = ["success", "neutral", "skipped"];

/** Whether everything that reported about a commit is content with it. */
export function allPassed(forge: Forge, repository: Repository, sha: string): boolean {
  return (
    latestStatuses(forge, repository, sha).every(({ state }) => state === "success") &&
    latestChecks(forge, repository, sha).every(({ conclusion }) => PASSED.includes(conclusion ?? ""))
  );
}
