/** https://docs.github.com/en/rest/teams/teams */
import type { Json } from "../../../../base/json.ts";
import { API } from "../host.ts";
import type { Identity } from "../identity.ts";
import { organisationJson, personJson } from "../json/account.ts";
import { repositoryJson } from "../json/repository.ts";
import { permissionOf, roleOfPermission, teamJson } from "../json/team.ts";
import { repositoryId, type Account } from "../model.ts";
import { isMember, isOwner } from "../organisations.ts";
import type { Team } from "../team.ts";
import {
  changeTeam,
  createTeam,
  deleteTeam,
  putTeamMember,
  putTeamRepository,
  removeTeamMember,
  removeTeamRepository,
  slugOf,
  teamOf,
  teamsIn,
} from "../teams.ts";
import { audited } from "./audited.ts";
import { choiceField, textField } from "./request-body.ts";
import { failure, invalid, json, list, noContent, notFound, time } from "./answer.ts";
import { organisationFor } from "./organisation-call.ts";
import { onRepository, onSite, type Call, type RepositoryCall, type Route } from "./route.ts";

export const teamRoutes: readonly Route[] = [
  onSite("GET", "/orgs/{org}/teams", "user", listTeams),
  onSite("POST", "/orgs/{org}/teams", "user", postTeam),
  onSite("GET", "/orgs/{org}/teams/{slug}", "user", ofTeam("member", showTeam)),
  onSite("PATCH", "/orgs/{org}/teams/{slug}", "user", ofTeam("manager", patchTeam)),
  onSite("DELETE", "/orgs/{org}/teams/{slug}", "user", ofTeam("manager", destroyTeam)),
  onSite("GET", "/orgs/{org}/teams/{slug}/members", "user", ofTeam("member", listTeamMembers)),
  onSite("GET", "/orgs/{org}/teams/{slug}/memberships/{username}", "user", ofTeam("member", showMembership)),
  onSite("PUT", "/orgs/{org}/teams/{slug}/memberships/{username}", "user", ofTeam("manager", putMembership)),
  onSite(
    "DELETE",
    "/orgs/{org}/teams/{slug}/memberships/{username}",
    "user",
    ofTeam("manager", deleteMembership),
  ),
  onSite("GET", "/orgs/{org}/teams/{slug}/repos", "user", ofTeam("member", listTeamRepositories)),
  onSite("GET", "/orgs/{org}/teams/{slug}/repos/{owner}/{repo}", "user", ofTeam("member", checkRepository)),
  onSite("PUT", "/orgs/{org}/teams/{slug}/repos/{owner}/{repo}", "user", ofTeam("member", putRepository)),
  onSite("DELETE", "/orgs/{org}/teams/{slug}/repos/{owner}/{repo}", "user", ofTeam("member", dropRepository)),
  onRepository("GET", "/teams", ["metadata", "read"], listTeamsOfRepository),
];

type TeamCall = Call & { readonly team: Team; readonly organisation: Account };

/** `manager`: an owner of the organisation, or a maintainer of the team. */
function ofTeam(need: "member" | "manager", run: (call: TeamCall) => Response): (call: Call) => Response {
  return (call) => {
    const organisation = organisationFor(call, "member");
    if (organisation instanceof Response) return organisation;
    const team = teamOf(call.forge, organisation.login, call.params["slug"] as string);
    if (!team || !call.identity) return notFound();
    if (need === "manager" && !manages(call, call.identity, team))
      return failure(403, "Must have admin rights to this team.");
    return run({ ...call, team, organisation });
  };
}

function manages({ forge }: Call, { login, grants }: Identity, team: Team): boolean {
  if (grants.kind === "classic" && !grants.scopes.some((it) => it === "admin:org" || it === "write:org"))
    return false;
  return (
    isOwner(forge, team.organisation, login) ||
    team.members.some((member) => member.login === login && member.role === "maintainer")
  );
}

function listTeams(call: Call): Response {
  const organisation = organisationFor(call, "member");
  if (organisation instanceof Response) return organisation;
  return list(call, teamsIn(call.forge, organisation.login), teamJson);
}

function postTeam(call: Call): Response {
  const organisation = organisationFor(call, "member");
  if (organisation instanceof Response) return organisation;
  const { forge, body, identity } = call;
  const name = textField(body, "name") ?? "";
  if (slugOf(name) === "") return invalid({ resource: "Team", field: "name", code: "missing_field" });
  if (teamOf(forge, organisation.login, slugOf(name)))
    return invalid({ resource: "Team", field: "name", code: "already_exists" });
  const made = createTeam(forge, organisation.login, {
    name,
    description: textField(body, "description") ?? "",
    privacy: choiceField(body, "privacy", ["closed", "secret"] as const) ?? "closed",
  });
  const own = isOwner(forge, organisation.login, identity?.login ?? null);
  const team = own ? made : putTeamMember(forge, made, identity?.login ?? "", "maintainer");
  audited(call, "team.create", organisation.login, { team: team.slug });
  return json(201, fullJson(call, team, organisation));
}

function fullJson({ forge }: Call, team: Team, organisation: Account): Json {
  return {
    ...teamJson(team),
    members_count: team.members.length,
    repos_count: team.repositories.length,
    created_at: time(organisation.createdAtMs),
    updated_at: time(forge.now()),
    organization: organisationJson(organisation),
  };
}

function showTeam(call: TeamCall): Response {
  return json(200, fullJson(call, call.team, call.organisation));
}

function patchTeam(call: TeamCall): Response {
  const { forge, team, body } = call;
  const now = changeTeam(forge, team, {
    description: textField(body, "description") ?? team.description,
    privacy: choiceField(body, "privacy", ["closed", "secret"] as const) ?? team.privacy,
  });
  return json(200, fullJson(call, now, call.organisation));
}

function destroyTeam(call: TeamCall): Response {
  deleteTeam(call.forge, call.team);
  audited(call, "team.destroy", call.organisation.login, { team: call.team.slug });
  return noContent();
}

function listTeamMembers(call: TeamCall): Response {
  const role = call.url.searchParams.get("role") ?? "all";
  const shown = call.team.members.filter((member) => role === "all" || member.role === role);
  return list(call, shown, ({ login }) => personJson(call.forge, login));
}

function membershipJson({ team }: TeamCall, login: string, role: string): Json {
  const url = `${API}/orgs/${team.organisation}/teams/${team.slug}/memberships/${login}`;
  return { url, role, state: "active" };
}

function memberIn({ team, params }: TeamCall) {
  const login = (params["username"] as string).toLowerCase();
  return team.members.find((member) => member.login.toLowerCase() === login);
}

function showMembership(call: TeamCall): Response {
  const member = memberIn(call);
  return member ? json(200, membershipJson(call, member.login, member.role)) : notFound();
}

function putMembership(call: TeamCall): Response {
  const { forge, team, params, body, organisation } = call;
  const person = forge.account(params["username"] as string);
  if (person?.type !== "User") return notFound();
  if (!isMember(forge, organisation.login, person.login))
    return failure(422, "User isn't a member of this organization. Please invite them first.");
  const role = choiceField(body, "role", ["member", "maintainer"] as const) ?? "member";
  putTeamMember(forge, team, person.login, role);
  audited(call, "team.add_member", organisation.login, { team: team.slug, user: person.login });
  return json(200, membershipJson(call, person.login, role));
}

function deleteMembership(call: TeamCall): Response {
  const member = memberIn(call);
  if (!member) return notFound();
  removeTeamMember(call.forge, call.team, member.login);
  audited(call, "team.remove_member", call.organisation.login, { team: call.team.slug, user: member.login });
  return noContent();
}

function repositoryIn(call: TeamCall) {
  const repository = call.forge.find(`${call.params["owner"]}/${call.params["repo"]}`);
  return repository && call.forge.allows(call.identity, repository, "metadata", "read")
    ? repository
    : undefined;
}

function listTeamRepositories(call: TeamCall): Response {
  const { forge, team, identity } = call;
  const found = team.repositories.flatMap(({ id, role }) => {
    const repository = forge.byId(id);
    return repository && forge.allows(identity, repository, "metadata", "read") ? [{ repository, role }] : [];
  });
  return list(call, found, ({ repository, role }) => ({
    ...(repositoryJson(forge, repository, identity) as object),
    role_name: role,
  }));
}

function checkRepository(call: TeamCall): Response {
  const repository = repositoryIn(call);
  return call.team.repositories.some(({ id }) => id === repository?.id) ? noContent() : notFound();
}

function putRepository(call: TeamCall): Response {
  const { forge, team, body, identity } = call;
  const repository = repositoryIn(call);
  if (!repository) return notFound();
  if (!forge.allows(identity, repository, "administration", "write"))
    return failure(403, "Must have admin rights to Repository.");
  const permission = textField(body, "permission") ?? "push";
  const role = roleOfPermission(permission);
  if (role === null) return invalid({ resource: "Team", field: "permission", code: "invalid" });
  putTeamRepository(forge, team, repository, role);
  audited(call, "team.add_repository", repositoryId(repository), { team: team.slug, permission: role });
  return noContent();
}

function dropRepository(call: TeamCall): Response {
  const { forge, team, identity } = call;
  const repository = repositoryIn(call);
  if (!repository) return notFound();
  if (!forge.allows(identity, repository, "administration", "write"))
    return failure(403, "Must have admin rights to Repository.");
  removeTeamRepository(forge, team, repository);
  audited(call, "team.remove_repository", repositoryId(repository), { team: team.slug });
  return noContent();
}

function listTeamsOfRepository(call: RepositoryCall): Response {
  const { forge, repository } = call;
  const found = teamsIn(forge, repository.owner).flatMap((team) => {
    const here = team.repositories.find(({ id }) => id === repository.id);
    return here ? [{ team, role: here.role }] : [];
  });
  return list(call, found, ({ team, role }) => ({ ...teamJson(team), permission: permissionOf(role) }));
}
