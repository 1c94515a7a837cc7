/** https://docs.github.com/en/rest/pulls/reviews and https://docs.github.com/en/rest/pulls/comments */
import type { Json } from "../../../../base/json.ts";
import type { Identity } from "../identity.ts";
import { reviewCommentJson, reviewJson } from "../json/pull.ts";
import { REVIEW_COMMENTS, REVIEWS, type Review, type ReviewComment } from "../pull.ts";
import { pullOf, type Request } from "../pulls.ts";
import {
  createLineComment,
  createReview,
  deleteLineComment,
  deleteReview,
  dismissReview,
  editLineComment,
  editReview,
  lineCommentsOf,
  reviewRefusal,
  reviewsOf,
  submitReview,
  type VERDICTS,
  type NewLineComment,
} from "../reviews.ts";
import { repositoryId } from "../model.ts";
import { audited } from "./audited.ts";
import { choiceField, own, textField } from "./request-body.ts";
import { failure, invalid, json, list, noContent, notFound } from "./answer.ts";
import { isShut, mayDiscuss, refused } from "./issue-call.ts";
import { asParticipant, onPull, type PullCall, type SignedPullCall } from "./pull-call.ts";
import { onRepository, type RepositoryCall, type Route } from "./route.ts";

export const reviewRoutes: readonly Route[] = [
  onRepository("GET", "/pulls/{number}/reviews", ["pull_requests", "read"], onPull(listReviews)),
  onRepository("POST", "/pulls/{number}/reviews", "user", asParticipant(postReview)),
  onRepository("GET", "/pulls/{number}/reviews/{review}", ["pull_requests", "read"], onPull(showReview)),
  onRepository("PUT", "/pulls/{number}/reviews/{review}", "user", asParticipant(putReview)),
  onRepository("DELETE", "/pulls/{number}/reviews/{review}", "user", asParticipant(removePending)),
  onRepository("POST", "/pulls/{number}/reviews/{review}/events", "user", asParticipant(submit)),
  onRepository(
    "PUT",
    "/pulls/{number}/reviews/{review}/dismissals",
    ["pull_requests", "write"],
    onPull(dismiss),
  ),
  onRepository(
    "GET",
    "/pulls/{number}/reviews/{review}/comments",
    ["pull_requests", "read"],
    onPull(listOfReview),
  ),
  onRepository("GET", "/pulls/{number}/comments", ["pull_requests", "read"], onPull(listComments)),
  onRepository("POST", "/pulls/{number}/comments", "user", asParticipant(postComment)),
  onRepository("GET", "/pulls/comments/{id}", ["pull_requests", "read"], showComment),
  onRepository("PATCH", "/pulls/comments/{id}", "user", patchComment),
  onRepository("DELETE", "/pulls/comments/{id}", "user", destroyComment),
];

function listReviews(call: PullCall): Response {
  const { forge, repository, request, identity } = call;
  const seen = reviewsOf(forge, request).filter(
    ({ state, author }) => state !== "PENDING" || author === identity?.login,
  );
  return list(call, seen, (review) => reviewJson(forge, repository, review));
}

const EVENTS = [
  "APPROVE",
  "REQUEST_CHANGES",
  "COMMENT",
] as const satisfies readonly (keyof typeof VERDICTS)[];

/** 422 with a sentence alone, as GitHub answers here. */
function unprocessable(message: string): Response {
  return failure(422, "Unprocessable Entity", { errors: [message] });
}

function postReview(call: SignedPullCall): Response {
  const { forge, repository, identity, request, body } = call;
  const event = own(body, "event") === undefined ? undefined : choiceField(body, "event", EVENTS);
  if (event === null) return invalid({ resource: "PullRequestReview", field: "event", code: "invalid" });
  const comments = commentsIn(body);
  const text = textField(body, "body") ?? "";
  if (text === "" && (event === "REQUEST_CHANGES" || (event === "COMMENT" && comments.length === 0)))
    return unprocessable("Review body is required when event is COMMENT or REQUEST_CHANGES");
  const why = event && reviewRefusal(forge, identity, repository, request, event);
  if (why) return unprocessable(why);
  const sha = textField(body, "commit_id");
  const review = createReview(forge, identity, repository, request, {
    ...(event ? { event } : {}),
    ...(sha === null ? {} : { sha }),
    body: text,
    comments,
  });
  if (event)
    audited(call, "pull_request_review.submit", repositoryId(repository), reviewData(request, event));
  return json(200, reviewJson(forge, repository, review));
}

function reviewData({ pull }: Request, event: string) {
  return { number: pull.number, event: event.toLowerCase() };
}

function commentsIn(body: RepositoryCall["body"]): NewLineComment[] {
  const value = own(body, "comments");
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).flatMap((it) => {
    if (it === null || typeof it !== "object" || Array.isArray(it)) return [];
    const fields = it as RepositoryCall["body"];
    const [path, text] = [textField(fields, "path"), textField(fields, "body")];
    return path === null || text === null ? [] : [{ path, body: text, line: lineIn(fields) }];
  });
}

function lineIn(body: RepositoryCall["body"]): number | null {
  const line = own(body, "line") ?? own(body, "position");
  return typeof line === "number" && Number.isSafeInteger(line) && line > 0 ? line : null;
}

function reviewIn({ forge, request, params }: PullCall): Review | undefined {
  const review = forge.ports.tables.of(REVIEWS).get(params["review"] as string);
  const { repository, number } = request.pull;
  return review?.repository === repository && review.pull === number ? review : undefined;
}

function showReview(call: PullCall): Response {
  const review = reviewIn(call);
  return review ? json(200, reviewJson(call.forge, call.repository, review)) : notFound();
}

function putReview(call: SignedPullCall): Response {
  const { forge, repository, identity, request, body } = call;
  const review = reviewIn(call);
  const text = textField(body, "body");
  if (!review || text === null) return review ? unprocessable("body is missing") : notFound();
  if (review.author !== identity.login) return failure(403, "Must have admin rights to Repository.");
  return json(
    200,
    reviewJson(forge, repository, editReview(forge, identity, repository, request, review, text)),
  );
}

function removePending(call: SignedPullCall): Response {
  const { forge, repository, identity } = call;
  const review = reviewIn(call);
  if (!review || review.author !== identity.login) return notFound();
  if (review.state !== "PENDING") return unprocessable("Can not delete a non-pending pull request review");
  deleteReview(forge, review);
  return json(200, reviewJson(forge, repository, review));
}

function submit(call: SignedPullCall): Response {
  const { forge, repository, identity, request, body } = call;
  const review = reviewIn(call);
  if (!review || review.author !== identity.login) return notFound();
  if (review.state !== "PENDING") return unprocessable("Could not submit a review that is not pending");
  const event = choiceField(body, "event", EVENTS);
  if (event === null) return invalid({ resource: "PullRequestReview", field: "event", code: "invalid" });
  const why = reviewRefusal(forge, identity, repository, request, event);
  if (why) return unprocessable(why);
  const text = textField(body, "body") ?? review.body;
  return json(
    200,
    reviewJson(forge, repository, submitReview(forge, identity, repository, request, review, event, text)),
  );
}

function dismiss(call: PullCall): Response {
  const { forge, repository, identity, request, body } = call;
  const review = reviewIn(call);
  if (!review || !identity) return notFound();
  if (!textField(body, "message")) return unprocessable("message is missing");
  if (review.state !== "APPROVED" && review.state !== "CHANGES_REQUESTED")
    return unprocessable(`Can not dismiss a ${review.state.toLowerCase()} pull request review`);
  return json(
    200,
    reviewJson(forge, repository, dismissReview(forge, identity, repository, request, review)),
  );
}

function listOfReview(call: PullCall): Response {
  const review = reviewIn(call);
  if (!review) return notFound();
  const found = lineCommentsOf(call.forge, call.request).filter((it) => it.review === review.id);
  return list(call, found, (comment) => reviewCommentJson(call.forge, call.repository, comment));
}

function listComments(call: PullCall): Response {
  return list(call, lineCommentsOf(call.forge, call.request), (comment) =>
    reviewCommentJson(call.forge, call.repository, comment),
  );
}

function postComment(call: SignedPullCall): Response {
  const { forge, repository, identity, request, body } = call;
  if (isShut(call, request.issue)) return failure(403, "Unable to create comment because issue is locked.");
  const replied = own(body, "in_reply_to");
  const first =
    typeof replied === "number" ? forge.ports.tables.of(REVIEW_COMMENTS).get(String(replied)) : undefined;
  const [path, text] = [textField(body, "path") ?? first?.path ?? null, textField(body, "body")];
  if (text === null)
    return invalid({ resource: "PullRequestReviewComment", field: "body", code: "missing_field" });
  if (path === null)
    return invalid({ resource: "PullRequestReviewComment", field: "path", code: "missing_field" });
  const comment = createLineComment(forge, identity, repository, request, {
    path,
    body: text,
    line: lineIn(body) ?? first?.line ?? null,
    side: choiceField(body, "side", ["LEFT", "RIGHT"] as const) ?? "RIGHT",
    inReplyTo: first?.id ?? null,
  });
  return json(201, reviewCommentJson(forge, repository, comment));
}

interface Found {
  readonly comment: ReviewComment;
  readonly request: Request;
}

function commentIn({ forge, repository, params }: RepositoryCall): Found | null {
  const comment = forge.ports.tables.of(REVIEW_COMMENTS).get(params["id"] as string);
  const request = comment?.repository === repository.id ? pullOf(forge, repository, comment.pull) : undefined;
  return comment && request ? { comment, request } : null;
}

function showComment(call: RepositoryCall): Response {
  const found = commentIn(call);
  return found ? json(200, reviewCommentJson(call.forge, call.repository, found.comment)) : notFound();
}

/** Authors change their own, people who may write anybody's. */
function changeable(call: RepositoryCall): (Found & { readonly identity: Identity }) | Response {
  const { forge, repository, identity } = call;
  const found = commentIn(call);
  if (!found || !identity) return notFound();
  if (!mayDiscuss(call, { pull: true })) return refused(identity);
  const may =
    found.comment.author === identity.login || forge.allows(identity, repository, "pull_requests", "write");
  return may ? { ...found, identity } : failure(403, "Must have push access to Repository.");
}

function patchComment(call: RepositoryCall): Response {
  const found = changeable(call);
  if (found instanceof Response) return found;
  const { forge, repository, body } = call;
  const text = textField(body, "body");
  if (text === null)
    return invalid({ resource: "PullRequestReviewComment", field: "body", code: "missing_field" });
  const now = editLineComment(forge, found.identity, repository, found.request, found.comment, text);
  return json(200, reviewCommentJson(forge, repository, now));
}

function destroyComment(call: RepositoryCall): Response {
  const found = changeable(call);
  if (found instanceof Response) return found;
  deleteLineComment(call.forge, found.identity, call.repository, found.request, found.comment);
  return noContent();
}
