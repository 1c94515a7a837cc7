/**
 * Environments: names that jobs declare to see values, with conditions on who, when and from which ref.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments
 */
import type { Forge } from "../forge.ts";
import { repositoryId, type Repository } from "../model.ts";
import { PROTECTIONS, protectionOf } from "../rules/protection.ts";
import { ENVIRONMENTS, SECRETS, VARIABLES, type Environment } from "./model.ts";
import { fnmatch } from "../fnmatch.ts";
import { deleteScoped, environmentScope, inScope } from "./scoped.ts";

export type EnvironmentOptions = Partial<Omit<Environment, "id" | "repository" | "name" | "createdAtMs">>;

/** By name. */
export function environmentsOf(forge: Forge, repository: Repository): Environment[] {
  const id = repositoryId(repository);
  return forge.ports.tables
    .of(ENVIRONMENTS)
    .filter((it) => it.repository === id)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Names are compared without case. */
export function findEnvironment(forge: Forge, repository: Repository, name: string): Environment | undefined {
  return forge.ports.tables.of(ENVIRONMENTS).get(keyOf(repository, name));
}

/** Creates one, or changes what is given of the one that is there. A job that names a new one creates it, without rules. */
export function setEnvironment(
  forge: Forge,
  repository: Repository,
  name: string,
  options: EnvironmentOptions = {},
): Environment {
  const old = findEnvironment(forge, repository, name);
  const environment: Environment = old ?? {
    id: forge.ports.tables.next("actions/environment", 8001),
    repository: repositoryId(repository),
    name,
    reviewers: [],
    preventSelfReview: false,
    waitMinutes: 0,
    branches: null,
    adminsMayBypass: true,
    createdAtMs: forge.now(),
  };
  return forge.ports.tables.of(ENVIRONMENTS).set(keyOf(repository, name), { ...environment, ...options });
}

/** With its secrets and variables. */
export function deleteEnvironment(forge: Forge, repository: Repository, name: string): boolean {
  const scope = environmentScope(repository, name);
  for (const secret of inScope(forge, SECRETS, scope)) deleteScoped(forge, SECRETS, scope, secret.name);
  for (const variable of inScope(forge, VARIABLES, scope))
    deleteScoped(forge, VARIABLES, scope, variable.name);
  return forge.ports.tables.of(ENVIRONMENTS).delete(keyOf(repository, name));
}

/** Whether a run of this ref ("refs/heads/main", "refs/tags/v1", "refs/pull/7/merge") may use the environment. */
export function mayDeploy(forge: Forge, environment: Environment, ref: string): boolean {
  const { branches } = environment;
  if (branches === null) return true;
  if (branches === "protected") return isProtected(forge, environment, ref);
  const isTag = ref.startsWith("refs/tags/");
  const name = ref.replace(/^refs\/(?:heads|tags)\//, "");
  return branches.some(({ pattern, type }) => (type === "tag") === isTag && fnmatch(pattern, name));
}

/** Where no branch of the repository is protected every branch counts as if it were. */
function isProtected(forge: Forge, environment: Environment, ref: string): boolean {
  const { tables } = forge.ports;
  const repository = forge.find(environment.repository);
  if (!repository || !ref.startsWith("refs/heads/")) return false;
  const protectsAny =
    repository.protectedBranches.length > 0 ||
    tables.of(PROTECTIONS).find((it) => it.repository === repository.id) !== undefined;
  return !protectsAny || protectionOf(tables, repository, ref.slice("refs/heads/".length)) !== null;
}

function keyOf(repository: Repository, name: string): string {
  return `${repositoryId(repository)} ${name}`.toLowerCase();
}
