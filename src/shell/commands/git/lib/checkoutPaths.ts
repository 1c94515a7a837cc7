/** Bringing files back from the index or a tree: `git restore`, and `git checkout` with paths. */
import { flatTree, type FlatTree } from "./flatTree.ts";
import { readIndex, writeIndex, type IndexEntry } from "./gitIndex.ts";
import { parsePathspec } from "./pathspec.ts";
import type { WorkTreeRepository } from "./repository.ts";
import { stop, type Transcript } from "./transcript.ts";
import { refreshed } from "./unpack.ts";
import { checkOutFile, fileChange, removeFile } from "./workTree.ts";

export interface PathsOptions {
  readonly paths: readonly string[];
  /** Tree id; null is the index. */
  readonly tree: string | null;
  readonly staged: boolean;
  readonly worktree: boolean;
  /** Remove what the tree lacks (`git restore` does, `git checkout` does not). */
  readonly overlay: boolean;
  /** Which version of a conflicted file. */
  readonly side?: 2 | 3 | undefined;
  /** Skip conflicted paths. */
  readonly force?: boolean;
}

/** Returns the number of files that were written. Stops where a path matches nothing. */
export async function checkOutPaths(
  repo: WorkTreeRepository,
  t: Transcript,
  options: PathsOptions,
): Promise<number> {
  const index = await readIndex(repo.fs, repo.gitDir);
  const source = options.tree === null ? null : await flatTree(repo, options.tree);
  const spec = parsePathspec(options.paths, repo.prefix);
  requireMatches(
    repo,
    options.paths,
    source
      ? [...source.keys(), ...(options.overlay ? [] : index.entries.map((entry) => entry.path))]
      : index.entries.map((entry) => entry.path),
  );
  const wanted = source ?? (await indexSource(repo, t, index.entries, options));
  const named = [...wanted].filter(([path]) => spec.matches(path));
  const staged = new Map(
    index.entries.filter((entry) => entry.stage === 0).map((entry) => [entry.path, entry]),
  );
  const fresh = new Map<string, IndexEntry>();
  let written = 0;
  for (const [path, file] of named) {
    const current = staged.get(path);
    const equal = current !== undefined && current.oid === file.oid && current.mode === file.mode;
    if (options.worktree) {
      if (equal && source === null && (await fileChange(repo, index, current)) === null) continue;
      if (!equal || (await fileChange(repo, index, current)) !== null) {
        fresh.set(path, await checkOutFile(repo, path, file));
        written += 1;
      }
    } else if (!equal) fresh.set(path, { path, ...file, stage: 0, size: 0, mtimeMs: 0 });
  }
  const gone =
    source && !options.overlay
      ? [...new Set(index.entries.map((entry) => entry.path))].filter(
          (path) => spec.matches(path) && !source.has(path),
        )
      : [];
  if (options.worktree) for (const path of gone) await removeFile(repo, path);
  await saveIndex(repo, index.entries, fresh, gone, options, source !== null);
  return written + (options.worktree ? gone.length : 0);
}

async function saveIndex(
  repo: WorkTreeRepository,
  entries: readonly IndexEntry[],
  fresh: ReadonlyMap<string, IndexEntry>,
  gone: readonly string[],
  options: PathsOptions,
  fromTree: boolean,
): Promise<void> {
  if (!options.staged && fromTree) return;
  if (fresh.size === 0 && gone.length === 0) return;
  const dropped = new Set(gone);
  if (!fromTree) {
    const kept = entries.map((entry) => (entry.stage === 0 ? (fresh.get(entry.path) ?? entry) : entry));
    return writeIndex(repo.fs, repo.gitDir, kept);
  }
  const kept = entries.filter((entry) => !dropped.has(entry.path) && !fresh.has(entry.path));
  await writeIndex(repo.fs, repo.gitDir, [...kept, ...(await refreshed(repo, [...fresh.values()]))]);
}

/** The index as a source; conflicted paths are an error unless a side is chosen. */
async function indexSource(
  repo: WorkTreeRepository,
  t: Transcript,
  entries: readonly IndexEntry[],
  options: PathsOptions,
): Promise<FlatTree> {
  const spec = parsePathspec(options.paths, repo.prefix);
  const source: FlatTree = new Map();
  const unmerged = new Set<string>();
  for (const entry of entries) {
    if (entry.stage === 0 || entry.stage === options.side)
      source.set(entry.path, { mode: entry.mode, oid: entry.oid });
    if (entry.stage > 0 && spec.matches(entry.path)) unmerged.add(entry.path);
  }
  const bad = [...unmerged].filter((path) => options.side === undefined || !source.has(path));
  if (bad.length === 0) return source;
  if (options.force) {
    for (const path of bad) t.err(`warning: path '${path}' is unmerged\n`);
    return source;
  }
  const missing =
    options.side === 2
      ? "does not have our version"
      : options.side === 3
        ? "does not have their version"
        : "is unmerged";
  stop(bad.map((path) => `error: path '${path}' ${missing}\n`).join(""));
}

function requireMatches(repo: WorkTreeRepository, paths: readonly string[], known: readonly string[]): void {
  const missing = paths.filter((path) => {
    const spec = parsePathspec([path], repo.prefix);
    return spec.items.some((item) => !item.exclude) && !known.some((name) => spec.matches(name));
  });
  if (missing.length > 0)
    stop(
      missing.map((path) => `error: pathspec '${path}' did not match any file(s) known to git\n`).join(""),
    );
}
