/** https://docs.github.com/en/rest/issues/issues */
import type { Json } from "../../../../base/json.ts";
import type { Issue } from "../issue.ts";
import {
  assignable,
  changeIssue,
  createIssue,
  deleteIssue,
  ISSUE_EVENTS,
  issueOf,
  issuesOf,
  lockIssue,
  type IssueChange,
} from "../issues.ts";
import { personJson } from "../json/account.ts";
import { commentJson, issueJson } from "../json/issue.ts";
import { repositoryId } from "../model.ts";
import { membersOf } from "../organisations.ts";
import { commentsOf } from "../comments.ts";
import { audited } from "./audited.ts";
import { choiceField, own, textField } from "./request-body.ts";
import { failure, invalid, json, list, noContent, notFound, time } from "./answer.ts";
import { mayDiscuss, onIssue, refused, triages, type IssueCall } from "./issue-call.ts";
import { onRepository, onSite, type Call, type RepositoryCall, type Route } from "./route.ts";

export const issueRoutes: readonly Route[] = [
  onRepository("GET", "/issues", ["issues", "read"], listIssues),
  onRepository("POST", "/issues", "user", postIssue),
  onRepository("GET", "/issues/{number}", "anyone", showIssue),
  onRepository("PATCH", "/issues/{number}", "user", onIssue("own", patchIssue)),
  onRepository("PUT", "/issues/{number}/lock", "user", onIssue("triage", lock)),
  onRepository("DELETE", "/issues/{number}/lock", "user", onIssue("triage", unlock)),
  onRepository("POST", "/issues/{number}/assignees", "user", onIssue("triage", addAssignees)),
  onRepository("DELETE", "/issues/{number}/assignees", "user", onIssue("triage", removeAssignees)),
  onRepository("GET", "/assignees", ["metadata", "read"], listAssignees),
  onRepository("GET", "/issues/{number}/events", ["issues", "read"], listEvents),
  onRepository("GET", "/issues/{number}/timeline", ["issues", "read"], listTimeline),
  onSite("DELETE", "/{owner}/{repo}/issues/{number}", "user", removeOnPage),
  onSite("GET", "/issues", "user", listMine),
  onSite("GET", "/search/issues", "anyone", search),
];

const byNewest = (a: Issue, b: Issue) => b.createdAtMs - a.createdAtMs || b.number - a.number;

function listIssues(call: RepositoryCall): Response {
  const { forge, repository, url } = call;
  if (!repository.hasIssues) return failure(410, "Issues has been disabled in this repository.");
  const found = issuesOf(forge, repository).filter(matching(url.searchParams)).toSorted(byNewest);
  return list(call, found, (issue) => issueJson(forge, repository, issue));
}

/** Pull requests are issues too, and listed among them. */
function matching(query: URLSearchParams): (issue: Issue) => boolean {
  const state = query.get("state") ?? "open";
  const labels = (query.get("labels") ?? "").split(",").filter((name) => name !== "");
  const [assignee, creator, since] = ["assignee", "creator", "since"].map((name) => query.get(name));
  return (issue) =>
    (state === "all" || issue.state === state) &&
    labels.every((name) => issue.labels.includes(name)) &&
    (!assignee ||
      assignee === "*" ||
      (assignee === "none" ? issue.assignees.length === 0 : issue.assignees.includes(assignee))) &&
    (!creator || issue.author === creator) &&
    (!since || issue.updatedAtMs >= Date.parse(since));
}

function postIssue(call: RepositoryCall): Response {
  const { forge, repository, identity, body } = call;
  if (!identity) return failure(401, "Requires authentication");
  if (!repository.hasIssues) return failure(410, "Issues are disabled for this repo");
  if (!mayDiscuss(call)) return refused(identity);
  if (repository.archived) return failure(403, "Repository was archived so is read-only.");
  const title = titleFrom(body);
  if (title === null) return invalid({ resource: "Issue", field: "title", code: "missing_field" });
  // Labels and assignees of somebody who may not set them are left out silently.
  const may = triages(call);
  const issue = createIssue(forge, identity, repository, {
    title,
    body: textField(body, "body"),
    labels: may ? (labelNames(body) ?? []) : [],
    assignees: may ? (logins(body, "assignees") ?? []) : [],
  });
  return json(201, issueJson(forge, repository, issue), { Location: `${call.url.href}/${issue.number}` });
}

const LONGEST_TITLE = 256;

function titleFrom(body: Call["body"]): string | null {
  const title = own(body, "title");
  const text = typeof title === "number" ? String(title) : title;
  return typeof text === "string" && text.trim() !== "" ? text.slice(0, LONGEST_TITLE) : null;
}

/** Names, or objects that have one. */
export function labelNames(body: Call["body"]): string[] | null {
  const value = own(body, "labels");
  if (!Array.isArray(value)) return null;
  return (value as readonly Json[]).flatMap((it) => {
    if (typeof it === "string") return it === "" ? [] : [it];
    const name = it !== null && typeof it === "object" && "name" in it ? it["name"] : null;
    return typeof name === "string" && name !== "" ? [name] : [];
  });
}

export function logins(body: Call["body"], name: string): string[] | null {
  const value = own(body, name);
  if (!Array.isArray(value)) return null;
  return (value as readonly Json[]).filter((it) => typeof it === "string");
}

function showIssue(call: RepositoryCall): Response {
  const { forge, repository, identity, params } = call;
  const issue = issueOf(forge, repository, Number(params["number"]));
  if (!issue) return notFound();
  const name = issue.pull ? "pull_requests" : "issues";
  if (
    !forge.allows(identity, repository, "issues", "read") &&
    !forge.allows(identity, repository, name, "read")
  )
    return identity ? refused(identity) : notFound();
  return json(200, issueJson(forge, repository, issue));
}

const REASONS = ["completed", "not_planned", "reopened", "duplicate"] as const;

function patchIssue(call: IssueCall): Response {
  const { forge, repository, identity, issue, body } = call;
  const state = own(body, "state");
  if (state !== undefined && state !== "open" && state !== "closed")
    return invalid({ resource: "Issue", field: "state", code: "invalid" });
  if (own(body, "title") !== undefined && titleFrom(body) === null)
    return invalid({ resource: "Issue", field: "title", code: "missing_field" });
  const may = triages(call);
  const labels = may ? labelNames(body) : null;
  const assignees = may ? logins(body, "assignees") : null;
  const title = titleFrom(body);
  const text = own(body, "body");
  const change: IssueChange = {
    ...(title === null ? {} : { title }),
    ...(typeof text === "string" || text === null ? { body: text } : {}),
    ...(state === undefined ? {} : { state, stateReason: choiceField(body, "state_reason", REASONS) }),
    ...(labels === null ? {} : { labels }),
    ...(assignees === null ? {} : { assignees }),
  };
  const now = changeIssue(forge, identity, repository, issue, change);
  return json(200, issueJson(forge, repository, now));
}

const LOCK_REASONS = ["off-topic", "too heated", "resolved", "spam"] as const;

function lock({ forge, identity, repository, issue, body }: IssueCall): Response {
  lockIssue(forge, identity, repository, issue, true, choiceField(body, "lock_reason", LOCK_REASONS));
  return noContent();
}

function unlock({ forge, identity, repository, issue }: IssueCall): Response {
  lockIssue(forge, identity, repository, issue, false, null);
  return noContent();
}

function addAssignees({ forge, identity, repository, issue, body }: IssueCall): Response {
  const assignees = [...issue.assignees, ...(logins(body, "assignees") ?? [])];
  const now = changeIssue(forge, identity, repository, issue, { assignees });
  return json(201, issueJson(forge, repository, now));
}

function removeAssignees({ forge, identity, repository, issue, body }: IssueCall): Response {
  const gone = logins(body, "assignees") ?? [];
  const assignees = issue.assignees.filter((login) => !gone.includes(login));
  const now = changeIssue(forge, identity, repository, issue, { assignees });
  return json(200, issueJson(forge, repository, now));
}

function listAssignees(call: RepositoryCall): Response {
  const { forge, repository } = call;
  const direct = Object.keys(repository.collaborators).filter((login) => login !== "*");
  const members = membersOf(forge, repository.owner).map(({ login }) => login);
  return list(call, assignable(forge, repository, [repository.owner, ...members, ...direct]), (login) =>
    personJson(forge, login),
  );
}

function eventsOf({ forge, repository, params }: RepositoryCall) {
  const number = Number(params["number"]);
  return forge.ports.tables
    .of(ISSUE_EVENTS)
    .filter((it) => it.repository === repository.id && it.number === number);
}

function eventJson({ forge }: RepositoryCall, event: ReturnType<typeof eventsOf>[number]): Json {
  return {
    id: event.id,
    node_id: `E_${event.id}`,
    actor: personJson(forge, event.actor),
    event: event.event,
    commit_id: null,
    commit_url: null,
    created_at: time(event.atMs),
    ...event.data,
  };
}

function listEvents(call: RepositoryCall): Response {
  return list(call, eventsOf(call), (event) => eventJson(call, event));
}

/** Events and comments, oldest first. */
function listTimeline(call: RepositoryCall): Response {
  const { forge, repository, params } = call;
  const issue = issueOf(forge, repository, Number(params["number"]));
  if (!issue) return notFound();
  const comments = commentsOf(forge, issue).map((comment) => ({
    atMs: comment.createdAtMs,
    shown: {
      ...commentJson(forge, repository, comment, issue),
      event: "commented",
      actor: personJson(forge, comment.author),
    } as Json,
  }));
  const events = eventsOf(call).map((event) => ({ atMs: event.atMs, shown: eventJson(call, event) }));
  const sorted = [...comments, ...events].toSorted((a, b) => a.atMs - b.atMs);
  return list(call, sorted, ({ shown }) => shown);
}

/**
 * Deleting an issue has no path in GitHub's REST API: administrators do it on the page (`gh` through GraphQL).
 * https://docs.github.com/en/issues/tracking-your-work-with-issues/administering-issues/deleting-an-issue
 */
function removeOnPage(call: Call): Response {
  const { forge, identity, params } = call;
  const repository = forge.find(`${params["owner"]}/${params["repo"]}`);
  const issue = repository && issueOf(forge, repository, Number(params["number"]));
  if (!repository || !issue || !identity || !forge.allows(identity, repository, "issues", "read"))
    return notFound();
  if (issue.pull) return failure(422, "A pull request cannot be deleted.");
  if (!forge.allows(identity, repository, "administration", "write"))
    return failure(403, "Must have admin rights to Repository.");
  deleteIssue(forge, identity, repository, issue);
  audited(call, "issue.destroy", repositoryId(repository), { number: issue.number });
  return noContent();
}

function listMine(call: Call): Response {
  const { forge, identity, url } = call;
  const filter = url.searchParams.get("filter") ?? "assigned";
  const login = identity?.login ?? "";
  const concerns = (issue: Issue) =>
    filter === "all" || (filter === "created" ? issue.author === login : issue.assignees.includes(login));
  return list(
    call,
    visible(call, (issue) => concerns(issue) && matching(url.searchParams)(issue)),
    ({ repository, issue }) => issueJson(forge, repository, issue),
  );
}

function visible({ forge, identity }: Call, wanted: (issue: Issue) => boolean) {
  return forge.repositories
    .filter((repository) => forge.allows(identity, repository, "issues", "read"))
    .flatMap((repository) =>
      issuesOf(forge, repository)
        .filter(wanted)
        .map((issue) => ({ repository, issue })),
    )
    .toSorted((a, b) => byNewest(a.issue, b.issue));
}

/** Words in title and text, and the qualifiers is:, repo:, author:, label:, state:, org:, user:. */
function search(call: Call): Response {
  const { forge, url } = call;
  const query = url.searchParams.get("q");
  if (!query) return invalid({ resource: "Search", field: "q", code: "missing" });
  const terms = query.match(/[\w-]+:(?:"[^"]*"|\S+)|"[^"]*"|\S+/g) ?? [];
  const found = visible(call, () => true).filter(({ repository, issue }) =>
    terms.every((term) => fits(term, repositoryId(repository), issue)),
  );
  const size = Number(url.searchParams.get("per_page") ?? 30) || 30;
  const number = Number(url.searchParams.get("page") ?? 1) || 1;
  return json(200, {
    total_count: found.length,
    incomplete_results: false,
    items: found
      .slice((number - 1) * size, number * size)
      .map(({ repository, issue }) => ({ ...issueJson(forge, repository, issue), score: 1 })),
  });
}

function fits(term: string, id: string, issue: Issue): boolean {
  const [, name = "", value = ""] = /^([\w-]+):"?([^"]*)"?$/.exec(term) ?? [];
  if (name === "is" || name === "type")
    return value === "pr" || value === "pull-request"
      ? issue.pull
      : value === "issue"
        ? !issue.pull
        : value === issue.state;
  if (name === "state") return value === issue.state;
  if (name === "repo") return value.toLowerCase() === id.toLowerCase();
  if (name === "org" || name === "user") return id.toLowerCase().startsWith(`${value.toLowerCase()}/`);
  if (name === "author") return value === issue.author;
  if (name === "assignee") return issue.assignees.includes(value);
  if (name === "label") return issue.labels.includes(value);
  const text = `${issue.title}\n${issue.body ?? ""}`.toLowerCase();
  return text.includes(term.replaceAll('"', "").toLowerCase());
}
