/** A disk as plain data that survives structured cloning. Bytes are shared with the disk, not copied. */
import { invariant } from "../base/invariant.ts";
import { type DirectoryNode, type Entry, type HardNode, type Inode, type Leaf, sortedNames } from "./node.ts";

export interface DirectoryData {
  readonly kind: "directory";
  readonly mode: number;
  readonly mtimeMs: number;
  readonly owner: string;
  readonly id: number;
  readonly entries: readonly (readonly [name: string, entry: EntryData])[];
}

export type EntryData = DirectoryData | Leaf | HardNode;

export interface DiskData {
  readonly version: 1;
  readonly nextId: number;
  readonly root: DirectoryData;
  /** Leaves with several names. */
  readonly inodes: readonly Inode[];
}

/** Only what the kind declares: remembered digests stay behind. */
export function leafData(leaf: Leaf): Leaf {
  const { mode, mtimeMs, owner, id } = leaf;
  if (leaf.kind === "file") return { kind: "file", bytes: leaf.bytes, mode, mtimeMs, owner, id };
  if (leaf.kind === "link") return { kind: "link", target: leaf.target, mode, mtimeMs, owner, id };
  return { kind: "device", device: leaf.device, mode, mtimeMs, owner, id };
}

export function directoryData(directory: DirectoryNode): DirectoryData {
  const { mode, mtimeMs, owner, id } = directory;
  const entries = sortedNames(directory).map((name) => {
    return [name, entryData(directory.entries.get(name) as Entry)] as const;
  });
  return { kind: "directory", mode, mtimeMs, owner, id, entries };
}

function entryData(entry: Entry): EntryData {
  if (entry.kind === "directory") return directoryData(entry);
  return entry.kind === "hard" ? { kind: "hard", id: entry.id } : leafData(entry);
}

export function directoryFrom(data: DirectoryData): DirectoryNode {
  const { mode, mtimeMs, owner, id } = data;
  const entries = new Map<string, Entry>();
  for (const [name, entry] of data.entries) {
    invariant(
      !/^\.{0,2}$|[/\0]/u.test(name) && !entries.has(name),
      `not a directory entry: ${JSON.stringify(name)}`,
    );
    entries.set(
      name,
      entry.kind === "directory" ? directoryFrom(entry) : entry.kind === "hard" ? entry : leafData(entry),
    );
  }
  return { kind: "directory", entries, mode, mtimeMs, owner, id, edit: null };
}
