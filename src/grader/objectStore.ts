/**
 * The object database of a repository on a disk, loose and packed, read through isomorphic-git. What a file on disk
 * holds is believed only once its digest is the id that it stands under.
 */
import git from "isomorphic-git";
import type { Disk } from "../disk/disk.ts";
import { diskClient } from "./diskClient.ts";
import { idOf, linksOf, type GitObject, type ObjectType } from "./gitObject.ts";
import { packedIds } from "./packIndex.ts";

/** An object, and the files on disk that were seen to hold it. Bytes on a disk never change in place. */
export interface KnownObject extends GitObject {
  readonly sources: WeakSet<Uint8Array>;
  /** Ids that it names, once asked for. */
  links?: readonly string[];
}

/** Objects by id, for as long as the caller likes: an object never changes. */
export type ObjectMemory = Map<string, KnownObject>;

const ID = /^[0-9a-f]{40}$/;

export class ObjectStore {
  readonly #disk: Disk;
  readonly #gitDir: string;
  readonly #memory: ObjectMemory;
  readonly #cache = {};
  /** Id → path of the file that holds it; built when first asked. */
  #paths: Map<string, string> | null = null;
  readonly #damaged = new Set<string>();

  constructor(disk: Disk, gitDir: string, memory: ObjectMemory) {
    this.#disk = disk;
    this.#gitDir = gitDir;
    this.#memory = memory;
  }

  /** Every id for which there is a file or an entry of a pack, in order. */
  ids(): string[] {
    return [...this.#located().keys()];
  }

  has(id: string): boolean {
    return this.#located().has(id);
  }

  /** The object, or null where it is missing or damaged. */
  async object(id: string): Promise<KnownObject | null> {
    const path = this.#located().get(id);
    if (path === undefined || this.#damaged.has(id)) return null;
    const source = this.#disk.read(path);
    const known = this.#memory.get(id);
    if (known?.sources.has(source)) return known;
    const read = await this.#read(id);
    if (!read) {
      this.#damaged.add(id);
      return null;
    }
    const found = known ?? { ...read, sources: new WeakSet<Uint8Array>() };
    found.sources.add(source);
    this.#memory.set(id, found);
    return found;
  }

  /** Ids that the object names; null where it is missing or damaged. */
  async links(id: string): Promise<readonly string[] | null> {
    const object = await this.object(id);
    return object && (object.links ??= linksOf(object));
  }

  async #read(id: string): Promise<GitObject | null> {
    try {
      const { type, object } = await git.readObject({ fs: diskClient(this.#disk), gitdir: this.#gitDir, oid: id, format: "content", cache: this.#cache });
      const found = { id, type: type as ObjectType, bytes: object as Uint8Array };
      return idOf(found.type, found.bytes) === id ? found : null;
    } catch {
      return null;
    }
  }

  #located(): Map<string, string> {
    if (this.#paths) return this.#paths;
    const paths = [...this.#packed(), ...this.#loose()].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return (this.#paths = new Map(paths));
  }

  *#loose(): Generator<[id: string, path: string]> {
    const objects = `${this.#gitDir}/objects`;
    for (const name of this.#names(objects)) {
      if (!/^[0-9a-f]{2}$/.test(name)) continue;
      for (const rest of this.#names(`${objects}/${name}`)) {
        const path = `${objects}/${name}/${rest}`;
        if (ID.test(name + rest) && this.#isFile(path)) yield [name + rest, path];
      }
    }
  }

  *#packed(): Generator<[id: string, path: string]> {
    const folder = `${this.#gitDir}/objects/pack`;
    for (const name of this.#names(folder)) {
      const pack = `${folder}/${name.slice(0, -4)}.pack`;
      if (!name.endsWith(".idx") || !this.#isFile(`${folder}/${name}`) || !this.#isFile(pack)) continue;
      for (const id of packedIds(this.#disk.read(`${folder}/${name}`))) yield [id, pack];
    }
  }

  #names(path: string): string[] {
    return this.#disk.exists(path) && this.#disk.stat(path).isDirectory ? this.#disk.list(path) : [];
  }

  #isFile(path: string): boolean {
    return this.#disk.exists(path) && this.#disk.stat(path).isFile;
  }
}
