/** Files of the working tree: what changed against the index, and writing what git checks out. */
import type { ListedStat } from "../../../../disk/files.ts";
import { fromUtf8, toUtf8 } from "../../../../base/bytes.ts";
import type { FileEntry } from "./flatTree.ts";
import type { GitIndex, IndexEntry } from "./gitIndex.ts";
import { GITLINK_MODE, hashObject, LINK_MODE, readObject, writeObject } from "./objects.ts";
import type { WorkTreeRepository } from "./repository.ts";

export type FileChange = "modified" | "deleted" | "typechange";

interface Stat {
  readonly mode: number;
  readonly size: number;
  readonly mtimeMs: number;
}

/** Null where nothing, or a directory that is no submodule, stands at the path. */
export async function fileStat(repo: WorkTreeRepository, path: string): Promise<Stat | null> {
  const at = `${repo.workTree}/${path}`;
  try {
    const stat = await (repo.fs.lstat ? repo.fs.lstat(at) : repo.fs.stat(at));
    const size = stat.size;
    const mtimeMs = stat.mtime.getTime();
    if (stat.isSymbolicLink) return { mode: LINK_MODE, size, mtimeMs };
    if (stat.isDirectory)
      return (await repo.fs.exists(`${at}/.git`)) ? { mode: GITLINK_MODE, size: 0, mtimeMs } : null;
    return { mode: fileMode(stat.mode), size, mtimeMs };
  } catch {
    return null;
  }
}

/** Stats of many files while nothing is written: each directory is listed once, where the disk can. */
export function fileStats(repo: WorkTreeRepository): (path: string) => Promise<Stat | null> | Stat | null {
  const listed = new Map<string, ReadonlyMap<string, ListedStat> | null>();
  return (path) => {
    const slash = path.lastIndexOf("/");
    const folder = path.slice(0, Math.max(slash, 0));
    let list = listed.get(folder);
    if (list === undefined) {
      list = repo.fs.listStats?.(folder === "" ? repo.workTree : `${repo.workTree}/${folder}`) ?? null;
      listed.set(folder, list);
    }
    const stat = list?.get(path.slice(slash + 1));
    if (!stat || stat.kind === "directory") return fileStat(repo, path);
    const mode = stat.kind === "link" ? LINK_MODE : fileMode(stat.mode);
    return { mode, size: stat.size, mtimeMs: stat.mtimeMs };
  };
}

function fileMode(mode: number): number {
  return (mode & 0o100) !== 0 ? 0o100755 : 0o100644;
}

/** The content that git would store for a file: a link's content is its target. */
export async function fileContent(repo: WorkTreeRepository, path: string, mode: number): Promise<Uint8Array> {
  const at = `${repo.workTree}/${path}`;
  if (mode === LINK_MODE && repo.fs.readlink) return fromUtf8(await repo.fs.readlink(at));
  return repo.fs.readFileBuffer(at);
}

/** How a file differs from its index entry; null where it does not. */
export async function fileChange(
  repo: WorkTreeRepository,
  index: GitIndex,
  entry: IndexEntry,
): Promise<FileChange | null> {
  const stat = await fileStat(repo, entry.path);
  if (!stat) return entry.mode === GITLINK_MODE ? null : "deleted";
  if (entry.mode === GITLINK_MODE || stat.mode === GITLINK_MODE)
    return entry.mode === stat.mode ? null : "typechange";
  if ((stat.mode === LINK_MODE) !== (entry.mode === LINK_MODE)) return "typechange";
  if (entry.intentToAdd) return "modified";
  if (stat.mode !== entry.mode && repo.config.bool("core.fileMode") !== false) return "modified";
  const sameStat = stat.size === entry.size && stat.mtimeMs === entry.mtimeMs;
  if (sameStat && stat.mtimeMs < index.writtenMs) return null;
  const oid = hashObject("blob", await fileContent(repo, entry.path, stat.mode));
  return oid === entry.oid ? null : "modified";
}

/** Paths of merged entries whose files differ from the index. */
export async function changedFiles(
  repo: WorkTreeRepository,
  index: GitIndex,
): Promise<Map<string, FileChange>> {
  const changed = new Map<string, FileChange>();
  for (const entry of index.entries) {
    if (entry.stage !== 0) continue;
    const change = await fileChange(repo, index, entry);
    if (change) changed.set(entry.path, change);
  }
  return changed;
}

/** Stores a file's content and returns its index entry; null where there is no such file. */
export async function stageFile(repo: WorkTreeRepository, path: string): Promise<IndexEntry | null> {
  const stat = await fileStat(repo, path);
  if (!stat) return null;
  if (stat.mode === GITLINK_MODE) return null;
  const oid = await writeObject(repo, "blob", await fileContent(repo, path, stat.mode));
  return { path, mode: stat.mode, oid, stage: 0, size: stat.size, mtimeMs: stat.mtimeMs };
}

/** Writes a file as it stands in a tree, over whatever is there, and returns its index entry. */
export async function checkOutFile(
  repo: WorkTreeRepository,
  path: string,
  file: FileEntry,
): Promise<IndexEntry> {
  const at = `${repo.workTree}/${path}`;
  if (file.mode === GITLINK_MODE) {
    await repo.fs.mkdir(at, { recursive: true });
    return { path, ...file, stage: 0, size: 0, mtimeMs: 0 };
  }
  await makeRoom(repo, path);
  const content = (await readObject(repo, file.oid))?.content ?? new Uint8Array();
  if (file.mode === LINK_MODE && repo.fs.symlink) await repo.fs.symlink(toUtf8(content), at);
  else {
    await repo.fs.writeFile(at, content);
    await repo.fs.chmod(at, file.mode & 0o777);
  }
  const stat = await fileStat(repo, path);
  return { path, ...file, stage: 0, size: stat?.size ?? 0, mtimeMs: stat?.mtimeMs ?? 0 };
}

async function makeRoom(repo: WorkTreeRepository, path: string): Promise<void> {
  const parts = path.split("/");
  for (let i = 1; i < parts.length; i++) {
    const at = `${repo.workTree}/${parts.slice(0, i).join("/")}`;
    const stat = await lstat(repo, at);
    if (stat && !stat.isDirectory) await repo.fs.rm(at, { force: true });
    if (!stat || !stat.isDirectory) await repo.fs.mkdir(at, { recursive: true });
  }
  await repo.fs.rm(`${repo.workTree}/${path}`, { recursive: true, force: true });
}

async function lstat(repo: WorkTreeRepository, at: string) {
  try {
    return await (repo.fs.lstat ? repo.fs.lstat(at) : repo.fs.stat(at));
  } catch {
    return null;
  }
}

/** Removes a file and the directories that become empty, except the one where the person stands. */
export async function removeFile(repo: WorkTreeRepository, path: string): Promise<void> {
  const at = `${repo.workTree}/${path}`;
  const stat = await lstat(repo, at);
  if (stat && (!stat.isDirectory || stat.isSymbolicLink)) await repo.fs.rm(at, { force: true });
  const parts = path.split("/").slice(0, -1);
  for (; parts.length > 0; parts.pop()) {
    const folder = parts.join("/");
    if (`${folder}/` === repo.prefix || repo.prefix.startsWith(`${folder}/`)) return;
    const directory = `${repo.workTree}/${folder}`;
    if (!(await repo.fs.exists(directory))) continue;
    if ((await repo.fs.readdir(directory)).length > 0) return;
    await repo.fs.rm(directory, { recursive: true });
  }
}
