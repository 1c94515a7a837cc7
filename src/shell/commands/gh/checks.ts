/** What runs and statuses say about a commit. https://docs.github.com/en/rest/checks/runs */
import type { GhCall } from "./call.ts";

export interface Check {
  readonly name: string;
  readonly workflow: string;
  readonly event: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  readonly url: string;
  readonly description: string;
}

/** Worst first, as they are listed. */
export type Bucket = "fail" | "cancel" | "pending" | "skipping" | "pass";
export const BUCKETS: readonly Bucket[] = ["fail", "cancel", "pending", "skipping", "pass"];

interface CheckRun {
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly started_at?: string | null;
  readonly completed_at?: string | null;
  readonly details_url?: string | null;
  readonly html_url?: string | null;
  readonly output?: { readonly title?: string | null } | null;
}

interface Status {
  readonly context: string;
  readonly state: string;
  readonly description?: string | null;
  readonly target_url?: string | null;
  readonly created_at?: string | null;
  readonly updated_at?: string | null;
}

interface RunOfCommit {
  readonly id: number;
  readonly name: string | null;
  readonly event: string;
}

/** Check runs and statuses of a commit. */
export async function checksOf(call: GhCall, sha: string): Promise<Check[]> {
  const at = await call.at();
  const runs = await call.list<CheckRun>(`${at}/commits/${sha}/check-runs`, undefined, "check_runs");
  const workflows = runs.length > 0 ? await runsOf(call, sha) : [];
  const status = await call.find<{ statuses?: readonly Status[] }>(`${at}/commits/${sha}/status`);
  return [...runs.map((run) => fromRun(run, workflows)), ...(status?.statuses ?? []).map(fromStatus)];
}

async function runsOf(call: GhCall, sha: string): Promise<RunOfCommit[]> {
  return call.list<RunOfCommit>(
    `${await call.at()}/actions/runs?head_sha=${sha}`,
    undefined,
    "workflow_runs",
  );
}

function fromRun(run: CheckRun, runs: readonly RunOfCommit[]): Check {
  const url = run.details_url ?? run.html_url ?? "";
  const id = Number(/\/runs\/(\d+)/.exec(url)?.[1]);
  const found = runs.find((it) => it.id === id);
  return {
    name: run.name,
    workflow: found?.name ?? "",
    event: found?.event ?? "",
    status: run.status,
    conclusion: run.conclusion,
    startedAt: run.started_at ?? null,
    completedAt: run.completed_at ?? null,
    url,
    description: run.output?.title ?? "",
  };
}

function fromStatus(status: Status): Check {
  return {
    name: status.context,
    workflow: "",
    event: "",
    status: status.state === "pending" ? "pending" : "completed",
    conclusion: status.state === "pending" ? null : status.state,
    startedAt: status.created_at ?? null,
    completedAt: status.updated_at ?? null,
    url: status.target_url ?? "",
    description: status.description ?? "",
  };
}

export function bucketOf({ status, conclusion }: Check): Bucket {
  if (status !== "completed") return "pending";
  if (conclusion === "success") return "pass";
  if (conclusion === "skipped" || conclusion === "neutral") return "skipping";
  return conclusion === "cancelled" ? "cancel" : "fail";
}
