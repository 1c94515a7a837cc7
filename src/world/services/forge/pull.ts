/** A pull request, beside the issue of the same number. https://docs.github.com/en/rest/pulls/pulls */
import { tableName } from "../../../base/tables.ts";
import type { Written } from "./edit.ts";

/** One end of a pull request. */
export interface PullEnd {
  /** Number of the repository. */
  readonly repository: number;
  /** Its owner, also when the repository is gone. */
  readonly owner: string;
  /** Name of the branch. */
  readonly ref: string;
  readonly sha: string;
}

export interface Pull {
  readonly id: number;
  /** Number of the repository into which it goes. */
  readonly repository: number;
  readonly number: number;
  readonly head: PullEnd;
  readonly base: PullEnd;
  readonly draft: boolean;
  readonly maintainerCanModify: boolean;
  readonly requestedReviewers: readonly string[];
  /** Slugs. */
  readonly requestedTeams: readonly string[];
  readonly mergedAtMs: number | null;
  readonly mergedBy: string | null;
  /** The commit that it became; of an open one the commit of `refs/pull/N/merge`, null where there are conflicts. */
  readonly mergeSha: string | null;
}

export const REVIEW_STATES = ["PENDING", "APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED"] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

export interface Review extends Written {
  readonly id: number;
  readonly repository: number;
  /** Number of the pull request. */
  readonly pull: number;
  readonly state: ReviewState;
  /** The head that was reviewed. */
  readonly sha: string;
  /** Null while it is pending. */
  readonly submittedAtMs: number | null;
}

/** A comment on a line of a pull request. */
export interface ReviewComment extends Written {
  readonly id: number;
  readonly repository: number;
  readonly pull: number;
  readonly review: number | null;
  readonly path: string;
  readonly line: number | null;
  readonly side: "LEFT" | "RIGHT";
  readonly sha: string;
  readonly inReplyTo: number | null;
}

/** By issueKey. */
export const PULLS = tableName<Pull>("forge/pulls");
/** By id. */
export const REVIEWS = tableName<Review>("forge/reviews");
/** By id. */
export const REVIEW_COMMENTS = tableName<ReviewComment>("forge/review-comments");
