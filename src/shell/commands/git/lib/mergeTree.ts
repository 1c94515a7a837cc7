/**
 * The three-way merge of trees: result, conflicted index entries, messages. just-git's engine decides contents; what
 * git leaves in the index and prints is made here.
 * https://git-scm.com/docs/merge-strategies#Documentation/merge-strategies.txt-ort
 */
import { findMergeBases, mergeTreesFromTreeHashes } from "just-git/repo";
import type { GitRepo } from "just-git";
import { flatTree, sameFile, type FileEntry, type FlatTree } from "./flatTree.ts";
import { comparePaths, readIndex, writeIndex, type IndexEntry } from "./gitIndex.ts";
import { EMPTY_TREE, readCommit, writeCommit, writeTree } from "./objects.ts";
import { writeFlatTree } from "./flatTree.ts";
import type { WorkTreeRepository } from "./repository.ts";
import { switchTree, type Obstacles, type SwitchOptions } from "./unpack.ts";

export interface MergeLabels {
  readonly ours: string;
  readonly theirs: string;
}

export interface MergedTree {
  readonly clean: boolean;
  /** Contents with conflict markers included. */
  readonly files: FlatTree;
  /** Index entries of conflicted paths, stages 1 to 3. */
  readonly unmerged: readonly IndexEntry[];
  /** `Auto-merging f`, `CONFLICT (content): …`, one per line. */
  readonly messages: readonly string[];
  /** Conflicted paths in order. */
  readonly conflicts: readonly string[];
}

/** @param base tree id, or null for an empty tree */
export async function mergeTree(
  repo: GitRepo,
  base: string | null,
  ours: string,
  theirs: string,
  labels: MergeLabels,
): Promise<MergedTree> {
  // The engine wants the empty tree as an object where it is a side, and as null where it is the base.
  if (ours === EMPTY_TREE || theirs === EMPTY_TREE) await writeTree(repo, []);
  const merged = await mergeTreesFromTreeHashes(
    repo,
    base === EMPTY_TREE ? null : base,
    ours,
    theirs,
    labels,
  );
  const [files, a, b, c] = await Promise.all([
    flatTree(repo, merged.treeHash),
    flatTree(repo, base),
    flatTree(repo, ours),
    flatTree(repo, theirs),
  ]);
  const unmerged: IndexEntry[] = [];
  const conflicts = new Set<string>();
  const stage = (path: string, number: number, file: FileEntry | undefined) => {
    if (!file) return;
    conflicts.add(path);
    unmerged.push({ path, ...file, stage: number, size: 0, mtimeMs: 0 });
  };
  for (const conflict of merged.conflicts) {
    if (
      conflict.reason === "rename-rename" &&
      conflict.oldPath &&
      conflict.oursPath &&
      conflict.theirsPath &&
      conflict.oursPath !== conflict.theirsPath
    ) {
      stage(conflict.oldPath, 1, a.get(conflict.oldPath));
      stage(conflict.oursPath, 2, files.get(conflict.oursPath) ?? b.get(conflict.oursPath));
      stage(conflict.theirsPath, 3, files.get(conflict.theirsPath) ?? c.get(conflict.theirsPath));
      continue;
    }
    const { path } = conflict;
    if (conflicts.has(path)) continue;
    stage(
      path,
      1,
      a.get(conflict.oldPath ?? path) ??
        a.get(conflict.oursOrigPath ?? path) ??
        a.get(conflict.theirsOrigPath ?? path),
    );
    if (conflict.deletedBy !== "ours") stage(path, 2, b.get(conflict.oursOrigPath ?? path) ?? b.get(path));
    if (conflict.deletedBy !== "theirs")
      stage(path, 3, c.get(conflict.theirsOrigPath ?? path) ?? c.get(path));
  }
  unmerged.sort((x, y) => comparePaths(x.path, y.path) || x.stage - y.stage);
  return {
    clean: merged.clean,
    files,
    unmerged,
    messages: merged.messages,
    conflicts: [...conflicts].sort(comparePaths),
  };
}

/** The tree to merge against: the only merge base's, or that of the merge bases merged with each other. Null where unrelated. */
export async function mergeBaseTree(repo: GitRepo, ours: string, theirs: string): Promise<string | null> {
  const bases = (await findMergeBases(repo, ours, theirs)).toReversed();
  const [first, ...rest] = bases;
  if (first === undefined) return null;
  let commit = first;
  for (const other of rest) commit = await virtualBase(repo, commit, other);
  return (await readCommit(repo, commit))?.tree ?? null;
}

async function virtualBase(repo: GitRepo, ours: string, theirs: string): Promise<string> {
  const [a, b] = await Promise.all([readCommit(repo, ours), readCommit(repo, theirs)]);
  if (!a || !b) return ours;
  const labels = { ours: "Temporary merge branch 1", theirs: "Temporary merge branch 2" };
  const merged = await mergeTree(repo, await mergeBaseTree(repo, ours, theirs), a.tree, b.tree, labels);
  const tree = await writeFlatTree(repo, merged.files);
  return writeCommit(repo, {
    tree,
    parents: [ours, theirs],
    author: a.author,
    committer: a.committer,
    extra: [],
    message: "merged tree",
  });
}

/** Brings index and working tree from `from` to a merge's result, with the conflicted entries. Null where it was done. */
export async function applyMerge(
  repo: WorkTreeRepository,
  from: FlatTree,
  merged: MergedTree,
  options: SwitchOptions = {},
): Promise<Obstacles | null> {
  const obstacles = await switchTree(repo, from, merged.files, options);
  if (obstacles || merged.unmerged.length === 0) return obstacles;
  const index = await readIndex(repo.fs, repo.gitDir);
  const conflicted = new Set(merged.conflicts);
  const entries = index.entries.filter((entry) => !conflicted.has(entry.path));
  await writeIndex(repo.fs, repo.gitDir, [...entries, ...merged.unmerged]);
  return null;
}

/** Do two trees hold the same files? */
export function sameTree(a: FlatTree, b: FlatTree): boolean {
  if (a.size !== b.size) return false;
  for (const [path, file] of a) if (!sameFile(file, b.get(path))) return false;
  return true;
}
