/** Teams: making and changing them. */
import type { Forge } from "./forge.ts";
import type { Repository, Role } from "./model.ts";
import { teamKey, TEAMS, type Team } from "./team.ts";

export function teamOf(forge: Forge, organisation: string, slug: string): Team | undefined {
  return forge.ports.tables.of(TEAMS).get(teamKey({ organisation, slug }));
}

export function teamsIn(forge: Forge, organisation: string): Team[] {
  return forge.ports.tables
    .of(TEAMS)
    .filter((team) => team.organisation.toLowerCase() === organisation.toLowerCase());
}

export function createTeam(
  forge: Forge,
  organisation: string,
  {
    name,
    description = "",
    privacy = "closed",
  }: Pick<Team, "name"> & Partial<Pick<Team, "description" | "privacy">>,
): Team {
  const team: Team = {
    id: forge.ports.tables.next("forge/team", 1201),
    organisation,
    slug: slugOf(name),
    name,
    description,
    privacy,
    members: [],
    repositories: [],
  };
  return forge.ports.tables.of(TEAMS).set(teamKey(team), team);
}

export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

export function changeTeam(forge: Forge, team: Team, fields: Partial<Team>): Team {
  return forge.ports.tables.of(TEAMS).change(teamKey(team), fields);
}

export function deleteTeam(forge: Forge, team: Team): void {
  forge.ports.tables.of(TEAMS).delete(teamKey(team));
}

export function putTeamMember(
  forge: Forge,
  team: Team,
  login: string,
  role: "maintainer" | "member" = "member",
): Team {
  return changeTeam(forge, team, { members: [...without(team, login), { login, role }] });
}

export function removeTeamMember(forge: Forge, team: Team, login: string): Team {
  return changeTeam(forge, team, { members: without(team, login) });
}

function without({ members }: Team, login: string): Team["members"] {
  return members.filter((member) => member.login.toLowerCase() !== login.toLowerCase());
}

export function putTeamRepository(forge: Forge, team: Team, { id }: Repository, role: Role): Team {
  const others = team.repositories.filter((it) => it.id !== id);
  return changeTeam(forge, team, { repositories: [...others, { id, role }] });
}

export function removeTeamRepository(forge: Forge, team: Team, { id }: Repository): Team {
  return changeTeam(forge, team, { repositories: team.repositories.filter((it) => it.id !== id) });
}
