/**
 * Whether a run for a pull request of a fork has to be approved first.
 * https://docs.github.com/en/actions/how-tos/manage-workflow-runs/approve-runs-from-forks
 */
import type { ActionsSettings } from "../../world/services/forge/actions/model.ts";
import type { Forge } from "../../world/services/forge/forge.ts";
import { atLeast, type Repository } from "../../world/services/forge/model.ts";
import { record, text, type Occasion } from "./occasion.ts";

/** Who never had anything merged; the second never had anything merged anywhere. */
const NEWCOMERS = {
  first_time_contributors: ["FIRST_TIME_CONTRIBUTOR", "FIRST_TIMER", "NONE", ""],
  first_time_contributors_new_to_github: ["FIRST_TIMER"],
} as const;

export function needsApproval(
  forge: Forge,
  repository: Repository,
  { event, fromFork, actor, payload }: Occasion,
  { forkApproval }: ActionsSettings,
): boolean {
  if (!fromFork || event !== "pull_request" || actor === "dependabot[bot]") return false;
  const pull = record(payload["pull_request"]);
  const author = text(record(pull["user"])["login"]);
  const trusted = [actor, author].every((login) => atLeast(forge.role(repository, login), "write"));
  if (trusted) return false;
  if (forkApproval === "all_external_contributors") return true;
  return (NEWCOMERS[forkApproval] as readonly string[]).includes(text(pull["author_association"]));
}
