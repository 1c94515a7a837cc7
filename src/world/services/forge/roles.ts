/** Somebody's role on a repository: the strongest of all the ways in which they have one. */
import type { Tables } from "../../../base/tables.ts";
import { ROLES, type Repository, type Role } from "./model.ts";
import { teamsOf } from "./team.ts";
import { ACCOUNTS, MEMBERSHIPS } from "./store.ts";

export function roleOf(tables: Tables, repository: Repository, login: string | null): Role | null {
  const roles: (Role | null)[] = [repository.visibility === "public" ? "read" : null];
  if (login !== null) roles.push(...rolesOfPerson(tables, repository, login));
  return strongest(roles);
}

function rolesOfPerson(tables: Tables, repository: Repository, login: string): (Role | null)[] {
  const { owner, collaborators } = repository;
  if (login.toLowerCase() === owner.toLowerCase()) return ["admin"];
  const membership = tables.of(MEMBERSHIPS).get(`${owner}/${login}`.toLowerCase());
  const member = membership && !membership.pending ? membership : undefined;
  const asMember = member && (tables.of(ACCOUNTS).get(owner.toLowerCase())?.memberRole ?? null);
  const own = Object.keys(collaborators).find((name) => name.toLowerCase() === login.toLowerCase());
  return [
    member?.role === "admin" ? "admin" : (asMember ?? null),
    collaborators[own ?? "*"] ?? null,
    ...(member ? rolesOfTeams(tables, repository, login) : []),
  ];
}

function rolesOfTeams(tables: Tables, repository: Repository, login: string): Role[] {
  return teamsOf(tables, repository.owner, login).flatMap(({ repositories }) =>
    repositories.flatMap(({ id, role }) => (id === repository.id ? [role] : [])),
  );
}

function strongest(roles: readonly (Role | null)[]): Role | null {
  return ROLES.findLast((role) => roles.includes(role)) ?? null;
}
