/** Who may pass a ruleset: https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets */
import type { Forge } from "../forge.ts";
import type { Identity } from "../identity.ts";
import type { Repository, Role } from "../model.ts";
import { MEMBERSHIPS } from "../store.ts";
import { teamsOf } from "../team.ts";
import type { BypassActor } from "./ruleset.ts";

/** How the API numbers roles. */
const ROLE_IDS: Readonly<Record<number, Role>> = {
  1: "read",
  2: "maintain",
  3: "triage",
  4: "write",
  5: "admin",
};
/** The app of GitHub Actions: job tokens are its. */
export const ACTIONS_APP = 15_368;

export function mayBypass(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  actors: readonly BypassActor[],
  byPullRequest: boolean,
): boolean {
  return actors.some(
    (actor) =>
      (actor.bypass_mode !== "pull_request" || byPullRequest) && isActor(forge, identity, repository, actor),
  );
}

function isActor(forge: Forge, identity: Identity, repository: Repository, actor: BypassActor): boolean {
  const { grants, login } = identity;
  if (actor.actor_type === "DeployKey") return grants.kind === "deploy-key";
  if (actor.actor_type === "Integration") return grants.kind === "job" && actor.actor_id === ACTIONS_APP;
  if (grants.kind === "job" || grants.kind === "deploy-key") return false;
  if (actor.actor_type === "OrganizationAdmin") return isOwner(forge, repository.owner, login);
  if (actor.actor_type === "Team")
    return teamsOf(forge.ports.tables, repository.owner, login).some(({ id }) => id === actor.actor_id);
  const role = actor.actor_id === null ? undefined : ROLE_IDS[actor.actor_id];
  return role !== undefined && forge.role(repository, login) === role;
}

function isOwner(forge: Forge, organisation: string, login: string): boolean {
  const member = forge.ports.tables.of(MEMBERSHIPS).get(`${organisation}/${login}`.toLowerCase());
  return member?.role === "admin" && !member.pending;
}
