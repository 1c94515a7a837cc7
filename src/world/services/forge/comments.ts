/** Comments on issues and in the conversation of pull requests. */
import type { Json } from "../../../base/json.ts";
import { edited } from "./edit.ts";
import type { Forge } from "./forge.ts";
import { happened } from "./happened.ts";
import type { Identity } from "./identity.ts";
import { COMMENTS, issueKey, ISSUES, type Comment, type Issue } from "./issue.ts";
import { commentJson, issueJson } from "./json/issue.ts";
import type { Repository } from "./model.ts";
import { notifyAbout } from "./notifications.ts";

export function commentsOf(forge: Forge, { repository, number }: Issue): Comment[] {
  return forge.ports.tables
    .of(COMMENTS)
    .filter((comment) => comment.repository === repository && comment.number === number);
}

export function createComment(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  issue: Issue,
  body: string,
): Comment {
  const { tables, now } = forge.ports;
  const id = tables.next("forge/comment", 3_300_001);
  const comment = tables.of(COMMENTS).set(String(id), {
    id,
    repository: repository.id,
    number: issue.number,
    author: identity.login,
    body,
    createdAtMs: now(),
    updatedAtMs: now(),
    edits: [],
  });
  tables.of(ISSUES).change(issueKey(issue), { updatedAtMs: now() });
  tell(forge, identity, repository, issue, comment, "created");
  notifyAbout(forge, repository, issue, identity.login, body);
  return comment;
}

export function editComment(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  issue: Issue,
  comment: Comment,
  body: string,
): Comment {
  if (body === comment.body) return comment;
  const fields = edited(comment, body, identity.login, forge.now());
  const now = forge.ports.tables.of(COMMENTS).change(String(comment.id), fields);
  tell(forge, identity, repository, issue, now, "edited", {
    changes: { body: { from: comment.body ?? "" } },
  });
  return now;
}

/** Its history goes with it. */
export function deleteComment(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  issue: Issue,
  comment: Comment,
): void {
  forge.ports.tables.of(COMMENTS).delete(String(comment.id));
  tell(forge, identity, repository, issue, comment, "deleted");
}

function tell(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  issue: Issue,
  comment: Comment,
  action: string,
  more: { readonly [key: string]: Json } = {},
): void {
  happened(forge, identity, repository, "issue_comment", action, {
    ...more,
    issue: issueJson(forge, repository, issue),
    comment: commentJson(forge, repository, comment, issue),
  });
}
