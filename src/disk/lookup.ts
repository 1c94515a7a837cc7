/** Path resolution, as the Linux kernel does it. */
import { DiskError } from "./error.ts";
import { LINKS_FOLLOWED } from "./limits.ts";
import type { DirectoryNode, Entry, Leaf, Node } from "./node.ts";
import { parsePath } from "./path.ts";
import { may, SEARCH, type User } from "./user.ts";

/** Where a path leads. */
export interface Place {
  /** The directory that holds (or would hold) the node. */
  readonly parent: DirectoryNode;
  /** The names from the root to `parent`, free of links. */
  readonly above: readonly string[];
  /** The name in `parent`; null where the path ends in "/", "." or "..". */
  readonly name: string | null;
  /** What is there; for `name` null the directory itself, which then is `parent`. */
  readonly node: Node | undefined;
  /** The path demands a directory. */
  readonly slash: boolean;
}

/**
 * Whether a link at the very end is followed: as stat(2), as lstat(2) which follows only before a closing slash, as
 * open(2) to create, which follows only without one, or as what makes and removes names, which never does.
 */
export type Follow = "always" | "slash" | "noSlash" | "never";

export interface Lookup {
  readonly root: DirectoryNode;
  /** The leaf behind a hard-linked name. */
  readonly leaf: (id: number) => Leaf;
  readonly user: User;
  readonly follow: Follow;
}

const SLASH = 47;
const DOT = 46;
export function resolveEntry(entry: Entry | undefined, leaf: (id: number) => Leaf): Node | undefined {
  return entry?.kind === "hard" ? leaf(entry.id) : entry;
}

function follow(how: Follow, slash: boolean): boolean {
  return how === "always" || how === (slash ? "slash" : "noSlash");
}

/** Whether a part is "." or "..". */
function isDots(path: string, start: number, end: number): boolean {
  if (path.charCodeAt(start) !== DOT) return false;
  return end === start + 1 || (end === start + 2 && path.charCodeAt(start + 1) === DOT);
}

/**
 * The short way for most paths: absolute, plain names, no link on the way. The node; null where there is none, whatever
 * the reason; undefined where only the long way knows.
 */
export function findPlain(
  root: DirectoryNode,
  path: string,
  leaf: (id: number) => Leaf,
  user: User,
): Node | null | undefined {
  if (path.charCodeAt(0) !== SLASH) return undefined;
  let node: Node = root;
  for (let start = 1; start < path.length;) {
    const slash = path.indexOf("/", start);
    const end = slash < 0 ? path.length : slash;
    if (end === start || end === path.length - 1 || isDots(path, start, end)) return undefined;
    if (node.kind !== "directory" || !may(user, node, SEARCH)) return undefined;
    const next = resolveEntry(node.entries.get(path.slice(start, end)), leaf);
    if (next === undefined) return null;
    if (next.kind === "link") return undefined;
    node = next;
    start = end + 1;
  }
  return node;
}

/**
 * Walks a path. What is missing at the end is no error here; what is missing before it is.
 * Errors: those of parsePath, ENOENT, ENOTDIR, EACCES, ELOOP.
 * @see https://man7.org/linux/man-pages/man7/path_resolution.7.html
 */
export function lookUp(lookup: Lookup, path: string, syscall: string): Place {
  const parsed = parsePath(path, syscall);
  const todo = parsed.parts.toReversed();
  const directories = [lookup.root];
  const above: string[] = [];
  let slash = parsed.slash;
  let followed = 0;
  for (;;) {
    const parent = directories.at(-1) as DirectoryNode;
    const part = todo.pop();
    if (part === undefined) return { parent, above, name: null, node: parent, slash: true };
    if (!may(lookup.user, parent, SEARCH)) throw new DiskError("EACCES", syscall, path);
    if (part === ".") continue;
    if (part === "..") {
      above.pop();
      if (directories.length > 1) directories.pop();
      continue;
    }
    const last = todo.length === 0;
    const node = resolveEntry(parent.entries.get(part), lookup.leaf);
    if (node?.kind === "link" && (!last || follow(lookup.follow, slash))) {
      if (++followed > LINKS_FOLLOWED) throw new DiskError("ELOOP", syscall, path);
      const target = parsePath(node.target, syscall);
      if (node.target.startsWith("/")) above.length = directories.length = 0;
      if (directories.length === 0) directories.push(lookup.root);
      if (last) slash ||= target.slash;
      todo.push(...target.parts.toReversed());
    } else if (last) {
      return { parent, above, name: part, node, slash };
    } else if (node?.kind === "directory") {
      directories.push(node);
      above.push(part);
    } else {
      throw new DiskError(node ? "ENOTDIR" : "ENOENT", syscall, path);
    }
  }
}
