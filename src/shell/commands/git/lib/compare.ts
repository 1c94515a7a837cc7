/** Comparing trees, the index and the working tree: lists of changes in path order. */
import type { GitContext } from "just-git";
import { absent, type Change, changeOf, type Side } from "./change.ts";
import { comparePaths, type GitIndex, type IndexEntry } from "./gitIndex.ts";
import { compareText, isTree, LINK_MODE, readTree, TREE_MODE, type TreeEntry } from "./objects.ts";
import { EVERYTHING, type Pathspec } from "./pathspec.ts";
import type { WorkTreeRepository } from "./repository.ts";
import { fileContent, fileStats } from "./workTree.ts";
import { hashObject, GITLINK_MODE } from "./objects.ts";

export interface TreeOptions {
  readonly paths?: Pathspec;
  /** Report directories as entries instead of entering them. */
  readonly shallow?: boolean;
  /** Report directories and enter them (`-t`). */
  readonly trees?: boolean;
}

/** Changes from one tree to another; null is an empty tree. */
export async function compareTrees(
  repo: GitContext,
  a: string | null,
  b: string | null,
  options: TreeOptions = {},
): Promise<Change[]> {
  const out: Change[] = [];
  if (a !== b) await compareFolders(repo, a, b, "", options, out);
  return out;
}

async function entriesOf(repo: GitContext, tree: string | null): Promise<readonly TreeEntry[]> {
  return tree === null ? [] : ((await readTree(repo, tree)) ?? []);
}

async function compareFolders(
  repo: GitContext,
  a: string | null,
  b: string | null,
  prefix: string,
  options: TreeOptions,
  out: Change[],
): Promise<void> {
  const [left, right] = await Promise.all([entriesOf(repo, a), entriesOf(repo, b)]);
  for (const [x, y] of merged(left, right)) {
    if (x && y && x.id === y.id && x.mode === y.mode) continue;
    await compareEntries(repo, x, y, prefix, options, out);
  }
}

async function compareEntries(
  repo: GitContext,
  x: TreeEntry | undefined,
  y: TreeEntry | undefined,
  prefix: string,
  options: TreeOptions,
  out: Change[],
): Promise<void> {
  const path = prefix + (x ?? (y as TreeEntry)).name;
  const paths = options.paths ?? EVERYTHING;
  const folder = [x, y].some((entry) => entry && isTree(entry.mode));
  if (!folder || options.shallow || options.trees) {
    const change = changeOf(sideOf(path, x), sideOf(path, y));
    if (change && paths.matches(path)) out.push(change);
  }
  if (!folder || options.shallow || !paths.mayContain(path)) return;
  await compareFolders(repo, x?.id ?? null, y?.id ?? null, `${path}/`, options, out);
}

function sideOf(path: string, entry: TreeEntry | undefined): Side {
  return entry ? { path, mode: entry.mode, id: entry.id } : absent(path);
}

/** Walks two sorted lists together; a file and a directory of one name are different entries. */
function* merged(
  left: readonly TreeEntry[],
  right: readonly TreeEntry[],
): Generator<[TreeEntry | undefined, TreeEntry | undefined]> {
  const key = (entry: TreeEntry) => (entry.mode === TREE_MODE ? `${entry.name}/` : entry.name);
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const x = left[i];
    const y = right[j];
    const order = !x ? 1 : !y ? -1 : compareText(key(x), key(y));
    if (order <= 0) i++;
    if (order >= 0) j++;
    yield [order <= 0 ? x : undefined, order >= 0 ? y : undefined];
  }
}

/** All files of a tree as sides. */
export async function treeSides(
  repo: GitContext,
  tree: string | null,
  paths: Pathspec = EVERYTHING,
): Promise<Map<string, Side>> {
  const changes = await compareTrees(repo, null, tree, { paths });
  return new Map(changes.map((change) => [change.new.path, change.new]));
}

/** From a tree to the index; unmerged paths come as U. */
export async function compareTreeIndex(
  repo: GitContext,
  tree: string | null,
  index: GitIndex,
  paths: Pathspec = EVERYTHING,
): Promise<Change[]> {
  const before = await treeSides(repo, tree, paths);
  const after = indexSides(index, paths);
  return comparePathMaps(before, after.files, after.unmerged);
}

interface IndexSides {
  readonly files: Map<string, Side>;
  readonly unmerged: Map<string, IndexEntry[]>;
}

export function indexSides(index: GitIndex, paths: Pathspec = EVERYTHING): IndexSides {
  const files = new Map<string, Side>();
  const unmerged = new Map<string, IndexEntry[]>();
  for (const entry of index.entries) {
    if (!paths.matches(entry.path)) continue;
    if (entry.stage > 0) unmerged.set(entry.path, [...(unmerged.get(entry.path) ?? []), entry]);
    else if (!entry.intentToAdd) files.set(entry.path, { path: entry.path, mode: entry.mode, id: entry.oid });
  }
  return { files, unmerged };
}

function comparePathMaps(
  before: Map<string, Side>,
  after: Map<string, Side>,
  unmerged: ReadonlyMap<string, unknown>,
): Change[] {
  const out: Change[] = [];
  const names = new Set(unmerged.keys());
  for (const [path, side] of before) if (!same(side, after.get(path))) names.add(path);
  for (const path of after.keys()) if (!before.has(path)) names.add(path);
  for (const path of [...names].sort(comparePaths)) {
    if (unmerged.has(path)) {
      out.push({ status: "U", old: before.get(path) ?? absent(path), new: absent(path) });
      continue;
    }
    const change = changeOf(before.get(path) ?? absent(path), after.get(path) ?? absent(path));
    if (change) out.push(change);
  }
  return out;
}

function same(a: Side, b: Side | undefined): boolean {
  return b !== undefined && a.mode === b.mode && a.id === b.id && a.id !== null;
}

/** The file at an index entry's path; `id` is null unless it was found equal to the entry. */
export async function worktreeSide(
  repo: WorkTreeRepository,
  index: GitIndex,
  entry: IndexEntry,
  stats: ReturnType<typeof fileStats>,
  fresh?: Refreshed,
): Promise<Side> {
  const stat = await stats(entry.path);
  if (!stat)
    return entry.mode === GITLINK_MODE
      ? { path: entry.path, mode: entry.mode, id: entry.oid }
      : absent(entry.path);
  if (stat.mode === GITLINK_MODE) return { path: entry.path, mode: stat.mode, id: entry.oid };
  const trusts =
    stat.mode === entry.mode ||
    stat.mode === LINK_MODE ||
    entry.mode === LINK_MODE ||
    repo.config.bool("core.fileMode") !== false;
  const side = {
    path: entry.path,
    mode: trusts ? stat.mode : entry.mode,
    file: `${repo.workTree}/${entry.path}`,
  };
  const unchanged =
    stat.size === entry.size && stat.mtimeMs === entry.mtimeMs && stat.mtimeMs < index.writtenMs;
  if (unchanged && !entry.intentToAdd) return { ...side, id: entry.oid };
  if (stat.size !== entry.size && entry.size !== 0 && stat.mode !== LINK_MODE) return { ...side, id: null };
  const id = hashObject("blob", await fileContent(repo, entry.path, stat.mode));
  const equal = id === entry.oid && !entry.intentToAdd;
  if (equal) fresh?.set(entry.path, { size: stat.size, mtimeMs: stat.mtimeMs });
  return { ...side, id: equal ? id : null };
}

/** Size and time of files that had to be read and were found equal to their index entry, by path. */
export type Refreshed = Map<string, { readonly size: number; readonly mtimeMs: number }>;

/** From the index to the working tree; unmerged paths come as U, followed by their change against our side. */
export async function compareIndexWorktree(
  repo: WorkTreeRepository,
  index: GitIndex,
  paths: Pathspec = EVERYTHING,
  fresh?: Refreshed,
): Promise<Change[]> {
  const out: Change[] = [];
  const unmerged = new Set<string>();
  const stats = fileStats(repo);
  for (const entry of index.entries) {
    if (!paths.matches(entry.path)) continue;
    if (entry.stage > 0) {
      if (!unmerged.has(entry.path))
        out.push({ status: "U", old: absent(entry.path), new: absent(entry.path) });
      unmerged.add(entry.path);
      if (entry.stage !== 2) continue;
    }
    const before = entry.intentToAdd
      ? absent(entry.path)
      : { path: entry.path, mode: entry.mode, id: entry.oid };
    const change = changeOf(before, await worktreeSide(repo, index, entry, stats, fresh));
    if (change) out.push(change);
  }
  return out;
}

/** From a tree to the working tree's tracked files. */
export async function compareTreeWorktree(
  repo: WorkTreeRepository,
  tree: string | null,
  index: GitIndex,
  paths: Pathspec = EVERYTHING,
): Promise<Change[]> {
  const before = await treeSides(repo, tree, paths);
  const after = new Map<string, Side>();
  const unmerged = new Map<string, true>();
  const stats = fileStats(repo);
  for (const entry of index.entries) {
    if (!paths.matches(entry.path)) continue;
    if (entry.stage > 0) unmerged.set(entry.path, true);
    else after.set(entry.path, await worktreeSide(repo, index, entry, stats));
  }
  const out = comparePathMaps(before, after, unmerged);
  return dropEqual(repo, out);
}

/** A file that was not hashed because it differs from the index may still equal the tree. */
async function dropEqual(repo: WorkTreeRepository, all: readonly Change[]): Promise<Change[]> {
  const out: Change[] = [];
  for (const change of all) {
    const { old: before, new: after } = change;
    if (change.status === "M" && after.id === null && before.mode === after.mode) {
      const id = hashObject("blob", await fileContent(repo, after.path, after.mode));
      if (id === before.id) continue;
    }
    out.push(change);
  }
  return out;
}
