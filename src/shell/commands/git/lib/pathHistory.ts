/** History simplification: which commits change some paths, and which parents matter for them. */
import type { GitContext } from "just-git";
import { flatTree } from "./flatTree.ts";
import { entryAt, type Commit } from "./objects.ts";
import { parsePathspec } from "./pathspec.ts";
import type { CommitReader, Walk } from "./walk.ts";

/**
 * The `simplify` of a walk for path arguments (as written, relative to `prefix`).
 * https://git-scm.com/docs/git-log#_history_simplification (default mode; `full` is `--full-history`)
 */
export function simplifyByPath(
  repo: GitContext,
  read: CommitReader,
  paths: readonly string[],
  prefix: string,
  full = false,
): NonNullable<Walk["simplify"]> {
  const fingerprint = fingerprints(repo, paths, prefix);
  return async (commit: Commit) => {
    const mine = await fingerprint(commit.tree);
    if (commit.parents.length === 0) return { show: mine !== "", parents: [] };
    const same: string[] = [];
    for (const id of commit.parents) {
      const parent = await read(id);
      if (parent && (await fingerprint(parent.tree)) === mine) same.push(id);
    }
    if (same.length === 0) return { show: true, parents: commit.parents };
    if (full) return { show: false, parents: commit.parents };
    return { show: false, parents: same.slice(0, 1) };
  };
}

/** A text that is equal for two trees where the paths have the same content; "" where none of them exists. */
function fingerprints(repo: GitContext, paths: readonly string[], prefix: string): (tree: string) => Promise<string> {
  const known = new Map<string, Promise<string>>();
  const spec = parsePathspec(paths, prefix);
  const plain = paths.every((path) => !/[*?[\\]|^:|(^|\/)\.\.?(\/|$)|^\//.test(path));
  const byEntry = async (tree: string) => {
    const parts: string[] = [];
    for (const path of paths) {
      const entry = await entryAt(repo, tree, prefix + path);
      if (entry) parts.push(`${path}\0${entry.mode} ${entry.id}`);
    }
    return parts.join("\0");
  };
  const byMatch = async (tree: string) => {
    const parts: string[] = [];
    for (const [path, { mode, oid }] of await flatTree(repo, tree)) if (spec.matches(path)) parts.push(`${path}\0${mode} ${oid}`);
    return parts.join("\0");
  };
  return (tree) => {
    const found = known.get(tree) ?? (plain ? byEntry(tree) : byMatch(tree));
    known.set(tree, found);
    return found;
  };
}
