/** Which commits matter to a set of paths: https://git-scm.com/docs/git-log#_history_simplification */
import type { GitContext } from "just-git";
import { compareTrees } from "./compare.ts";
import type { Commit } from "./objects.ts";
import type { Pathspec } from "./pathspec.ts";
import type { CommitReader, Walk } from "./walk.ts";

export function pathSimplifier(
  repo: GitContext,
  read: CommitReader,
  paths: Pathspec,
  options: { fullHistory?: boolean; firstParent?: boolean } = {},
): NonNullable<Walk["simplify"]> {
  const same = async (a: string | null, b: string) =>
    (await compareTrees(repo, a, b, { paths })).length === 0;
  return async (commit: Commit) => {
    if (commit.parents.length === 0) return { show: !(await same(null, commit.tree)), parents: [] };
    let differs = false;
    for (const parent of commit.parents) {
      const before = await read(parent);
      if (!(await same(before?.tree ?? null, commit.tree))) differs = true;
      else if (!options.fullHistory) return { show: false, parents: [parent] };
    }
    return { show: differs, parents: commit.parents };
  };
}
