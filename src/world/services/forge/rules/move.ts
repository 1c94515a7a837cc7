/** A ref that is about to move, and all that rules may ask about it. */
import type { Commit } from "../git/commit.ts";
import type { Objects } from "../git/objects.ts";
import type { Forge } from "../forge.ts";
import type { Repository } from "../model.ts";

/** Null stands for absence. The objects are there already. */
export interface RefMove {
  readonly ref: string;
  readonly before: string | null;
  readonly after: string | null;
}

export const MERGE_METHODS = ["merge", "squash", "rebase"] as const;

/** What a merge of a pull request brings along. Who made the pull request, reviews and owners is the caller's affair. */
export interface Merging {
  readonly method: (typeof MERGE_METHODS)[number];
  /** Head of the pull request: whose checks count. */
  readonly head: string;
  /** Approving reviews of people who may write, stale ones already left out. */
  readonly approvals: number;
  /** Somebody who may write asked for changes. */
  readonly changesRequested: boolean;
  /** Code owners of changed files who have not approved. */
  readonly ownersMissing: readonly string[];
  readonly unresolvedThreads: number;
  /** Somebody other than the last to push approved after the last push. */
  readonly lastPushApproved: boolean;
  /** The head contains the base. */
  readonly upToDate: boolean;
}

export interface Judged {
  readonly forge: Forge;
  readonly repository: Repository;
  readonly objects: Objects;
  readonly move: RefMove;
  readonly merging: Merging | null;
  /** Commits that the move brings, newest first. */
  commits(): readonly Commit[];
  /** The old commit is not before the new one. */
  rewrites(): boolean;
}
