/** What tools say about a commit: check runs, their suites, and statuses. https://docs.github.com/en/rest/checks */
import { tableName } from "../../../base/tables.ts";

export type CheckStatus = "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending";
export type CheckConclusion =
  | "success"
  | "failure"
  | "neutral"
  | "cancelled"
  | "skipped"
  | "timed_out"
  | "action_required"
  | "stale"
  | "startup_failure";

export interface CheckSuite {
  readonly id: number;
  /** Number of the repository. */
  readonly repository: number;
  readonly sha: string;
  readonly branch: string | null;
  /** Slug of the app: "github-actions". */
  readonly app: string;
  readonly createdAtMs: number;
}

export interface CheckRun {
  readonly id: number;
  readonly suite: number;
  readonly repository: number;
  readonly sha: string;
  readonly name: string;
  readonly app: string;
  readonly status: CheckStatus;
  readonly conclusion: CheckConclusion | null;
  readonly startedAtMs: number;
  readonly completedAtMs: number | null;
  readonly detailsUrl: string;
  readonly externalId: string;
  readonly output: {
    readonly title: string | null;
    readonly summary: string | null;
    readonly text: string | null;
  };
}

export const STATES = ["error", "failure", "pending", "success"] as const;

export interface CommitStatus {
  readonly id: number;
  readonly repository: number;
  readonly sha: string;
  readonly state: (typeof STATES)[number];
  readonly context: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: string;
  readonly createdAtMs: number;
}

/** By id. */
export const CHECK_SUITES = tableName<CheckSuite>("forge/check-suites");
export const CHECK_RUNS = tableName<CheckRun>("forge/check-runs");
export const STATUSES = tableName<CommitStatus>("forge/statuses");
