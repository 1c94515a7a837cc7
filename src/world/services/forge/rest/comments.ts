/** https://docs.github.com/en/rest/issues/comments, and the history of edited texts. */
import type { Json } from "../../../../base/json.ts";
import { commentsOf, createComment, deleteComment, editComment } from "../comments.ts";
import { withoutEdit, type Edit } from "../edit.ts";
import type { Identity } from "../identity.ts";
import { COMMENTS, issueKey, ISSUES, type Comment, type Issue } from "../issue.ts";
import { issueOf } from "../issues.ts";
import { personJson } from "../json/account.ts";
import { commentJson } from "../json/issue.ts";
import { atLeast, repositoryId, type Repository } from "../model.ts";
import { audited } from "./audited.ts";
import { textField } from "./request-body.ts";
import { failure, invalid, json, list, noContent, notFound, time } from "./answer.ts";
import { isShut, mayDiscuss, onIssue, refused, triages, type IssueCall } from "./issue-call.ts";
import { onRepository, onSite, type Call, type RepositoryCall, type Route } from "./route.ts";

export const commentRoutes: readonly Route[] = [
  onRepository("GET", "/issues/comments", ["issues", "read"], listAll),
  onRepository("GET", "/issues/{number}/comments", ["issues", "read"], listOfIssue),
  onRepository("POST", "/issues/{number}/comments", "user", onIssue("take part", post)),
  onRepository("GET", "/issues/comments/{id}", ["issues", "read"], show),
  onRepository("PATCH", "/issues/comments/{id}", "user", onComment(patch)),
  onRepository("DELETE", "/issues/comments/{id}", "user", onComment(destroy)),
  onSite("GET", "/{owner}/{repo}/user_content_edits/issues/{number}", "anyone", showIssueEdits),
  onSite("GET", "/{owner}/{repo}/user_content_edits/comments/{id}", "anyone", showCommentEdits),
  onSite("DELETE", "/{owner}/{repo}/user_content_edits/issues/{number}/{edit}", "user", deleteIssueEdit),
  onSite("DELETE", "/{owner}/{repo}/user_content_edits/comments/{id}/{edit}", "user", deleteCommentEdit),
];

const LONGEST = 65_536;

function issueOfComment(call: RepositoryCall, comment: Comment): Issue | undefined {
  return issueOf(call.forge, call.repository, comment.number);
}

function listAll(call: RepositoryCall): Response {
  const { forge, repository } = call;
  const found = forge.ports.tables.of(COMMENTS).filter((it) => it.repository === repository.id);
  return list(call, found, (comment) => shown(call, comment));
}

function shown(call: RepositoryCall, comment: Comment): Json {
  const issue = issueOfComment(call, comment) ?? { number: comment.number, pull: false };
  return commentJson(call.forge, call.repository, comment, issue);
}

function listOfIssue(call: RepositoryCall): Response {
  const { forge, repository, params } = call;
  const issue = issueOf(forge, repository, Number(params["number"]));
  if (!issue) return notFound();
  return list(call, commentsOf(forge, issue), (comment) => commentJson(forge, repository, comment, issue));
}

function post(call: IssueCall): Response {
  const { forge, repository, identity, issue, body } = call;
  if (isShut(call, issue)) return failure(403, "Unable to create comment because issue is locked.");
  const text = textField(body, "body");
  if (text === null || text.trim() === "")
    return invalid({ resource: "IssueComment", field: "body", code: "missing_field" });
  if (text.length > LONGEST)
    return invalid({
      resource: "IssueComment",
      field: "data",
      code: "unprocessable",
      message: `Body is too long (maximum is ${LONGEST} characters)`,
    });
  const comment = createComment(forge, identity, repository, issue, text);
  return json(201, commentJson(forge, repository, comment, issue));
}

function commentIn({ forge, repository, params }: RepositoryCall): Comment | undefined {
  const comment = forge.ports.tables.of(COMMENTS).get(params["id"] as string);
  return comment?.repository === repository.id ? comment : undefined;
}

function show(call: RepositoryCall): Response {
  const comment = commentIn(call);
  return comment ? json(200, shown(call, comment)) : notFound();
}

type CommentCall = RepositoryCall & {
  readonly comment: Comment;
  readonly issue: Issue;
  readonly identity: Identity;
};

/** Authors change their own, people who may write anybody's. */
function onComment(run: (call: CommentCall) => Response): (call: RepositoryCall) => Response {
  return (call) => {
    const { forge, repository, identity } = call;
    const comment = commentIn(call);
    const issue = comment && issueOfComment(call, comment);
    if (!comment || !issue || !identity) return notFound();
    if (!mayDiscuss(call, issue)) return refused(identity);
    const writes = atLeast(forge.role(repository, identity.login), "write") || identity.grants.kind === "job";
    if (comment.author !== identity.login && !(writes && triages(call)))
      return failure(403, "Must have admin rights to Repository.");
    return run({ ...call, comment, issue, identity });
  };
}

function patch(call: CommentCall): Response {
  const { forge, repository, identity, issue, comment, body } = call;
  const text = textField(body, "body");
  if (text === null) return invalid({ resource: "IssueComment", field: "body", code: "missing_field" });
  const now = editComment(forge, identity, repository, issue, comment, text);
  return json(200, commentJson(forge, repository, now, issue));
}

function destroy(call: CommentCall): Response {
  const { forge, repository, identity, issue, comment } = call;
  deleteComment(forge, identity, repository, issue, comment);
  audited(call, "issue_comment.destroy", repositoryId(repository), {
    number: issue.number,
    comment: comment.id,
  });
  return noContent();
}

// The history of a text is shown on the page (GraphQL: userContentEdits); REST has no path for it.

function repositoryOf({ forge, params, identity }: Call): Repository | null {
  const repository = forge.find(`${params["owner"]}/${params["repo"]}`);
  return repository && forge.allows(identity, repository, "issues", "read") ? repository : null;
}

function issueAt(call: Call): { readonly repository: Repository; readonly issue: Issue } | null {
  const repository = repositoryOf(call);
  const issue = repository && issueOf(call.forge, repository, Number(call.params["number"]));
  return repository && issue ? { repository, issue } : null;
}

function commentAt(call: Call): { readonly repository: Repository; readonly comment: Comment } | null {
  const repository = repositoryOf(call);
  const comment = call.forge.ports.tables.of(COMMENTS).get(call.params["id"] as string);
  return repository && comment?.repository === repository.id ? { repository, comment } : null;
}

function showIssueEdits(call: Call): Response {
  const found = issueAt(call);
  return found ? list(call, found.issue.edits, (edit) => editJson(call, edit)) : notFound();
}

function showCommentEdits(call: Call): Response {
  const found = commentAt(call);
  return found ? list(call, found.comment.edits, (edit) => editJson(call, edit)) : notFound();
}

function editJson({ forge }: Call, { number, by, atMs, text, deletedBy }: Edit): Json {
  return {
    number,
    editor: personJson(forge, by),
    edited_at: time(atMs),
    body: text,
    deleted_by: deletedBy === null ? null : personJson(forge, deletedBy),
  };
}

/** Authors and people who may write take a version out of the history. */
function mayForget({ forge, identity }: Call, repository: Repository, author: string): boolean {
  return (
    identity !== null &&
    (author === identity.login || forge.allows(identity, repository, "contents", "write"))
  );
}

function deleteIssueEdit(call: Call): Response {
  const found = issueAt(call);
  if (!found) return notFound();
  const { repository, issue } = found;
  if (!mayForget(call, repository, issue.author)) return failure(403, "Must have push access to Repository.");
  const edits = withoutEdit(issue, Number(call.params["edit"]), call.identity?.login ?? "");
  if (edits === null) return notFound();
  call.forge.ports.tables.of(ISSUES).change(issueKey(issue), { edits });
  return noContent();
}

function deleteCommentEdit(call: Call): Response {
  const found = commentAt(call);
  if (!found) return notFound();
  const { repository, comment } = found;
  if (!mayForget(call, repository, comment.author))
    return failure(403, "Must have push access to Repository.");
  const edits = withoutEdit(comment, Number(call.params["edit"]), call.identity?.login ?? "");
  if (edits === null) return notFound();
  call.forge.ports.tables.of(COMMENTS).change(String(comment.id), { edits });
  return noContent();
}
