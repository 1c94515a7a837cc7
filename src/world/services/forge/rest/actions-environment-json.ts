/** Environments and their rules as the API writes them. */
import type { Json } from "../../../../base/json.ts";
import type { Environment } from "../actions/model.ts";
import type { Forge } from "../forge.ts";
import { API, FORGE_ORIGIN } from "../host.ts";
import { personJson } from "../json/account.ts";
import { TEAMS } from "../team.ts";
import { time } from "./answer.ts";

/** What stands in other things about it. */
export function bareEnvironmentJson({ id, name, repository, createdAtMs }: Environment) {
  return {
    id,
    node_id: `EN_${id}`,
    name,
    url: `${API}/repos/${repository}/environments/${encodeURIComponent(name)}`,
    html_url: `${FORGE_ORIGIN}/${repository}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
    created_at: time(createdAtMs),
    updated_at: time(createdAtMs),
  };
}

export function environmentJson(forge: Forge, environment: Environment): Json {
  const { branches, adminsMayBypass } = environment;
  return {
    ...bareEnvironmentJson(environment),
    can_admins_bypass: adminsMayBypass,
    protection_rules: rulesJson(forge, environment),
    deployment_branch_policy:
      branches === null
        ? null
        : { protected_branches: branches === "protected", custom_branch_policies: branches !== "protected" },
  };
}

function rulesJson(forge: Forge, environment: Environment): Json[] {
  const { id, waitMinutes, reviewers, preventSelfReview, branches } = environment;
  const rule = (number: number, type: string, more: { readonly [key: string]: Json }): Json => ({
    id: id * 10 + number,
    node_id: `GA_${id * 10 + number}`,
    type,
    ...more,
  });
  return [
    ...(waitMinutes > 0 ? [rule(1, "wait_timer", { wait_timer: waitMinutes })] : []),
    ...(reviewers.length > 0
      ? [
          rule(2, "required_reviewers", {
            prevent_self_review: preventSelfReview,
            reviewers: reviewersJson(forge, environment),
          }),
        ]
      : []),
    ...(branches === null ? [] : [rule(3, "branch_policy", {})]),
  ];
}

export function reviewersJson(forge: Forge, { reviewers }: Environment): Json {
  return reviewers.map((name) =>
    name.includes("/")
      ? { type: "Team", reviewer: teamJson(forge, name) }
      : { type: "User", reviewer: personJson(forge, name) },
  );
}

function teamJson(forge: Forge, key: string): Json {
  const team = forge.ports.tables.of(TEAMS).get(key);
  if (!team) return null;
  const { id, slug, name, description, privacy, organisation } = team;
  return {
    id,
    node_id: `T_${id}`,
    name,
    slug,
    description,
    privacy,
    permission: "pull",
    url: `${API}/orgs/${organisation}/teams/${slug}`,
    html_url: `${FORGE_ORIGIN}/orgs/${organisation}/teams/${slug}`,
  };
}
