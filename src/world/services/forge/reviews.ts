/** Reviews of pull requests. https://docs.github.com/en/rest/pulls/reviews */
import { settingsOf } from "./actions/settings.ts";
import { edited } from "./edit.ts";
import type { Forge } from "./forge.ts";
import { happened } from "./happened.ts";
import { ACTIONS_BOT, type Identity } from "./identity.ts";
import { pullJson, reviewCommentJson, reviewJson } from "./json/pull.ts";
import { atLeast, type Repository } from "./model.ts";
import { notifyAbout } from "./notifications.ts";
import { REVIEW_COMMENTS, REVIEWS, type Review, type ReviewComment, type ReviewState } from "./pull.ts";
import { changePull, type Request } from "./pulls.ts";

/** What a reviewer says in the API, and what the review then is. */
export const VERDICTS = {
  APPROVE: "APPROVED",
  REQUEST_CHANGES: "CHANGES_REQUESTED",
  COMMENT: "COMMENTED",
} as const satisfies Record<string, ReviewState>;

export interface NewLineComment {
  readonly path: string;
  readonly body: string;
  readonly line: number | null;
  readonly side?: "LEFT" | "RIGHT";
  readonly inReplyTo?: number | null;
}

export interface NewReview {
  /** Absent: it stays pending. */
  readonly event?: keyof typeof VERDICTS;
  readonly body?: string;
  /** The head, unless told. */
  readonly sha?: string;
  readonly comments?: readonly NewLineComment[];
}

export function reviewsOf(forge: Forge, { pull }: Request): Review[] {
  return forge.ports.tables
    .of(REVIEWS)
    .filter((it) => it.repository === pull.repository && it.pull === pull.number);
}

/** Why somebody may not give that verdict, in GitHub's words; null where they may. */
export function reviewRefusal(
  forge: Forge,
  { login }: Identity,
  repository: Repository,
  { issue }: Request,
  event: NewReview["event"],
): string | null {
  if (login === issue.author && event === "APPROVE") return "Can not approve your own pull request";
  if (login === issue.author && event === "REQUEST_CHANGES")
    return "Can not request changes on your own pull request";
  if (login === ACTIONS_BOT && event === "APPROVE" && !settingsOf(forge, repository).mayApprovePulls)
    return "GitHub Actions is not permitted to approve pull requests.";
  return null;
}

export function createReview(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  request: Request,
  { event, body = "", sha = request.pull.head.sha, comments = [] }: NewReview,
): Review {
  const { tables, now } = forge.ports;
  const id = tables.next("forge/review", 5_500_001);
  const review: Review = {
    id,
    repository: repository.id,
    pull: request.pull.number,
    author: identity.login,
    body,
    state: "PENDING",
    sha,
    submittedAtMs: null,
    createdAtMs: now(),
    updatedAtMs: now(),
    edits: [],
  };
  tables.of(REVIEWS).set(String(id), review);
  for (const comment of comments) createLineComment(forge, identity, repository, request, comment, id);
  return event === undefined ? review : submitReview(forge, identity, repository, request, review, event);
}

export function submitReview(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  request: Request,
  review: Review,
  event: keyof typeof VERDICTS,
  body: string | null = review.body,
): Review {
  const { tables, now } = forge.ports;
  const state = VERDICTS[event];
  const submitted = tables.of(REVIEWS).change(String(review.id), { state, body, submittedAtMs: now() });
  const waiting = request.pull.requestedReviewers.filter((login) => login !== identity.login);
  changePull(forge, request.pull, { requestedReviewers: waiting });
  tell(forge, identity, repository, request, submitted, "submitted");
  notifyAbout(
    forge,
    repository,
    request.issue,
    identity.login,
    body || state.toLowerCase().replace("_", " "),
  );
  return submitted;
}

export function editReview(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  request: Request,
  review: Review,
  body: string,
): Review {
  const fields = edited(review, body, identity.login, forge.now());
  const now = forge.ports.tables.of(REVIEWS).change(String(review.id), fields);
  tell(forge, identity, repository, request, now, "edited");
  return now;
}

export function dismissReview(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  request: Request,
  review: Review,
): Review {
  const now = forge.ports.tables.of(REVIEWS).change(String(review.id), { state: "DISMISSED" });
  tell(forge, identity, repository, request, now, "dismissed");
  return now;
}

export function deleteReview(forge: Forge, review: Review): void {
  const { tables } = forge.ports;
  for (const comment of tables.of(REVIEW_COMMENTS).filter((it) => it.review === review.id))
    tables.of(REVIEW_COMMENTS).delete(String(comment.id));
  tables.of(REVIEWS).delete(String(review.id));
}

/** The last verdict of each reviewer; a mere comment takes none back. */
export function verdicts(forge: Forge, request: Request): Review[] {
  const last = new Map<string, Review>();
  for (const review of reviewsOf(forge, request))
    if (review.state !== "COMMENTED" && review.state !== "PENDING") last.set(review.author, review);
  return [...last.values()];
}

/** Those of people who may write: only they count for rules. */
export function binding(forge: Forge, repository: Repository, request: Request): Review[] {
  return verdicts(forge, request).filter(
    ({ author }) => author === ACTIONS_BOT || atLeast(forge.role(repository, author), "write"),
  );
}

export function lineCommentsOf(forge: Forge, { pull }: Request): ReviewComment[] {
  return forge.ports.tables
    .of(REVIEW_COMMENTS)
    .filter((it) => it.repository === pull.repository && it.pull === pull.number);
}

export function createLineComment(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  request: Request,
  { path, body, line, side = "RIGHT", inReplyTo = null }: NewLineComment,
  review: number | null = null,
): ReviewComment {
  const { tables, now } = forge.ports;
  const id = tables.next("forge/comment", 3_300_001);
  const comment = tables.of(REVIEW_COMMENTS).set(String(id), {
    id,
    repository: repository.id,
    pull: request.pull.number,
    review,
    path,
    line,
    side,
    sha: request.pull.head.sha,
    inReplyTo,
    author: identity.login,
    body,
    createdAtMs: now(),
    updatedAtMs: now(),
    edits: [],
  });
  tellComment(forge, identity, repository, request, comment, "created");
  return comment;
}

export function editLineComment(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  request: Request,
  comment: ReviewComment,
  body: string,
): ReviewComment {
  const fields = edited(comment, body, identity.login, forge.now());
  const now = forge.ports.tables.of(REVIEW_COMMENTS).change(String(comment.id), fields);
  tellComment(forge, identity, repository, request, now, "edited");
  return now;
}

export function deleteLineComment(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  request: Request,
  comment: ReviewComment,
): void {
  forge.ports.tables.of(REVIEW_COMMENTS).delete(String(comment.id));
  tellComment(forge, identity, repository, request, comment, "deleted");
}

function tell(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  { pull, issue }: Request,
  review: Review,
  action: string,
): void {
  happened(forge, identity, repository, "pull_request_review", action, {
    review: { ...reviewJson(forge, repository, review), state: review.state.toLowerCase() },
    pull_request: pullJson(forge, repository, issue, pull),
  });
}

function tellComment(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  { pull, issue }: Request,
  comment: ReviewComment,
  action: string,
): void {
  happened(forge, identity, repository, "pull_request_review_comment", action, {
    comment: reviewCommentJson(forge, repository, comment),
    pull_request: pullJson(forge, repository, issue, pull),
  });
}
