/** Issues, their comments and labels as the API writes them. */
import type { Json } from "../../../../base/json.ts";
import { associationOf } from "../association.ts";
import type { Forge } from "../forge.ts";
import { API, FORGE_ORIGIN } from "../host.ts";
import { COMMENTS, LABELS, type Comment, type Issue, type Label } from "../issue.ts";
import { repositoryId, type Repository } from "../model.ts";
import { issueKey } from "../issue.ts";
import { PULLS } from "../pull.ts";
import { time, timeOrNull } from "../rest/answer.ts";
import { personJson, personOrNull } from "./account.ts";

export function issueJson(
  forge: Forge,
  repository: Repository,
  issue: Issue,
): { readonly [key: string]: Json } {
  const id = repositoryId(repository);
  const url = `${API}/repos/${id}/issues/${issue.number}`;
  const { tables } = forge.ports;
  const comments = tables
    .of(COMMENTS)
    .filter((it) => it.repository === issue.repository && it.number === issue.number).length;
  return {
    id: issue.id,
    node_id: `I_${issue.id}`,
    url,
    repository_url: `${API}/repos/${id}`,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: `${FORGE_ORIGIN}/${id}/${issue.pull ? "pull" : "issues"}/${issue.number}`,
    number: issue.number,
    state: issue.state,
    title: issue.title,
    body: issue.body,
    user: personJson(forge, issue.author),
    labels: issue.labels.map((name) => labelJson(repository, labelNamed(forge, repository, name))),
    assignee: personOrNull(forge, issue.assignees[0] ?? null),
    assignees: issue.assignees.map((login) => personJson(forge, login)),
    milestone: null,
    locked: issue.locked,
    active_lock_reason: issue.lockReason,
    comments,
    closed_at: timeOrNull(issue.closedAtMs),
    created_at: time(issue.createdAtMs),
    updated_at: time(issue.updatedAtMs),
    closed_by: personOrNull(forge, issue.closedBy),
    author_association: associationOf(forge, repository, issue.author),
    state_reason: issue.stateReason,
    ...(issue.pull
      ? { draft: isDraft(forge, issue), pull_request: pullLinks(forge, repository, issue) }
      : {}),
  };
}

function isDraft(forge: Forge, issue: Issue): boolean {
  return forge.ports.tables.of(PULLS).get(issueKey(issue))?.draft ?? false;
}

function pullLinks(forge: Forge, repository: Repository, issue: Issue): Json {
  const id = repositoryId(repository);
  const html = `${FORGE_ORIGIN}/${id}/pull/${issue.number}`;
  return {
    url: `${API}/repos/${id}/pulls/${issue.number}`,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    merged_at: timeOrNull(forge.ports.tables.of(PULLS).get(issueKey(issue))?.mergedAtMs ?? null),
  };
}

function labelNamed(forge: Forge, repository: Repository, name: string): Label {
  const known = forge.ports.tables.of(LABELS).get(`${repository.id}/${name}`.toLowerCase());
  return known ?? { id: 0, repository: repository.id, name, color: "ededed", description: null };
}

export function labelJson(repository: Repository, label: Label): { readonly [key: string]: Json } {
  return {
    id: label.id,
    node_id: `LA_${label.id}`,
    url: `${API}/repos/${repositoryId(repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: DEFAULT_LABELS.some(([name]) => name === label.name),
    description: label.description,
  };
}

/** What every new repository has. */
export const DEFAULT_LABELS: readonly (readonly [name: string, color: string, description: string])[] = [
  ["bug", "d73a4a", "Something isn't working"],
  ["documentation", "0075ca", "Improvements or additions to documentation"],
  ["duplicate", "cfd3d7", "This issue or pull request already exists"],
  ["enhancement", "a2eeef", "New feature or request"],
  ["good first issue", "7057ff", "Good for newcomers"],
  ["help wanted", "008672", "Extra attention is needed"],
  ["invalid", "e4e669", "This doesn't seem right"],
  ["question", "d876e3", "Further information is requested"],
  ["wontfix", "ffffff", "This will not be worked on"],
];

export function commentJson(
  forge: Forge,
  repository: Repository,
  comment: Comment,
  issue: Pick<Issue, "number" | "pull">,
): { readonly [key: string]: Json } {
  const id = repositoryId(repository);
  const page = `${FORGE_ORIGIN}/${id}/${issue.pull ? "pull" : "issues"}/${issue.number}`;
  return {
    id: comment.id,
    node_id: `IC_${comment.id}`,
    url: `${API}/repos/${id}/issues/comments/${comment.id}`,
    html_url: `${page}#issuecomment-${comment.id}`,
    issue_url: `${API}/repos/${id}/issues/${issue.number}`,
    body: comment.body ?? "",
    user: personJson(forge, comment.author),
    created_at: time(comment.createdAtMs),
    updated_at: time(comment.updatedAtMs),
    author_association: associationOf(forge, repository, comment.author),
  };
}
