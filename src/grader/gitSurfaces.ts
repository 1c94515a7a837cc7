/** The surfaces of one git repository: every object by who leads to it, index, refs, and the files around them. */
import { sha256 } from "../base/digest.ts";
import { fromUtf8 } from "../base/bytes.ts";
import type { GraderMemory, Introduction } from "./memory.ts";
import type { ReflogEntry, Repository } from "./repository.ts";
import type { Item, Surface } from "./surface.ts";

/** Which refs lead to what; later ones are asked only for what earlier ones do not reach. */
interface Root {
  readonly surface: Surface;
  readonly id: string;
  /** "feat/harbour-codes", "stash@{0}", "HEAD@{3}". */
  readonly name: string;
}

export async function gitItems(repository: Repository, memory: GraderMemory): Promise<Item[]> {
  const places = await objectPlaces(repository, memory);
  const staged = new Set(repository.index().map((entry) => entry.id));
  const items: Item[] = [];
  for (const id of repository.objectIds()) {
    const lost: Place[] = staged.has(id) ? [] : [{ surface: "objects.unreachable", place: id.slice(0, 7), path: "" }];
    for (const place of places.get(id) ?? lost) {
      items.push({ ...place, content: id, object: id, read: async () => (await repository.object(id))?.bytes ?? new Uint8Array() });
    }
  }
  return [...items, ...indexItems(repository), ...fileItems(repository), ...refItems(repository)];
}

interface Place {
  readonly surface: Surface;
  readonly place: string;
  readonly path: string;
}

/** For every object that something leads to: where it is, by the strongest hold on it. */
async function objectPlaces(repository: Repository, memory: GraderMemory): Promise<Map<string, Place[]>> {
  const places = new Map<string, Place[]>();
  const held = new Set<string>();
  const groups = groupRoots(roots(repository));
  for (const [surface, group] of groups) {
    const reached = new Map<string, Place>();
    for (const root of group) await mapRoot(repository, memory, root, reached, surface === "reflog" ? held : new Set());
    for (const [id, place] of reached) places.set(id, [...(places.get(id) ?? []), place]);
    if (surface !== "reflog") for (const id of reached.keys()) held.add(id);
  }
  return places;
}

function groupRoots(all: readonly Root[]): Map<Surface, Root[]> {
  const groups = new Map<Surface, Root[]>();
  for (const surface of ["objects.reachable", "tags", "notes", "stash", "reflog"] as const) groups.set(surface, all.filter((root) => root.surface === surface));
  return groups;
}

function roots(repository: Repository): Root[] {
  const head = repository.resolve("HEAD");
  const refs = [...repository.refs()].map(([name, id]) => ({ surface: surfaceOfRef(name), id, name: shortRef(name) }));
  const logs = repository.reflogs().flatMap((entry) => reflogRoots(entry));
  return [...(head ? [{ surface: "objects.reachable" as const, id: head, name: repository.headBranch() ?? "HEAD" }] : []), ...refs, ...logs];
}

function surfaceOfRef(name: string): Surface {
  if (name === "refs/stash") return "stash";
  if (name.startsWith("refs/tags/")) return "tags";
  if (name.startsWith("refs/notes/")) return "notes";
  return "objects.reachable";
}

function shortRef(name: string): string {
  return name === "refs/stash" ? "stash@{0}" : name.replace(/^refs\/(?:heads|tags|remotes)\//, "");
}

function reflogRoots(entry: ReflogEntry): Root[] {
  const stash = entry.ref === "refs/stash";
  const surface = stash ? ("stash" as const) : ("reflog" as const);
  const name = `${stash ? "stash" : entry.ref.replace(/^refs\/heads\//, "")}@{${entry.number}}`;
  const newest = { surface, id: entry.to, name };
  return stash ? [newest] : [newest, { surface, id: entry.from, name }];
}

/** Walks from a root; the first walk that reaches an object names its place. */
async function mapRoot(repository: Repository, memory: GraderMemory, root: Root, reached: Map<string, Place>, skip: ReadonlySet<string>): Promise<void> {
  const todo = [root.id];
  while (todo.length > 0) {
    const id = todo.shift() as string;
    if (reached.has(id) || skip.has(id) || /^0+$/.test(id)) continue;
    const object = await repository.object(id);
    if (!object) continue;
    const at = `${root.name} ${id.slice(0, 7)}`;
    reached.set(id, { surface: root.surface, place: at, path: "" });
    if (object.type === "commit") todo.push(...(await mapCommit(repository, memory, id, root, reached, skip)));
    else if (object.type === "tag") todo.push(...[...(await repository.closure([id]))].filter((other) => other !== id));
    else if (object.type === "tree") for (const other of await repository.closure([id])) if (!reached.has(other)) reached.set(other, { surface: root.surface, place: at, path: "" });
  }
}

/** Names the files that a commit introduced, then everything else of its tree; returns its parents. */
async function mapCommit(
  repository: Repository,
  memory: GraderMemory,
  id: string,
  root: Root,
  reached: Map<string, Place>,
  skip: ReadonlySet<string>,
): Promise<readonly string[]> {
  const commit = await repository.commit(id);
  if (!commit) return [];
  const at = `${root.name} ${id.slice(0, 7)}`;
  const set = (object: string, path: string) => {
    if (!reached.has(object) && !skip.has(object)) reached.set(object, { surface: root.surface, place: path ? `${at} ${path}` : at, path });
  };
  for (const { path, blob } of await introductions(repository, memory, id)) {
    // An older commit that introduced the same content is the better place to point at; it comes later and wins.
    if (!skip.has(blob)) reached.set(blob, { surface: root.surface, place: `${at} ${path}`, path });
  }
  for (const tree of await treesOf(repository, commit.tree, reached, skip)) set(tree, "");
  return commit.parents;
}

async function treesOf(repository: Repository, tree: string, reached: ReadonlyMap<string, Place>, skip: ReadonlySet<string>): Promise<string[]> {
  if (reached.has(tree) || skip.has(tree)) return [];
  const below: string[] = [tree];
  for (const entry of await repository.tree(tree)) {
    if (entry.mode === "40000") below.push(...(await treesOf(repository, entry.id, reached, skip)));
  }
  return below;
}

/** The files whose content a commit has and its first parent has not, as path and blob. Remembered. */
export async function introductions(repository: Repository, memory: GraderMemory, id: string): Promise<readonly Introduction[]> {
  const known = memory.introductions.get(id);
  if (known) return known;
  const commit = await repository.commit(id);
  const parent = commit?.parents[0] ? await repository.commit(commit.parents[0]) : null;
  const found: Introduction[] = [];
  if (commit) await compareTrees(repository, parent?.tree ?? null, commit.tree, "", found);
  memory.introductions.set(id, found);
  return found;
}

async function compareTrees(repository: Repository, from: string | null, to: string, prefix: string, found: Introduction[]): Promise<void> {
  if (from === to) return;
  const old = new Map((from ? await repository.tree(from) : []).map((entry) => [entry.name, entry]));
  for (const entry of await repository.tree(to)) {
    const before = old.get(entry.name);
    if (before?.id === entry.id || entry.mode === "160000") continue;
    const path = prefix + entry.name;
    if (entry.mode === "40000") await compareTrees(repository, before?.mode === "40000" ? before.id : null, entry.id, `${path}/`, found);
    else found.push({ path, blob: entry.id });
  }
}

function indexItems(repository: Repository): Item[] {
  return repository.index().map((entry) => ({
    surface: "index",
    place: entry.path,
    path: entry.path,
    content: entry.id,
    object: entry.id,
    read: async () => (await repository.object(entry.id))?.bytes ?? new Uint8Array(),
  }));
}

/** Everything in the git directory beside the objects: messages, lost-found, patches, hooks, config. */
function fileItems(repository: Repository): Item[] {
  return repository.otherFiles().map((path) => {
    const bytes = repository.readFile(path);
    return { surface: path.startsWith("logs/") ? "reflog" : "git.files", place: `.git/${path}`, path, content: sha256(bytes), read: async () => bytes };
  });
}

/** A value can also be the name of a ref. */
function refItems(repository: Repository): Item[] {
  const names = [...repository.refs().keys()].join("\n");
  return [{ surface: "objects.reachable", place: "names of refs", path: "", content: sha256(names), read: async () => fromUtf8(names) }];
}
