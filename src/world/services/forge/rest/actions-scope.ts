/** Which scope a path means: that of a repository, of one of its environments, or of an organisation. */
import { findEnvironment } from "../actions/environments.ts";
import type { Scope } from "../actions/model.ts";
import { environmentScope, repositoryScope } from "../actions/scoped.ts";
import { atLeast, repositoryId, type PermissionName } from "../model.ts";
import { choiceField, missing, numbersField, own, unfit } from "./request-body.ts";
import { onOrganisation, repositoriesById, type OrganisationCall } from "./actions-organisation.ts";
import { failure, invalid, notFound } from "./answer.ts";
import { onRepository, type Answer, type Call, type RepositoryCall, type Route } from "./route.ts";

export type Handler = (call: Call, scope: Scope) => Answer;

/** The same operation in all three scopes. `path` begins after `…/secrets`. */
export function inThreeScopes(
  method: string,
  kind: "secrets" | "variables",
  path: string,
  permission: PermissionName,
  run: Handler,
): Route[] {
  const level = method === "GET" ? "read" : "write";
  return [
    onRepository(method, `/actions/${kind}${path}`, [permission, level], (call) =>
      run(call, repositoryScope(call.repository)),
    ),
    onRepository(method, `/environments/{environment_name}/${kind}${path}`, ["environments", level], (call) =>
      inEnvironment(call, run),
    ),
    onOrganisation(method, `/actions/${kind}${path}`, (call) => run(call, organisationScope(call))),
  ];
}

/** Names are only for people who may write, though every reader may see the environment itself. */
function inEnvironment(call: RepositoryCall, run: Handler): Answer {
  const { forge, repository, identity, params } = call;
  const environment = findEnvironment(forge, repository, params["environment_name"] as string);
  const isJob = identity?.grants.kind === "job";
  if (!isJob && !atLeast(forge.role(repository, identity?.login ?? null), "write")) return notFound();
  return environment ? run(call, environmentScope(repository, environment.name)) : notFound();
}

/** Of an organisation before anything is chosen: the visibility only matters once it is stored. */
function organisationScope({ organisation }: OrganisationCall): Scope {
  return { kind: "organisation", organisation: organisation.login, visibility: "private", repositories: [] };
}

/** The scope with what the body says about who shares it; `old` where it says nothing. */
export function withSharing(call: Call, scope: Scope, old: Scope | null): Scope | Response {
  if (scope.kind !== "organisation") return scope;
  const { body } = call;
  const before = old?.kind === "organisation" ? old : null;
  if (own(body, "visibility") === undefined) return before ?? missing("visibility");
  const visibility = choiceField(body, "visibility", ["all", "private", "selected"]);
  if (visibility === null) return unfit(body, "visibility", "one of all, private, selected");
  if (visibility !== "selected") return { ...scope, visibility };
  if (own(body, "selected_repository_ids") === undefined)
    return { ...scope, visibility, repositories: before?.repositories ?? [] };
  const ids = numbersField(body, "selected_repository_ids");
  if (ids === null) return unfit(body, "selected_repository_ids", "an array of integers");
  const repositories = repositoriesById(organisationCallOf(call, scope.organisation), ids);
  return repositories ? { ...scope, visibility, repositories: repositories.map(repositoryId) } : invalidIds();
}

export function invalidIds(): Response {
  return invalid({ resource: "Repository", field: "selected_repository_ids", code: "invalid" });
}

function organisationCallOf(call: Call, login: string): OrganisationCall {
  return { ...call, organisation: call.forge.account(login) as OrganisationCall["organisation"] };
}

/** How audit entries call the scope, and what they are about. */
export function auditTarget(scope: Scope): readonly [prefix: string, target: string] {
  if (scope.kind === "organisation") return ["org", scope.organisation];
  if (scope.kind === "repository") return ["repo", scope.repository];
  return ["environment", `${scope.repository}/${scope.environment}`];
}

/** 422 in the forge's words. */
export function refused(problem: string): Response {
  return failure(422, problem);
}
