/** Rewriting commits and tags, oldest first, and leaving out those that become empty. */
import { fromLatin1, fromUtf8, toLatin1, toUtf8 } from "../../../../base/bytes.ts";
import { flatTree, sameFile, writeFlatTree, type FileEntry, type FlatTree } from "../lib/flatTree.ts";
import {
  encodeTag,
  EMPTY_TREE,
  GITLINK_MODE,
  readCommit,
  readObject,
  readTag,
  writeCommit,
  writeObject,
  type Commit,
} from "../lib/objects.ts";
import type { Repository } from "../lib/repository.ts";
import { isAncestor, walkCommits } from "../lib/walk.ts";
import { wildRegex } from "../lib/wildmatch.ts";
import type { FilterOptions } from "./options.ts";
import type { Rewrite } from "./expressions.ts";

export interface Rewriting {
  readonly repo: Repository;
  readonly options: FilterOptions;
  readonly text: Rewrite | null;
  readonly message: Rewrite | null;
  /** Old commit → new commit; null where it was left out and nothing stands in for it. */
  readonly commits: Map<string, string | null>;
  /** Left out: it has no commit of its own any more. */
  readonly pruned: Set<string>;
  readonly blobs: Map<string, string>;
  readonly trees: Map<string, string>;
}

export async function rewriteCommits(it: Rewriting, tips: readonly string[]): Promise<number> {
  const order: Commit[] = [];
  for await (const commit of walkCommits(it.repo, { starts: tips, order: "topo" })) order.push(commit);
  for (const commit of order.reverse()) it.commits.set(commit.id, await rewriteCommit(it, commit));
  return order.length;
}

async function rewriteCommit(it: Rewriting, commit: Commit): Promise<string | null> {
  const { repo, options } = it;
  const tree = await rewriteTree(it, commit.tree);
  const mapped = commit.parents.map((parent) => it.commits.get(parent) ?? null);
  const parents = await usefulParents(it, commit, mapped);
  const first = parents[0] === undefined ? null : await readCommit(repo, parents[0]);
  if (
    parents.length < 2 &&
    tree === (first?.tree ?? EMPTY_TREE) &&
    options.pruneEmpty !== "never" &&
    (options.pruneEmpty === "always" || !(await wasEmpty(repo, commit)))
  ) {
    it.pruned.add(commit.id);
    return parents[0] ?? null;
  }
  const message = rewriteMessage(it, commit.message);
  if (
    tree === commit.tree &&
    message === commit.message &&
    commit.extra.length === 0 &&
    parents.join() === commit.parents.join()
  )
    return commit.id;
  return writeCommit(repo, {
    tree,
    parents,
    author: commit.author,
    committer: commit.committer,
    extra: [],
    message,
  });
}

/** Parents that are left: each once, and none that another one already contains, unless that was so before. */
async function usefulParents(
  { repo }: Rewriting,
  commit: Commit,
  mapped: readonly (string | null)[],
): Promise<string[]> {
  const parents = [...new Set(mapped.filter((parent) => parent !== null))];
  if (commit.parents.length < 2 || parents.length < 2) return parents;
  const [a, b] = commit.parents as [string, string];
  const related = (await isAncestor(repo, a, b)) || (await isAncestor(repo, b, a));
  if (related) return parents;
  const kept: string[] = [];
  for (const parent of parents) {
    let implied = false;
    for (const other of parents) implied ||= other !== parent && (await isAncestor(repo, parent, other));
    if (!implied) kept.push(parent);
  }
  return kept;
}

async function wasEmpty(repo: Repository, commit: Commit): Promise<boolean> {
  const parent = commit.parents[0] === undefined ? null : await readCommit(repo, commit.parents[0]);
  return commit.tree === (parent?.tree ?? EMPTY_TREE) && commit.parents.length < 2;
}

async function rewriteTree(it: Rewriting, tree: string): Promise<string> {
  const known = it.trees.get(tree);
  if (known !== undefined) return known;
  const before = await flatTree(it.repo, tree);
  const after: FlatTree = new Map();
  let same = true;
  for (const [path, file] of before) {
    if (!keeps(it.options, path)) {
      same = false;
      continue;
    }
    const changed = await rewriteFile(it, file);
    if (!sameFile(file, changed)) same = false;
    after.set(path, changed);
  }
  const id = same ? tree : await writeFlatTree(it.repo, after);
  it.trees.set(tree, id);
  return id;
}

function keeps({ rules, invert }: FilterOptions, path: string): boolean {
  if (rules.length === 0) return true;
  const matched = rules.some(({ kind, pattern }) => {
    if (kind === "regex") return new RegExp(pattern).test(path);
    if (kind === "glob") return wildRegex(pattern, { pathname: false }).test(path);
    const wanted = pattern.replace(/\/$/, "");
    return wanted === "" || path === wanted || path.startsWith(`${wanted}/`);
  });
  return matched !== invert;
}

async function rewriteFile(it: Rewriting, file: FileEntry): Promise<FileEntry> {
  if (!it.text || file.mode === GITLINK_MODE) return file;
  const known = it.blobs.get(file.oid);
  if (known !== undefined) return { mode: file.mode, oid: known };
  const content = toLatin1((await readObject(it.repo, file.oid))?.content ?? new Uint8Array());
  const binary = content.slice(0, 8192).includes("\0");
  const changed = binary ? content : it.text(content);
  const oid = changed === content ? file.oid : await writeObject(it.repo, "blob", fromLatin1(changed));
  it.blobs.set(file.oid, oid);
  return { mode: file.mode, oid };
}

/** Applies --replace-message, and puts new ids for old ones that the text names. */
function rewriteMessage(it: Rewriting, message: string): string {
  const replaced = it.message ? toUtf8(fromLatin1(it.message(toLatin1(fromUtf8(message))))) : message;
  if (it.options.keepHashes) return replaced;
  return replaced.replace(/\b[0-9a-f]{7,40}\b/g, (short) => {
    const matches = [...it.commits.keys()].filter((id) => id.startsWith(short));
    const next = matches.length === 1 ? it.commits.get(matches[0] as string) : null;
    return next ? next.slice(0, short.length) : short;
  });
}

/** The new id of what a reference holds; null where nothing is left of it. */
export async function rewriteTarget(it: Rewriting, id: string): Promise<string | null> {
  const tag = await readTag(it.repo, id);
  if (!tag) return it.commits.has(id) ? (it.commits.get(id) ?? null) : id;
  const object = await rewriteTarget(it, tag.object);
  if (object === null) return null;
  const message = rewriteMessage(it, tag.message.replace(/-----BEGIN PGP SIGNATURE-----[\s\S]*$/, ""));
  if (object === tag.object && message === tag.message) return id;
  return writeObject(it.repo, "tag", encodeTag({ ...tag, object, message }));
}
