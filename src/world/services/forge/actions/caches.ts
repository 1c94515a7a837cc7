/**
 * Caches of dependencies. An entry belongs to the ref that made it and can never be changed, only deleted.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/dependency-caching
 */
import type { Forge } from "../forge.ts";
import { repositoryId, type Repository } from "../model.ts";
import { cachePath } from "./files.ts";
import { CACHES, type Cache } from "./model.ts";

/** Null where this ref has an entry of that key and version already: entries are not replaced. */
export function saveCache(
  forge: Forge,
  repository: Repository,
  ref: string,
  key: string,
  version: string,
  bytes: Uint8Array,
): Cache | null {
  const taken = cachesOf(forge, repository).some(
    (it) => it.ref === ref && it.key === key && it.version === version,
  );
  if (taken) return null;
  const id = forge.ports.tables.next("actions/cache", 5001);
  const now = forge.now();
  forge.disk.mkdir("/actions/caches", { recursive: true });
  forge.disk.write(cachePath(id), bytes);
  return forge.ports.tables.of(CACHES).set(String(id), {
    id,
    repository: repositoryId(repository),
    key,
    version,
    ref,
    sizeBytes: bytes.length,
    createdAtMs: now,
    lastAccessedAtMs: now,
  });
}

/**
 * The first hit: ref by ref in the given order (own ref, base, default branch), there key by key, first the key itself,
 * then the newest entry that begins with it. Another version (other paths) never hits.
 */
export function findCache(
  forge: Forge,
  repository: Repository,
  refs: readonly string[],
  keys: readonly string[],
  version: string,
): Cache | null {
  const all = cachesOf(forge, repository).filter((it) => it.version === version);
  for (const ref of refs) {
    const here = all.filter((it) => it.ref === ref);
    for (const key of keys) {
      const hit =
        here.find((it) => it.key === key) ??
        here.filter((it) => it.key.startsWith(key)).reduce<Cache | null>(newer, null);
      if (hit) return forge.ports.tables.of(CACHES).change(String(hit.id), { lastAccessedAtMs: forge.now() });
    }
  }
  return null;
}

export function readCache(forge: Forge, cache: Pick<Cache, "id">): Uint8Array {
  return forge.disk.read(cachePath(cache.id));
}

/** Oldest first. */
export function cachesOf(forge: Forge, repository: Repository): Cache[] {
  const id = repositoryId(repository);
  return forge.ports.tables.of(CACHES).filter((it) => it.repository === id);
}

export function deleteCache(forge: Forge, id: number): void {
  forge.ports.tables.of(CACHES).delete(String(id));
  forge.disk.remove(cachePath(id), { force: true });
}

function newer(best: Cache | null, cache: Cache): Cache {
  const later =
    best === null ||
    cache.createdAtMs > best.createdAtMs ||
    (cache.createdAtMs === best.createdAtMs && cache.id > best.id);
  return later ? cache : best;
}
