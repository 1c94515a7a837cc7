/**
 * The git objects and refs of one repository on the forge, for everybody who is not git: pipelines, pull requests, the
 * REST API. What any repository of the fork network got is found here by its id, until support purges it.
 */
import type { RawObject } from "just-git";
import { concat, fromHex, fromUtf8, toHex, toUtf8 } from "../../../../base/bytes.ts";
import { sha1 } from "../../../../base/digest.ts";
import type { Forge } from "../forge.ts";
import { repositoryId, type Repository } from "../model.ts";
import { commitText, parseCommit, type Commit, type NewCommit } from "./commit.ts";
import {
  deleteObject,
  getObject,
  getRef,
  hasObject,
  listRefs,
  looseObject,
  objectIds,
  putObject,
  putRef,
  removeRef,
} from "./storage.ts";

export type ObjectType = "commit" | "tree" | "blob" | "tag";

export interface GitObject {
  readonly id: string;
  readonly type: ObjectType;
  readonly content: Uint8Array;
}

export interface TreeEntry {
  readonly name: string;
  /** "100644", "100755", "120000", "40000" (folder), "160000" (submodule). */
  readonly mode: string;
  readonly id: string;
}

/** A file somewhere below a tree. */
export interface TreeFile {
  readonly path: string;
  readonly mode: string;
  readonly id: string;
}

export interface RefEntry {
  /** `refs/heads/main`. */
  readonly name: string;
  readonly id: string;
}

const FOLDER = "40000";
const SHORTEST = 4;

/** Looks at a repository; costs nothing to make. */
export function objectsOf(forge: Forge, repository: Repository): Objects {
  return new Objects(forge, repository);
}

export class Objects {
  readonly #forge: Forge;
  readonly #id: string;
  readonly #defaultBranch: string;
  /** Parsed once: history is walked many times over. */
  readonly #commits = new Map<string, Commit>();

  constructor(forge: Forge, repository: Repository) {
    this.#forge = forge;
    this.#id = repositoryId(repository);
    this.#defaultBranch = repository.defaultBranch;
  }

  // Names

  /** Object id of what a name means: `HEAD`, a full ref, a branch, a tag, a full or short id. Null where nothing. */
  resolve(name: string): string | null {
    if (name === "HEAD") return this.ref(`refs/heads/${this.#defaultBranch}`);
    const known = ["", "refs/", "refs/heads/", "refs/tags/"].map((prefix) => this.ref(prefix + name));
    return known.find((id) => id !== null) ?? this.#byId(name);
  }

  /** Id of the commit that a name means, tags followed; null where it leads to no commit. */
  resolveCommit(name: string): string | null {
    const id = this.resolve(name);
    return id === null ? null : this.peel(id);
  }

  /** Follows tags to a commit; null where there is none at the end. */
  peel(id: string): string | null {
    let object = this.object(id);
    for (let depth = 0; object?.type === "tag" && depth < 10; depth++)
      object = this.object(/^object ([0-9a-f]{40})/.exec(toUtf8(object.content))?.[1] ?? "");
    return object?.type === "commit" ? object.id : null;
  }

  /** Where a full ref points; null where there is none of that name. */
  ref(name: string): string | null {
    if (!/^refs\/./.test(name) || name.split("/").some((part) => /^\.{0,2}$/.test(part))) return null;
    const ref = getRef(this.#forge.disk, this.#id, name);
    return ref?.type === "direct" ? ref.hash : null;
  }

  /** Refs whose names begin so, sorted by name. */
  refs(prefix = "refs/"): RefEntry[] {
    return listRefs(this.#forge.disk, this.#id, prefix).flatMap(({ name, ref }) =>
      ref.type === "direct" ? [{ name, id: ref.hash }] : [],
    );
  }

  #byId(name: string): string | null {
    if (!/^[0-9a-f]{4,40}$/.test(name) || name.length < SHORTEST) return null;
    const { disk } = this.#forge;
    if (name.length === 40) return hasObject(disk, this.#id, name) ? name : null;
    const found = objectIds(disk, this.#id, name.slice(0, 2)).filter((id) => id.startsWith(name));
    const commits = found.filter((id) => this.object(id)?.type === "commit");
    const [only, ...others] = found.length === 1 ? found : commits;
    return only !== undefined && others.length === 0 ? only : null;
  }

  // Reading

  /** All ids of the network, reachable or not, sorted. */
  ids(): string[] {
    return objectIds(this.#forge.disk, this.#id);
  }

  has(id: string): boolean {
    return hasObject(this.#forge.disk, this.#id, id);
  }

  object(id: string): GitObject | null {
    const object = getObject(this.#forge.disk, this.#id, id);
    return object && { id, type: object.type, content: object.content };
  }

  /** Its file, as any repository of git has it. Not to be changed. */
  loose(id: string): Uint8Array | null {
    return looseObject(this.#forge.disk, this.#id, id);
  }

  commit(id: string): Commit | null {
    const known = this.#commits.get(id);
    if (known) return known;
    const parsed = getObject(this.#forge.disk, this.#id, id)?.made(commitIn);
    if (!parsed) return null;
    const commit = { ...parsed, id };
    this.#commits.set(id, commit);
    return commit;
  }

  blob(id: string): Uint8Array | null {
    const object = this.object(id);
    return object?.type === "blob" ? object.content : null;
  }

  /** Entries of one folder, in git's order; null where the id is no tree. */
  tree(id: string): readonly TreeEntry[] | null {
    return getObject(this.#forge.disk, this.#id, id)?.made(entriesIn) ?? null;
  }

  /** Tree of a commit, or the tree itself; null for anything else. */
  treeOf(id: string): string | null {
    const object = this.object(id);
    if (object?.type === "tree") return id;
    return this.commit(id)?.tree ?? null;
  }

  /** Every file below a commit or tree, in git's order; submodules too. */
  files(commitOrTree: string): TreeFile[] {
    return this.#filesBelow(this.treeOf(commitOrTree) ?? "", "");
  }

  #filesBelow(tree: string, prefix: string): TreeFile[] {
    return (this.tree(tree) ?? []).flatMap(({ name, mode, id }) =>
      mode === FOLDER ? this.#filesBelow(id, `${prefix}${name}/`) : [{ path: prefix + name, mode, id }],
    );
  }

  /** What is at a path of a commit or tree; "" is the root. */
  entry(commitOrTree: string, path: string): TreeEntry | null {
    const root = this.treeOf(commitOrTree);
    let found: TreeEntry | null = root === null ? null : { name: "", mode: FOLDER, id: root };
    for (const name of path.split("/").filter((part) => part !== ""))
      found =
        found?.mode === FOLDER ? ((this.tree(found.id) ?? []).find((it) => it.name === name) ?? null) : null;
    return found;
  }

  /** Content of a file at a commit; null where there is no file. */
  file(commitOrTree: string, path: string): Uint8Array | null {
    const entry = this.entry(commitOrTree, path);
    return entry === null ? null : this.blob(entry.id);
  }

  // Writing: no rule is asked here.

  write(type: ObjectType, content: Uint8Array): string {
    const id = sha1(concat([fromUtf8(`${type} ${content.length}\0`), content]));
    putObject(this.#forge.disk, this.#id, id, type, content);
    return id;
  }

  writeBlob(content: Uint8Array | string): string {
    return this.write("blob", typeof content === "string" ? fromUtf8(content) : content);
  }

  /** Entries in any order. */
  writeTree(entries: readonly TreeEntry[]): string {
    const sorted = entries.toSorted((a, b) => (sortName(a) < sortName(b) ? -1 : 1));
    return this.write(
      "tree",
      concat(sorted.flatMap(({ mode, name, id }) => [fromUtf8(`${mode} ${name}\0`), fromHex(id)])),
    );
  }

  /** A tree with some files put (or, with null, removed); folders that become empty go too. Returns the tree's id. */
  editTree(tree: string | null, changes: ReadonlyMap<string, Omit<TreeFile, "path"> | null>): string {
    const entries = new Map(
      (tree === null ? [] : (this.tree(tree) ?? [])).map((entry) => [entry.name, entry]),
    );
    const below = new Map<string, Map<string, Omit<TreeFile, "path"> | null>>();
    for (const [path, change] of changes) {
      const slash = path.indexOf("/");
      const name = slash < 0 ? path : path.slice(0, slash);
      if (slash >= 0) {
        below.set(name, (below.get(name) ?? new Map()).set(path.slice(slash + 1), change));
      } else if (change === null) entries.delete(name);
      else entries.set(name, { name, ...change });
    }
    for (const [name, inner] of below) {
      const folder = entries.get(name);
      const id = this.editTree(folder?.mode === FOLDER ? folder.id : null, inner);
      if ((this.tree(id) ?? []).length === 0) entries.delete(name);
      else entries.set(name, { name, mode: FOLDER, id });
    }
    return this.writeTree([...entries.values()]);
  }

  writeCommit(commit: NewCommit): string {
    return this.write("commit", fromUtf8(commitText(commit)));
  }

  /** Deletes one object, whoever may still need it. */
  forget(id: string): void {
    this.#commits.delete(id);
    deleteObject(this.#forge.disk, this.#id, id);
  }

  /** Moves or removes a ref, whatever the rules say and with nobody hearing of it: see refUpdate.ts for the rest. */
  setRef(name: string, id: string | null): void {
    if (id === null) removeRef(this.#forge.disk, this.#id, name);
    else putRef(this.#forge.disk, this.#id, name, { type: "direct", hash: id });
  }
}

/** Without its id, which is not in it. */
function commitIn({ type, content }: RawObject): Commit | null {
  return type === "commit" ? parseCommit("", content) : null;
}

function entriesIn({ type, content }: RawObject): readonly TreeEntry[] | null {
  return type === "tree" ? parseTree(content) : null;
}

/** Git sorts bytes, and folders as if their names ended with a slash. */
function sortName({ name, mode }: TreeEntry): string {
  return [...fromUtf8(mode === FOLDER ? `${name}/` : name)].map((byte) => String.fromCharCode(byte)).join("");
}

export function parseTree(content: Uint8Array): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < content.length;) {
    const zero = content.indexOf(0, at);
    if (zero < 0) break;
    const head = toUtf8(content.subarray(at, zero));
    const space = head.indexOf(" ");
    const id = toHex(content.subarray(zero + 1, zero + 21));
    entries.push({ mode: head.slice(0, space), name: head.slice(space + 1), id });
    at = zero + 21;
  }
  return entries;
}
