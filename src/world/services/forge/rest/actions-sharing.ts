/** Which repositories share a secret or variable of their organisation, where it names them one by one. */
import type { TableName } from "../../../../base/tables.ts";
import type { Scope } from "../actions/model.ts";
import { findScoped, setScoped, type Scoped } from "../actions/scoped.ts";
import { bareRepositoryJson } from "../json/repository.ts";
import { repositoryId, type Repository } from "../model.ts";
import { audited } from "./audited.ts";
import { numbersField, unfit } from "./request-body.ts";
import { onOrganisation, repositoriesById, type OrganisationCall } from "./actions-organisation.ts";
import { invalidIds } from "./actions-scope.ts";
import { counted, failure, noContent, notFound } from "./answer.ts";
import type { Answer, Route } from "./route.ts";

type Shared = Extract<Scope, { kind: "organisation" }>;

export function sharingRoutes<T extends Scoped>(
  kind: "secrets" | "variables",
  table: TableName<T>,
): readonly Route[] {
  const path = `/actions/${kind}/{name}/repositories`;
  const on = (method: string, rest: string, run: (call: OrganisationCall, scope: Shared) => Answer) =>
    onOrganisation(method, path + rest, (call) => {
      const found = findScoped(call.forge, table, anyScope(call), call.params["name"] as string);
      if (found?.scope.kind !== "organisation") return notFound();
      if (found.scope.visibility !== "selected")
        return failure(409, `Conflict: visibility is not set to selected`);
      return run(call, found.scope);
    });
  const save = (call: OrganisationCall, scope: Shared, repositories: readonly string[]) => {
    const name = call.params["name"] as string;
    const { value } = findScoped(call.forge, table, scope, name) as T;
    setScoped(call.forge, table, { ...scope, repositories }, name, value);
    audited(call, `org.update_actions_${kind.slice(0, -1)}`, scope.organisation, { key: name.toUpperCase() });
    return noContent();
  };
  return [
    on("GET", "", (call, scope) =>
      counted(call, "repositories", named(call, scope), (it) => bareRepositoryJson(call.forge, it)),
    ),
    on("PUT", "", (call, scope) => {
      const ids = numbersField(call.body, "selected_repository_ids");
      if (ids === null) return unfit(call.body, "selected_repository_ids", "an array of integers");
      const repositories = repositoriesById(call, ids);
      return repositories ? save(call, scope, repositories.map(repositoryId)) : invalidIds();
    }),
    on("PUT", "/{repository_id}", (call, scope) => {
      const [repository] = repositoriesById(call, [Number(call.params["repository_id"])]) ?? [];
      if (!repository) return notFound();
      return save(call, scope, [...new Set([...scope.repositories, repositoryId(repository)])]);
    }),
    on("DELETE", "/{repository_id}", (call, scope) => {
      const [repository] = repositoriesById(call, [Number(call.params["repository_id"])]) ?? [];
      if (!repository) return notFound();
      return save(
        call,
        scope,
        scope.repositories.filter((id) => id !== repositoryId(repository)),
      );
    }),
  ];
}

function anyScope({ organisation }: OrganisationCall): Scope {
  return { kind: "organisation", organisation: organisation.login, visibility: "selected", repositories: [] };
}

function named({ forge }: OrganisationCall, scope: Shared): Repository[] {
  return scope.repositories.flatMap((id) => forge.find(id) ?? []);
}
