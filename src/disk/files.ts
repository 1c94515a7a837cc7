/** The synchronous file operations of a disk; each is done for a user, root unless told. */
import type { Node } from "./node.ts";
import type { User } from "./user.ts";

export interface DiskStat {
  readonly kind: Node["kind"];
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly isSymbolicLink: boolean;
  /** Permission bits, 0–0o7777, without the kind. */
  readonly mode: number;
  /** Bytes; 0 for directories and devices. */
  readonly size: number;
  readonly mtime: Date;
  readonly mtimeMs: number;
  readonly owner: string;
  readonly dev: number;
  readonly ino: number;
  /** How many names the file has; 1 for a directory. */
  readonly nlink: number;
}

/** What a listing tells about one name: as `stat` without following, in short. */
export interface ListedStat {
  readonly kind: Node["kind"];
  readonly mode: number;
  readonly size: number;
  readonly mtimeMs: number;
}

export interface Files {
  /** The file's own bytes: not to be changed. Errors: ENOENT, EISDIR, EACCES… as open(2). */
  read(path: string, user?: User): Uint8Array;
  /** Creates the file or replaces its content; missing parents are an error. */
  write(path: string, content: Uint8Array | string, user?: User): void;
  append(path: string, content: Uint8Array | string, user?: User): void;
  /** False also where the way there is barred. */
  exists(path: string, user?: User): boolean;
  stat(path: string, options?: { readonly follow?: boolean }, user?: User): DiskStat;
  /** Names in code-unit order. */
  list(path: string, user?: User): string[];
  listKinds(path: string, user?: User): [name: string, kind: Node["kind"]][];
  /** A whole directory at once, by name. Reading and searching must be allowed. */
  listStats(path: string, user?: User): ReadonlyMap<string, ListedStat>;
  /** The node at the path and all below, parents first, siblings in code-unit order; links are not followed. */
  walk(path: string, user?: User): Iterable<[path: string, node: Node]>;
  mkdir(path: string, options?: { readonly recursive?: boolean }, user?: User): void;
  /** Removes a file, link or empty directory; with `recursive` also what is below. All or nothing. */
  remove(
    path: string,
    options?: { readonly recursive?: boolean; readonly force?: boolean },
    user?: User,
  ): void;
  rename(from: string, to: string, user?: User): void;
  /** As `cp FROM TO` with TO taken literally; with `recursive` as `cp -R`: links are copied as links. */
  copy(from: string, to: string, options?: { readonly recursive?: boolean }, user?: User): void;
  chmod(path: string, mode: number, user?: User): void;
  symlink(target: string, path: string, user?: User): void;
  link(existing: string, path: string, user?: User): void;
  readlink(path: string, user?: User): string;
  realpath(path: string, user?: User): string;
  utimes(path: string, mtimeMs: number, user?: User): void;
}
