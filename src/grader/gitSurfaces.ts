/** The surfaces of one git repository: every object by who leads to it, index, refs, and the files around them. */
import { fromUtf8 } from "../base/bytes.ts";
import { sha256 } from "../base/digest.ts";
import { SUBTREE } from "./gitObject.ts";
import { introductions } from "./introductions.ts";
import { contentOf, type GraderMemory } from "./memory.ts";
import type { ReflogEntry, Repository } from "./repository.ts";
import type { Item, Surface } from "./surface.ts";

/** Which refs lead to what; later ones are asked only for what earlier ones do not reach. */
interface Root {
  readonly surface: Surface;
  readonly id: string;
  /** "feat/harbour-codes", "stash@{0}", "HEAD@{3}". */
  readonly name: string;
}

interface Place {
  readonly surface: Surface;
  readonly place: string;
  readonly path: string;
}

/** In the order in which a hold counts: what a ref reaches is not said to be held by the reflog. */
const HOLDS = ["objects.reachable", "tags", "notes", "stash", "reflog"] as const;

export async function gitItems(repository: Repository, memory: GraderMemory): Promise<Item[]> {
  const objects = await objectItems(repository, memory);
  return [
    ...objects,
    ...indexItems(repository, memory),
    ...(await fileItems(repository, memory)),
    ...nameItems(repository),
  ];
}

async function objectItems(repository: Repository, memory: GraderMemory): Promise<Item[]> {
  const places = await objectPlaces(repository, memory);
  const staged = new Set(repository.index().map((entry) => entry.id));
  return repository.objectIds().flatMap((id) => {
    const lost: Place[] = staged.has(id)
      ? []
      : [{ surface: "objects.unreachable", place: id.slice(0, 7), path: "" }];
    return (places.get(id) ?? lost).map((place) => objectItem(repository, id, place));
  });
}

function objectItem(repository: Repository, id: string, place: Place): Item {
  return {
    ...place,
    content: id,
    object: id,
    repository: repository.gitDir,
    read: async () => (await repository.object(id))?.bytes ?? null,
  };
}

/** For every object that something leads to: where it is, by the strongest hold on it. */
async function objectPlaces(repository: Repository, memory: GraderMemory): Promise<Map<string, Place[]>> {
  const places = new Map<string, Place[]>();
  const held = new Set<string>();
  const all = roots(repository);
  for (const surface of HOLDS) {
    const reached = new Map<string, Place>();
    const walk: Walk = { repository, memory, reached, skip: surface === "reflog" ? held : new Set() };
    for (const root of all) if (root.surface === surface) await mapRoot(walk, root);
    for (const [id, place] of reached) places.set(id, [...(places.get(id) ?? []), place]);
    for (const id of reached.keys()) held.add(id);
  }
  return places;
}

function roots(repository: Repository): Root[] {
  const head = repository.resolve("HEAD");
  const refs = [...repository.refs()].map(([name, id]) => ({
    surface: surfaceOfRef(name),
    id,
    name: shortRef(name),
  }));
  const logs = repository.reflogs().flatMap((entry) => reflogRoots(entry));
  return [
    ...(head
      ? [{ surface: "objects.reachable" as const, id: head, name: repository.headBranch() ?? "HEAD" }]
      : []),
    ...refs,
    ...logs,
  ];
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

/** A walk over everything that some roots lead to. */
interface Walk {
  readonly repository: Repository;
  readonly memory: GraderMemory;
  readonly reached: Map<string, Place>;
  readonly skip: ReadonlySet<string>;
}

/** Walks from a root; the first walk that reaches an object names its place. */
async function mapRoot(walk: Walk, root: Root): Promise<void> {
  const todo = [root.id];
  for (let id = todo.shift(); id !== undefined; id = todo.shift()) {
    if (walk.reached.has(id) || walk.skip.has(id)) continue;
    const object = await walk.repository.object(id);
    if (!object) continue;
    const place = { surface: root.surface, place: `${root.name} ${id.slice(0, 7)}`, path: "" };
    walk.reached.set(id, place);
    if (object.type === "commit") todo.push(...(await mapCommit(walk, id, place)));
    else
      for (const other of await walk.repository.closure([id]))
        if (!walk.reached.has(other)) walk.reached.set(other, place);
  }
}

/** Names the files that a commit introduced, then the rest of its tree; returns its parents. */
async function mapCommit(walk: Walk, id: string, place: Place): Promise<readonly string[]> {
  const commit = await walk.repository.commit(id);
  if (!commit) return [];
  for (const { path, blob } of await introductions(walk.repository, walk.memory, id)) {
    // An older commit that introduced the same content is the better place to point at; it comes later and wins.
    if (!walk.skip.has(blob)) walk.reached.set(blob, { ...place, place: `${place.place} ${path}`, path });
  }
  await mapTree(walk, commit.tree, place);
  return commit.parents;
}

/** Trees, and what no commit seems to have introduced (a merge brings in what its other parent has). */
async function mapTree({ repository, reached, skip }: Walk, tree: string, place: Place): Promise<void> {
  const todo = [tree];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (reached.has(id) || skip.has(id)) continue;
    reached.set(id, place);
    for (const entry of (await repository.entries(id)) ?? []) {
      if (entry.mode === SUBTREE) todo.push(entry.id);
      else if (!reached.has(entry.id) && !skip.has(entry.id))
        reached.set(entry.id, { ...place, place: `${place.place} ${entry.name}`, path: entry.name });
    }
  }
}

/** What is staged, and the index file itself: its names and extensions can hide something. */
function indexItems(repository: Repository, memory: GraderMemory): Item[] {
  const present = new Set(repository.objectIds());
  const entries = repository.index().filter((entry) => present.has(entry.id));
  const staged = entries.map(({ id, path }) =>
    objectItem(repository, id, { surface: "index", place: path, path }),
  );
  const files = repository.paths().filter((path) => path === "index");
  return [...staged, ...files.map((path) => fileItem(repository, memory, path, "index"))];
}

/**
 * Everything in the git directory as it lies: messages, patches, hooks, config, and the files of the object database,
 * which can be broken or hold more than their objects.
 */
async function fileItems(repository: Repository, memory: GraderMemory): Promise<Item[]> {
  const items: Item[] = [];
  for (const path of repository.paths()) {
    if (path === "index") continue;
    const item = fileItem(repository, memory, path, "git.files");
    items.push(
      item.repository !== undefined && (await repository.accounts(path)) ? { ...item, shallow: true } : item,
    );
  }
  return items;
}

function fileItem(repository: Repository, memory: GraderMemory, path: string, surface: Surface): Item {
  const bytes = repository.readFile(path);
  const stored = path.startsWith("objects/") ? { repository: repository.gitDir } : {};
  return {
    surface,
    place: `.git/${path}`,
    path,
    content: contentOf(memory, bytes),
    ...stored,
    read: async () => bytes,
  };
}

/** The name of a loose object says nothing else. */
const LOOSE = /^objects\/[0-9a-f]{2}(?:\/[0-9a-f]{38})?$/;

/** A value can also be the name of a ref or of a file. */
function nameItems(repository: Repository): Item[] {
  const refs = repository.refs();
  const others = repository
    .names()
    .filter((name) => !refs.has(name.replace(/^logs\//, "")) && !LOOSE.test(name));
  return [
    namesItem("objects.reachable", "names of refs", [...refs.keys()]),
    namesItem("git.files", "names of files in .git", others),
  ];
}

export function namesItem(surface: Surface, place: string, names: readonly string[]): Item {
  const text = names.join("\n");
  return { surface, place, path: "", content: sha256(text), read: async () => fromUtf8(text) };
}
