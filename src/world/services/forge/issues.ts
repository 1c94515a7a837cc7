/** Issues: making and changing them. What is said here of issues holds for the conversation of pull requests too. */
import type { Json } from "../../../base/json.ts";
import { tableName } from "../../../base/tables.ts";
import { edited } from "./edit.ts";
import type { Forge } from "./forge.ts";
import { happened } from "./happened.ts";
import type { Identity } from "./identity.ts";
import { COMMENTS, issueKey, ISSUES, type Issue } from "./issue.ts";
import { personJson } from "./json/account.ts";
import { issueJson, labelJson } from "./json/issue.ts";
import { fullPullJson } from "./json/pull.ts";
import { labelOf, putLabel } from "./labels.ts";
import { atLeast, type Repository } from "./model.ts";
import { notifyAbout } from "./notifications.ts";
import { isMember } from "./organisations.ts";
import { PULLS, type Pull } from "./pull.ts";
import { sizeOf } from "./pullContents.ts";

export interface NewIssue {
  readonly title: string;
  readonly body?: string | null;
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
}

/** What the timeline tells of an issue besides comments. */
export interface IssueEvent {
  readonly id: number;
  readonly repository: number;
  readonly number: number;
  readonly event: string;
  readonly actor: string;
  readonly atMs: number;
  readonly data: { readonly [key: string]: Json };
}

/** By id. */
export const ISSUE_EVENTS = tableName<IssueEvent>("forge/issue-events");

export function issuesOf(forge: Forge, repository: Repository): Issue[] {
  return forge.ports.tables.of(ISSUES).filter((issue) => issue.repository === repository.id);
}

export function issueOf(forge: Forge, repository: Repository, number: number): Issue | undefined {
  return forge.ports.tables.of(ISSUES).get(issueKey({ repository: repository.id, number }));
}

export function createIssue(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  fields: NewIssue,
): Issue {
  const issue = addIssue(forge, identity, repository, fields, false);
  tell(forge, identity, repository, issue, "opened");
  notifyAbout(forge, repository, issue, identity.login, fields.body ?? "");
  return issue;
}

/** The record alone, which a pull request has too. Nobody hears of it. */
export function addIssue(
  forge: Forge,
  { login }: Identity,
  repository: Repository,
  { title, body = null, labels = [], assignees = [] }: NewIssue,
  pull: boolean,
): Issue {
  const { tables, now } = forge.ports;
  for (const name of labels) ensureLabel(forge, repository, name);
  const issue: Issue = {
    id: tables.next("forge/issue-id", 1_100_001),
    repository: repository.id,
    number: tables.next(`forge/issue/${repository.id}`),
    title,
    body,
    author: login,
    state: "open",
    stateReason: null,
    labels: [...new Set(labels.map((name) => labelOf(forge, repository, name)?.name ?? name))],
    assignees: assignable(forge, repository, assignees),
    locked: false,
    lockReason: null,
    createdAtMs: now(),
    updatedAtMs: now(),
    closedAtMs: null,
    closedBy: null,
    pull,
    edits: [],
    renames: [],
  };
  return tables.of(ISSUES).set(issueKey(issue), issue);
}

/** A label that an issue gets and that is not there yet is made. */
function ensureLabel(forge: Forge, repository: Repository, name: string): void {
  if (!labelOf(forge, repository, name))
    putLabel(forge, repository, { name, color: "ededed", description: null });
}

/** Those who may be assigned; the others are left out silently, as on GitHub. */
export function assignable(forge: Forge, repository: Repository, logins: readonly string[]): string[] {
  const people = logins.flatMap((login) => forge.account(login) ?? []).filter(({ type }) => type === "User");
  const able = ({ login }: { readonly login: string }) =>
    isMember(forge, repository.owner, login) || atLeast(forge.role(repository, login), "triage");
  return [...new Set(people.filter(able).map(({ login }) => login))];
}

export interface IssueChange {
  readonly title?: string;
  readonly body?: string | null;
  readonly state?: Issue["state"];
  readonly stateReason?: Issue["stateReason"];
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
}

/** Makes the changes, and tells of each. */
export function changeIssue(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  issue: Issue,
  change: IssueChange,
): Issue {
  let it = issue;
  if (change.title !== undefined || change.body !== undefined)
    it = changeText(forge, identity, repository, it, change);
  if (change.labels !== undefined) it = setLabels(forge, identity, repository, it, change.labels);
  if (change.assignees !== undefined) it = setAssignees(forge, identity, repository, it, change.assignees);
  if (change.state !== undefined)
    it = setState(forge, identity, repository, it, change.state, change.stateReason ?? null);
  return it;
}

function changeText(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  issue: Issue,
  { title = issue.title, body = issue.body }: IssueChange,
): Issue {
  if (title === issue.title && body === issue.body) return issue;
  const { login: by } = identity;
  const atMs = forge.now();
  const renamed = title !== issue.title;
  const rename = { by, atMs, from: issue.title, to: title };
  const now = put(forge, issue, {
    title,
    ...edited(issue, body, by, atMs),
    renames: renamed ? [...issue.renames, rename] : issue.renames,
  });
  if (renamed) noteEvent(forge, identity, issue, "renamed", { rename: { from: issue.title, to: title } });
  tell(forge, identity, repository, now, "edited", {
    changes: {
      ...(renamed ? { title: { from: issue.title } } : {}),
      ...(body === issue.body ? {} : { body: { from: issue.body ?? "" } }),
    },
  });
  return now;
}

export function setLabels(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  issue: Issue,
  names: readonly string[],
): Issue {
  for (const name of names) ensureLabel(forge, repository, name);
  const wanted = [...new Set(names.map((name) => labelOf(forge, repository, name)?.name ?? name))];
  const now = put(forge, issue, { labels: wanted });
  for (const name of wanted.filter((it) => !issue.labels.includes(it)))
    tellLabel(forge, identity, repository, now, "labeled", name);
  for (const name of issue.labels.filter((it) => !wanted.includes(it)))
    tellLabel(forge, identity, repository, now, "unlabeled", name);
  return now;
}

function tellLabel(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  issue: Issue,
  action: "labeled" | "unlabeled",
  name: string,
): void {
  const label = labelOf(forge, repository, name);
  noteEvent(forge, identity, issue, action, { label: { name, color: label?.color ?? "ededed" } });
  tell(forge, identity, repository, issue, action, label ? { label: labelJson(repository, label) } : {});
}

function setAssignees(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  issue: Issue,
  logins: readonly string[],
): Issue {
  const wanted = assignable(forge, repository, logins);
  const now = put(forge, issue, { assignees: wanted });
  const told = (action: "assigned" | "unassigned", login: string) => {
    noteEvent(forge, identity, issue, action, { assignee: { login } });
    tell(forge, identity, repository, now, action, { assignee: personJson(forge, login) });
  };
  for (const login of wanted) if (!issue.assignees.includes(login)) told("assigned", login);
  for (const login of issue.assignees) if (!wanted.includes(login)) told("unassigned", login);
  return now;
}

export function setState(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  issue: Issue,
  state: Issue["state"],
  reason: Issue["stateReason"],
): Issue {
  if (state === issue.state) return issue;
  const closed = state === "closed";
  const now = put(forge, issue, {
    state,
    stateReason: issue.pull ? null : closed ? (reason ?? "completed") : "reopened",
    closedAtMs: closed ? forge.now() : null,
    closedBy: closed ? identity.login : null,
  });
  noteEvent(forge, identity, issue, closed ? "closed" : "reopened", {});
  tell(forge, identity, repository, now, closed ? "closed" : "reopened");
  return now;
}

export function lockIssue(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  issue: Issue,
  locked: boolean,
  reason: string | null,
): Issue {
  const now = put(forge, issue, { locked, lockReason: locked ? reason : null });
  noteEvent(forge, identity, issue, locked ? "locked" : "unlocked", {});
  tell(forge, identity, repository, now, locked ? "locked" : "unlocked");
  return now;
}

/** With its comments and everything that it ever said. Letters that quoted it stay where they are. */
export function deleteIssue(forge: Forge, identity: Identity, repository: Repository, issue: Issue): void {
  const { tables } = forge.ports;
  tell(forge, identity, repository, issue, "deleted");
  const of = (it: { readonly repository: number; readonly number: number }) =>
    it.repository === issue.repository && it.number === issue.number;
  for (const comment of tables.of(COMMENTS).filter(of)) tables.of(COMMENTS).delete(String(comment.id));
  for (const event of tables.of(ISSUE_EVENTS).filter(of)) tables.of(ISSUE_EVENTS).delete(String(event.id));
  tables.of(ISSUES).delete(issueKey(issue));
}

function put(forge: Forge, issue: Issue, fields: Partial<Issue>): Issue {
  return forge.ports.tables.of(ISSUES).change(issueKey(issue), { updatedAtMs: forge.now(), ...fields });
}

export function noteEvent(
  forge: Forge,
  { login }: Identity,
  issue: Pick<Issue, "repository" | "number">,
  event: string,
  data: IssueEvent["data"],
): void {
  const { tables, now } = forge.ports;
  const id = tables.next("forge/issue-event", 2_200_001);
  const { repository, number } = issue;
  tables.of(ISSUE_EVENTS).set(String(id), { id, repository, number, event, actor: login, atMs: now(), data });
}

/** An event about an issue, or about the pull request that it is. */
export function tell(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  issue: Issue,
  action: string,
  more: { readonly [key: string]: Json | undefined } = {},
): void {
  const pull = issue.pull ? forge.ports.tables.of(PULLS).get(issueKey(issue)) : undefined;
  if (pull) {
    const pull_request = inEvent(forge, repository, issue, pull);
    happened(forge, identity, repository, "pull_request", action, {
      number: issue.number,
      pull_request,
      ...more,
    });
  } else
    happened(forge, identity, repository, "issues", action, {
      issue: issueJson(forge, repository, issue),
      ...more,
    });
}

/** As webhooks have it: whether it merges is not known yet. */
function inEvent(forge: Forge, repository: Repository, issue: Issue, pull: Pull): Json {
  const size = sizeOf(forge, repository, pull);
  return fullPullJson(forge, repository, issue, pull, {
    ...size,
    mergeable: null,
    mergeableState: "unknown",
  });
}
