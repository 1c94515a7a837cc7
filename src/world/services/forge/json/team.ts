/** Teams as the API writes them. */
import type { Json } from "../../../../base/json.ts";
import { API, FORGE_ORIGIN } from "../host.ts";
import type { Role } from "../model.ts";
import type { Team } from "../team.ts";

export function teamJson(team: Team): { readonly [key: string]: Json } {
  const url = `${API}/orgs/${team.organisation}/teams/${team.slug}`;
  return {
    id: team.id,
    node_id: `T_${team.id}`,
    url,
    html_url: `${FORGE_ORIGIN}/orgs/${team.organisation}/teams/${team.slug}`,
    name: team.name,
    slug: team.slug,
    description: team.description,
    privacy: team.privacy,
    notification_setting: "notifications_enabled",
    permission: "pull",
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    parent: null,
  };
}

/** The API says pull and push where people say read and write. */
const PERMISSION = {
  read: "pull",
  triage: "triage",
  write: "push",
  maintain: "maintain",
  admin: "admin",
} as const;

export function permissionOf(role: Role): string {
  return PERMISSION[role];
}

export function roleOfPermission(permission: string): Role | null {
  const found = (Object.keys(PERMISSION) as Role[]).find(
    (role) => role === permission || PERMISSION[role] === permission,
  );
  return found ?? null;
}
