/** Short lists of local changes: `M\tfile`. */
import { compareIndexWorktree, compareTreeWorktree } from "./compare.ts";
import { readIndex } from "./gitIndex.ts";
import { quotePath } from "./quotePath.ts";
import type { WorkTreeRepository } from "./repository.ts";

/** What `git reset` lists: files that differ from the index. */
export async function unstagedList(repo: WorkTreeRepository): Promise<string> {
  const changes = await compareIndexWorktree(repo, await readIndex(repo.fs, repo.gitDir));
  const lines = new Map<string, string>();
  for (const change of changes) if (!lines.has(change.new.path)) lines.set(change.new.path, change.status);
  return [...lines].map(([path, status]) => `${status}\t${quotePath(path)}\n`).join("");
}

/** What `git checkout` lists: everything that differs from a tree. */
export async function changedSince(repo: WorkTreeRepository, tree: string | null): Promise<string> {
  const changes = await compareTreeWorktree(repo, tree, await readIndex(repo.fs, repo.gitDir));
  return changes.map((change) => `${change.status}\t${quotePath(change.new.path)}\n`).join("");
}
