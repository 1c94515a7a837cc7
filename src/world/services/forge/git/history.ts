/** Who descends from whom. */
import type { Commit } from "./commit.ts";
import type { Objects } from "./objects.ts";

/** Ids of a commit and of everything before it. Missing parents are skipped. */
export function ancestors(objects: Objects, ids: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const todo = [...ids];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    const commit = seen.has(id) ? null : objects.commit(id);
    if (!commit) continue;
    seen.add(id);
    todo.push(...commit.parents);
  }
  return seen;
}

/** A commit is its own ancestor. */
export function isAncestor(objects: Objects, older: string, newer: string): boolean {
  return ancestors(objects, [newer]).has(older);
}

/** Commits of `head` that `bases` do not have, newest first: parents after children, then by committer date. */
export function log(objects: Objects, head: string, bases: readonly string[] = []): Commit[] {
  const known = ancestors(objects, bases);
  const commits = [...ancestors(objects, [head])]
    .filter((id) => !known.has(id))
    .map((id) => objects.commit(id) as Commit);
  return topological(commits);
}

/** Children before parents; among those that are free, the newest first. */
function topological(commits: readonly Commit[]): Commit[] {
  const byId = new Map(commits.map((commit) => [commit.id, commit]));
  const children = new Map<string, number>();
  for (const { parents } of commits) for (const id of parents) children.set(id, (children.get(id) ?? 0) + 1);
  const free = commits.filter(({ id }) => !children.has(id));
  const sorted: Commit[] = [];
  while (free.length > 0) {
    free.sort((a, b) => b.committer.atMs - a.committer.atMs || (a.id < b.id ? -1 : 1));
    const next = free.shift() as Commit;
    sorted.push(next);
    for (const id of next.parents) {
      const left = (children.get(id) ?? 1) - 1;
      children.set(id, left);
      const parent = byId.get(id);
      if (left === 0 && parent) free.push(parent);
    }
  }
  return sorted;
}

/** The best common ancestor; null where the histories have none. */
export function mergeBase(objects: Objects, one: string, other: string): string | null {
  const mine = ancestors(objects, [one]);
  const common = [...ancestors(objects, [other])].filter((id) => mine.has(id));
  const covered = ancestors(
    objects,
    common.flatMap((id) => objects.commit(id)?.parents ?? []),
  );
  const best = common.filter((id) => !covered.has(id)).map((id) => objects.commit(id) as Commit);
  return topological(best)[0]?.id ?? null;
}

export function aheadBehind(
  objects: Objects,
  base: string,
  head: string,
): { readonly ahead: number; readonly behind: number } {
  return { ahead: log(objects, head, [base]).length, behind: log(objects, base, [head]).length };
}
