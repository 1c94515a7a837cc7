/** Which objects one repository has to send to another. */
import type { GitRepo } from "just-git";
import { GITLINK_MODE, isTree, parseCommit, parseTag, parseTree, readObject } from "../objects.ts";

/**
 * Everything that `wants` need and the other side lacks, commits before trees before blobs. An object that the other
 * side has is taken to be complete there.
 */
export async function missingObjects(
  source: GitRepo,
  wants: Iterable<string>,
  has: (id: string) => boolean | Promise<boolean>,
  /** Commits whose parents the source has not either. */
  shallow: ReadonlySet<string> = new Set(),
): Promise<string[]> {
  const seen = new Set<string>();
  const found: { readonly commits: string[]; readonly rest: string[] } = { commits: [], rest: [] };
  const queue = [...wants];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (seen.has(id) || (await has(id))) continue;
    seen.add(id);
    const raw = await readObject(source, id);
    if (!raw) throw new Error(`missing object ${id}`);
    if (raw.type === "commit") {
      const commit = parseCommit(id, raw.content);
      found.commits.push(id);
      if (!shallow.has(id)) queue.push(...commit.parents);
      await addTree(source, commit.tree, has, seen, found.rest);
    } else if (raw.type === "tag") {
      found.commits.push(id);
      queue.push(parseTag(id, raw.content).object);
    } else if (raw.type === "tree") {
      seen.delete(id);
      await addTree(source, id, has, seen, found.rest);
    } else found.rest.push(id);
  }
  return [...found.commits, ...found.rest];
}

async function addTree(
  source: GitRepo,
  tree: string,
  has: (id: string) => boolean | Promise<boolean>,
  seen: Set<string>,
  found: string[],
): Promise<void> {
  if (seen.has(tree) || (await has(tree))) return;
  seen.add(tree);
  found.push(tree);
  const raw = await readObject(source, tree);
  if (!raw) throw new Error(`missing object ${tree}`);
  for (const entry of parseTree(raw.content)) {
    if (entry.mode === GITLINK_MODE) continue;
    if (isTree(entry.mode)) await addTree(source, entry.id, has, seen, found);
    else if (!seen.has(entry.id) && !(await has(entry.id))) {
      seen.add(entry.id);
      found.push(entry.id);
    }
  }
}

/** What a repository certainly has that has these tips: all their commits, and the trees of the tips themselves. */
export async function knownObjects(source: GitRepo, tips: Iterable<string>): Promise<Set<string>> {
  const known = new Set<string>();
  const queue = [...tips];
  const trees: string[] = [];
  const atTip = new Set(queue);
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (known.has(id)) continue;
    const raw = await readObject(source, id);
    if (!raw) continue;
    known.add(id);
    if (raw.type === "tag") queue.push(parseTag(id, raw.content).object);
    if (raw.type !== "commit") continue;
    const commit = parseCommit(id, raw.content);
    if (atTip.has(id)) trees.push(commit.tree);
    queue.push(...commit.parents);
  }
  for (const tree of trees) await addTree(source, tree, () => false, known, []);
  return known;
}
