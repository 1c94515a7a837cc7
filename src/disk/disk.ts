/** The in-memory filesystem: POSIX semantics, virtual time, owners, limits, and forks that cost nothing. */
import { concat, fromUtf8, toUtf8 } from "../base/bytes.ts";
import { sha256 } from "../base/digest.ts";
import { invariant } from "../base/invariant.ts";
import { canonicalJson } from "../base/json.ts";
import { directoryData, directoryFrom, type DiskData, leafData } from "./data.ts";
import { type Devices, standardDevices } from "./device.ts";
import { DiskError, type DiskErrorCode } from "./error.ts";
import type { DiskStat, Files, ListedStat } from "./files.ts";
import { DEFAULT_LIMITS, type DiskLimits } from "./limits.ts";
import { findPlain, type Follow, lookUp, type Place, resolveEntry } from "./lookup.ts";
import { nodeDigest } from "./merkle.ts";
import { type DirectoryNode, type Entry, type Inode, type Leaf, type Node, sortedNames } from "./node.ts";
import { joinPath, parsePath } from "./path.ts";
import { may, owns, READ, ROOT, SEARCH, UMASK, type User, WRITE } from "./user.ts";
import { DiskView } from "./view.ts";

export interface DiskOptions {
  /** The virtual clock, milliseconds since 1970. */
  readonly now: () => number;
  readonly limits?: DiskLimits;
  /** What character devices do; /dev/null, zero and full unless told. */
  readonly devices?: Devices;
  /** A tree to start from; it is shared, not changed. No hard-linked names. */
  readonly root?: DirectoryNode;
}

/** A directory that an operation may put names into. */
type NamedPlace = Place & { readonly name: string };

/** By content, then by what made it. */
type Parsed = WeakMap<Uint8Array, Map<(content: Uint8Array) => unknown, unknown>>;

interface Size {
  bytes: number;
  entries: number;
  /** Levels below and including the node. */
  height: number;
}

export class Disk implements Files {
  readonly #options: DiskOptions;
  readonly #limits: DiskLimits;
  readonly #devices: Devices;
  #token: object = {};
  #root: DirectoryNode;
  #inodes = new Map<number, Inode>();
  #sharesInodes = false;
  #nextId = 2;
  #bytes = 0;
  #entries = 0;
  /** What was made of contents; forks share it, and it goes with them. */
  #parsed: Parsed = new WeakMap();

  constructor(options: DiskOptions) {
    const { root, ...rest } = options;
    this.#options = rest;
    this.#limits = options.limits ?? DEFAULT_LIMITS;
    this.#devices = options.devices ?? standardDevices();
    this.#root = root ?? this.#directory(1, 0o755, ROOT);
    if (root) this.#count();
  }

  /** A disk with the content and the inode numbers of a snapshot. */
  static restore(data: DiskData, options: Omit<DiskOptions, "root">): Disk {
    const disk = new Disk(options);
    disk.#root = directoryFrom(data.root);
    disk.#inodes = new Map(data.inodes.map(({ leaf, links }) => [leaf.id, { leaf: leafData(leaf), links }]));
    disk.#count();
    disk.#nextId = Math.max(disk.#nextId, data.nextId);
    return disk;
  }

  /** Everything, as plain data. Bytes are shared: clone before handing it to code that changes bytes. */
  snapshot(): DiskData {
    this.#inlineSingles();
    const inodes = [...this.#inodes.values()].map(({ leaf, links }) => ({ leaf: leafData(leaf), links }));
    return { version: 1, nextId: this.#nextId, root: directoryData(this.#root), inodes };
  }

  /** An independent copy in constant time: what is written later to either side is copied then. */
  fork(overrides: Partial<Omit<DiskOptions, "root">> = {}): Disk {
    const copy = new Disk({ ...this.#options, ...overrides });
    copy.#root = this.#root;
    copy.#inodes = this.#inodes;
    copy.#sharesInodes = this.#sharesInodes = true;
    copy.#nextId = this.#nextId;
    copy.#bytes = this.#bytes;
    copy.#entries = this.#entries;
    copy.#parsed = this.#parsed;
    this.#token = {};
    return copy;
  }

  /**
   * SHA-256 over names, kinds, modes, times, owners, targets, contents and which names are one file. Equal trees have
   * equal digests whatever their history; inode numbers do not count.
   */
  digest(): string {
    this.#inlineSingles();
    return sha256(canonicalJson(["disk/1", nodeDigest(this.#root), this.#hardGroups()]));
  }

  /** The filesystem as one user has it, for just-bash and just-git. */
  as(user: User): DiskView {
    return new DiskView(this, user);
  }

  /** What is used of the limits. */
  usage(): { readonly bytes: number; readonly entries: number } {
    return { bytes: this.#bytes, entries: this.#entries };
  }

  // Reading

  read(path: string, user: User = ROOT): Uint8Array {
    const node = this.#found(path, "open", user);
    if (node.kind === "directory") throw new DiskError("EISDIR", "read", path);
    if (!may(user, node, READ)) throw new DiskError("EACCES", "open", path);
    return this.#content(node, path);
  }

  /** The file as UTF-8; malformed sequences become U+FFFD. */
  readText(path: string, user: User = ROOT): string {
    return toUtf8(this.read(path, user));
  }

  /**
   * What `parse` makes of a file: made once for each content, whichever fork asks. Nobody changes it. `parse` is one and
   * the same function each time.
   */
  parsed<T>(path: string, parse: (content: Uint8Array) => T, user: User = ROOT): T {
    const content = this.read(path, user);
    let known = this.#parsed.get(content);
    if (!known) this.#parsed.set(content, (known = new Map()));
    if (!known.has(parse)) known.set(parse, parse(content));
    return known.get(parse) as T;
  }

  exists(path: string, user: User = ROOT): boolean {
    const plain = findPlain(this.#root, path, this.#leaf, user);
    if (plain !== undefined) return plain !== null;
    try {
      return this.#place(path, "stat", user).node !== undefined;
    } catch (error) {
      if (error instanceof DiskError) return false;
      throw error;
    }
  }

  stat(path: string, options: { readonly follow?: boolean } = {}, user: User = ROOT): DiskStat {
    const follow = options.follow ?? true;
    const node = this.#found(path, follow ? "stat" : "lstat", user, follow ? "always" : "slash");
    return {
      kind: node.kind,
      isFile: node.kind === "file",
      isDirectory: node.kind === "directory",
      isSymbolicLink: node.kind === "link",
      mode: node.mode,
      size: sizeOf(node),
      mtime: new Date(node.mtimeMs),
      mtimeMs: node.mtimeMs,
      owner: node.owner,
      dev: 1,
      ino: node.id,
      nlink: this.#inodes.get(node.id)?.links ?? 1,
    };
  }

  list(path: string, user: User = ROOT): string[] {
    return [...sortedNames(this.#readable(path, user))];
  }

  listKinds(path: string, user: User = ROOT): [name: string, kind: Node["kind"]][] {
    const directory = this.#readable(path, user);
    return sortedNames(directory).map((name) => {
      const entry = directory.entries.get(name) as Entry;
      return [name, entry.kind === "hard" ? this.#leaf(entry.id).kind : entry.kind];
    });
  }

  listStats(path: string, user: User = ROOT): ReadonlyMap<string, ListedStat> {
    const directory = this.#readable(path, user);
    if (!may(user, directory, SEARCH)) throw new DiskError("EACCES", "scandir", path);
    const stats = new Map<string, ListedStat>();
    for (const [name, entry] of directory.entries) {
      const node = entry.kind === "hard" ? this.#leaf(entry.id) : entry;
      stats.set(name, { kind: node.kind, mode: node.mode, size: sizeOf(node), mtimeMs: node.mtimeMs });
    }
    return stats;
  }

  /** Below a directory that the user may not read or search nothing is yielded. */
  *walk(path: string, user: User = ROOT): Generator<[path: string, node: Node]> {
    const node = this.#found(path, "scandir", user, "slash");
    yield* this.#below(path.replace(/\/+$/, "") || "/", node, user);
  }

  readlink(path: string, user: User = ROOT): string {
    const node = this.#found(path, "readlink", user, "slash");
    if (node.kind !== "link") throw new DiskError("EINVAL", "readlink", path);
    return node.target;
  }

  realpath(path: string, user: User = ROOT): string {
    this.#found(path, "realpath", user);
    return `/${trail(this.#place(path, "realpath", user)).join("/")}`;
  }

  // Writing

  write(path: string, content: Uint8Array | string, user: User = ROOT): void {
    this.#store(path, () => (typeof content === "string" ? fromUtf8(content) : content.slice()), user);
  }

  append(path: string, content: Uint8Array | string, user: User = ROOT): void {
    const more = typeof content === "string" ? fromUtf8(content) : content;
    this.#store(path, (old) => (old ? concat([old, more]) : more.slice()), user);
  }

  mkdir(path: string, options: { readonly recursive?: boolean } = {}, user: User = ROOT): void {
    if (options.recursive) return this.#makeAll(path, user);
    const place = this.#place(path, "mkdir", user, "never");
    if (place.node) throw new DiskError("EEXIST", "mkdir", path);
    this.#insert(this.#writable(place, "mkdir", path, user), this.#newDirectory(user), "mkdir", path);
  }

  symlink(target: string, path: string, user: User = ROOT): void {
    if (target === "") throw new DiskError("ENOENT", "symlink", path);
    parsePath(target, "symlink");
    const place = this.#writable(this.#vacant(path, "symlink", user), "symlink", path, user);
    const attributes = { mode: 0o777, mtimeMs: this.#now(), owner: user.name, id: this.#nextId++ };
    this.#insert(place, { kind: "link", target, ...attributes }, "symlink", path);
  }

  /** Creates a character device; only root may. */
  mknod(path: string, device: string, mode = 0o666, user: User = ROOT): void {
    if (user.name !== ROOT.name) throw new DiskError("EPERM", "mknod", path);
    const place = this.#writable(this.#vacant(path, "mknod", user), "mknod", path, user);
    const attributes = { mode, mtimeMs: this.#now(), owner: user.name, id: this.#nextId++ };
    this.#insert(place, { kind: "device", device, ...attributes }, "mknod", path);
  }

  /** As on a Linux with protected hard links, one links only one's own files and those one may read and write. */
  link(existing: string, path: string, user: User = ROOT): void {
    const leaf = this.#found(existing, "link", user, "slash");
    const source = this.#place(existing, "link", user, "slash");
    const place = this.#vacant(path, "link", user);
    const safe = leaf.kind === "file" && may(user, leaf, READ | WRITE);
    if (!safe && !owns(user, leaf)) throw new DiskError("EPERM", "link", existing);
    const target = this.#writable(place, "link", path, user);
    if (leaf.kind === "directory") throw new DiskError("EPERM", "link", existing);
    this.#reserve(target, { bytes: 0, entries: 1, height: 1 }, "link", path);
    const names = this.#inodes.get(leaf.id)?.links;
    if (!names) this.#parent(source).entries.set(source.name as string, { kind: "hard", id: leaf.id });
    this.#setInode(leaf.id, { leaf, links: (names ?? 1) + 1 });
    this.#insert(target, { kind: "hard", id: leaf.id }, "link", path);
  }

  chmod(path: string, mode: number, user: User = ROOT): void {
    this.#change(path, "chmod", user, owns, { mode: mode & 0o7777 });
  }

  /** Only root gives files away. */
  chown(path: string, owner: string, user: User = ROOT): void {
    this.#change(path, "chown", user, () => user.name === ROOT.name, { owner });
  }

  utimes(path: string, mtimeMs: number, user: User = ROOT): void {
    if (!Number.isFinite(mtimeMs)) throw new DiskError("EINVAL", "utimes", path);
    const allowed = (who: User, node: Node) => owns(who, node) || may(who, node, WRITE);
    this.#change(path, "utimes", user, allowed, { mtimeMs: Math.trunc(mtimeMs) });
  }

  remove(path: string, options: { recursive?: boolean; force?: boolean } = {}, user: User = ROOT): void {
    if (options.force && !this.#present(path, user)) return;
    const place = this.#place(path, "rm", user, "never");
    if (!place.node) throw new DiskError("ENOENT", "rm", path);
    if (place.name === null && place.above.length > 0) throw new DiskError("EINVAL", "rm", path);
    const named = this.#detachable(place, "rm", path, user);
    if (place.slash && place.node.kind !== "directory") throw new DiskError("ENOTDIR", "rm", path);
    if (place.node.kind === "directory") this.#mayEmpty(place.node, options.recursive ?? false, path, user);
    this.#detach(named);
  }

  rename(from: string, to: string, user: User = ROOT): void {
    const source = this.#place(from, "rename", user, "never");
    const target = this.#place(to, "rename", user, "never");
    if (source.name === null || target.name === null) throw new DiskError("EBUSY", "rename", from);
    const node = source.node;
    if (!node) throw new DiskError("ENOENT", "rename", from);
    checkNames(source, target, to);
    if (target.node?.id === node.id) return;
    this.#checkRename(source, target, node, from, to, user);
    const entry = source.parent.entries.get(source.name) as Entry;
    if (target.node) this.#detach(target as NamedPlace);
    this.#unhook(source as NamedPlace);
    this.#hook(target as NamedPlace, entry);
  }

  copy(from: string, to: string, options: { readonly recursive?: boolean } = {}, user: User = ROOT): void {
    const recursive = options.recursive ?? false;
    const source = this.#place(from, "cp", user, recursive ? "slash" : "always");
    if (!source.node) throw new DiskError("ENOENT", "cp", from);
    if (source.node.kind === "directory") {
      if (!recursive) throw new DiskError("EISDIR", "cp", from);
      const target = this.#place(to, "cp", user);
      if (isWithin(trail(target), trail(source))) throw new DiskError("EINVAL", "cp", to);
      if (target.node && target.node.kind !== "directory") throw new DiskError("ENOTDIR", "cp", to);
      this.#reserve(target, this.#size(source.node), "cp", to);
    }
    this.#copyNode(source.node, from, to, user);
  }

  // Lookup

  #place(path: string, syscall: string, user: User, follow: Follow = "always"): Place {
    return lookUp({ root: this.#root, leaf: this.#leaf, user, follow }, path, syscall);
  }

  readonly #leaf = (id: number): Leaf => {
    const inode = this.#inodes.get(id);
    invariant(inode, `no inode ${id}`);
    return inode.leaf;
  };

  #found(path: string, syscall: string, user: User, follow: Follow = "always"): Node {
    const plain = findPlain(this.#root, path, this.#leaf, user);
    if (plain) return plain;
    const { node, slash } = this.#place(path, syscall, user, follow);
    if (!node) throw new DiskError("ENOENT", syscall, path);
    if (slash && node.kind !== "directory") throw new DiskError("ENOTDIR", syscall, path);
    return node;
  }

  #readable(path: string, user: User): DirectoryNode {
    const node = this.#found(path, "scandir", user);
    if (node.kind !== "directory") throw new DiskError("ENOTDIR", "scandir", path);
    if (!may(user, node, READ)) throw new DiskError("EACCES", "scandir", path);
    return node;
  }

  #present(path: string, user: User): boolean {
    try {
      return this.#place(path, "rm", user, "never").node !== undefined;
    } catch (error) {
      if (error instanceof DiskError && (error.code === "ENOENT" || error.code === "ENOTDIR")) return false;
      throw error;
    }
  }

  /** A place for a new name whose path must not end in a slash. */
  #vacant(path: string, syscall: string, user: User): Place {
    const place = this.#place(path, syscall, user, "never");
    if (place.node) throw new DiskError("EEXIST", syscall, path);
    if (place.slash) throw new DiskError("ENOENT", syscall, path);
    return place;
  }

  #writable(place: Place, syscall: string, path: string, user: User): NamedPlace {
    if (place.name === null) throw new DiskError("EBUSY", syscall, path);
    if (!may(user, place.parent, WRITE | SEARCH)) throw new DiskError("EACCES", syscall, path);
    return place as NamedPlace;
  }

  /** A place whose name the user may take away; in a sticky directory only what is their own. */
  #detachable(place: Place, syscall: string, path: string, user: User): NamedPlace {
    const named = this.#writable(place, syscall, path, user);
    const sticky = (named.parent.mode & 0o1000) !== 0;
    if (sticky && place.node && !owns(user, place.node) && !owns(user, place.parent)) {
      throw new DiskError("EPERM", syscall, path);
    }
    return named;
  }

  *#below(path: string, node: Node, user: User): Generator<[string, Node]> {
    yield [path, node];
    if (node.kind !== "directory" || !may(user, node, READ | SEARCH)) return;
    for (const name of sortedNames(node)) {
      const child = resolveEntry(node.entries.get(name), this.#leaf);
      if (child) yield* this.#below(joinPath(path, name), child, user);
    }
  }

  // Changes of the tree

  #now(): number {
    return Math.trunc(this.#options.now());
  }

  #directory(id: number, mode: number, user: User): DirectoryNode {
    const mtimeMs = this.#now();
    return { kind: "directory", entries: new Map(), mode, mtimeMs, owner: user.name, id, edit: this.#token };
  }

  #newDirectory(user: User): DirectoryNode {
    return this.#directory(this.#nextId++, 0o777 & ~UMASK, user);
  }

  /** The directory, if need be a copy of it, that this disk may change in place. */
  #own(directory: DirectoryNode): DirectoryNode {
    const mine = directory.edit === this.#token;
    const own = mine ? directory : { ...directory, entries: new Map(directory.entries), edit: this.#token };
    own.digest = own.names = undefined;
    return own;
  }

  /** The directory at these names, which must be there, ready to be changed. */
  #editable(names: readonly string[]): DirectoryNode {
    let directory = (this.#root = this.#own(this.#root));
    for (const name of names) {
      const child = directory.entries.get(name);
      invariant(child?.kind === "directory", `no directory ${name}`);
      const own = this.#own(child);
      directory.entries.set(name, own);
      directory = own;
    }
    return directory;
  }

  #parent(place: Place): DirectoryNode {
    return this.#editable(place.above);
  }

  #setInode(id: number, inode: Inode | null): void {
    if (this.#sharesInodes) this.#inodes = new Map(this.#inodes);
    this.#sharesInodes = false;
    if (inode) this.#inodes.set(id, inode);
    else this.#inodes.delete(id);
  }

  /** Puts a name in and marks the directory as changed. */
  #hook(place: NamedPlace, entry: Entry): void {
    const parent = this.#parent(place);
    parent.entries.set(place.name, entry);
    parent.mtimeMs = this.#now();
  }

  #unhook(place: NamedPlace): void {
    const parent = this.#parent(place);
    parent.entries.delete(place.name);
    parent.mtimeMs = this.#now();
  }

  #insert(place: NamedPlace, entry: Entry, syscall: string, path: string): void {
    const bytes = entry.kind === "file" ? entry.bytes.length : 0;
    this.#reserve(place, { bytes, entries: 1, height: 1 }, syscall, path);
    this.#hook(place, entry);
    this.#bytes += bytes;
    this.#entries += 1;
  }

  /** Takes a node and all below away. */
  #detach(place: NamedPlace): void {
    const entry = place.parent.entries.get(place.name) as Entry;
    this.#unhook(place);
    this.#release(entry);
  }

  #release(entry: Entry): void {
    this.#entries -= 1;
    if (entry.kind === "file") this.#bytes -= entry.bytes.length;
    if (entry.kind === "directory") for (const child of entry.entries.values()) this.#release(child);
    if (entry.kind === "hard") this.#releaseHard(entry.id);
  }

  #releaseHard(id: number): void {
    const inode = this.#inodes.get(id);
    invariant(inode, `no inode ${id}`);
    this.#setInode(id, inode.links > 1 ? { leaf: inode.leaf, links: inode.links - 1 } : null);
    if (inode.links === 1 && inode.leaf.kind === "file") this.#bytes -= inode.leaf.bytes.length;
  }

  /** Puts a new state of a leaf in the place of its old one, under all its names. */
  #replace(place: NamedPlace, leaf: Leaf): void {
    const inode = this.#inodes.get(leaf.id);
    if (inode) this.#setInode(leaf.id, { leaf, links: inode.links });
    else this.#parent(place).entries.set(place.name, leaf);
  }

  #change(
    path: string,
    syscall: string,
    user: User,
    allowed: (user: User, node: Node) => boolean,
    change: { readonly mode?: number; readonly owner?: string; readonly mtimeMs?: number },
  ): void {
    const place = this.#place(path, syscall, user);
    const node = place.node;
    if (!node) throw new DiskError("ENOENT", syscall, path);
    if (place.slash && node.kind !== "directory") throw new DiskError("ENOTDIR", syscall, path);
    if (!allowed(user, node)) throw new DiskError("EPERM", syscall, path);
    if (node.kind === "directory") Object.assign(this.#editable(trail(place)), change);
    else this.#replace(place as NamedPlace, { ...node, ...change, digest: undefined });
  }

  // Content

  #content(node: Leaf, path: string): Uint8Array {
    if (node.kind === "file") return node.bytes;
    if (node.kind === "device") return this.#device(node.device, path).read();
    throw new DiskError("ELOOP", "open", path);
  }

  #device(name: string, path: string) {
    const device = Object.hasOwn(this.#devices, name) ? this.#devices[name] : undefined;
    if (!device) throw new DiskError("ENXIO", "open", path);
    return device;
  }

  #store(path: string, make: (old: Uint8Array | null) => Uint8Array, user: User): void {
    const place = this.#place(path, "open", user, "noSlash");
    const node = place.node;
    if (node?.kind === "directory" || place.slash) throw new DiskError("EISDIR", "open", path);
    if (node && !may(user, node, WRITE)) throw new DiskError("EACCES", "open", path);
    if (node?.kind === "device") return this.#emit(node.device, make(null), path);
    const old = node?.kind === "file" ? node.bytes : null;
    const bytes = make(old);
    const code = this.#overflow(bytes.length, bytes.length - (old?.length ?? 0));
    if (code) throw new DiskError(code, "write", path);
    if (!old)
      return this.#create(this.#writable(place, "open", path, user), bytes, 0o666 & ~UMASK, path, user);
    this.#replace(place as NamedPlace, {
      ...(node as Leaf & { kind: "file" }),
      bytes,
      mtimeMs: this.#now(),
      digest: undefined,
      contentDigest: undefined,
    });
    this.#bytes += bytes.length - old.length;
  }

  #create(place: NamedPlace, bytes: Uint8Array, mode: number, path: string, user: User): void {
    const attributes = { mode, mtimeMs: this.#now(), owner: user.name, id: this.#nextId++ };
    this.#insert(place, { kind: "file", bytes, ...attributes }, "open", path);
  }

  #emit(device: string, bytes: Uint8Array, path: string): void {
    const code = this.#device(device, path).write(bytes);
    if (code) throw new DiskError(code, "write", path);
  }

  // Operations on many nodes

  #makeAll(path: string, user: User): void {
    const { parts, slash } = parsePath(path, "mkdir");
    for (let n = 1; n <= parts.length; n++) {
      const prefix = `/${parts.slice(0, n).join("/")}`;
      let place = this.#place(prefix, "mkdir", user, "never");
      if (place.node?.kind === "link") place = this.#place(prefix, "mkdir", user);
      else if (!place.node) {
        const rest = parts.length - n + 1;
        this.#reserve(place, { bytes: 0, entries: rest, height: rest }, "mkdir", path);
        this.#insert(this.#writable(place, "mkdir", path, user), this.#newDirectory(user), "mkdir", path);
        continue;
      }
      if (!place.node) throw new DiskError("ENOENT", "mkdir", path);
      const inner = slash || n < parts.length;
      if (place.node.kind !== "directory") throw new DiskError(inner ? "ENOTDIR" : "EEXIST", "mkdir", path);
    }
  }

  #mayEmpty(directory: DirectoryNode, recursive: boolean, path: string, user: User): void {
    if (directory.entries.size === 0) return;
    if (!recursive) throw new DiskError("ENOTEMPTY", "rm", path);
    if (!may(user, directory, READ | WRITE | SEARCH)) throw new DiskError("EACCES", "rm", path);
    for (const [name, entry] of directory.entries) {
      if (entry.kind === "directory") this.#mayEmpty(entry, true, joinPath(path, name), user);
    }
  }

  #checkRename(source: Place, target: Place, node: Node, from: string, to: string, user: User): void {
    const isDirectory = node.kind === "directory";
    this.#detachable(source, "rename", from, user);
    this.#detachable(target, "rename", to, user);
    const moves = source.parent.id !== target.parent.id;
    if (isDirectory && moves && !may(user, node, WRITE)) throw new DiskError("EACCES", "rename", from);
    if (target.node) checkReplaced(target.node, isDirectory, to);
    const height = isDirectory && moves ? this.#size(node).height : 1;
    if (target.above.length + height > this.#limits.depth) throw new DiskError("ENOSPC", "rename", to);
  }

  #copyNode(node: Node, from: string, to: string, user: User): void {
    if (node.kind === "link") return this.#copyLink(node.target, to, user);
    if (!may(user, node, node.kind === "directory" ? READ | SEARCH : READ))
      throw new DiskError("EACCES", "cp", from);
    if (node.kind !== "directory") return this.#copyFile(node, from, to, user);
    if (!this.exists(to, user)) {
      this.mkdir(to, {}, user);
      this.chmod(to, (node.mode & 0o777 & ~UMASK) | 0o700, user);
    }
    for (const name of sortedNames(node)) {
      const child = resolveEntry(node.entries.get(name), this.#leaf);
      if (child) this.#copyNode(child, joinPath(from, name), joinPath(to, name), user);
    }
    const mode = node.mode & 0o777 & ~UMASK;
    if ((mode & 0o700) !== 0o700) this.chmod(to, mode, user);
  }

  #copyFile(leaf: Leaf, from: string, to: string, user: User): void {
    const isNew = !this.exists(to, user);
    const bytes = this.#content(leaf, from);
    this.#store(to, () => bytes, user);
    if (isNew) this.chmod(to, leaf.mode & 0o777 & ~UMASK, user);
  }

  #copyLink(target: string, to: string, user: User): void {
    const place = this.#place(to, "cp", user, "never");
    if (place.node?.kind === "directory") throw new DiskError("EISDIR", "cp", to);
    if (place.node) this.remove(to, {}, user);
    this.symlink(target, to, user);
  }

  // Limits

  #overflow(fileBytes: number, more: number): DiskErrorCode | null {
    if (fileBytes > this.#limits.fileBytes) return "EFBIG";
    return more > 0 && this.#bytes + more > this.#limits.totalBytes ? "ENOSPC" : null;
  }

  /** Fails where something of this size does not fit below a place. */
  #reserve(place: Place, size: Size, syscall: string, path: string): void {
    const full =
      this.#entries + size.entries > this.#limits.entries ||
      (size.bytes > 0 && this.#bytes + size.bytes > this.#limits.totalBytes) ||
      place.above.length + size.height > this.#limits.depth;
    if (full) throw new DiskError("ENOSPC", syscall, path);
  }

  #size(node: Node): Size {
    const size = { bytes: node.kind === "file" ? node.bytes.length : 0, entries: 1, height: 1 };
    if (node.kind !== "directory") return size;
    for (const entry of node.entries.values()) {
      const below = this.#size(resolveEntry(entry, this.#leaf) as Node);
      size.bytes += below.bytes;
      size.entries += below.entries;
      size.height = Math.max(size.height, below.height + 1);
    }
    return size;
  }

  /** Takes stock of a tree that came from elsewhere. */
  #count(): void {
    const links = new Map<number, number>();
    this.#nextId = this.#root.id + 1;
    for (const [, entry] of entriesBelow([], this.#root)) {
      this.#entries += 1;
      this.#nextId = Math.max(this.#nextId, entry.id + 1);
      if (entry.kind === "file") this.#bytes += entry.bytes.length;
      if (entry.kind === "hard") links.set(entry.id, (links.get(entry.id) ?? 0) + 1);
    }
    for (const [id, count] of links)
      invariant(this.#inodes.get(id)?.links === count, `inode ${id} has ${count} names`);
    for (const { leaf } of this.#inodes.values()) if (leaf.kind === "file") this.#bytes += leaf.bytes.length;
  }

  // Hard links

  /** A file that lost all its names but one is an ordinary file again. */
  #inlineSingles(): void {
    const single = (id: number) => this.#inodes.get(id)?.links === 1;
    if (![...this.#inodes.keys()].some(single)) return;
    for (const [names, entry] of [...entriesBelow([], this.#root)]) {
      if (entry.kind !== "hard" || !single(entry.id)) continue;
      this.#editable(names.slice(0, -1)).entries.set(names.at(-1) as string, this.#leaf(entry.id));
      this.#setInode(entry.id, null);
    }
  }

  /** Per file with several names its digest and the names, in the order of the first name. */
  #hardGroups(): [string, string[]][] {
    const groups = new Map<number, [string, string[]]>();
    if (this.#inodes.size === 0) return [];
    for (const [names, entry] of entriesBelow([], this.#root)) {
      if (entry.kind !== "hard") continue;
      const group = groups.get(entry.id) ?? [nodeDigest(this.#leaf(entry.id)), []];
      group[1].push(`/${names.join("/")}`);
      groups.set(entry.id, group);
    }
    return [...groups.values()];
  }
}

/** Bytes; 0 for directories and devices. */
function sizeOf(node: Node): number {
  if (node.kind === "file") return node.bytes.length;
  return node.kind === "link" ? fromUtf8(node.target).length : 0;
}

/** All names below a directory, in code-unit order, hard-linked ones unresolved. */
function* entriesBelow(above: readonly string[], directory: DirectoryNode): Generator<[string[], Entry]> {
  for (const name of sortedNames(directory)) {
    const names = [...above, name];
    const entry = directory.entries.get(name) as Entry;
    yield [names, entry];
    if (entry.kind === "directory") yield* entriesBelow(names, entry);
  }
}

/** The names from the root to a place. */
function trail(place: Place): readonly string[] {
  return place.name === null ? place.above : [...place.above, place.name];
}

function isWithin(names: readonly string[], above: readonly string[]): boolean {
  return above.every((name, i) => names[i] === name);
}

/** A directory goes neither into itself nor in the place of one above it. */
function checkNames(source: Place, target: Place, path: string): void {
  const isDirectory = source.node?.kind === "directory";
  if (!isDirectory && (source.slash || target.slash)) throw new DiskError("ENOTDIR", "rename", path);
  if (target.node && target.node.id === source.node?.id) return;
  if (isWithin(trail(target), trail(source))) throw new DiskError("EINVAL", "rename", path);
  if (isWithin(trail(source), trail(target))) throw new DiskError("ENOTEMPTY", "rename", path);
}

function checkReplaced(node: Node, byDirectory: boolean, path: string): void {
  if (node.kind !== "directory") {
    if (byDirectory) throw new DiskError("ENOTDIR", "rename", path);
  } else if (!byDirectory) {
    throw new DiskError("EISDIR", "rename", path);
  } else if (node.entries.size > 0) {
    throw new DiskError("ENOTEMPTY", "rename", path);
  }
}
