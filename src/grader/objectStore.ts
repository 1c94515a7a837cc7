/**
 * The object database of a repository on a disk, loose and packed, read through isomorphic-git. What a file on disk
 * holds is believed only once its digest is the id that it stands under.
 */
import git from "isomorphic-git";
import { toUtf8 } from "../base/bytes.ts";
import type { Disk } from "../disk/disk.ts";
import { resolvePath } from "../disk/path.ts";
import { diskClient } from "./diskClient.ts";
import { adler32, idOf, linksOf, wrapped, type GitObject, type ObjectType } from "./gitObject.ts";
import { packedIds } from "./packIndex.ts";

/** An object, and the files on disk that were seen to hold it. Bytes on a disk never change in place. */
export interface KnownObject extends GitObject {
  readonly sources: WeakSet<Uint8Array>;
  /** Ids that it names, once asked for. */
  links?: readonly string[];
  /** Adler-32 of its content with the header, once asked for. */
  checksum?: number;
}

/** Objects by id, for as long as the caller likes: an object never changes. */
export type ObjectMemory = Map<string, KnownObject>;

const PACK_HEADER = 12;
const ID = /^[0-9a-f]{40}$/;

export class ObjectStore {
  readonly #disk: Disk;
  readonly #gitDir: string;
  readonly #memory: ObjectMemory;
  readonly #cache = {};
  /** Id → path of the file that holds it; built when first asked. */
  #paths: Map<string, string> | null = null;
  /** What this disk has, each looked at once. */
  readonly #checked = new Map<string, KnownObject | null>();

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
    const checked = this.#checked.get(id);
    if (checked !== undefined) return checked;
    const path = this.#located().get(id);
    const found = path === undefined ? null : await this.#check(id, this.#disk.read(path));
    this.#checked.set(id, found);
    return found;
  }

  /** What is remembered counts only for files that were seen to hold it. */
  async #check(id: string, source: Uint8Array): Promise<KnownObject | null> {
    const known = this.#memory.get(id);
    if (known?.sources.has(source)) return known;
    const read = await this.#read(id);
    if (!read) return null;
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

  /**
   * Whether a file of the database (path below the git directory) is what it seems: a loose object and nothing behind
   * it, or a pack of just the objects that its index names. What else it may hold is then not worth a deep search.
   */
  async accounts(path: string): Promise<boolean> {
    const loose = /^objects\/([0-9a-f]{2})\/([0-9a-f]{38})$/.exec(path);
    const bytes = this.#disk.read(`${this.#gitDir}/${path}`);
    if (loose) return this.#endsWithObject(`${loose[1]}${loose[2]}`, bytes);
    const index = `${this.#gitDir}/${path.replace(/\.pack$/, ".idx")}`;
    if (!/^objects\/pack\/[^/]+\.pack$/.test(path) || bytes.length < PACK_HEADER || !this.#isFile(index))
      return false;
    const ids = packedIds(this.#disk.read(index));
    if (new DataView(bytes.buffer, bytes.byteOffset).getUint32(8) !== ids.length) return false;
    for (const id of ids) if (!(await this.object(id))) return false;
    return true;
  }

  /** A zlib stream ends with a checksum of what it holds: https://www.rfc-editor.org/rfc/rfc1950 */
  async #endsWithObject(id: string, bytes: Uint8Array): Promise<boolean> {
    const object = await this.object(id);
    if (!object?.sources.has(bytes) || bytes.length < 6) return false;
    object.checksum ??= adler32(wrapped(object.type, object.bytes));
    return (
      new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(bytes.length - 4) ===
      object.checksum
    );
  }

  async #read(id: string): Promise<GitObject | null> {
    try {
      const { type, object } = await git.readObject({
        fs: diskClient(this.#disk),
        gitdir: this.#gitDirOf(id),
        oid: id,
        format: "content",
        cache: this.#cache,
      });
      const found = { id, type: type as ObjectType, bytes: object as Uint8Array };
      return idOf(found.type, found.bytes) === id ? found : null;
    } catch {
      return null;
    }
  }

  /** Of the database that holds it: isomorphic-git follows no alternates. */
  #gitDirOf(id: string): string {
    const path = this.#located().get(id) ?? "";
    const end = path.lastIndexOf("/objects/");
    return end < 0 ? this.#gitDir : path.slice(0, end);
  }

  #located(): Map<string, string> {
    if (this.#paths) return this.#paths;
    const databases = [...this.#alternates(), `${this.#gitDir}/objects`];
    const found = databases.flatMap((objects) => [...this.#packed(objects), ...this.#loose(objects)]);
    const paths = found.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return (this.#paths = new Map(paths));
  }

  /** Databases of others that this one reads too. Their own alternates do not count. */
  #alternates(): string[] {
    const own = `${this.#gitDir}/objects`;
    if (!this.#isFile(`${own}/info/alternates`)) return [];
    const lines = toUtf8(this.#disk.read(`${own}/info/alternates`)).split("\n");
    return lines.filter((line) => line !== "" && !line.startsWith("#")).map((line) => resolvePath(own, line));
  }

  *#loose(objects: string): Generator<[id: string, path: string]> {
    for (const name of this.#names(objects)) {
      const folder = `${objects}/${name}`;
      if (!/^[0-9a-f]{2}$/.test(name) || !this.#disk.stat(folder).isDirectory) continue;
      for (const [rest, kind] of this.#disk.listKinds(folder)) {
        const path = `${folder}/${rest}`;
        if (ID.test(name + rest) && (kind === "file" || this.#isFile(path))) yield [name + rest, path];
      }
    }
  }

  *#packed(objects: string): Generator<[id: string, path: string]> {
    const folder = `${objects}/pack`;
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
