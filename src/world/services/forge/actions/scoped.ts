/**
 * Secrets and variables are names with values in a scope. The nearest scope counts: environment, repository, organisation.
 * https://docs.github.com/en/actions/concepts/security/secrets
 */
import type { TableName } from "../../../../base/tables.ts";
import type { Forge } from "../forge.ts";
import { repositoryId, type Repository } from "../model.ts";
import { scopeKey, type Scope } from "./model.ts";

export interface Scoped {
  readonly scope: Scope;
  readonly name: string;
  readonly value: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

export function repositoryScope(repository: Repository): Scope {
  return { kind: "repository", repository: repositoryId(repository) };
}

export function environmentScope(repository: Repository, environment: string): Scope {
  return { kind: "environment", repository: repositoryId(repository), environment };
}

/** Everything in one scope, by name. */
export function inScope<T extends Scoped>(forge: Forge, table: TableName<T>, scope: Scope): T[] {
  const key = scopeKey(scope);
  return forge.ports.tables
    .of(table)
    .filter((it) => scopeKey(it.scope) === key)
    .sort(byName);
}

export function findScoped<T extends Scoped>(
  forge: Forge,
  table: TableName<T>,
  scope: Scope,
  name: string,
): T | undefined {
  return forge.ports.tables.of(table).get(keyOf(scope, name));
}

/** Creates or replaces. Names are kept in upper case, as GitHub keeps them. */
export function setScoped<T extends Scoped>(
  forge: Forge,
  table: TableName<T>,
  scope: Scope,
  name: string,
  value: string,
): T {
  const old = findScoped(forge, table, scope, name);
  const now = forge.now();
  const record = {
    scope,
    name: name.toUpperCase(),
    value,
    createdAtMs: old?.createdAtMs ?? now,
    updatedAtMs: now,
  };
  return forge.ports.tables.of(table).set(keyOf(scope, name), record as T);
}

export function deleteScoped<T extends Scoped>(
  forge: Forge,
  table: TableName<T>,
  scope: Scope,
  name: string,
): boolean {
  return forge.ports.tables.of(table).delete(keyOf(scope, name));
}

/** Those of its organisation that a repository may use, by name. */
export function sharedWith<T extends Scoped>(forge: Forge, table: TableName<T>, repository: Repository): T[] {
  return forge.ports.tables
    .of(table)
    .filter(({ scope }) => scope.kind === "organisation" && reaches(scope, repository))
    .sort(byName);
}

/** Name → value, as a job of the repository sees them. */
export function valuesFor<T extends Scoped>(
  forge: Forge,
  table: TableName<T>,
  repository: Repository,
  environment: string | null,
): Readonly<Record<string, string>> {
  const layers = [
    sharedWith(forge, table, repository),
    inScope(forge, table, repositoryScope(repository)),
    environment === null ? [] : inScope(forge, table, environmentScope(repository, environment)),
  ];
  return Object.fromEntries(layers.flat().map(({ name, value }) => [name, value]));
}

function reaches(scope: Extract<Scope, { kind: "organisation" }>, repository: Repository): boolean {
  if (scope.organisation.toLowerCase() !== repository.owner.toLowerCase()) return false;
  if (scope.visibility === "all") return true;
  if (scope.visibility === "private") return repository.visibility === "private";
  const id = repositoryId(repository).toLowerCase();
  return scope.repositories.some((it) => it.toLowerCase() === id);
}

function keyOf(scope: Scope, name: string): string {
  return `${scopeKey(scope)} ${name.toUpperCase()}`;
}

function byName(a: Scoped, b: Scoped): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
