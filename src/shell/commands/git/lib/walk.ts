/**
 * Walks over history and over everything that objects lead to.
 * Orders: https://git-scm.com/docs/git-rev-list#_commit_ordering
 */
import type { GitContext } from "just-git";
import {
  GITLINK_MODE,
  isTree,
  parseCommit,
  parseTag,
  parseTree,
  readCommit,
  readObject,
  ZERO_ID,
  type Commit,
  type ObjectType,
} from "./objects.ts";
import { decodeIndex } from "./gitIndex.ts";
import { listRefs, readHead, readReflog, reflogNames } from "./refs.ts";
import { shallowIds } from "./shallow.ts";
import { stop } from "./transcript.ts";

/** Reads each commit once; the parents of a shallow commit are cut. Null where it is missing. */
export type CommitReader = (id: string) => Promise<Commit | null>;

export function commitReader(repo: GitContext): CommitReader {
  const known = new Map<string, Commit | null>();
  let shallow: Set<string> | null = null;
  return async (id) => {
    let commit = known.get(id);
    if (commit !== undefined) return commit;
    shallow ??= await shallowIds(repo);
    commit = await readCommit(repo, id);
    if (commit && shallow.has(id)) commit = { ...commit, parents: [] };
    known.set(id, commit);
    return commit;
  };
}

export interface Walk {
  /** Commit ids. */
  readonly starts: readonly string[];
  /** Commits that are left out with all their ancestors. */
  readonly exclude?: readonly string[];
  /** `default` is by commit date as commits are found; `date`, `author-date` and `topo` never show a parent first. */
  readonly order?: "default" | "date" | "author-date" | "topo";
  readonly firstParent?: boolean;
  /** Only the starts: by date, or as given. */
  readonly noWalk?: "sorted" | "unsorted";
  /** Which parents to follow and whether to show: history simplification by path. */
  readonly simplify?: (
    commit: Commit,
  ) => Promise<{ readonly show: boolean; readonly parents: readonly string[] }>;
  readonly read?: CommitReader;
}

/** Dies as git does where history is broken. */
export async function* walkCommits(repo: GitContext, walk: Walk): AsyncGenerator<Commit> {
  const read = walk.read ?? commitReader(repo);
  if (walk.order && walk.order !== "default" && !walk.noWalk)
    yield* sortTopologically(await collect(repo, walk, read), walk.order);
  else for await (const visit of visits(repo, walk, read)) if (visit.show) yield visit.commit;
}

interface Visit {
  readonly commit: Commit;
  readonly parents: readonly string[];
  readonly show: boolean;
}

async function collect(repo: GitContext, walk: Walk, read: CommitReader): Promise<Visit[]> {
  const all: Visit[] = [];
  for await (const visit of visits(repo, walk, read)) all.push(visit);
  return all;
}

async function* visits(repo: GitContext, walk: Walk, read: CommitReader): AsyncGenerator<Visit> {
  const hidden = await ancestors(repo, walk.exclude ?? [], { read });
  const seen = new Set<string>();
  const queue = new Heap<Commit>(
    walk.noWalk === "unsorted" ? () => false : (a, b) => a.committer.timestamp > b.committer.timestamp,
  );
  const enqueue = async (id: string, child: string | null) => {
    if (seen.has(id) || hidden.has(id)) return;
    seen.add(id);
    queue.push((await read(id)) ?? broken(id, child));
  };
  for (const id of walk.starts) await enqueue(id, null);
  for (let commit = queue.pop(); commit; commit = queue.pop()) {
    const parents = walk.firstParent ? commit.parents.slice(0, 1) : commit.parents;
    const kept = walk.simplify
      ? await walk.simplify(walk.firstParent ? { ...commit, parents } : commit)
      : { show: true, parents };
    if (!walk.noWalk) for (const parent of kept.parents) await enqueue(parent, commit.id);
    yield { commit, ...kept };
  }
}

function broken(id: string, child: string | null): never {
  if (child === null) stop(`fatal: bad object ${id}\n`, 128);
  stop(`error: Could not read ${id}\nfatal: Failed to traverse parents of commit ${child}\n`, 128);
}

/** Children before parents; `topo` keeps lines of history together. */
function* sortTopologically(
  list: readonly Visit[],
  order: "date" | "author-date" | "topo",
): Generator<Commit> {
  const visits = new Map(list.map((visit) => [visit.commit.id, visit]));
  const children = new Map<string, number>();
  for (const { parents } of list)
    for (const parent of parents)
      if (visits.has(parent)) children.set(parent, (children.get(parent) ?? 0) + 1);
  const time = (visit: Visit) =>
    (order === "author-date" ? visit.commit.author : visit.commit.committer).timestamp;
  const queue = new Heap<Visit>((a, b) => time(a) > time(b));
  const stack: Visit[] = [];
  const put = (visit: Visit) => (order === "topo" ? void stack.push(visit) : queue.push(visit));
  const tips = list.filter((visit) => !children.has(visit.commit.id));
  for (const tip of order === "topo" ? tips.toReversed() : tips) put(tip);
  for (
    let visit = order === "topo" ? stack.pop() : queue.pop();
    visit;
    visit = order === "topo" ? stack.pop() : queue.pop()
  ) {
    for (const parent of visit.parents) {
      const next = visits.get(parent);
      if (!next) continue;
      const left = (children.get(parent) as number) - 1;
      children.set(parent, left);
      if (left === 0) put(next);
    }
    if (visit.show) yield visit.commit;
  }
}

/** A binary heap; equal items leave in the order in which they came. */
class Heap<T> {
  readonly #items: { readonly value: T; readonly serial: number }[] = [];
  readonly #before: (a: T, b: T) => boolean;
  #serial = 0;

  constructor(before: (a: T, b: T) => boolean) {
    this.#before = before;
  }

  push(value: T): void {
    const items = this.#items;
    items.push({ value, serial: this.#serial++ });
    for (let at = items.length - 1; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!this.#first(at, parent)) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  pop(): T | undefined {
    const items = this.#items;
    if (items.length === 0) return undefined;
    this.#swap(0, items.length - 1);
    const top = items.pop();
    for (let at = 0; ;) {
      let best = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < items.length && this.#first(child, best)) best = child;
      if (best === at) return top?.value;
      this.#swap(at, best);
      at = best;
    }
  }

  #first(i: number, j: number): boolean {
    const a = this.#items[i] as { value: T; serial: number };
    const b = this.#items[j] as { value: T; serial: number };
    if (this.#before(a.value, b.value)) return true;
    return !this.#before(b.value, a.value) && a.serial < b.serial;
  }

  #swap(i: number, j: number): void {
    const items = this.#items;
    [items[i], items[j]] = [items[j] as (typeof items)[0], items[i] as (typeof items)[0]];
  }
}

/** The commits and all their ancestors; missing ones end a line silently. */
export async function ancestors(
  repo: GitContext,
  starts: readonly string[],
  options: { read?: CommitReader } = {},
): Promise<Set<string>> {
  const read = options.read ?? commitReader(repo);
  const seen = new Set<string>();
  const todo = [...starts];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    todo.push(...((await read(id))?.parents ?? []));
  }
  return seen;
}

export async function isAncestor(repo: GitContext, ancestor: string, descendant: string): Promise<boolean> {
  return ancestor === descendant || (await ancestors(repo, [descendant])).has(ancestor);
}

/** Best common ancestors of one commit and the (hypothetical) merge of the others, newest first. */
export async function mergeBases(
  repo: GitContext,
  one: string,
  others: readonly string[],
): Promise<string[]> {
  const read = commitReader(repo);
  const mine = await ancestors(repo, [one], { read });
  const theirs = await ancestors(repo, others, { read });
  const common: Commit[] = [];
  for (const id of mine) {
    const commit = theirs.has(id) ? await read(id) : null;
    if (commit) common.push(commit);
  }
  const implied = new Set(common.flatMap((commit) => commit.parents));
  const best = common.filter((commit) => !implied.has(commit.id));
  return best.sort((a, b) => b.committer.timestamp - a.committer.timestamp).map((commit) => commit.id);
}

/** Commits of each side that the other lacks. */
export async function aheadBehind(
  repo: GitContext,
  mine: string,
  theirs: string,
): Promise<{ ahead: number; behind: number }> {
  const read = commitReader(repo);
  const left = await ancestors(repo, [mine], { read });
  const right = await ancestors(repo, [theirs], { read });
  const common = [...left].filter((id) => right.has(id)).length;
  return { ahead: left.size - common, behind: right.size - common };
}

export interface ListedObject {
  readonly id: string;
  readonly type: ObjectType;
  /** Path (or tag name) under which it was found first; "" for commits and root trees. */
  readonly path: string;
}

/** Trees and blobs below a tree that are not in `seen`, each before its content; adds them to `seen`. */
export async function* treeObjects(
  repo: GitContext,
  tree: string,
  path: string,
  seen: Set<string>,
): AsyncGenerator<ListedObject> {
  if (seen.has(tree)) return;
  seen.add(tree);
  yield { id: tree, type: "tree", path };
  const raw = await readObject(repo, tree);
  if (!raw) stop(`error: Could not read ${tree}\nfatal: bad tree object ${tree}\n`, 128);
  for (const entry of parseTree(raw.content)) {
    const at = path === "" ? entry.name : `${path}/${entry.name}`;
    if (isTree(entry.mode)) yield* treeObjects(repo, entry.id, at, seen);
    else if (entry.mode !== GITLINK_MODE && !seen.has(entry.id)) {
      seen.add(entry.id);
      yield { id: entry.id, type: "blob", path: at };
    }
  }
}

/** What one object refers to. */
export function links(
  id: string,
  type: ObjectType,
  content: Uint8Array,
): { readonly id: string; readonly type: ObjectType }[] {
  switch (type) {
    case "commit": {
      const commit = parseCommit(id, content);
      return [
        { id: commit.tree, type: "tree" },
        ...commit.parents.map((parent) => ({ id: parent, type: "commit" as const })),
      ];
    }
    case "tree":
      return parseTree(content)
        .filter((entry) => entry.mode !== GITLINK_MODE)
        .map((entry) => ({ id: entry.id, type: isTree(entry.mode) ? ("tree" as const) : ("blob" as const) }));
    case "tag": {
      const tag = parseTag(id, content);
      return [{ id: tag.object, type: tag.type }];
    }
    default:
      return [];
  }
}

/** Every object that the starts lead to, themselves included. Missing ones are left out. Blobs are not read when found through a tree. */
export async function reachableObjects(repo: GitContext, starts: Iterable<string>): Promise<Set<string>> {
  const seen = new Set<string>();
  const shallow = await shallowIds(repo);
  const todo: { id: string; type?: ObjectType }[] = [...starts].map((id) => ({ id }));
  for (let next = todo.pop(); next; next = todo.pop()) {
    if (seen.has(next.id) || next.id === ZERO_ID) continue;
    if (next.type === "blob") {
      seen.add(next.id);
      continue;
    }
    const raw = await readObject(repo, next.id);
    if (!raw) continue;
    seen.add(next.id);
    const found = links(next.id, raw.type, raw.content);
    todo.push(...(shallow.has(next.id) ? found.filter((link) => link.type !== "commit") : found));
  }
  return seen;
}

export interface Root {
  readonly id: string;
  /** Where it is held from: a reference, `HEAD@{2}`, `:path`. */
  readonly from: string;
}

/** Everything that keeps objects: references, HEAD and index of each worktree, and reflogs. `ORIG_HEAD` and its like do not. */
export async function roots(repo: GitContext, options: { reflogs: boolean }): Promise<Root[]> {
  const found: Root[] = (await listRefs(repo)).map((ref) => ({ id: ref.id, from: ref.name }));
  const head = await readHead(repo);
  if (head.id) found.push({ id: head.id, from: "HEAD" });
  found.push(...(await indexRoots(repo, "index")), ...(await worktreeRoots(repo)));
  if (options.reflogs) {
    for (const name of await reflogNames(repo)) {
      for (const entry of await readReflog(repo, name))
        found.push({ id: entry.old, from: name }, { id: entry.new, from: name });
    }
  }
  return found.filter((root) => root.id !== ZERO_ID);
}

async function lines(repo: GitContext, path: string): Promise<string[]> {
  try {
    return (await repo.fs.readFile(`${repo.gitDir}/${path}`)).split("\n");
  } catch {
    return [];
  }
}

async function indexRoots(repo: GitContext, path: string): Promise<Root[]> {
  try {
    const entries = decodeIndex(await repo.fs.readFileBuffer(`${repo.gitDir}/${path}`));
    return entries
      .filter((entry) => entry.mode !== GITLINK_MODE)
      .map((entry) => ({ id: entry.oid, from: `:${entry.path}` }));
  } catch {
    return [];
  }
}

async function worktreeRoots(repo: GitContext): Promise<Root[]> {
  const found: Root[] = [];
  const names = await repo.fs.readdir(`${repo.gitDir}/worktrees`).catch(() => []);
  for (const name of names) {
    const id = (await lines(repo, `worktrees/${name}/HEAD`))[0] ?? "";
    if (/^[0-9a-f]{40}$/.test(id)) found.push({ id, from: `worktrees/${name}/HEAD` });
    found.push(...(await indexRoots(repo, `worktrees/${name}/index`)));
  }
  return found;
}
