/** Everything that Actions keeps of a repository follows it to another name, and goes with it. */
import type { Table } from "../../../../base/table.ts";
import type { Forge } from "../forge.ts";
import { repositoryId, type Repository } from "../model.ts";
import { cachesOf, deleteCache } from "./caches.ts";
import { deleteDeployment, DEPLOYMENTS, deploymentsOf } from "./deployments.ts";
import { deleteEnvironment, environmentsOf } from "./environments.ts";
import { KEY_PAIRS } from "./key-pair.ts";
import {
  ARTIFACTS,
  CACHES,
  ENVIRONMENTS,
  JOBS,
  RUNNERS,
  RUNS,
  scopeKey,
  SECRETS,
  SETTINGS,
  VARIABLES,
  WORKFLOWS,
  type Scope,
} from "./model.ts";
import { removeRunner, runnersAt } from "./runners.ts";
import { deleteRun, runsOf } from "./runs.ts";
import { deleteScoped, inScope, repositoryScope, type Scoped } from "./scoped.ts";

/** `from` and `to`: `owner/name`. */
export function moveActions(forge: Forge, from: string, to: string): void {
  const { tables } = forge.ports;
  for (const name of [RUNS, JOBS, ARTIFACTS, CACHES, DEPLOYMENTS])
    moveRecords(tables.of<{ readonly repository: string }>(name), from, to, (key) => key);
  moveRecords(tables.of(WORKFLOWS), from, to, (_, { path }) => `${to} ${path}`);
  moveRecords(tables.of(ENVIRONMENTS), from, to, (_, { name }) => `${to} ${name}`.toLowerCase());
  for (const run of tables.of(RUNS).filter(({ headRepository }) => headRepository === from))
    tables.of(RUNS).change(String(run.id), { headRepository: to });
  for (const runner of runnersAt(forge, from)) tables.of(RUNNERS).change(String(runner.id), { of: to });
  for (const name of [SECRETS, VARIABLES]) moveScoped(tables.of<Scoped>(name), from, to);
  moveKey(tables.of(SETTINGS), from.toLowerCase(), to.toLowerCase());
  moveKeyPairs(forge, from, to);
}

function moveRecords<T extends { readonly repository: string }>(
  table: Table<T>,
  from: string,
  to: string,
  keyOf: (key: string, record: T) => string,
): void {
  for (const [key, record] of table.entries().filter(([, it]) => it.repository === from)) {
    const moved = keyOf(key, record);
    if (moved !== key) table.delete(key);
    table.set(moved, { ...record, repository: to });
  }
}

function moveScoped(table: Table<Scoped>, from: string, to: string): void {
  for (const [key, record] of table.entries()) {
    const scope = movedScope(record.scope, from, to);
    if (scope === record.scope) continue;
    table.delete(key);
    table.set(`${scopeKey(scope)} ${record.name}`, { ...record, scope });
  }
}

function movedScope(scope: Scope, from: string, to: string): Scope {
  const isFrom = (id: string) => id.toLowerCase() === from.toLowerCase();
  if (scope.kind !== "organisation") return isFrom(scope.repository) ? { ...scope, repository: to } : scope;
  if (!scope.repositories.some(isFrom)) return scope;
  return { ...scope, repositories: scope.repositories.map((id) => (isFrom(id) ? to : id)) };
}

/** What an organisation shared with it by name is not for whoever takes the name later. */
function unshare(table: Table<Scoped>, id: string): void {
  for (const [key, record] of table.entries()) {
    const { scope } = record;
    if (scope.kind !== "organisation") continue;
    const repositories = scope.repositories.filter((it) => it.toLowerCase() !== id.toLowerCase());
    if (repositories.length < scope.repositories.length)
      table.set(key, { ...record, scope: { ...scope, repositories } });
  }
}

function moveKeyPairs(forge: Forge, from: string, to: string): void {
  const pairs = forge.ports.tables.of(KEY_PAIRS);
  const beginnings = [`repository ${from}`.toLowerCase(), `environment ${from} `.toLowerCase()];
  for (const [key] of pairs.entries())
    if (key === beginnings[0] || key.startsWith(beginnings[1] as string))
      moveKey(pairs, key, key.replace(` ${from.toLowerCase()}`, ` ${to.toLowerCase()}`));
}

function moveKey<T extends object>(table: Table<T>, from: string, to: string): void {
  const record = table.get(from);
  if (!record || from === to) return;
  table.delete(from);
  table.set(to, record);
}

/** What is still running stays until the pipeline is done with it. */
export function forgetActions(forge: Forge, repository: Repository): void {
  const { tables } = forge.ports;
  const id = repositoryId(repository);
  for (const run of runsOf(forge, repository)) if (run.status === "completed") deleteRun(forge, run);
  for (const cache of cachesOf(forge, repository)) deleteCache(forge, cache.id);
  for (const deployment of deploymentsOf(forge, repository)) deleteDeployment(forge, deployment);
  for (const { name } of environmentsOf(forge, repository)) deleteEnvironment(forge, repository, name);
  for (const runner of runnersAt(forge, id)) removeRunner(forge, runner.id);
  for (const table of [SECRETS, VARIABLES]) {
    unshare(tables.of<Scoped>(table), id);
    for (const { name } of inScope<Scoped>(forge, table, repositoryScope(repository)))
      deleteScoped<Scoped>(forge, table, repositoryScope(repository), name);
  }
  for (const [key, workflow] of tables.of(WORKFLOWS).entries())
    if (workflow.repository === id) tables.of(WORKFLOWS).delete(key);
  tables.of(SETTINGS).delete(id.toLowerCase());
  tables.of(KEY_PAIRS).delete(scopeKey(repositoryScope(repository)));
}
