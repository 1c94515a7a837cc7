/** What the scheduler keeps between happenings: plain data in tables, so that a world forks in the middle of a run. */
import type { Json } from "../../base/json.ts";
import { tableName } from "../../base/tables.ts";
import type { JobState } from "../step.ts";
import type { Permissions } from "../plan/permissions.ts";

export type Result = "success" | "failure" | "cancelled" | "skipped";

/** Beside the forge's own record of a run. */
export interface RunState {
  readonly run: number;
  /** Where its workflow file lies. */
  readonly source: string;
  readonly blob: string;
  readonly baseRef: string | null;
  readonly headRef: string | null;
  /** Inputs of a dispatch, with their types. */
  readonly inputs: { readonly [name: string]: Json };
  readonly cancelled: boolean;
  /** Key of the concurrency group that it holds or waits for. */
  readonly group: string | null;
  /** Of the present attempt: keys of nodes and legs that are taken over from the attempt before. */
  readonly rerunFailedOnly: boolean;
  /** A job of the attempt before that runs again although it succeeded. */
  readonly rerunJob: number | null;
  /** Runs of `workflow_run` after each other that led here. */
  readonly chain: number;
}

/** One use of a workflow file in a run: the run's own, and one for each job that calls a reusable one. */
export interface Call {
  readonly id: number;
  readonly run: number;
  readonly attempt: number;
  /** The leg that calls; null at the top. */
  readonly parent: number | null;
  readonly depth: number;
  readonly repository: string;
  readonly sha: string;
  /** As a full name where it is one: "refs/tags/v1"; else the commit. */
  readonly ref: string;
  readonly path: string;
  readonly blob: string;
  /** Before the keys and names of its jobs: "deploy / ". */
  readonly prefix: string;
  readonly namePrefix: string;
  readonly inputs: { readonly [name: string]: Json };
  /** All that the caller has, or by name. */
  readonly secrets: "inherit" | Readonly<Record<string, string>>;
  /** What its jobs may have at most; null for the repository's default. */
  readonly cap: Permissions | null;
}

/** One key under `jobs:` of a call. */
export interface JobNode {
  readonly id: number;
  readonly run: number;
  readonly attempt: number;
  readonly call: number;
  readonly key: string;
  readonly state: "waiting" | "running" | "done";
  readonly result: Result | null;
  readonly outputs: Readonly<Record<string, string>>;
}

/** One combination of a job's matrix; a job without a matrix has one leg. Its id is that of the job, where it is one. */
export interface Leg {
  readonly id: number;
  readonly run: number;
  readonly attempt: number;
  readonly node: number;
  readonly index: number;
  readonly total: number;
  readonly matrix: { readonly [key: string]: Json } | null;
  /** It calls a workflow. */
  readonly calls: boolean;
  readonly state: "held" | "waiting" | "queued" | "starting" | "running" | "done";
  readonly result: Result | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly continueOnError: boolean;
  readonly failFast: boolean;
  readonly maxParallel: number | null;
  readonly group: string | null;
  /** When the wait timer of its environment is over; null without one. */
  readonly waitsUntilMs: number | null;
}

export interface StepResult {
  readonly outputs: Readonly<Record<string, string>>;
  /** Before and after continue-on-error. */
  readonly outcome: Result;
  readonly conclusion: Result;
}

/** How far a running job is. */
export interface Progress {
  readonly job: number;
  readonly machine: JobState;
  /** Number of the step that is due, from 1; posts follow the steps. */
  readonly next: number;
  readonly steps: Readonly<Record<string, StepResult>>;
  readonly failed: boolean;
  readonly cancelled: boolean;
  /** Evaluated once, when the job starts. */
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  /** Something scheduled with another number is out of date. */
  readonly tick: number;
  readonly endsAtMs: number;
  readonly timeoutMinutes: number;
  /** Posts that are still to run, in their order; null before the last step. */
  readonly posts: number | null;
  /** The step whose time is not over yet. */
  readonly ending: { readonly number: number; readonly conclusion: Result } | null;
}

/** Who runs in a concurrency group and who waits for it: "run 7" or "leg 12". */
export interface Group {
  readonly holder: string;
  readonly waiting: readonly string[];
}

/** The schedule of a workflow on the default branch. */
export interface Schedule {
  readonly repository: string;
  readonly path: string;
  readonly crons: readonly string[];
  readonly actor: string;
  readonly generation: number;
}

/** By the id of the run, call, node, leg, job. */
export const RUN_STATES = tableName<RunState>("pipeline/runs");
export const CALLS = tableName<Call>("pipeline/calls");
export const NODES = tableName<JobNode>("pipeline/nodes");
export const LEGS = tableName<Leg>("pipeline/legs");
export const PROGRESS = tableName<Progress>("pipeline/progress");
/** By `owner/name group`. */
export const GROUPS = tableName<Group>("pipeline/groups");
/** By `owner/name path`. */
export const SCHEDULES = tableName<Schedule>("pipeline/schedules");
