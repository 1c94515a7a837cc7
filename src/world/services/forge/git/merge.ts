/** Merging on the forge: trees and commits, without rules and without moving a ref. */
import { createServer } from "just-git/server";
import { mergeTrees } from "just-git/repo";
import type { Forge } from "../forge.ts";
import { repositoryId, type Repository } from "../model.ts";
import type { NewCommit } from "./commit.ts";
import { isAncestor, log, mergeBase } from "./history.ts";
import { objectsOf, type Objects } from "./objects.ts";
import { diskStorage } from "./storage.ts";

/** The tree that two commits make together; null where they conflict or have no common ancestor. */
export async function mergedTree(
  forge: Forge,
  repository: Repository,
  base: string,
  head: string,
): Promise<string | null> {
  const objects = objectsOf(forge, repository);
  if (isAncestor(objects, base, head)) return objects.treeOf(head);
  if (isAncestor(objects, head, base)) return objects.treeOf(base);
  if (mergeBase(objects, base, head) === null) return null;
  const repo = await createServer({ storage: diskStorage(forge.disk) }).requireRepo(repositoryId(repository));
  const { treeHash, clean } = await mergeTrees(repo, base, head);
  return clean ? inGitOrder(objects, treeHash) : null;
}

/** The library's own order of entries is not git's: the tree is written anew, with its folders. */
function inGitOrder(objects: Objects, tree: string): string {
  const entries = (objects.tree(tree) ?? []).map((entry) =>
    entry.mode === "40000" ? { ...entry, id: inGitOrder(objects, entry.id) } : entry,
  );
  return objects.writeTree(entries);
}

export type People = Pick<NewCommit, "author" | "committer" | "message">;

/** A merge commit with two parents; null where they conflict. */
export async function mergeCommit(
  forge: Forge,
  repository: Repository,
  base: string,
  head: string,
  people: People,
): Promise<string | null> {
  const tree = await mergedTree(forge, repository, base, head);
  if (tree === null) return null;
  return objectsOf(forge, repository).writeCommit({ ...people, tree, parents: [base, head] });
}

/** All changes as one commit on top of the base; null where they conflict. */
export async function squashCommit(
  forge: Forge,
  repository: Repository,
  base: string,
  head: string,
  people: People,
): Promise<string | null> {
  const tree = await mergedTree(forge, repository, base, head);
  if (tree === null) return null;
  return objectsOf(forge, repository).writeCommit({ ...people, tree, parents: [base] });
}

/** Each commit anew on top of the base, merges left out; the last one's id, null where one conflicts. */
export async function rebaseCommits(
  forge: Forge,
  repository: Repository,
  base: string,
  head: string,
  committer: NewCommit["author"],
): Promise<string | null> {
  const objects = objectsOf(forge, repository);
  const commits = log(objects, head, [base]).filter(({ parents }) => parents.length === 1);
  let tip = base;
  for (const { id, message, author, parents } of commits.reverse()) {
    const tree = await pickedTree(forge, repository, tip, id, parents[0] as string);
    if (tree === null) return null;
    tip = objects.writeCommit({ tree, parents: [tip], message, author, committer });
  }
  return tip;
}

/** As if `id` came on top of `tip`: a merge whose common ancestor is the commit's own parent. */
async function pickedTree(
  forge: Forge,
  repository: Repository,
  tip: string,
  id: string,
  parent: string,
): Promise<string | null> {
  const objects = objectsOf(forge, repository);
  const nobody = { name: "forge", email: "noreply@forge.test", atMs: 0 };
  const stand = { parents: [parent], author: nobody, message: "stand-in" };
  const ours = objects.writeCommit({ ...stand, tree: objects.treeOf(tip) as string });
  const theirs = objects.writeCommit({ ...stand, tree: objects.treeOf(id) as string });
  const tree = await mergedTree(forge, repository, ours, theirs);
  objects.forget(ours);
  objects.forget(theirs);
  return tree;
}
