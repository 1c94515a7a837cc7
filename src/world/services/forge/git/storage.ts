/**
 * Bare repositories on the forge's disk, as real git lays them out, behind just-git's storage interface.
 * https://git-scm.com/docs/gitrepository-layout
 */
import type { RawObject, Ref } from "just-git";
import type { RawRefEntry, RefOps, Storage } from "just-git/server";
import { concat, fromUtf8, toLatin1, toUtf8 } from "../../../../base/bytes.ts";
import { deflateZlib } from "../../../../base/deflate.ts";
import { inflateZlib } from "../../../../base/inflate.ts";
import type { Disk } from "../../../../disk/disk.ts";

type Type = RawObject["type"];

/** All repositories of a fork network keep their objects here. No account can have this name. */
const NETWORKS = "/@networks";

/** The directory of a repository's git data: `/owner/name.git`. */
export function gitDirectory(id: string): string {
  return `/${id}.git`;
}

export function bareRepository(disk: Disk, id: string, branch: string): void {
  const directory = gitDirectory(id);
  for (const folder of ["objects/info", "objects/pack", "refs/heads", "refs/tags", "info"]) {
    disk.mkdir(`${directory}/${folder}`, { recursive: true });
  }
  disk.write(`${directory}/HEAD`, `ref: refs/heads/${branch}\n`);
  disk.write(
    `${directory}/config`,
    "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n",
  );
  disk.write(`${directory}/description`, `${id}\n`);
}

export function diskStorage(disk: Disk): Storage {
  const refs = (id: string): RefOps => ({
    getRef: (name) => getRef(disk, id, name),
    putRef: (name, ref) => putRef(disk, id, name, ref),
    removeRef: (name) => removeRef(disk, id, name),
  });
  return {
    hasRepo: (id) => disk.exists(`${gitDirectory(id)}/HEAD`),
    insertRepo: (id) => bareRepository(disk, id, "main"),
    deleteRepo: (id) => disk.remove(gitDirectory(id), { recursive: true, force: true }),
    getObject: (id, hash) => getObject(disk, id, hash),
    putObject: (id, hash, type, content) => void putObject(disk, id, hash, type, content),
    putObjects: (id, objects) =>
      objects.filter((it) => putObject(disk, id, it.hash, it.type, it.content)).map((it) => it.hash),
    hasObject: (id, hash) => hasObject(disk, id, hash),
    findObjectsByPrefix: (id, prefix) =>
      objectIds(disk, id, prefix.slice(0, 2)).filter((hash) => hash.startsWith(prefix)),
    listObjectHashes: (id) => objectIds(disk, id),
    deleteObjects: (id, hashes) => hashes.filter((hash) => deleteObject(disk, id, hash)).length,
    getRef: (id, name) => getRef(disk, id, name),
    putRef: (id, name, ref) => putRef(disk, id, name, ref),
    removeRef: (id, name) => removeRef(disk, id, name),
    listRefs: (id, prefix) => listRefs(disk, id, prefix),
    atomicRefUpdate: (id, update) => update(refs(id)),
  };
}

/** The directory of objects that the repositories of a network share. */
export function poolDirectory(network: number): string {
  return `${NETWORKS}/${network}.git/objects`;
}

/**
 * Where a repository keeps its objects: its own directory, or the pool that its alternates name. The path there is
 * relative, so that real git follows it in an exported copy too.
 * https://git-scm.com/docs/gitrepository-layout#Documentation/gitrepository-layout.txt-objectsinfoalternates
 */
export function objectsDirectory(disk: Disk, id: string): string {
  const own = `${gitDirectory(id)}/objects`;
  const alternates = `${own}/info/alternates`;
  return disk.exists(alternates) ? disk.parsed(alternates, alternateOf) : own;
}

function alternateOf(content: Uint8Array): string {
  return toUtf8(content).trim().replace("../../..", "");
}

/** From here on the repository's objects are in the pool of its network; what it has itself moves there. */
export function joinPool(disk: Disk, id: string, network: number): void {
  const pool = poolDirectory(network);
  const own = objectsDirectory(disk, id);
  if (own === pool) return;
  disk.mkdir(`${pool}/info`, { recursive: true });
  disk.mkdir(`${pool}/pack`, { recursive: true });
  for (const folder of fanFolders(disk, own)) {
    disk.mkdir(`${pool}/${folder}`, { recursive: true });
    for (const rest of disk.list(`${own}/${folder}`))
      if (!disk.exists(`${pool}/${folder}/${rest}`))
        disk.rename(`${own}/${folder}/${rest}`, `${pool}/${folder}/${rest}`);
    disk.remove(`${own}/${folder}`, { recursive: true });
  }
  disk.write(`${gitDirectory(id)}/objects/info/alternates`, `../../..${pool}\n`);
}

function fanFolders(disk: Disk, objects: string, fan = ""): string[] {
  return disk.list(objects).filter((name) => /^[0-9a-f]{2}$/.test(name) && name.startsWith(fan));
}

function objectPath(disk: Disk, id: string, hash: string): string {
  return `${objectsDirectory(disk, id)}/${hash.slice(0, 2)}/${hash.slice(2)}`;
}

const OBJECT_ID = /^[0-9a-f]{40}$/;

export function hasObject(disk: Disk, id: string, hash: string): boolean {
  return OBJECT_ID.test(hash) && disk.exists(objectPath(disk, id, hash));
}

/** An object as its file holds it. Nobody changes it, nor what is made of it: forks share both. */
export class StoredObject implements RawObject {
  readonly type: Type;
  readonly content: Uint8Array;
  readonly #made = new Map<(object: RawObject) => unknown, unknown>();

  constructor(deflated: Uint8Array) {
    const bytes = inflateZlib(deflated);
    const zero = bytes.indexOf(0);
    this.type = toLatin1(bytes.subarray(0, zero)).split(" ")[0] as Type;
    this.content = bytes.slice(zero + 1);
  }

  /** Made once. `make` is one and the same function each time. */
  made<T>(make: (object: RawObject) => T): T {
    if (!this.#made.has(make)) this.#made.set(make, make(this));
    return this.#made.get(make) as T;
  }
}

export function getObject(disk: Disk, id: string, hash: string): StoredObject | null {
  if (!OBJECT_ID.test(hash)) return null;
  const path = objectPath(disk, id, hash);
  return disk.exists(path) ? disk.parsed(path, storedObject) : null;
}

function storedObject(deflated: Uint8Array): StoredObject {
  return new StoredObject(deflated);
}

/** The file of an object, as any repository of git has it. Not to be changed. */
export function looseObject(disk: Disk, id: string, hash: string): Uint8Array | null {
  return hasObject(disk, id, hash) ? disk.read(objectPath(disk, id, hash)) : null;
}

/** False where the object was there already. */
export function putObject(disk: Disk, id: string, hash: string, type: string, content: Uint8Array): boolean {
  const path = objectPath(disk, id, hash);
  if (disk.exists(path)) return false;
  disk.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  disk.write(path, deflateZlib(concat([fromUtf8(`${type} ${content.length}\0`), content]), 1));
  disk.chmod(path, 0o444);
  return true;
}

export function deleteObject(disk: Disk, id: string, hash: string): boolean {
  const path = objectPath(disk, id, hash);
  if (!disk.exists(path)) return false;
  disk.remove(path);
  const folder = path.slice(0, path.lastIndexOf("/"));
  if (disk.list(folder).length === 0) disk.remove(folder, { recursive: true });
  return true;
}

/** All object ids of a repository (of its whole network where it has one), reachable or not, sorted. */
export function objectIds(disk: Disk, id: string, fan = ""): string[] {
  const directory = objectsDirectory(disk, id);
  return fanFolders(disk, directory, fan).flatMap((folder) =>
    disk.list(`${directory}/${folder}`).map((rest) => folder + rest),
  );
}

function refPath(id: string, name: string): string {
  return `${gitDirectory(id)}/${name}`;
}

export function getRef(disk: Disk, id: string, name: string): Ref | null {
  const path = refPath(id, name);
  if (!disk.exists(path) || disk.stat(path).isDirectory) return null;
  const text = toUtf8(disk.read(path)).trimEnd();
  return text.startsWith("ref: ")
    ? { type: "symbolic", target: text.slice(5) }
    : { type: "direct", hash: text };
}

export function putRef(disk: Disk, id: string, name: string, ref: Ref): void {
  const path = refPath(id, name);
  disk.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  disk.write(path, ref.type === "symbolic" ? `ref: ${ref.target}\n` : `${ref.hash}\n`);
}

export function removeRef(disk: Disk, id: string, name: string): void {
  const path = refPath(id, name);
  disk.remove(path, { force: true });
  const parts = name.split("/").slice(0, -1);
  for (; parts.length > 2; parts.pop()) {
    const folder = refPath(id, parts.join("/"));
    if (!disk.exists(folder) || disk.list(folder).length > 0) return;
    disk.remove(folder, { recursive: true });
  }
}

export function listRefs(disk: Disk, id: string, prefix = "refs"): RawRefEntry[] {
  const found: RawRefEntry[] = [];
  const visit = (name: string) => {
    const path = refPath(id, name);
    if (disk.stat(path).isDirectory) for (const child of disk.list(path)) visit(`${name}/${child}`);
    else {
      const ref = getRef(disk, id, name);
      if (ref && name.startsWith(prefix)) found.push({ name, ref });
    }
  };
  visit("refs");
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export interface Branch {
  /** Without `refs/heads/`. */
  readonly name: string;
  readonly id: string;
}

export function branchesOf(disk: Disk, id: string): Branch[] {
  return listRefs(disk, id, "refs/heads/").flatMap(({ name, ref }) =>
    ref.type === "direct" ? [{ name: name.slice("refs/heads/".length), id: ref.hash }] : [],
  );
}
