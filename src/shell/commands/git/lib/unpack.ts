/**
 * Moving index and working tree from one tree to another without losing local changes.
 * Imitates the two-tree merge of https://git-scm.com/docs/git-read-tree#_two_tree_merge
 */
import { sameFile, type FileEntry, type FlatTree } from "./flatTree.ts";
import { readIndex, sortEntries, writeIndex, type GitIndex, type IndexEntry } from "./gitIndex.ts";
import type { WorkTreeRepository } from "./repository.ts";
import { checkOutFile, fileChange, fileStat, removeFile } from "./workTree.ts";

export interface Obstacles {
  /** Paths with local changes, in the index or the file. */
  readonly changed: string[];
  /** Untracked files in the way of new ones. */
  readonly untracked: string[];
}

export interface SwitchOptions {
  /** May an untracked file be overwritten (because it is ignored)? */
  readonly expendable?: (path: string) => Promise<boolean>;
}

interface Plan {
  readonly kept: IndexEntry[];
  readonly written: (readonly [string, FileEntry])[];
  readonly removed: string[];
  readonly obstacles: Obstacles;
}

/** Null where it was done; else what stands in the way, and nothing was changed. */
export async function switchTree(
  repo: WorkTreeRepository,
  from: FlatTree,
  to: FlatTree,
  options: SwitchOptions = {},
): Promise<Obstacles | null> {
  const index = await readIndex(repo.fs, repo.gitDir);
  const plan = await planSwitch(repo, index, from, to, options);
  if (plan.obstacles.changed.length + plan.obstacles.untracked.length > 0) return plan.obstacles;
  for (const path of plan.removed) await removeFile(repo, path);
  const written: IndexEntry[] = [];
  for (const [path, file] of plan.written) written.push(await checkOutFile(repo, path, file));
  await writeIndex(repo.fs, repo.gitDir, [...plan.kept, ...written]);
  return null;
}

async function planSwitch(
  repo: WorkTreeRepository,
  index: GitIndex,
  from: FlatTree,
  to: FlatTree,
  options: SwitchOptions,
): Promise<Plan> {
  const plan: Plan = { kept: [], written: [], removed: [], obstacles: { changed: [], untracked: [] } };
  const staged = new Map(
    index.entries.filter((entry) => entry.stage === 0).map((entry) => [entry.path, entry]),
  );
  const paths = new Set([...staged.keys(), ...from.keys(), ...to.keys()]);
  for (const path of [...paths].sort()) {
    const current = staged.get(path);
    if (current) await planTracked(repo, index, plan, current, from.get(path), to.get(path));
    else await planUntracked(repo, plan, path, from.get(path), to.get(path), staged, options);
  }
  return plan;
}

async function planTracked(
  repo: WorkTreeRepository,
  index: GitIndex,
  plan: Plan,
  current: IndexEntry,
  old: FileEntry | undefined,
  next: FileEntry | undefined,
): Promise<void> {
  const keeps = sameFile(old, next) || (next !== undefined && isFile(current, next));
  if (keeps) {
    plan.kept.push(current);
    return;
  }
  if (!old || !isFile(current, old)) {
    plan.obstacles.changed.push(current.path);
    return;
  }
  const change = await fileChange(repo, index, current);
  if (change === "modified" || change === "typechange") plan.obstacles.changed.push(current.path);
  else if (next) plan.written.push([current.path, next]);
  else plan.removed.push(current.path);
}

function isFile(entry: IndexEntry, file: FileEntry): boolean {
  return entry.oid === file.oid && entry.mode === file.mode && !entry.intentToAdd;
}

async function planUntracked(
  repo: WorkTreeRepository,
  plan: Plan,
  path: string,
  old: FileEntry | undefined,
  next: FileEntry | undefined,
  staged: ReadonlyMap<string, IndexEntry>,
  options: SwitchOptions,
): Promise<void> {
  if (!next) return;
  if (old) {
    if (!sameFile(old, next)) plan.obstacles.changed.push(path);
    return;
  }
  const obstacle = await untrackedAt(repo, path, staged);
  if (obstacle !== null && !(await options.expendable?.(obstacle))) plan.obstacles.untracked.push(obstacle);
  else plan.written.push([path, next]);
}

/** The untracked file that stands at a path, or at one of its parents. */
async function untrackedAt(
  repo: WorkTreeRepository,
  path: string,
  staged: ReadonlyMap<string, IndexEntry>,
): Promise<string | null> {
  if (await fileStat(repo, path)) return path;
  const parts = path.split("/");
  for (let i = 1; i < parts.length; i++) {
    const parent = parts.slice(0, i).join("/");
    if (!staged.has(parent) && (await fileStat(repo, parent))) return parent;
  }
  return null;
}

/** Makes index and working tree equal to a tree, whatever was there; untracked files stay. */
export async function forceTree(repo: WorkTreeRepository, to: FlatTree): Promise<void> {
  const index = await readIndex(repo.fs, repo.gitDir);
  const tracked = new Set(index.entries.map((entry) => entry.path));
  for (const path of tracked) if (!to.has(path)) await removeFile(repo, path);
  const staged = new Map(
    index.entries.filter((entry) => entry.stage === 0).map((entry) => [entry.path, entry]),
  );
  const entries: IndexEntry[] = [];
  for (const [path, file] of to) {
    const current = staged.get(path);
    const fresh =
      current !== undefined && isFile(current, file) && (await fileChange(repo, index, current)) === null;
    entries.push(fresh ? current : await checkOutFile(repo, path, file));
  }
  await writeIndex(repo.fs, repo.gitDir, entries);
}

/** Makes the index equal to a tree and leaves files alone; what is known about equal entries is kept. */
export async function resetIndex(repo: WorkTreeRepository, to: FlatTree): Promise<void> {
  const index = await readIndex(repo.fs, repo.gitDir);
  const staged = new Map(
    index.entries.filter((entry) => entry.stage === 0).map((entry) => [entry.path, entry]),
  );
  const entries = [...to].map(([path, file]) => {
    const current = staged.get(path);
    return current && isFile(current, file) ? current : { path, ...file, stage: 0, size: 0, mtimeMs: 0 };
  });
  await writeIndex(repo.fs, repo.gitDir, sortEntries(await refreshed(repo, entries)));
}

/** Entries whose file has the staged content learn its size and time, so that later comparisons are cheap. */
export async function refreshed(
  repo: WorkTreeRepository,
  entries: readonly IndexEntry[],
): Promise<IndexEntry[]> {
  const fresh: IndexEntry[] = [];
  for (const entry of entries) {
    if (entry.stage !== 0 || entry.mtimeMs !== 0) {
      fresh.push(entry);
      continue;
    }
    const stat = await fileStat(repo, entry.path);
    const same = stat !== null && (await fileChange(repo, { entries: [], writtenMs: 0 }, entry)) === null;
    fresh.push(same ? { ...entry, size: stat.size, mtimeMs: stat.mtimeMs } : entry);
  }
  return fresh;
}

/** git's message about obstacles, without a last line `Aborting`. `command` as in "overwritten by merge". */
export function obstacleText(obstacles: Obstacles, command: string, action = command): string {
  const list = (paths: readonly string[]) => paths.map((path) => `\t${path}\n`).join("");
  let text = "";
  if (obstacles.changed.length > 0) {
    text +=
      `error: Your local changes to the following files would be overwritten by ${command}:\n${list(obstacles.changed)}` +
      `Please commit your changes or stash them before you ${action}.\n`;
  }
  if (obstacles.untracked.length > 0) {
    text +=
      `error: The following untracked working tree files would be overwritten by ${command}:\n${list(obstacles.untracked)}` +
      `Please move or remove them before you ${action}.\n`;
  }
  return text;
}
