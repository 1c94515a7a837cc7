/** Questions about who descends from whom. */
import type { GitRepo } from "just-git";
import { readCommit } from "../objects.ts";

/** Whether `old` is `id` or an ancestor of it. False where either is no commit. */
export async function isAncestorIn(repo: GitRepo, old: string, id: string): Promise<boolean> {
  const seen = new Set<string>();
  const queue = [id];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    if (at === old) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    const commit = await readCommit(repo, at);
    if (commit) queue.push(...commit.parents);
  }
  return false;
}
