/** https://docs.github.com/en/rest/orgs */
import type { Json } from "../../../../base/json.ts";
import type { Forge } from "../forge.ts";
import { API, FORGE_ORIGIN } from "../host.ts";
import { organisationJson, personJson } from "../json/account.ts";
import type { Account, Membership } from "../model.ts";
import { ROLES } from "../model.ts";
import { notify } from "../notifications.ts";
import {
  isMember,
  isOwner,
  membershipOf,
  membershipsOf,
  membersOf,
  organisationsOf,
  outsideCollaborators,
  putMembership,
  removeCollaborator,
  removeMember,
  repositoriesOf,
} from "../organisations.ts";
import { ACCOUNTS } from "../store.ts";
import { audited } from "./audited.ts";
import { choiceField, textField } from "./request-body.ts";
import { failure, invalid, json, list, noContent, notFound, time } from "./answer.ts";
import { organisationFor, seesInside } from "./organisation-call.ts";
import { onSite, type Call, type Route } from "./route.ts";

export const organisationRoutes: readonly Route[] = [
  onSite("GET", "/orgs/{org}", "anyone", showOrganisation),
  onSite("PATCH", "/orgs/{org}", "user", patchOrganisation),
  onSite("GET", "/orgs/{org}/members", "anyone", listMembers),
  onSite("GET", "/orgs/{org}/members/{username}", "anyone", checkMember),
  onSite("DELETE", "/orgs/{org}/members/{username}", "user", deleteMember),
  onSite("GET", "/orgs/{org}/public_members", "anyone", listPublicMembers),
  onSite("GET", "/orgs/{org}/public_members/{username}", "anyone", checkPublicMember),
  onSite("PUT", "/orgs/{org}/public_members/{username}", "user", (call) => publicise(call, true)),
  onSite("DELETE", "/orgs/{org}/public_members/{username}", "user", (call) => publicise(call, false)),
  onSite("GET", "/orgs/{org}/memberships/{username}", "user", showMembership),
  onSite("PUT", "/orgs/{org}/memberships/{username}", "user", setMembership),
  onSite("DELETE", "/orgs/{org}/memberships/{username}", "user", deleteMember),
  onSite("GET", "/orgs/{org}/invitations", "user", listInvitations),
  onSite("GET", "/user/memberships/orgs", "user", listMyMemberships),
  onSite("GET", "/user/memberships/orgs/{org}", "user", showMyMembership),
  onSite("PATCH", "/user/memberships/orgs/{org}", "user", acceptInvitation),
  onSite("GET", "/orgs/{org}/outside_collaborators", "user", listOutside),
  onSite("PUT", "/orgs/{org}/outside_collaborators/{username}", "user", makeOutside),
  onSite("DELETE", "/orgs/{org}/outside_collaborators/{username}", "user", deleteOutside),
];

function showOrganisation(call: Call): Response {
  const account = organisationFor(call, "look");
  return account instanceof Response ? account : json(200, fullJson(call, account));
}

function fullJson(call: Call, account: Account): Json {
  const { forge, identity } = call;
  const repositories = repositoriesOf(forge, account.login);
  const open = repositories.filter(({ visibility }) => visibility === "public").length;
  const owner = isOwner(forge, account.login, identity?.login ?? null);
  return {
    ...organisationJson(account),
    name: account.name,
    company: null,
    blog: "",
    location: null,
    email: account.email || null,
    is_verified: false,
    has_organization_projects: false,
    has_repository_projects: false,
    public_repos: open,
    public_gists: 0,
    followers: 0,
    following: 0,
    html_url: `${FORGE_ORIGIN}/${account.login}`,
    created_at: time(account.createdAtMs),
    updated_at: time(account.createdAtMs),
    type: "Organization",
    ...(owner
      ? {
          total_private_repos: repositories.length - open,
          default_repository_permission: account.memberRole ?? "none",
          members_can_create_repositories: true,
          two_factor_requirement_enabled: account.twoFactor,
        }
      : {}),
  };
}

function patchOrganisation(call: Call): Response {
  const account = organisationFor(call, "owner");
  if (account instanceof Response) return account;
  const { forge, body } = call;
  const permission = textField(body, "default_repository_permission");
  const role = permission === "none" ? null : choiceField(body, "default_repository_permission", ROLES);
  const now = forge.ports.tables.of(ACCOUNTS).change(account.login.toLowerCase(), {
    name: textField(body, "name") ?? account.name,
    memberRole: permission === null ? account.memberRole : role,
  });
  if (now.memberRole !== account.memberRole)
    audited(call, "org.update_default_repository_permission", account.login, {
      permission: now.memberRole ?? "none",
      old_permission: account.memberRole ?? "none",
    });
  return json(200, fullJson(call, now));
}

/** Who is not in it sees only those who show it. */
function listMembers(call: Call): Response {
  const account = organisationFor(call, "look");
  if (account instanceof Response) return account;
  const { forge, url } = call;
  const role = url.searchParams.get("role") ?? "all";
  const filter = url.searchParams.get("filter");
  const inside = seesInside(call, account.login);
  if (filter === "2fa_disabled" && !isOwner(forge, account.login, call.identity?.login ?? null))
    return failure(422, "Only owners can use this filter.");
  const shown = membersOf(forge, account.login)
    .filter((it) => inside || it.public === true)
    .filter((it) => role === "all" || it.role === role)
    .filter((it) => filter !== "2fa_disabled" || forge.account(it.login)?.twoFactor === false);
  return list(call, shown, (it) => personJson(forge, it.login));
}

function checkMember(call: Call): Response {
  const account = organisationFor(call, "look");
  if (account instanceof Response) return account;
  const membership = membershipOf(call.forge, account.login, call.params["username"] as string);
  const shown = membership && !membership.pending && (seesInside(call, account.login) || membership.public);
  return shown ? noContent() : notFound();
}

function listPublicMembers(call: Call): Response {
  const account = organisationFor(call, "look");
  if (account instanceof Response) return account;
  const shown = membersOf(call.forge, account.login).filter((it) => it.public === true);
  return list(call, shown, (it) => personJson(call.forge, it.login));
}

function checkPublicMember(call: Call): Response {
  const account = organisationFor(call, "look");
  if (account instanceof Response) return account;
  const membership = membershipOf(call.forge, account.login, call.params["username"] as string);
  return membership?.public === true && !membership.pending ? noContent() : notFound();
}

/** Everybody shows or hides only themselves. */
function publicise(call: Call, on: boolean): Response {
  const account = organisationFor(call, "look");
  if (account instanceof Response) return account;
  const { forge, identity, params } = call;
  const membership = membershipOf(forge, account.login, params["username"] as string);
  if (!membership || membership.login.toLowerCase() !== identity?.login.toLowerCase())
    return failure(403, "You can only publicize your own membership.");
  putMembership(forge, { ...membership, public: on });
  return noContent();
}

function showMembership(call: Call): Response {
  const account = organisationFor(call, "member");
  if (account instanceof Response) return account;
  const membership = membershipOf(call.forge, account.login, call.params["username"] as string);
  return membership ? json(200, membershipJson(call.forge, membership)) : notFound();
}

export function membershipJson(forge: Forge, membership: Membership): Json {
  const { organisation, login, role, pending } = membership;
  const account = forge.account(organisation);
  return {
    url: `${API}/orgs/${organisation}/memberships/${login}`,
    state: pending ? "pending" : "active",
    role,
    direct_membership: true,
    organization_url: `${API}/orgs/${organisation}`,
    organization: account ? organisationJson(account) : null,
    user: personJson(forge, login),
  };
}

/** Somebody new is invited; who is in already gets the role. */
function setMembership(call: Call): Response {
  const account = organisationFor(call, "owner");
  if (account instanceof Response) return account;
  const { forge, params, body } = call;
  const person = forge.account(params["username"] as string);
  if (person?.type !== "User") return notFound();
  const role = choiceField(body, "role", ["admin", "member"] as const) ?? "member";
  const known = membershipOf(forge, account.login, person.login);
  if (known?.role === "admin" && role === "member" && isLastOwner(forge, known))
    return failure(422, "Cannot demote the last owner of an organization.");
  const membership = putMembership(forge, {
    organisation: account.login,
    login: person.login,
    role,
    public: known?.public ?? false,
    pending: known ? (known.pending ?? false) : true,
  });
  audited(call, known ? "org.update_member" : "org.invite_member", account.login, {
    user: person.login,
    role,
  });
  if (!known)
    notify(forge, {
      to: person.login,
      subject: `[${account.login}] You are invited to join`,
      body: `${call.identity?.login} invites you to join ${account.login}: ${FORGE_ORIGIN}/orgs/${account.login}/invitation\n`,
    });
  return json(200, membershipJson(forge, membership));
}

function isLastOwner(forge: Forge, { organisation, login }: Membership): boolean {
  return !membersOf(forge, organisation).some((it) => it.role === "admin" && it.login !== login);
}

/** An owner removes anybody, anybody themselves. The last owner stays. */
function deleteMember(call: Call): Response {
  const { forge, params, identity } = call;
  const login = params["username"] as string;
  const own = identity?.login.toLowerCase() === login.toLowerCase();
  const account = organisationFor(call, own ? "member" : "owner");
  if (account instanceof Response) return account;
  const membership = membershipOf(forge, account.login, login);
  if (!membership) return notFound();
  if (membership.role === "admin" && !membership.pending && isLastOwner(forge, membership))
    return failure(403, "Cannot remove the last owner of an organization.");
  removeMember(forge, account.login, membership.login);
  audited(call, "org.remove_member", account.login, { user: membership.login });
  return noContent();
}

function listInvitations(call: Call): Response {
  const account = organisationFor(call, "owner");
  if (account instanceof Response) return account;
  const pending = membershipsOf(call.forge, account.login).filter((it) => it.pending);
  return list(call, pending, ({ login, role }) => ({
    id: call.forge.account(login)?.id ?? 0,
    login,
    email: null,
    role: role === "admin" ? "admin" : "direct_member",
  }));
}

function listMyMemberships(call: Call): Response {
  const { forge, identity } = call;
  return list(call, organisationsOf(forge, identity?.login ?? ""), (it) => membershipJson(forge, it));
}

function showMyMembership(call: Call): Response {
  const { forge, identity, params } = call;
  const membership = membershipOf(forge, params["org"] as string, identity?.login ?? "");
  return membership ? json(200, membershipJson(forge, membership)) : notFound();
}

function acceptInvitation(call: Call): Response {
  const { forge, identity, params, body } = call;
  const membership = membershipOf(forge, params["org"] as string, identity?.login ?? "");
  if (!membership) return notFound();
  if (textField(body, "state") !== "active")
    return invalid({ resource: "OrganizationMembership", field: "state", code: "invalid" });
  const now = putMembership(forge, { ...membership, pending: false });
  if (membership.pending)
    audited(call, "org.add_member", now.organisation, { user: now.login, role: now.role });
  return json(200, membershipJson(forge, now));
}

function listOutside(call: Call): Response {
  const account = organisationFor(call, "member");
  if (account instanceof Response) return account;
  const { forge } = call;
  return list(call, outsideCollaborators(forge, account.login), (login) => personJson(forge, login));
}

/** Out of the organisation, but on the repositories as before. */
function makeOutside(call: Call): Response {
  const account = organisationFor(call, "owner");
  if (account instanceof Response) return account;
  const { forge, params } = call;
  const login = params["username"] as string;
  if (!isMember(forge, account.login, login))
    return failure(403, "User is not a member of the organization.");
  const before = repositoriesOf(forge, account.login).map((it) => ({ it, role: forge.role(it, login) }));
  removeMember(forge, account.login, login);
  for (const { it, role } of before)
    if (role !== null && it.visibility === "private") {
      const { collaborators } = forge.byId(it.id) ?? it;
      forge.changeRepository(`${it.owner}/${it.name}`, {
        collaborators: { ...collaborators, [login]: role },
      });
    }
  audited(call, "org.remove_member", account.login, {
    user: login,
    reason: "converted to outside collaborator",
  });
  return noContent();
}

function deleteOutside(call: Call): Response {
  const account = organisationFor(call, "owner");
  if (account instanceof Response) return account;
  const { forge, params } = call;
  const login = params["username"] as string;
  if (isMember(forge, account.login, login))
    return failure(422, "You cannot specify an organization member to remove as an outside collaborator.");
  for (const repository of repositoriesOf(forge, account.login)) removeCollaborator(forge, repository, login);
  audited(call, "org.remove_outside_collaborator", account.login, { user: login });
  return noContent();
}
