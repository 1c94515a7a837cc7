/**
 * Where the history of a repository is cut: `.git/shallow` names the commits whose parents were left out.
 * @see https://git-scm.com/docs/shallow
 */
import type { GitContext } from "just-git";

/** What a shallow fetch changes: commits that are cut from now on, and commits that are cut no longer. */
export interface ShallowChange {
  readonly shallow: readonly string[];
  readonly unshallow: readonly string[];
}

export async function shallowIds(repo: Pick<GitContext, "fs" | "gitDir">): Promise<Set<string>> {
  try {
    return new Set((await repo.fs.readFile(`${repo.gitDir}/shallow`)).split("\n").filter(Boolean));
  } catch {
    return new Set();
  }
}

export async function changeShallow(
  repo: Pick<GitContext, "fs" | "gitDir">,
  change: ShallowChange,
): Promise<void> {
  const ids = await shallowIds(repo);
  for (const id of change.shallow) ids.add(id);
  for (const id of change.unshallow) ids.delete(id);
  const path = `${repo.gitDir}/shallow`;
  if (ids.size > 0) await repo.fs.writeFile(path, [...ids].sort().join("\n") + "\n");
  else await repo.fs.rm(path, { force: true });
}
