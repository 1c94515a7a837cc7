/** A tree as one map from path to file, and back. */
import type { GitRepo } from "just-git";
import type { IndexEntry } from "./gitIndex.ts";
import { readTree, TREE_MODE, writeTree, type TreeEntry } from "./objects.ts";

export interface FileEntry {
  readonly mode: number;
  readonly oid: string;
}

/** In path order as git walks trees. */
export type FlatTree = Map<string, FileEntry>;

export async function flatTree(
  repo: GitRepo,
  tree: string | null,
  prefix = "",
  into: FlatTree = new Map(),
): Promise<FlatTree> {
  if (tree === null) return into;
  for (const entry of (await readTree(repo, tree)) ?? []) {
    if (entry.mode === TREE_MODE) await flatTree(repo, entry.id, `${prefix}${entry.name}/`, into);
    else into.set(prefix + entry.name, { mode: entry.mode, oid: entry.id });
  }
  return into;
}

interface Folder {
  readonly files: TreeEntry[];
  readonly folders: Map<string, Folder>;
}

/** Writes the trees for a set of files; returns the root's id. */
export async function writeFlatTree(
  repo: GitRepo,
  files: Iterable<readonly [path: string, entry: FileEntry]>,
): Promise<string> {
  const root: Folder = { files: [], folders: new Map() };
  for (const [path, { mode, oid }] of files) {
    const parts = path.split("/");
    const name = parts.pop() as string;
    let folder = root;
    for (const part of parts) {
      let next = folder.folders.get(part);
      if (!next) folder.folders.set(part, (next = { files: [], folders: new Map() }));
      folder = next;
    }
    folder.files.push({ mode, name, id: oid });
  }
  return writeFolder(repo, root);
}

async function writeFolder(repo: GitRepo, folder: Folder): Promise<string> {
  const entries = [...folder.files];
  for (const [name, child] of folder.folders) {
    entries.push({ mode: TREE_MODE, name, id: await writeFolder(repo, child) });
  }
  return writeTree(repo, entries);
}

/** The files of an index that a commit would hold: merged entries that are not only announced. */
export function indexFiles(entries: readonly IndexEntry[]): FlatTree {
  const files: FlatTree = new Map();
  for (const entry of entries) {
    if (entry.stage === 0 && !entry.intentToAdd) files.set(entry.path, { mode: entry.mode, oid: entry.oid });
  }
  return files;
}

export function sameFile(a: FileEntry | undefined, b: FileEntry | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.oid === b.oid && a.mode === b.mode);
}
