/** The file tree as rows: folders before files, each level in code-unit order. */
import type { FileEntry } from "../../worker/protocol.ts";

export interface TreeRow {
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  readonly kind: "directory" | "file";
  readonly status: FileEntry["status"];
}

interface Node {
  readonly children: Map<string, Node>;
  entry: FileEntry | null;
}

function insert(root: Node, entry: FileEntry, base: string): void {
  const path = entry.path.startsWith(base) ? entry.path.slice(base.length) : entry.path;
  let node = root;
  for (const name of path.split("/").filter((part) => part !== "")) {
    let child = node.children.get(name);
    if (!child) node.children.set(name, (child = { children: new Map(), entry: null }));
    node = child;
  }
  node.entry = entry;
}

function isFolder(node: Node): boolean {
  return node.children.size > 0 || node.entry?.kind === "directory";
}

function rows(node: Node, depth: number, prefix: string, folded: ReadonlySet<string>): TreeRow[] {
  const children = [...node.children].sort(([a, x], [b, y]) => {
    const byKind = Number(isFolder(y)) - Number(isFolder(x));
    return byKind !== 0 ? byKind : a < b ? -1 : 1;
  });
  return children.flatMap(([name, child]) => {
    const path = `${prefix}/${name}`;
    const kind = isFolder(child) ? "directory" : "file";
    const row: TreeRow = { path, name, depth, kind, status: child.entry?.status ?? "clean" };
    return folded.has(path) ? [row] : [row, ...rows(child, depth + 1, path, folded)];
  });
}

/** `base` is the folder that the tree shows; paths of the rows are absolute. */
export function treeRows(files: readonly FileEntry[], base: string, folded: ReadonlySet<string>): TreeRow[] {
  const root: Node = { children: new Map(), entry: null };
  for (const entry of files) insert(root, entry, `${base}/`);
  return rows(root, 0, base, folded);
}
