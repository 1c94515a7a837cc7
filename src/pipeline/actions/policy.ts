/**
 * Which actions a repository may use.
 * https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/enabling-features-for-your-repository/managing-github-actions-settings-for-a-repository#managing-github-actions-permissions-for-your-repository
 */
import { settingsOf } from "../../world/services/forge/actions/settings.ts";
import type { ActionsSettings } from "../../world/services/forge/actions/model.ts";
import type { Forge } from "../../world/services/forge/forge.ts";
import { repositoryId, type Repository } from "../../world/services/forge/model.ts";
import { isFullCommit, parseReference, type RemoteReference } from "./reference.ts";

/** Owners whose actions are GitHub's own. */
const GITHUB_OWNED = ["actions", "github"];

/** Why a repository may not use an action or a reusable workflow; null where it may. The whole run fails then. */
export function policyProblem(forge: Forge, repository: Repository, uses: string): string | null {
  const reference = parseReference(uses);
  if (reference?.kind !== "remote") return null;
  const settings = settingsOf(forge, repository);
  const refused = `The action ${uses} is not allowed in ${repositoryId(repository)} because all actions must be`;
  if (!isAllowed(settings, repository, reference, uses))
    return `${refused} ${conditions(settings, repository)}.`;
  return settings.shaPinningRequired && !isFullCommit(reference.ref)
    ? `${refused} pinned to a full-length commit SHA.`
    : null;
}

function isAllowed(
  { allowedActions, selectedActions }: ActionsSettings,
  repository: Repository,
  reference: RemoteReference,
  uses: string,
): boolean {
  const owner = reference.repository.split("/")[0]?.toLowerCase() ?? "";
  if (allowedActions === "all" || owner === repository.owner.toLowerCase()) return true;
  if (allowedActions === "local_only") return false;
  if (selectedActions.githubOwned && GITHUB_OWNED.includes(owner)) return true;
  return lastMatch(selectedActions.patterns, uses.toLowerCase());
}

/** `owner/name@ref` with `*`; a pattern with `!` takes back what one before it allowed. */
function lastMatch(patterns: readonly string[], uses: string): boolean {
  const whole = uses.split("@")[0] ?? uses;
  let allowed = false;
  for (const written of patterns) {
    const pattern = written.replace(/^!/, "").toLowerCase();
    if (matchesStars(pattern, pattern.includes("@") ? uses : whole)) allowed = !written.startsWith("!");
  }
  return allowed;
}

/** `*` is anything. What stands between stars is taken where it comes first, so that no pattern costs more than one look. */
function matchesStars(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

function conditions({ allowedActions, selectedActions }: ActionsSettings, { owner }: Repository): string {
  const own = `from a repository owned by ${owner}`;
  if (allowedActions === "local_only") return own;
  const parts = [
    own,
    ...(selectedActions.githubOwned ? ["created by GitHub"] : []),
    ...(selectedActions.verified ? ["verified in the GitHub Marketplace"] : []),
    ...(selectedActions.patterns.length > 0
      ? [`match one of the patterns: ${selectedActions.patterns.join(", ")}`]
      : []),
  ];
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")}, or ${parts.at(-1)}` : own;
}
