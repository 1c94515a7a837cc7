/**
 * What gc is made of: expiring reflogs, repacking, pruning.
 * https://git-scm.com/docs/git-gc, https://git-scm.com/docs/git-prune, https://git-scm.com/docs/git-reflog
 */
import { concat, fromUtf8 } from "../../../../base/bytes.ts";
import { deflateZlib } from "../../../../base/deflate.ts";
import { expiryDate } from "./dates.ts";
import { looseIds, peel, readObject, readPacks } from "./objects.ts";
import {
  forgetPacks,
  loosePath,
  prunePacked,
  removeLoose,
  removePack,
  updateServerInfo,
  writePack,
} from "./packs.ts";
import { listRefs, readHead, readReflog, resolveRef, writeReflog, type ReflogEntry } from "./refs.ts";
import type { Repository } from "./repository.ts";
import { ancestors, reachableObjects, roots, walkCommits } from "./walk.ts";
import { wildmatch } from "./wildmatch.ts";

/** Everything that references, HEAD, the index and reflogs keep. */
export async function keptObjects(repo: Repository, extra: readonly string[] = []): Promise<Set<string>> {
  const starts = (await roots(repo, { reflogs: true })).map((root) => root.id);
  return reachableObjects(repo, [...starts, ...extra]);
}

export interface PruneOptions {
  /** Objects of this time (seconds since 1970) or older go. */
  readonly expire: number;
  readonly dryRun: boolean;
  /** What stays: `keptObjects`. */
  readonly kept: ReadonlySet<string>;
}

/** Removes loose objects that nothing keeps, nor anything recent that nothing keeps; returns them sorted. */
export async function pruneLoose(repo: Repository, options: PruneOptions): Promise<string[]> {
  const { kept } = options;
  const loose = await looseIds(repo);
  const recent: string[] = [];
  for (const id of loose)
    if (!kept.has(id) && (await modified(repo, loosePath(repo, id))) > options.expire) recent.push(id);
  const alive = await reachableObjects(repo, recent);
  const pruned = loose.filter((id) => !kept.has(id) && !alive.has(id));
  if (!options.dryRun) {
    for (const id of pruned) await removeLoose(repo, id);
    await prunePacked(repo);
    forgetPacks(repo);
  }
  return pruned;
}

async function modified(repo: Repository, path: string): Promise<number> {
  return Math.floor((await repo.fs.stat(path)).mtime.getTime() / 1000);
}

export interface RepackOptions {
  /** What goes into the pack: `keptObjects`. */
  readonly kept: ReadonlySet<string>;
  /** Unreachable objects of old packs become loose unless they are this old; null: they are dropped. */
  readonly loosen: { readonly unlessOlderThan: number } | null;
  /** Old packs go. */
  readonly removeOld: boolean;
}

/** Puts everything that is kept into one pack. False where there was nothing to do. */
export async function repackAll(repo: Repository, options: RepackOptions): Promise<boolean> {
  const old = await readPacks(repo);
  const { kept } = options;
  const ids = await packOrder(repo, kept);
  if (options.loosen) {
    for (const pack of old) {
      const time = await modified(repo, `${repo.gitDir}/objects/pack/${pack.name}.pack`);
      if (time <= options.loosen.unlessOlderThan) continue;
      for (const { id } of pack.objects) if (!kept.has(id)) await loosen(repo, id, time);
    }
  }
  const name = ids.length > 0 ? await writePack(repo, ids) : null;
  if (options.removeOld) {
    for (const pack of old)
      if (pack.name !== name && !(await repo.fs.exists(`${repo.gitDir}/objects/pack/${pack.name}.keep`)))
        await removePack(repo, pack.name);
    forgetPacks(repo);
    await prunePacked(repo);
  }
  forgetPacks(repo);
  await updateServerInfo(repo);
  return name !== null;
}

/** Writes a packed object as a loose one that is as old as its pack was. */
async function loosen(repo: Repository, id: string, time: number): Promise<void> {
  const path = loosePath(repo, id);
  if (await repo.fs.exists(path)) return;
  const raw = await readObject(repo, id);
  if (!raw) return;
  await writeLoose(repo, id, raw.type, raw.content);
  const touch = repo.fs as { utimes?(path: string, atime: Date, mtime: Date): Promise<void> };
  await touch.utimes?.(path, new Date(time * 1000), new Date(time * 1000));
}

async function writeLoose(repo: Repository, id: string, type: string, content: Uint8Array): Promise<void> {
  await repo.fs.mkdir(`${repo.gitDir}/objects/${id.slice(0, 2)}`, { recursive: true });
  await repo.fs.writeFile(
    loosePath(repo, id),
    deflateZlib(concat([fromUtf8(`${type} ${content.length}\0`), content])),
  );
}

/** Commits by date, then tags, trees and blobs: what is read together lies together. */
async function packOrder(repo: Repository, kept: ReadonlySet<string>): Promise<string[]> {
  const groups: Record<string, string[]> = { commit: [], tag: [], tree: [], blob: [] };
  for (const id of [...kept].sort()) {
    const raw = await readObject(repo, id);
    if (raw) groups[raw.type]?.push(id);
  }
  const commits: string[] = [];
  const shallowSafe = walkCommits(repo, { starts: groups["commit"] as string[], noWalk: "sorted" });
  for await (const commit of shallowSafe) commits.push(commit.id);
  return [
    ...commits,
    ...(groups["tag"] as string[]),
    ...(groups["tree"] as string[]),
    ...(groups["blob"] as string[]),
  ];
}

export interface ReflogExpiry {
  /** Entries older than this go; 0 keeps all. Undefined: the configuration says. */
  readonly total: number | undefined;
  /** The same for entries that the tip does not reach. */
  readonly unreachable: number | undefined;
  readonly rewrite: boolean;
  readonly updateRef: boolean;
  readonly dryRun: boolean;
  readonly onEntry?: (entry: ReflogEntry, pruned: boolean) => void;
}

/** The time limits of one log: what was asked for, else `gc.<pattern>.reflogExpire…`, else 90 and 30 days; the stash never expires by itself. */
export function expiryOf(
  repo: Repository,
  name: string,
  asked: Pick<ReflogExpiry, "total" | "unreachable">,
): { total: number; unreachable: number } {
  const fromConfig = (key: string, fallback: string): number => {
    const pattern = repo.config.entries.findLast(
      (entry) =>
        patternFor(entry.key, key) !== null && wildmatch(patternFor(entry.key, key) as string, name, {}),
    );
    if (pattern) return expiryDate(pattern.value ?? "", repo.now) ?? 0;
    if (name === "refs/stash") return 0;
    return expiryDate(repo.config.get(`gc.${key}`) ?? fallback, repo.now) ?? 0;
  };
  return {
    total: asked.total ?? fromConfig("reflogExpire", "90.days.ago"),
    unreachable: asked.unreachable ?? fromConfig("reflogExpireUnreachable", "30.days.ago"),
  };
}

function patternFor(entryKey: string, key: string): string | null {
  const suffix = `.${key.toLowerCase()}`;
  return entryKey.startsWith("gc.") && entryKey.endsWith(suffix) && entryKey.length > 3 + suffix.length
    ? entryKey.slice(3, -suffix.length)
    : null;
}

/** Drops old entries of one log. */
export async function expireReflog(repo: Repository, name: string, options: ReflogExpiry): Promise<void> {
  const { total, unreachable } = expiryOf(repo, name, options);
  const reaches = unreachable <= total ? null : await reachedFrom(repo, name);
  const unreached = async (entry: ReflogEntry) =>
    reaches === null ||
    !(await reached(repo, reaches, entry.old)) ||
    !(await reached(repo, reaches, entry.new));
  const prune = async (entry: ReflogEntry) => {
    const { timestamp } = entry.person;
    return timestamp < total || (timestamp < unreachable && (await unreached(entry)));
  };
  await filterReflog(repo, name, options, prune);
}

/** Removes the entries that `prune` selects; `rewrite` mends the chain of old ids. */
export async function filterReflog(
  repo: Repository,
  name: string,
  options: Pick<ReflogExpiry, "rewrite" | "updateRef" | "dryRun" | "onEntry">,
  prune: (entry: ReflogEntry, index: number) => Promise<boolean>,
): Promise<void> {
  const entries = await readReflog(repo, name);
  const kept: ReflogEntry[] = [];
  let last = "0".repeat(40);
  for (const [i, entry] of entries.entries()) {
    const pruned = await prune(options.rewrite ? { ...entry, old: last } : entry, i);
    options.onEntry?.(entry, pruned);
    if (pruned) continue;
    kept.push(options.rewrite ? { ...entry, old: last } : entry);
    last = entry.new;
  }
  if (options.dryRun) return;
  await writeReflog(repo, name, kept);
  const tip = kept.at(-1);
  if (options.updateRef && tip) {
    const ref = await resolveRef(repo, name);
    if (ref && ref.name === name) await repo.refStore.writeRef(name, { type: "direct", hash: tip.new });
  }
}

/** Commits that the tip of a log reaches; for HEAD, that any reference reaches. */
async function reachedFrom(repo: Repository, name: string): Promise<Set<string>> {
  const tips: string[] = [];
  if (name === "HEAD") {
    tips.push(...(await listRefs(repo)).map((ref) => ref.id));
    const head = await readHead(repo);
    if (head.id) tips.push(head.id);
  } else {
    const ref = await resolveRef(repo, name);
    if (ref) tips.push(ref.id);
  }
  const commits = await Promise.all(tips.map((id) => peel(repo, id, "commit")));
  return ancestors(
    repo,
    commits.filter((id) => id !== null),
  );
}

async function reached(repo: Repository, reaches: ReadonlySet<string>, id: string): Promise<boolean> {
  if (/^0+$/.test(id) || reaches.has(id)) return true;
  return (await peel(repo, id, "commit")) === null && (await readObject(repo, id)) !== null;
}
