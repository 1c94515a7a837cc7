/**
 * A git repository on a disk, for the grader: objects, refs, reflogs, index, and the files around them. The rest is
 * read by hand, so the grader never trusts the tool that it grades. Nothing here throws for what a learner can do to a
 * repository: what is damaged is absent.
 */
import { toUtf8 } from "../base/bytes.ts";
import type { Disk } from "../disk/disk.ts";
import { parseCommit, parseTree, SUBTREE, type Commit, type GitObject, type TreeEntry } from "./gitObject.ts";
import { ObjectStore, type ObjectMemory } from "./objectStore.ts";
import { parseIndex, type IndexEntry } from "./stagingArea.ts";

export type { ObjectMemory } from "./objectStore.ts";
export type { Commit, GitObject } from "./gitObject.ts";

export interface ReflogEntry {
  /** Full ref name, "HEAD" included. */
  readonly ref: string;
  /** 0 is the newest. */
  readonly number: number;
  readonly from: string;
  readonly to: string;
  readonly message: string;
}

const ID = /^[0-9a-f]{40}$/;
/** Nobody's working tree is larger; a tree that names itself over and over is. */
const MOST_FILES = 20_000;
/** Symbolic refs followed, as git does: https://git-scm.com/docs/git-symbolic-ref */
const SYMBOLIC_DEPTH = 5;

export class Repository {
  readonly #disk: Disk;
  readonly #objects: ObjectStore;
  #paths: readonly string[] | null = null;
  /** Absolute path of the git directory, links resolved. */
  readonly gitDir: string;

  constructor(disk: Disk, gitDir: string, memory: ObjectMemory) {
    this.#disk = disk;
    this.gitDir = disk.realpath(gitDir);
    this.#objects = new ObjectStore(disk, this.gitDir, memory);
  }

  /** The repository whose working tree is at a path, or null. Follows a link and a `.git` file. */
  static at(disk: Disk, workTree: string, memory: ObjectMemory): Repository | null {
    const gitDir = gitDirOf(disk, workTree);
    return gitDir === null ? null : new Repository(disk, gitDir, memory);
  }

  /** Every object on disk, loose or packed, damaged ones too, in id order. */
  objectIds(): string[] {
    return this.#objects.ids();
  }

  /** The object, or null where it is missing or damaged. */
  object(id: string): Promise<GitObject | null> {
    return this.#objects.object(id);
  }

  async commit(id: string): Promise<Commit | null> {
    const object = await this.object(id);
    return object?.type === "commit" ? parseCommit(object) : null;
  }

  /** Entries of a tree; null where it is missing or damaged. */
  async entries(id: string): Promise<TreeEntry[] | null> {
    const object = await this.object(id);
    return object?.type === "tree" ? parseTree(object.bytes) : null;
  }

  /** Path → entry for every file below a tree, up to a number that no honest tree reaches. */
  async files(tree: string): Promise<Map<string, TreeEntry>> {
    const files = new Map<string, TreeEntry>();
    const todo = [{ id: tree, prefix: "" }];
    for (let visited = 0; todo.length > 0 && visited < MOST_FILES; visited += 1) {
      const { id, prefix } = todo.pop() as { id: string; prefix: string };
      for (const entry of (await this.entries(id)) ?? []) {
        if (entry.mode === SUBTREE) todo.push({ id: entry.id, prefix: `${prefix}${entry.name}/` });
        else if (files.size < MOST_FILES) files.set(prefix + entry.name, entry);
      }
    }
    return files;
  }

  /** Path → entry for every file of a commit; empty where there is none. */
  async filesOf(commit: string | null): Promise<Map<string, TreeEntry>> {
    const found = commit === null ? null : await this.commit(commit);
    return found ? this.files(found.tree) : new Map();
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
    if (target && depth < SYMBOLIC_DEPTH) return this.resolve(target, depth + 1);
    if (text !== "") return null;
    const packed = this.#text("packed-refs")
      .split("\n")
      .find((line) => line.endsWith(` ${name}`));
    return packed && ID.test(packed.slice(0, 40)) ? packed.slice(0, 40) : null;
  }

  /** All reflogs, newest entry first within each. */
  reflogs(): ReflogEntry[] {
    return this.#filesBelow("logs").flatMap((path) => {
      const lines = this.#text(path).split("\n").filter(Boolean).reverse();
      return lines.flatMap((line, number) => {
        const fields = /^([0-9a-f]{40}) ([0-9a-f]{40}) [^\t]*(?:\t(.*))?$/.exec(line);
        return fields
          ? [
              {
                ref: path.slice("logs/".length),
                number,
                from: fields[1] as string,
                to: fields[2] as string,
                message: fields[3] ?? "",
              },
            ]
          : [];
      });
    });
  }

  index(): IndexEntry[] {
    return parseIndex(this.#bytes("index"));
  }

  /** Every object that these lead to, themselves included. */
  async closure(ids: Iterable<string>): Promise<Set<string>> {
    const seen = new Set<string>();
    const todo = [...ids];
    while (todo.length > 0) {
      const id = todo.pop() as string;
      const links = seen.has(id) ? null : await this.#objects.links(id);
      if (!links) continue;
      seen.add(id);
      for (const link of links) if (!seen.has(link)) todo.push(link);
    }
    return seen;
  }

  /** Paths, relative to the git directory, of every file in it, the object database included. Links are followed. */
  paths(): readonly string[] {
    return (this.#paths ??= this.#filesBelow(""));
  }

  /** Whether a file of the object database holds its objects and nothing else. */
  accounts(path: string): Promise<boolean> {
    return this.#objects.accounts(path);
  }

  /** Every name in the git directory, of folders too, and where links lead to. */
  names(): string[] {
    const all = [...this.#disk.walk(this.gitDir)].slice(1);
    return all.map(
      ([path, node]) => path.slice(this.gitDir.length + 1) + (node.kind === "link" ? ` ${node.target}` : ""),
    );
  }

  readFile(path: string): Uint8Array {
    return this.#disk.read(`${this.gitDir}/${path}`);
  }

  #bytes(path: string): Uint8Array {
    const full = `${this.gitDir}/${path}`;
    return this.#disk.exists(full) && this.#disk.stat(full).isFile ? this.#disk.read(full) : new Uint8Array();
  }

  #text(path: string): string {
    return toUtf8(this.#bytes(path));
  }

  /** A directory that links lead to twice is entered once. */
  #filesBelow(folder: string, seen = new Set<number>()): string[] {
    const full = `${this.gitDir}/${folder}`;
    const found = this.#disk.exists(full) ? this.#disk.stat(full) : null;
    if (found?.isFile) return [folder];
    if (!found?.isDirectory || seen.has(found.ino)) return [];
    seen.add(found.ino);
    return this.#disk.listKinds(full).flatMap(([name, kind]) => {
      const path = folder ? `${folder}/${name}` : name;
      return kind === "file" ? [path] : this.#filesBelow(path, seen);
    });
  }
}

/** https://git-scm.com/docs/gitrepository-layout */
function gitDirOf(disk: Disk, workTree: string): string | null {
  const path = `${workTree}/.git`;
  if (!disk.exists(path)) return null;
  const { isDirectory, isFile } = disk.stat(path);
  if (isDirectory) return path;
  const pointer = isFile ? /^gitdir: (.*)$/m.exec(disk.readText(path))?.[1] : undefined;
  if (!pointer) return null;
  const gitDir = pointer.startsWith("/") ? pointer : `${workTree}/${pointer}`;
  return disk.exists(gitDir) && disk.stat(gitDir).isDirectory ? gitDir : null;
}
