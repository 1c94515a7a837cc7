/** https://docs.github.com/en/rest/repos/repos */
import type { Json } from "../../../../base/json.ts";
import { API, FORGE_ORIGIN } from "../host.ts";
import { atLeast, repositoryId, type Account, type Repository } from "../model.ts";
import type { Forge } from "../forge.ts";
import type { Identity } from "../identity.ts";
import { json, time, timeOrNull } from "./answer.ts";
import { onRepository, type Route, type RepositoryCall } from "./route.ts";

export const repositoryRoutes: readonly Route[] = [onRepository("GET", "", "anyone", showRepository)];

function showRepository({ forge, repository, identity }: RepositoryCall): Response {
  return json(200, repositoryJson(forge, repository, identity));
}

/** `identity`: whose rights `permissions` names. */
export function repositoryJson(forge: Forge, repository: Repository, identity: Identity | null): Json {
  const id = repositoryId(repository);
  const role = forge.role(repository, identity?.login ?? null);
  const status = (on: boolean) => ({ status: on ? "enabled" : "disabled" });
  return {
    id: repository.id,
    node_id: `R_${repository.id}`,
    name: repository.name,
    full_name: id,
    private: repository.visibility === "private",
    owner: accountJson(forge.account(repository.owner) ?? repository.owner),
    html_url: `${FORGE_ORIGIN}/${id}`,
    url: `${API}/repos/${id}`,
    description: repository.description || null,
    fork: repository.fork !== null,
    clone_url: `${FORGE_ORIGIN}/${id}.git`,
    created_at: time(repository.createdAtMs),
    pushed_at: timeOrNull(repository.pushedAtMs),
    visibility: repository.visibility,
    archived: repository.archived,
    default_branch: repository.defaultBranch,
    permissions: {
      admin: role === "admin",
      maintain: atLeast(role, "maintain"),
      push: atLeast(role, "write"),
      triage: atLeast(role, "triage"),
      pull: role !== null,
    },
    security_and_analysis: {
      secret_scanning: status(repository.secretScanning),
      secret_scanning_push_protection: status(repository.pushProtection),
    },
  };
}

/** GitHub's "simple user". A login without an account is shown as a user of that name. */
export function accountJson(account: Account | string): Json {
  const { login, id, type } = typeof account === "string" ? { login: account, id: 0, type: "User" } : account;
  return {
    login,
    id,
    node_id: `U_${id}`,
    avatar_url: "",
    url: `${API}/users/${login}`,
    html_url: `${FORGE_ORIGIN}/${login}`,
    type,
    site_admin: false,
  };
}
