/** https://docs.github.com/en/rest/collaborators/collaborators */
import type { Json } from "../../../../base/json.ts";
import { tableName } from "../../../../base/tables.ts";
import { happened } from "../happened.ts";
import { API, FORGE_ORIGIN } from "../host.ts";
import { personJson } from "../json/account.ts";
import { bareRepositoryJson } from "../json/repository.ts";
import { permissionOf, roleOfPermission } from "../json/team.ts";
import { atLeast, repositoryId, type Repository, type Role } from "../model.ts";
import { notify } from "../notifications.ts";
import { isMember, membersOf, removeCollaborator } from "../organisations.ts";
import { audited } from "./audited.ts";
import { textField } from "./request-body.ts";
import { failure, invalid, json, list, noContent, notFound, time } from "./answer.ts";
import { onRepository, onSite, type Call, type RepositoryCall, type Route } from "./route.ts";

/** Somebody was asked to join a repository and has not answered. */
export interface Invitation {
  readonly id: number;
  readonly repository: number;
  readonly invitee: string;
  readonly inviter: string;
  readonly role: Role;
  readonly createdAtMs: number;
}

/** By id. */
export const INVITATIONS = tableName<Invitation>("forge/invitations");

export const collaboratorRoutes: readonly Route[] = [
  onRepository("GET", "/collaborators", ["contents", "write"], listCollaborators),
  onRepository("GET", "/collaborators/{username}", ["contents", "write"], checkCollaborator),
  onRepository("PUT", "/collaborators/{username}", ["administration", "write"], putCollaborator),
  onRepository("DELETE", "/collaborators/{username}", "user", deleteCollaborator),
  onRepository("GET", "/collaborators/{username}/permission", ["metadata", "read"], showPermission),
  onRepository("GET", "/invitations", ["administration", "read"], listInvitations),
  onRepository("DELETE", "/invitations/{id}", ["administration", "write"], deleteInvitation),
  onSite("GET", "/user/repository_invitations", "user", listMine),
  onSite("PATCH", "/user/repository_invitations/{id}", "user", accept),
  onSite("DELETE", "/user/repository_invitations/{id}", "user", decline),
];

/** Everybody who has a role there beyond what everybody has. */
function people(call: RepositoryCall): string[] {
  const { forge, repository, url } = call;
  const direct = Object.keys(repository.collaborators).filter((login) => login !== "*");
  if (url.searchParams.get("affiliation") === "direct") return direct;
  const outside = direct.filter((login) => !isMember(forge, repository.owner, login));
  if (url.searchParams.get("affiliation") === "outside") return outside;
  const owner = forge.account(repository.owner);
  const members =
    owner?.type === "Organization"
      ? membersOf(forge, repository.owner).map(({ login }) => login)
      : [repository.owner];
  return [...new Set([...members, ...direct])].filter((login) => forge.role(repository, login) !== null);
}

function listCollaborators(call: RepositoryCall): Response {
  const { forge, repository } = call;
  return list(call, people(call), (login) => collaboratorJson(call, login, forge.role(repository, login)));
}

function collaboratorJson({ forge }: RepositoryCall, login: string, role: Role | null): Json {
  return {
    ...(personJson(forge, login) as { readonly [key: string]: Json }),
    permissions: {
      pull: role !== null,
      triage: atLeast(role, "triage"),
      push: atLeast(role, "write"),
      maintain: atLeast(role, "maintain"),
      admin: role === "admin",
    },
    role_name: role,
  };
}

function checkCollaborator(call: RepositoryCall): Response {
  const login = (call.params["username"] as string).toLowerCase();
  return people(call).some((name) => name.toLowerCase() === login) ? noContent() : notFound();
}

/** A member of the organisation is let in at once; anybody else is invited. */
function putCollaborator(call: RepositoryCall): Response {
  const { forge, repository, params, body, identity } = call;
  const person = forge.account(params["username"] as string);
  if (person?.type !== "User") return notFound();
  const role = roleOfPermission(textField(body, "permission") ?? "push");
  if (role === null) return invalid({ resource: "Repository", field: "permission", code: "invalid" });
  const known = Object.keys(repository.collaborators).includes(person.login);
  if (known || isMember(forge, repository.owner, person.login)) {
    setRole(call, repository, person.login, role, known);
    return noContent();
  }
  const { tables, now } = forge.ports;
  const id = tables.next("forge/invitation", 1501);
  const invitation = tables.of(INVITATIONS).set(String(id), {
    id,
    repository: repository.id,
    invitee: person.login,
    inviter: identity?.login ?? "",
    role,
    createdAtMs: now(),
  });
  audited(call, "repository_invitation.create", repositoryId(repository), {
    user: person.login,
    permission: role,
  });
  notify(forge, {
    to: person.login,
    subject: `${invitation.inviter} invited you to ${repositoryId(repository)}`,
    body: `You can accept or decline: ${FORGE_ORIGIN}/${repositoryId(repository)}/invitations\n`,
  });
  return json(201, invitationJson(call, repository, invitation));
}

function setRole(call: Call, repository: Repository, login: string, role: Role, known: boolean): void {
  const { forge, identity } = call;
  const id = repositoryId(repository);
  const now = forge.changeRepository(id, { collaborators: { ...repository.collaborators, [login]: role } });
  audited(call, known ? "repo.update_member" : "repo.add_member", id, { user: login, permission: role });
  if (identity && !known)
    happened(forge, identity, now, "member", "added", { member: personJson(forge, login) });
}

/** Administrators remove anybody, anybody themselves. */
function deleteCollaborator(call: RepositoryCall): Response {
  const { forge, repository, params, identity } = call;
  const login = params["username"] as string;
  const own = identity?.login.toLowerCase() === login.toLowerCase();
  if (!own && !forge.allows(identity, repository, "administration", "write"))
    return failure(403, "Must have admin rights to Repository.");
  removeCollaborator(forge, repository, login);
  audited(call, "repo.remove_member", repositoryId(repository), { user: login });
  if (identity)
    happened(forge, identity, repository, "member", "removed", { member: personJson(forge, login) });
  return noContent();
}

const LEVELS = { read: "read", triage: "read", write: "write", maintain: "write", admin: "admin" } as const;

function showPermission(call: RepositoryCall): Response {
  const { forge, repository, params } = call;
  const login = params["username"] as string;
  if (!forge.account(login)) return notFound();
  const role = forge.role(repository, login);
  return json(200, {
    permission: role === null ? "none" : LEVELS[role],
    role_name: role ?? "none",
    user: collaboratorJson(call, login, role),
  });
}

function invitationJson({ forge }: Call, repository: Repository, invitation: Invitation): Json {
  const id = repositoryId(repository);
  return {
    id: invitation.id,
    node_id: `RI_${invitation.id}`,
    repository: bareRepositoryJson(forge, repository),
    invitee: personJson(forge, invitation.invitee),
    inviter: personJson(forge, invitation.inviter),
    permissions: permissionOf(invitation.role) === "pull" ? "read" : invitation.role,
    created_at: time(invitation.createdAtMs),
    expired: false,
    url: `${API}/user/repository_invitations/${invitation.id}`,
    html_url: `${FORGE_ORIGIN}/${id}/invitations`,
  };
}

function listInvitations(call: RepositoryCall): Response {
  const { forge, repository } = call;
  const found = forge.ports.tables.of(INVITATIONS).filter((it) => it.repository === repository.id);
  return list(call, found, (it) => invitationJson(call, repository, it));
}

function deleteInvitation(call: RepositoryCall): Response {
  const invitations = call.forge.ports.tables.of(INVITATIONS);
  const known = invitations.get(call.params["id"] as string);
  if (known?.repository !== call.repository.id) return notFound();
  invitations.delete(String(known.id));
  audited(call, "repository_invitation.cancel", repositoryId(call.repository), { user: known.invitee });
  return noContent();
}

function listMine(call: Call): Response {
  const { forge, identity } = call;
  const mine = forge.ports.tables
    .of(INVITATIONS)
    .filter((it) => it.invitee === identity?.login)
    .flatMap((invitation) => {
      const repository = forge.byId(invitation.repository);
      return repository ? [{ invitation, repository }] : [];
    });
  return list(call, mine, ({ invitation, repository }) => invitationJson(call, repository, invitation));
}

function mine({ forge, identity, params }: Call) {
  const invitation = forge.ports.tables.of(INVITATIONS).get(params["id"] as string);
  const repository = invitation && forge.byId(invitation.repository);
  return invitation?.invitee === identity?.login && invitation && repository
    ? { invitation, repository }
    : null;
}

function accept(call: Call): Response {
  const found = mine(call);
  if (!found) return notFound();
  const { invitation, repository } = found;
  call.forge.ports.tables.of(INVITATIONS).delete(String(invitation.id));
  setRole(call, repository, invitation.invitee, invitation.role, false);
  return noContent();
}

function decline(call: Call): Response {
  const found = mine(call);
  if (!found) return notFound();
  call.forge.ports.tables.of(INVITATIONS).delete(String(found.invitation.id));
  return noContent();
}
