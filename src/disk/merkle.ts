/** SHA-256 over trees of nodes: a change costs only the digests on the way from it to the root. */
import { sha256 } from "../base/digest.ts";
import { type DirectoryNode, type Entry, type FileNode, type Leaf, type Node, sortedNames } from "./node.ts";

function contentDigest(file: FileNode): string {
  return (file.contentDigest ??= sha256(file.bytes));
}

function content(leaf: Leaf): string {
  if (leaf.kind === "file") return contentDigest(leaf);
  return leaf.kind === "link" ? leaf.target : leaf.device;
}

/** One text for the entries; no name holds a NUL. */
function listing(directory: DirectoryNode): string {
  const line = (name: string) => `${name}\0${entryDigest(directory.entries.get(name) as Entry)}\0`;
  return sha256(sortedNames(directory).map(line).join(""));
}

/** A hard-linked name counts as that alone here: which names belong together is for the whole disk to say. */
function entryDigest(entry: Entry): string {
  return entry.kind === "hard" ? "hard" : nodeDigest(entry);
}

/** Kind, mode, time, owner and content; inode numbers do not count. */
export function nodeDigest(node: Node): string {
  if (node.digest !== undefined) return node.digest;
  const inside = node.kind === "directory" ? listing(node) : content(node);
  return (node.digest = sha256(JSON.stringify([node.kind, node.mode, node.mtimeMs, node.owner, inside])));
}
