/**
 * Reads a git repository on a disk for the grader: all objects, reachable or not, refs, reflogs, index. Objects are
 * read through isomorphic-git and the rest by hand, so the grader never trusts the tool that it grades.
 */
import git from "isomorphic-git";
import { toLatin1, toUtf8 } from "../base/bytes.ts";
import type { Disk } from "../disk/disk.ts";
import { diskClient } from "./diskClient.ts";
import { packedIds } from "./packIndex.ts";
import { parseIndex, type IndexEntry } from "./stagingArea.ts";

export type ObjectType = "blob" | "tree" | "commit" | "tag";

export interface GitObject {
  readonly id: string;
  readonly type: ObjectType;
  readonly bytes: Uint8Array;
}

export interface TreeEntry {
  readonly mode: string;
  readonly name: string;
  readonly id: string;
}

export interface Commit {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: string;
  readonly committerTimeS: number;
  readonly message: string;
}

export interface ReflogEntry {
  /** Full ref name, "HEAD" included. */
  readonly ref: string;
  /** 0 is the newest. */
  readonly number: number;
  readonly from: string;
  readonly to: string;
  readonly message: string;
}

/** Objects by id, for as long as the caller likes: an object never changes. */
export type ObjectMemory = Map<string, GitObject>;

const ID = /^[0-9a-f]{40}$/;

export class Repository {
  readonly #disk: Disk;
  readonly #memory: ObjectMemory;
  readonly #cache = {};
  /** Absolute path of the `.git` directory. */
  readonly gitDir: string;

  constructor(disk: Disk, gitDir: string, memory: ObjectMemory) {
    this.#disk = disk;
    this.gitDir = gitDir;
    this.#memory = memory;
  }

  /** The repository whose working tree is at a path, or null. Follows a `.git` file. */
  static at(disk: Disk, workTree: string, memory: ObjectMemory): Repository | null {
    const path = `${workTree}/.git`;
    if (!disk.exists(path)) return null;
    if (disk.stat(path).isDirectory) return new Repository(disk, path, memory);
    const pointer = /^gitdir: (.*)$/m.exec(disk.readText(path))?.[1];
    if (!pointer) return null;
    const gitDir = pointer.startsWith("/") ? pointer : `${workTree}/${pointer}`;
    return disk.exists(gitDir) && disk.stat(gitDir).isDirectory ? new Repository(disk, gitDir, memory) : null;
  }

  /** Every object on disk, loose or packed, in id order. */
  objectIds(): string[] {
    const ids = new Set<string>();
    const objects = `${this.gitDir}/objects`;
    for (const name of this.#names(objects)) {
      if (/^[0-9a-f]{2}$/.test(name)) for (const rest of this.#names(`${objects}/${name}`)) if (ID.test(name + rest)) ids.add(name + rest);
    }
    for (const name of this.#names(`${objects}/pack`)) {
      if (name.endsWith(".idx")) for (const id of packedIds(this.#disk.read(`${objects}/pack/${name}`))) ids.add(id);
    }
    return [...ids].sort();
  }

  /** The object, or null where it is missing or damaged. */
  async object(id: string): Promise<GitObject | null> {
    const known = this.#memory.get(id);
    if (known) return known;
    try {
      const read = await git.readObject({ fs: diskClient(this.#disk), gitdir: this.gitDir, oid: id, format: "content", cache: this.#cache });
      const found: GitObject = { id, type: read.type as ObjectType, bytes: read.object as Uint8Array };
      this.#memory.set(id, found);
      return found;
    } catch {
      return null;
    }
  }

  async commit(id: string): Promise<Commit | null> {
    const object = await this.object(id);
    return object?.type === "commit" ? parseCommit(object) : null;
  }

  async tree(id: string): Promise<TreeEntry[]> {
    const object = await this.object(id);
    return object?.type === "tree" ? parseTree(object.bytes) : [];
  }

  /** Path → entry for every file below a tree. */
  async files(tree: string, prefix = ""): Promise<Map<string, TreeEntry>> {
    const files = new Map<string, TreeEntry>();
    for (const entry of await this.tree(tree)) {
      const path = prefix + entry.name;
      if (entry.mode === "40000") for (const [below, item] of await this.files(entry.id, `${path}/`)) files.set(below, item);
      else files.set(path, entry);
    }
    return files;
  }

  /** Full ref name → object id; symbolic refs followed, broken ones left out. "HEAD" is not among them. */
  refs(): Map<string, string> {
    const refs = new Map<string, string>();
    for (const line of this.#text("packed-refs").split("\n")) {
      const [id, name] = line.split(" ");
      if (id && name && ID.test(id)) refs.set(name, id);
    }
    for (const path of this.#filesBelow("refs")) {
      const id = this.resolve(path);
      if (id) refs.set(path, id);
    }
    return new Map([...refs].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The branch that HEAD names, or null when it is detached. */
  headBranch(): string | null {
    return /^ref: refs\/heads\/(.+)$/m.exec(this.#text("HEAD"))?.[1]?.trim() ?? null;
  }

  /** The id that a full ref name or "HEAD" stands for. */
  resolve(name: string, depth = 0): string | null {
    const text = this.#text(name).trim();
    if (ID.test(text)) return text;
    const target = /^ref: (\S+)/.exec(text)?.[1];
    if (target && depth < 5) return this.resolve(target, depth + 1);
    if (text !== "") return null;
    const packed = this.#text("packed-refs").split("\n").find((line) => line.endsWith(` ${name}`));
    return packed ? packed.slice(0, 40) : null;
  }

  /** All reflogs, newest entry first within each. */
  reflogs(): ReflogEntry[] {
    return this.#filesBelow("logs").flatMap((path) => {
      const lines = this.#text(path).split("\n").filter(Boolean).reverse();
      return lines.flatMap((line, number) => {
        const fields = /^([0-9a-f]{40}) ([0-9a-f]{40}) [^\t]*(?:\t(.*))?$/.exec(line);
        return fields ? [{ ref: path.slice("logs/".length), number, from: fields[1] as string, to: fields[2] as string, message: fields[3] ?? "" }] : [];
      });
    });
  }

  index(): IndexEntry[] {
    const path = `${this.gitDir}/index`;
    return this.#disk.exists(path) ? parseIndex(this.#disk.read(path)) : [];
  }

  /** Every object that these lead to, themselves included. */
  async closure(ids: Iterable<string>): Promise<Set<string>> {
    const seen = new Set<string>();
    const todo = [...ids];
    while (todo.length > 0) {
      const id = todo.pop() as string;
      if (seen.has(id) || /^0+$/.test(id)) continue;
      const object = await this.object(id);
      if (!object) continue;
      seen.add(id);
      todo.push(...linksOf(object));
    }
    return seen;
  }

  /** Paths, relative to the git directory, of every file that is not part of the object database. */
  otherFiles(): string[] {
    return this.#filesBelow("").filter((path) => !path.startsWith("objects/") && path !== "index");
  }

  readFile(path: string): Uint8Array {
    return this.#disk.read(`${this.gitDir}/${path}`);
  }

  #text(path: string): string {
    const full = `${this.gitDir}/${path}`;
    return this.#disk.exists(full) && this.#disk.stat(full).isFile ? this.#disk.readText(full) : "";
  }

  #names(path: string): string[] {
    return this.#disk.exists(path) && this.#disk.stat(path).isDirectory ? this.#disk.list(path) : [];
  }

  #filesBelow(folder: string): string[] {
    const start = folder ? `${this.gitDir}/${folder}` : this.gitDir;
    if (!this.#disk.exists(start)) return [];
    const paths: string[] = [];
    for (const [path, node] of this.#disk.walk(start)) if (node.kind === "file") paths.push(path.slice(this.gitDir.length + 1));
    return paths;
  }
}

/** Ids that an object names: parents and tree, entries, tagged object. Submodule commits are elsewhere. */
function linksOf(object: GitObject): string[] {
  if (object.type === "tree") return parseTree(object.bytes).filter((entry) => entry.mode !== "160000").map((entry) => entry.id);
  if (object.type === "blob") return [];
  const header = toLatin1(object.bytes).split("\n\n", 1)[0] as string;
  return [...header.matchAll(/^(?:tree|parent|object) ([0-9a-f]{40})$/gm)].map((match) => match[1] as string);
}

export function parseTree(bytes: Uint8Array): TreeEntry[] {
  const entries: TreeEntry[] = [];
  let at = 0;
  while (at < bytes.length) {
    const space = bytes.indexOf(0x20, at);
    const zero = bytes.indexOf(0, space);
    if (space < 0 || zero < 0 || zero + 20 > bytes.length) break;
    const id = [...bytes.subarray(zero + 1, zero + 21)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    entries.push({ mode: toLatin1(bytes.subarray(at, space)), name: toUtf8(bytes.subarray(space + 1, zero)), id });
    at = zero + 21;
  }
  return entries;
}

export function parseCommit(object: GitObject): Commit {
  const text = toUtf8(object.bytes);
  const end = text.indexOf("\n\n");
  const header = end < 0 ? text : text.slice(0, end);
  return {
    id: object.id,
    tree: /^tree ([0-9a-f]{40})/m.exec(header)?.[1] ?? "",
    parents: [...header.matchAll(/^parent ([0-9a-f]{40})/gm)].map((match) => match[1] as string),
    author: /^author (.*?) </m.exec(header)?.[1] ?? "",
    committerTimeS: Number(/^committer .*> (\d+) /m.exec(header)?.[1] ?? 0),
    message: end < 0 ? "" : text.slice(end + 2),
  };
}
