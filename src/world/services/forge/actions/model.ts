/**
 * What the forge keeps of workflows: runs, jobs, artifacts, caches, secrets, environments, runners. The pipeline writes
 * runs and jobs; everybody reads them. Shapes follow https://docs.github.com/en/rest/actions
 */
import { tableName } from "../../../../base/tables.ts";
import type { Level, PermissionName } from "../model.ts";

export const RUN_STATUSES = ["requested", "queued", "waiting", "in_progress", "completed"] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export const CONCLUSIONS = [
  "success",
  "failure",
  "cancelled",
  "skipped",
  "timed_out",
  "action_required",
  "startup_failure",
  "neutral",
] as const;
export type Conclusion = (typeof CONCLUSIONS)[number];

export interface Workflow {
  readonly id: number;
  readonly repository: string;
  /** ".github/workflows/ci.yml". */
  readonly path: string;
  readonly name: string;
  readonly state: "active" | "disabled_manually";
  readonly createdAtMs: number;
}

export interface Run {
  readonly id: number;
  /** Counts up per workflow. */
  readonly number: number;
  readonly attempt: number;
  readonly repository: string;
  readonly workflow: number;
  readonly path: string;
  /** `name:` of the workflow, or its path. */
  readonly name: string;
  /** `run-name`, title of the pull request, subject of the commit. */
  readonly title: string;
  readonly event: string;
  readonly action: string | null;
  /** The ref whose workflow and default checkout it is: "refs/heads/main", "refs/pull/7/merge". */
  readonly ref: string;
  readonly sha: string;
  /** What is shown: of a pull request its head branch and repository. */
  readonly headBranch: string | null;
  readonly headSha: string;
  readonly headRepository: string;
  readonly pulls: readonly number[];
  readonly actor: string;
  /** Who re-ran it; the actor in the first attempt. */
  readonly triggeringActor: string;
  /** A run for a pull request of a fork: read-only token, no secrets. */
  readonly fromFork: boolean;
  readonly debug: boolean;
  readonly status: RunStatus;
  readonly conclusion: Conclusion | null;
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly updatedAtMs: number;
  /** Why it could not start: file, place and sentence. */
  readonly problems: readonly Problem[];
  /** Its logs were deleted. */
  readonly logsDeleted: boolean;
}

export interface Problem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface StepRecord {
  readonly number: number;
  readonly name: string;
  readonly status: "queued" | "in_progress" | "completed";
  readonly conclusion: Conclusion | null;
  readonly startedAtMs: number | null;
  readonly completedAtMs: number | null;
}

export interface Job {
  readonly id: number;
  readonly run: number;
  readonly attempt: number;
  readonly repository: string;
  /** Key in the workflow; of a reusable workflow "call / inner". */
  readonly key: string;
  /** With the matrix: "test (20, linux)". */
  readonly name: string;
  readonly needs: readonly string[];
  readonly status: RunStatus;
  readonly conclusion: Conclusion | null;
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly completedAtMs: number | null;
  readonly steps: readonly StepRecord[];
  readonly labels: readonly string[];
  /** `runs-on: {group: …}`: only runners of that group. */
  readonly group?: string;
  /** Name of the runner that took it; null before. */
  readonly runner: string | null;
  readonly environment: string | null;
  /** Of a job of a reusable workflow: "owner/name/path@ref" and commit of the file that it stands in. */
  readonly workflowRef?: string;
  readonly workflowSha?: string;
  /** Effective permissions of its token. */
  readonly permissions: Readonly<Partial<Record<PermissionName, Level>>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly annotations: readonly Annotation[];
}

export interface Annotation {
  readonly level: "notice" | "warning" | "failure";
  readonly message: string;
  readonly title: string | null;
  readonly file: string | null;
  readonly line: number | null;
}

export interface Artifact {
  readonly id: number;
  readonly repository: string;
  readonly run: number;
  readonly name: string;
  /** Of the zip, which lies at `artifactPath`. */
  readonly sizeBytes: number;
  /** "sha256:…" over the zip. */
  readonly digest: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

export interface Cache {
  readonly id: number;
  readonly repository: string;
  readonly key: string;
  /** Digest over the cached paths: another set of paths is another cache. */
  readonly version: string;
  /** The scope: "refs/heads/main", "refs/pull/7/merge". */
  readonly ref: string;
  readonly sizeBytes: number;
  readonly createdAtMs: number;
  readonly lastAccessedAtMs: number;
}

/** Of a repository, an environment of it, or an organisation. */
export type Scope =
  | { readonly kind: "repository"; readonly repository: string }
  | { readonly kind: "environment"; readonly repository: string; readonly environment: string }
  | {
      readonly kind: "organisation";
      readonly organisation: string;
      /** Which repositories may use it. */
      readonly visibility: "all" | "private" | "selected";
      readonly repositories: readonly string[];
    };

export interface Secret {
  readonly scope: Scope;
  readonly name: string;
  /** Nobody reads it through the API. */
  readonly value: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

export interface Variable {
  readonly scope: Scope;
  readonly name: string;
  readonly value: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

export interface Environment {
  readonly id: number;
  readonly repository: string;
  readonly name: string;
  /** Logins, and teams as `organisation/slug`. */
  readonly reviewers: readonly string[];
  /** Who started a run may not approve it. */
  readonly preventSelfReview: boolean;
  readonly waitMinutes: number;
  /** Null: any branch. `protected`: protected branches. Otherwise name patterns. */
  readonly branches:
    | null
    | "protected"
    | readonly { readonly id: number; readonly pattern: string; readonly type: "branch" | "tag" }[];
  readonly adminsMayBypass: boolean;
  readonly createdAtMs: number;
}

/** An answer of a reviewer to a run that waits for an environment. */
export interface DeploymentReview {
  readonly run: number;
  readonly attempt: number;
  readonly environment: string;
  readonly by: string;
  readonly state: "approved" | "rejected";
  readonly comment: string;
  readonly atMs: number;
}

export interface Runner {
  readonly id: number;
  /** `owner/name` or the organisation. */
  readonly of: string;
  readonly name: string;
  /** Name of its machine (world/machines.ts). */
  readonly machine: string;
  readonly labels: readonly string[];
  readonly group: string;
  readonly ephemeral: boolean;
  readonly status: "online" | "offline";
  /** The job that it runs. */
  readonly job: number | null;
}

/** Settings of Actions per repository; where there is no record, DEFAULT_SETTINGS hold. */
export interface ActionsSettings {
  readonly enabled: boolean;
  readonly allowedActions: "all" | "local_only" | "selected";
  readonly selectedActions: {
    readonly githubOwned: boolean;
    readonly verified: boolean;
    readonly patterns: readonly string[];
  };
  readonly shaPinningRequired: boolean;
  readonly defaultPermissions: "read" | "write";
  readonly mayApprovePulls: boolean;
  readonly forkApproval:
    "first_time_contributors_new_to_github" | "first_time_contributors" | "all_external_contributors";
  /** Claim keys that make up the subject; null for GitHub's default. */
  readonly oidcSubject: readonly string[] | null;
  /** Names and ids of owner and repository in the subject, so that a name taken over later does not match. */
  readonly oidcImmutable: boolean;
  /** Who else may use actions and reusable workflows of a private repository. */
  readonly accessLevel: "none" | "user" | "organization";
  /** How long artifacts and logs are kept at most, 1–90. */
  readonly retentionDays: number;
}

export const DEFAULT_SETTINGS: ActionsSettings = {
  enabled: true,
  allowedActions: "all",
  selectedActions: { githubOwned: true, verified: false, patterns: [] },
  shaPinningRequired: false,
  defaultPermissions: "read",
  mayApprovePulls: false,
  forkApproval: "first_time_contributors",
  oidcSubject: null,
  oidcImmutable: false,
  accessLevel: "none",
  retentionDays: 90,
};

/** By `owner/name path`. */
export const WORKFLOWS = tableName<Workflow>("actions/workflows");
/** By id. */
export const RUNS = tableName<Run>("actions/runs");
/** By id. A re-run makes new jobs. */
export const JOBS = tableName<Job>("actions/jobs");
/** By id. */
export const ARTIFACTS = tableName<Artifact>("actions/artifacts");
/** By id. */
export const CACHES = tableName<Cache>("actions/caches");
/** By `scopeKey(scope) NAME`. */
export const SECRETS = tableName<Secret>("actions/secrets");
export const VARIABLES = tableName<Variable>("actions/variables");
/** By `owner/name environment`, in lower case. */
export const ENVIRONMENTS = tableName<Environment>("actions/environments");
/** By a number of their own. */
export const REVIEWS = tableName<DeploymentReview>("actions/reviews");
/** By id. */
export const RUNNERS = tableName<Runner>("actions/runners");
/** By `owner/name`, in lower case. */
export const SETTINGS = tableName<ActionsSettings>("actions/settings");

export function scopeKey(scope: Scope): string {
  if (scope.kind === "repository") return `repository ${scope.repository}`.toLowerCase();
  if (scope.kind === "environment")
    return `environment ${scope.repository} ${scope.environment}`.toLowerCase();
  return `organisation ${scope.organisation}`.toLowerCase();
}
