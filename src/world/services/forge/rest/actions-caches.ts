/** https://docs.github.com/en/rest/actions/cache */
import type { Json } from "../../../../base/json.ts";
import { cachesOf, deleteCache } from "../actions/caches.ts";
import type { Cache } from "../actions/model.ts";
import { repositoryId, type Repository } from "../model.ts";
import type { Forge } from "../forge.ts";
import { audited } from "./audited.ts";
import { missing } from "./request-body.ts";
import { onOrganisation, type OrganisationCall } from "./actions-organisation.ts";
import { counted, json, noContent, notFound, time } from "./answer.ts";
import { onRepository, type RepositoryCall, type Route } from "./route.ts";

export const cacheRoutes: readonly Route[] = [
  onRepository("GET", "/actions/caches", ["actions", "read"], listCaches),
  onRepository("DELETE", "/actions/caches", ["actions", "write"], removeByKey),
  onRepository("DELETE", "/actions/caches/{cache_id}", ["actions", "write"], removeById),
  onRepository("GET", "/actions/cache/usage", ["actions", "read"], ({ forge, repository }) =>
    json(200, usageJson(forge, repository)),
  ),
  onOrganisation("GET", "/actions/cache/usage", showOrganisationUsage),
  onOrganisation("GET", "/actions/cache/usage-by-repository", (call) =>
    counted(call, "repository_cache_usages", repositoriesOf(call), (it) => usageJson(call.forge, it)),
  ),
];

const SORTS = {
  created_at: (cache: Cache) => cache.createdAtMs,
  last_accessed_at: (cache: Cache) => cache.lastAccessedAtMs,
  size_in_bytes: (cache: Cache) => cache.sizeBytes,
} as const;

/** `key` is the beginning of a key, `ref` a full ref. */
function listCaches(call: RepositoryCall): Response {
  const { searchParams } = call.url;
  const [key, ref] = [searchParams.get("key") ?? "", searchParams.get("ref")];
  const sort = searchParams.get("sort") ?? "";
  const by = Object.hasOwn(SORTS, sort) ? SORTS[sort as keyof typeof SORTS] : SORTS.last_accessed_at;
  const sign = searchParams.get("direction") === "asc" ? 1 : -1;
  const caches = cachesOf(call.forge, call.repository)
    .filter((it) => it.key.startsWith(key) && (ref === null || it.ref === ref))
    .sort((a, b) => sign * (by(a) - by(b) || a.id - b.id));
  return counted(call, "actions_caches", caches, cacheJson);
}

/** Deletes every version of the key; of one ref only where it is named. */
function removeByKey(call: RepositoryCall): Response {
  const key = call.url.searchParams.get("key");
  const ref = call.url.searchParams.get("ref");
  if (key === null || key === "") return missing("key");
  const caches = cachesOf(call.forge, call.repository).filter(
    (it) => it.key === key && (ref === null || it.ref === ref),
  );
  if (caches.length === 0) return notFound();
  for (const cache of caches) remove(call, cache);
  return json(200, { total_count: caches.length, actions_caches: caches.map(cacheJson) });
}

function removeById(call: RepositoryCall): Response {
  const cache = cachesOf(call.forge, call.repository).find(
    ({ id }) => String(id) === call.params["cache_id"],
  );
  if (!cache) return notFound();
  remove(call, cache);
  return noContent();
}

function remove(call: RepositoryCall, { id, key, ref }: Cache): void {
  deleteCache(call.forge, id);
  audited(call, "actions_cache.delete", repositoryId(call.repository), { cache_id: id, key, ref });
}

function repositoriesOf({ forge, organisation }: OrganisationCall): Repository[] {
  const owner = organisation.login.toLowerCase();
  return forge.repositories.filter(
    (it) => it.owner.toLowerCase() === owner && cachesOf(forge, it).length > 0,
  );
}

function showOrganisationUsage(call: OrganisationCall): Response {
  const caches = repositoriesOf(call).flatMap((it) => cachesOf(call.forge, it));
  return json(200, {
    total_active_caches_count: caches.length,
    total_active_caches_size_in_bytes: totalSize(caches),
  });
}

function usageJson(forge: Forge, repository: Repository): Json {
  const caches = cachesOf(forge, repository);
  return {
    full_name: repositoryId(repository),
    active_caches_size_in_bytes: totalSize(caches),
    active_caches_count: caches.length,
  };
}

function totalSize(caches: readonly Cache[]): number {
  return caches.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

function cacheJson({ id, ref, key, version, lastAccessedAtMs, createdAtMs, sizeBytes }: Cache): Json {
  return {
    id,
    ref,
    key,
    version,
    last_accessed_at: time(lastAccessedAtMs),
    created_at: time(createdAtMs),
    size_in_bytes: sizeBytes,
  };
}
