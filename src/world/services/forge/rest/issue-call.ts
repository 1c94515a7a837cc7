/** What somebody may do with a conversation, and the issue that a path names. */
import type { Identity } from "../identity.ts";
import type { Issue } from "../issue.ts";
import { issueOf } from "../issues.ts";
import { atLeast } from "../model.ts";
import { failure, notFound } from "./answer.ts";
import type { RepositoryCall } from "./route.ts";

export interface IssueCall extends RepositoryCall {
  readonly issue: Issue;
  readonly identity: Identity;
}

/** `take part`: whoever reads; `own`: the author, or whoever may triage; `triage`. */
export type IssueNeed = "take part" | "own" | "triage";

export function onIssue(
  need: IssueNeed,
  run: (call: IssueCall) => Response | Promise<Response>,
): (call: RepositoryCall) => Response | Promise<Response> {
  return (call) => {
    const { forge, repository, params, identity } = call;
    const issue = issueOf(forge, repository, Number(params["number"]));
    if (!issue) return notFound();
    if (identity === null) return failure(401, "Requires authentication");
    if (!mayDiscuss(call, issue)) return refused(identity);
    if (repository.archived) return failure(403, "Repository was archived so is read-only.");
    const own = need === "own" && issue.author === identity.login;
    if (need !== "take part" && !own && !triages(call))
      return failure(403, "Must have admin rights to Repository.");
    return run({ ...call, issue, identity });
  };
}

export function mayDiscuss(
  { forge, repository, identity }: RepositoryCall,
  issue: Pick<Issue, "pull"> | null = null,
): boolean {
  return (
    forge.participates(identity, repository, "issues") ||
    (issue?.pull === true && forge.participates(identity, repository, "pull_requests"))
  );
}

export function triages({ forge, repository, identity }: RepositoryCall): boolean {
  return (
    forge.allows(identity, repository, "issues", "write") ||
    forge.allows(identity, repository, "pull_requests", "write")
  );
}

export function refused({ grants }: Identity): Response {
  if (grants.kind === "job") return failure(403, "Resource not accessible by integration");
  if (grants.kind === "fine-grained") return failure(403, "Resource not accessible by personal access token");
  return notFound();
}

/** A locked conversation goes on among those who may write. */
export function isShut({ forge, repository, identity }: RepositoryCall, issue: Issue): boolean {
  if (!issue.locked) return false;
  const isJob = identity?.grants.kind === "job";
  return !isJob && !atLeast(forge.role(repository, identity?.login ?? null), "triage");
}
