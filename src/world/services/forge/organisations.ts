/** Organisations: members, outside collaborators, and what leaving means. */
import { tellRemoval } from "./exposures.ts";
import type { Forge } from "./forge.ts";
import type { Membership, Repository } from "./model.ts";
import { repositoryId } from "./model.ts";
import { MEMBERSHIPS } from "./store.ts";
import { teamKey, TEAMS, teamsOf } from "./team.ts";

export function membershipKey(organisation: string, login: string): string {
  return `${organisation}/${login}`.toLowerCase();
}

export function membershipOf(forge: Forge, organisation: string, login: string): Membership | undefined {
  return forge.ports.tables.of(MEMBERSHIPS).get(membershipKey(organisation, login));
}

/** Also those who were invited and have not answered. */
export function membershipsOf(forge: Forge, organisation: string): Membership[] {
  return forge.ports.tables
    .of(MEMBERSHIPS)
    .filter((it) => it.organisation.toLowerCase() === organisation.toLowerCase());
}

export function membersOf(forge: Forge, organisation: string): Membership[] {
  return membershipsOf(forge, organisation).filter(({ pending }) => !pending);
}

export function isMember(forge: Forge, organisation: string, login: string | null): boolean {
  const membership = login === null ? undefined : membershipOf(forge, organisation, login);
  return membership !== undefined && !membership.pending;
}

export function isOwner(forge: Forge, organisation: string, login: string | null): boolean {
  const membership = login === null ? undefined : membershipOf(forge, organisation, login);
  return membership?.role === "admin" && !membership.pending;
}

/** Organisations in which somebody is. */
export function organisationsOf(forge: Forge, login: string): Membership[] {
  return forge.ports.tables
    .of(MEMBERSHIPS)
    .filter((it) => it.login.toLowerCase() === login.toLowerCase() && !it.pending);
}

export function repositoriesOf(forge: Forge, owner: string): Repository[] {
  return forge.repositories.filter((it) => it.owner.toLowerCase() === owner.toLowerCase());
}

export function putMembership(forge: Forge, membership: Membership): Membership {
  const { organisation, login } = membership;
  return forge.ports.tables.of(MEMBERSHIPS).set(membershipKey(organisation, login), membership);
}

/**
 * Takes somebody out of an organisation: of its teams and of its repositories, where they were named themselves.
 * What they own elsewhere stays, their tokens too: those just open nothing here any more.
 */
export function removeMember(forge: Forge, organisation: string, login: string): void {
  const { tables } = forge.ports;
  tables.of(MEMBERSHIPS).delete(membershipKey(organisation, login));
  for (const team of teamsOf(tables, organisation, login))
    tables.of(TEAMS).change(teamKey(team), {
      members: team.members.filter((member) => member.login.toLowerCase() !== login.toLowerCase()),
    });
  for (const repository of repositoriesOf(forge, organisation)) removeCollaborator(forge, repository, login);
  tellRemoval(forge, organisation, login);
}

export function removeCollaborator(forge: Forge, repository: Repository, login: string): void {
  const collaborators = Object.fromEntries(
    Object.entries(repository.collaborators).filter(([name]) => name.toLowerCase() !== login.toLowerCase()),
  );
  forge.changeRepository(repositoryId(repository), { collaborators });
}

/** People who are named on a repository of an organisation without being in it. */
export function outsideCollaborators(forge: Forge, organisation: string): string[] {
  const names = repositoriesOf(forge, organisation).flatMap(({ collaborators }) =>
    Object.keys(collaborators),
  );
  return [...new Set(names)].filter((login) => login !== "*" && !isMember(forge, organisation, login)).sort();
}
