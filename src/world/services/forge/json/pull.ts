/** Pull requests and reviews as the API writes them. */
import type { Json } from "../../../../base/json.ts";
import { associationOf } from "../association.ts";
import type { Forge } from "../forge.ts";
import { API, FORGE_ORIGIN } from "../host.ts";
import type { Issue } from "../issue.ts";
import { repositoryId, type Repository } from "../model.ts";
import { REVIEW_COMMENTS, type Pull, type PullEnd, type Review, type ReviewComment } from "../pull.ts";
import type { PullSize } from "../pullContents.ts";
import { TEAMS } from "../team.ts";
import { time, timeOrNull } from "../rest/answer.ts";
import { personJson, personOrNull } from "./account.ts";
import { issueJson } from "./issue.ts";
import { bareRepositoryJson } from "./repository.ts";
import { teamJson } from "./team.ts";

type Shape = { readonly [key: string]: Json };

/** As it stands in lists: without what has to be computed. */
export function pullJson(forge: Forge, repository: Repository, issue: Issue, pull: Pull): Shape {
  const id = repositoryId(repository);
  const url = `${API}/repos/${id}/pulls/${pull.number}`;
  const html = `${FORGE_ORIGIN}/${id}/pull/${pull.number}`;
  const about = issueJson(forge, repository, issue);
  const pick = (...names: string[]) => Object.fromEntries(names.map((name) => [name, about[name] ?? null]));
  const teams = forge.ports.tables.of(TEAMS);
  return {
    url,
    id: pull.id,
    node_id: `PR_${pull.id}`,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: `${API}/repos/${id}/issues/${pull.number}`,
    ...pick("number", "state", "locked", "title", "user", "body", "created_at", "updated_at", "closed_at"),
    merged_at: timeOrNull(pull.mergedAtMs),
    merge_commit_sha: pull.mergeSha,
    ...pick("assignee", "assignees"),
    requested_reviewers: pull.requestedReviewers.map((login) => personJson(forge, login)),
    requested_teams: pull.requestedTeams.flatMap((slug) => {
      const team = teams.get(`${repository.owner}/${slug}`.toLowerCase());
      return team ? [teamJson(team)] : [];
    }),
    ...pick("labels", "milestone"),
    draft: pull.draft,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${API}/repos/${id}/pulls/comments{/number}`,
    comments_url: `${API}/repos/${id}/issues/${pull.number}/comments`,
    statuses_url: `${API}/repos/${id}/statuses/${pull.head.sha}`,
    head: endJson(forge, pull.head),
    base: endJson(forge, pull.base),
    _links: linksJson(url, html, `${API}/repos/${id}`, pull),
    ...pick("author_association", "active_lock_reason"),
    auto_merge: null,
  };
}

function endJson(forge: Forge, end: PullEnd): Json {
  const repository = forge.byId(end.repository);
  return {
    label: `${end.owner}:${end.ref}`,
    ref: end.ref,
    sha: end.sha,
    user: personJson(forge, end.owner),
    repo: repository ? bareRepositoryJson(forge, repository) : null,
  };
}

function linksJson(url: string, html: string, repository: string, { number, head }: Pull): Json {
  const href = (to: string) => ({ href: to });
  return {
    self: href(url),
    html: href(html),
    issue: href(`${repository}/issues/${number}`),
    comments: href(`${repository}/issues/${number}/comments`),
    review_comments: href(`${url}/comments`),
    review_comment: href(`${repository}/pulls/comments{/number}`),
    commits: href(`${url}/commits`),
    statuses: href(`${repository}/statuses/${head.sha}`),
  };
}

/** What was computed of a pull request, for its full shape. */
export interface PullFacts extends PullSize {
  readonly mergeable: boolean | null;
  readonly mergeableState: string;
}

export function fullPullJson(
  forge: Forge,
  repository: Repository,
  issue: Issue,
  pull: Pull,
  facts: PullFacts,
): Shape {
  const { comments } = issueJson(forge, repository, issue);
  const reviewComments = forge.ports.tables
    .of(REVIEW_COMMENTS)
    .filter((it) => it.repository === pull.repository && it.pull === pull.number).length;
  return {
    ...pullJson(forge, repository, issue, pull),
    merged: pull.mergedAtMs !== null,
    mergeable: facts.mergeable,
    rebaseable: facts.mergeable,
    mergeable_state: facts.mergeableState,
    merged_by: personOrNull(forge, pull.mergedBy),
    comments: comments ?? 0,
    review_comments: reviewComments,
    maintainer_can_modify: pull.maintainerCanModify,
    commits: facts.commits,
    additions: facts.additions,
    deletions: facts.deletions,
    changed_files: facts.changedFiles,
  };
}

export function reviewJson(forge: Forge, repository: Repository, review: Review): Shape {
  const id = repositoryId(repository);
  const html = `${FORGE_ORIGIN}/${id}/pull/${review.pull}#pullrequestreview-${review.id}`;
  const pull = `${API}/repos/${id}/pulls/${review.pull}`;
  return {
    id: review.id,
    node_id: `PRR_${review.id}`,
    user: personJson(forge, review.author),
    body: review.body ?? "",
    state: review.state,
    html_url: html,
    pull_request_url: pull,
    author_association: associationOf(forge, repository, review.author),
    _links: { html: { href: html }, pull_request: { href: pull } },
    ...(review.submittedAtMs === null ? {} : { submitted_at: time(review.submittedAtMs) }),
    commit_id: review.sha,
  };
}

export function reviewCommentJson(forge: Forge, repository: Repository, comment: ReviewComment): Shape {
  const id = repositoryId(repository);
  const url = `${API}/repos/${id}/pulls/comments/${comment.id}`;
  const html = `${FORGE_ORIGIN}/${id}/pull/${comment.pull}#discussion_r${comment.id}`;
  const pull = `${API}/repos/${id}/pulls/${comment.pull}`;
  return {
    url,
    pull_request_review_id: comment.review,
    id: comment.id,
    node_id: `PRRC_${comment.id}`,
    diff_hunk: "",
    path: comment.path,
    commit_id: comment.sha,
    original_commit_id: comment.sha,
    user: personJson(forge, comment.author),
    body: comment.body ?? "",
    created_at: time(comment.createdAtMs),
    updated_at: time(comment.updatedAtMs),
    html_url: html,
    pull_request_url: pull,
    author_association: associationOf(forge, repository, comment.author),
    _links: { self: { href: url }, html: { href: html }, pull_request: { href: pull } },
    line: comment.line,
    original_line: comment.line,
    side: comment.side,
    ...(comment.inReplyTo === null ? {} : { in_reply_to_id: comment.inReplyTo }),
  };
}
