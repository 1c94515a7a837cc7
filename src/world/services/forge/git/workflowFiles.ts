/**
 * Changes of workflow files need a permission of their own.
 * https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps (`workflow`)
 */
import type { Forge } from "../forge.ts";
import type { Identity } from "../identity.ts";
import type { Repository } from "../model.ts";
import type { RefMove } from "../rules/move.ts";
import { changedFiles } from "./diff.ts";
import { log } from "./history.ts";
import type { Objects } from "./objects.ts";

export const WORKFLOWS = ".github/workflows/";

/** Why this identity may not bring what the move brings; null where it may. `known`: commits that are there already. */
export function workflowRefusal(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  objects: Objects,
  move: RefMove,
  known: readonly string[],
): string | null {
  const { kind } = identity.grants;
  if (repository.beingMade || kind === "session" || kind === "deploy-key" || move.after === null) return null;
  if (forge.allows(identity, repository, "workflows", "write")) return null;
  const path = firstWorkflow(objects, objects.peel(move.after), known);
  return path === null ? null : refusalFor(identity, path);
}

export function refusalFor({ grants }: Identity, path: string): string {
  const whose = grants.kind === "job" ? "a GitHub App" : "a Personal Access Token";
  const what = grants.kind === "classic" ? "`workflow` scope" : "`workflows` permission";
  return `refusing to allow ${whose} to create or update workflow \`${path}\` without ${what}`;
}

function firstWorkflow(objects: Objects, tip: string | null, known: readonly string[]): string | null {
  for (const { id, parents } of tip === null ? [] : log(objects, tip, known))
    for (const { after } of changedFiles(objects, parents[0] ?? null, id))
      if (after?.path.startsWith(WORKFLOWS)) return after.path;
  return null;
}
