/**
 * The nodes of a disk's tree: plain data, shared between forks. Every node but a directory is never changed: a change
 * makes a new node. A directory may be changed in place only by the disk whose edit token it carries; any other disk
 * copies it first.
 */

interface Attributes {
  /** Permission bits with set-id and sticky bits, 0–0o7777; the kind is not part of it. */
  readonly mode: number;
  /** Milliseconds since 1970, virtual. */
  readonly mtimeMs: number;
  readonly owner: string;
  /** Inode number: stays with the file through writes and renames. */
  readonly id: number;
}

/** What a digest has been computed for remembers it; part of no comparison and no snapshot. */
interface Remembered {
  digest?: string | undefined;
}

export interface FileNode extends Attributes, Remembered {
  readonly kind: "file";
  /** Never changed in place. */
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, once known; handed on to nodes that hold the same bytes. */
  contentDigest?: string | undefined;
}

export interface LinkNode extends Attributes, Remembered {
  readonly kind: "link";
  readonly target: string;
}

/** A character device; what it does when read or written is looked up by name in the disk's table of devices. */
export interface DeviceNode extends Attributes, Remembered {
  readonly kind: "device";
  readonly device: string;
}

/** Stands in a directory for a leaf that has several names; the leaf itself is in the disk's table of inodes. */
export interface HardNode {
  readonly kind: "hard";
  readonly id: number;
}

export interface DirectoryNode extends Remembered {
  readonly kind: "directory";
  readonly entries: Map<string, Entry>;
  mode: number;
  mtimeMs: number;
  owner: string;
  readonly id: number;
  /** The names in order, once asked for. */
  names?: readonly string[] | undefined;
  /** The token of the disk that may change this node in place. */
  readonly edit: object | null;
}

export type Leaf = FileNode | LinkNode | DeviceNode;
export type Node = Leaf | DirectoryNode;
export type Entry = Node | HardNode;

/** A leaf with several names, and how many. */
export interface Inode {
  readonly leaf: Leaf;
  readonly links: number;
}

/** The names of a directory in code-unit order. */
export function sortedNames(directory: DirectoryNode): readonly string[] {
  return (directory.names ??= [...directory.entries.keys()].sort());
}
