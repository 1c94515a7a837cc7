/** What `git status` reports, before it is printed: https://git-scm.com/docs/git-status */
import type { GitCall } from "../call.ts";
import type { Change } from "./change.ts";
import { compareIndexWorktree, compareTreeIndex, type Refreshed } from "./compare.ts";
import { comparePaths, type GitIndex, type IndexEntry, readIndex, writeIndex } from "./gitIndex.ts";
import { ignoreOf } from "./ignore.ts";
import { peel } from "./objects.ts";
import { EVERYTHING, type Pathspec } from "./pathspec.ts";
import { type Head, readHead } from "./refs.ts";
import { findRenames } from "./rename.ts";
import type { WorkTreeRepository } from "./repository.ts";
import { findUntracked } from "./untracked.ts";
import { fileStat } from "./workTree.ts";

export interface StatusOptions {
  readonly untracked: "no" | "normal" | "all";
  readonly ignored: "no" | "traditional" | "matching";
  readonly renames: boolean;
  readonly paths?: Pathspec;
}

export interface StatusData {
  readonly head: Head;
  readonly index: GitIndex;
  /** From HEAD to the index, without unmerged paths. */
  readonly staged: readonly Change[];
  /** From the index to the files, without unmerged paths. */
  readonly changed: readonly Change[];
  readonly unmerged: readonly Unmerged[];
  readonly untracked: readonly string[];
  readonly ignored: readonly string[];
}

export interface Unmerged {
  readonly path: string;
  /** Bit 0 base, bit 1 ours, bit 2 theirs. */
  readonly stages: number;
  readonly entries: readonly IndexEntry[];
  /** Mode of the file; 0 where there is none. */
  readonly fileMode: number;
}

export async function statusData(
  call: Pick<GitCall, "env">,
  repo: WorkTreeRepository,
  options: StatusOptions,
): Promise<StatusData> {
  const paths = options.paths ?? EVERYTHING;
  const head = await readHead(repo);
  const index = await readIndex(repo.fs, repo.gitDir);
  const tree = head.id === null ? null : await peel(repo, head.id, "tree");
  const staged = (await compareTreeIndex(repo, tree, index, paths)).filter((change) => change.status !== "U");
  const unmerged = await unmergedPaths(repo, index, paths);
  const conflicted = new Set(unmerged.map((one) => one.path));
  const fresh: Refreshed = new Map();
  const changed = (await compareIndexWorktree(repo, index, paths, fresh)).filter(
    (change) => !conflicted.has(change.new.path),
  );
  await refreshIndex(repo, index, fresh);
  const others = await otherFiles(call, repo, index, options, paths);
  return {
    head,
    index,
    staged: options.renames ? await findRenames(repo, staged) : staged,
    changed: options.renames ? await findRenames(repo, changed) : changed,
    unmerged,
    ...others,
  };
}

async function otherFiles(
  call: Pick<GitCall, "env">,
  repo: WorkTreeRepository,
  index: GitIndex,
  options: StatusOptions,
  paths: Pathspec,
) {
  if (options.untracked === "no") return { untracked: [], ignored: [] };
  const ignores = ignoreOf(repo, call.env);
  return findUntracked(repo, index, {
    mode: options.untracked,
    paths,
    ignores,
    wantsIgnored: options.ignored,
  });
}

async function unmergedPaths(
  repo: WorkTreeRepository,
  index: GitIndex,
  paths: Pathspec,
): Promise<Unmerged[]> {
  const found = new Map<string, IndexEntry[]>();
  for (const entry of index.entries) {
    if (entry.stage > 0 && paths.matches(entry.path))
      found.set(entry.path, [...(found.get(entry.path) ?? []), entry]);
  }
  const all: Unmerged[] = [];
  for (const [path, entries] of found) {
    const stages = entries.reduce((mask, entry) => mask | (1 << (entry.stage - 1)), 0);
    all.push({ path, entries, stages, fileMode: (await fileStat(repo, path))?.mode ?? 0 });
  }
  return all.sort((a, b) => comparePaths(a.path, b.path));
}

/** Files that were read and found equal are remembered by time and size, so that the next look is quick. */
async function refreshIndex(repo: WorkTreeRepository, index: GitIndex, fresh: Refreshed): Promise<void> {
  if (fresh.size === 0) return;
  const entries = index.entries.map((entry) =>
    entry.stage === 0 ? { ...entry, ...fresh.get(entry.path) } : entry,
  );
  await writeIndex(repo.fs, repo.gitDir, entries).catch(() => undefined);
}
