/** Whether the checks that a rule names have passed for a commit. */
import type { Tables } from "../../../../base/tables.ts";
import { CHECK_RUNS, STATUSES } from "../check.ts";
import type { Repository } from "../model.ts";

export interface RequiredCheck {
  readonly context: string;
  /** Id of the app that has to report it; absent for anybody. */
  readonly integration_id?: number | null;
}

export type CheckState = "success" | "failure" | "pending" | "expected";

const APPS: Readonly<Record<number, string>> = { 15_368: "github-actions" };
const PASSING: ReadonlySet<string> = new Set(["success", "neutral", "skipped"]);

/** The newest report of that name counts; `expected`: nobody reported it. */
export function checkState(
  tables: Tables,
  repository: Repository,
  sha: string,
  { context, integration_id }: RequiredCheck,
): CheckState {
  const app = integration_id == null ? null : (APPS[integration_id] ?? "");
  const run = tables
    .of(CHECK_RUNS)
    .all()
    .findLast(
      (it) =>
        it.repository === repository.id &&
        it.sha === sha &&
        it.name === context &&
        (app === null || it.app === app),
    );
  if (run) {
    if (run.status !== "completed") return "pending";
    return PASSING.has(run.conclusion ?? "") ? "success" : "failure";
  }
  if (app !== null) return "expected";
  const status = tables
    .of(STATUSES)
    .all()
    .findLast((it) => it.repository === repository.id && it.sha === sha && it.context === context);
  if (!status) return "expected";
  return status.state === "success" || status.state === "pending" ? status.state : "failure";
}
