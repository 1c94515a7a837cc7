/** Files of the working tree that the index does not have. */
import type { GitIndex } from "./gitIndex.ts";
import { compareText } from "./objects.ts";
import type { Ignore } from "./ignore.ts";
import type { Pathspec } from "./pathspec.ts";
import type { WorkTreeRepository } from "./repository.ts";

export interface Untracked {
  /** Paths in order; a directory ends in a slash. */
  readonly untracked: string[];
  readonly ignored: string[];
}

export interface UntrackedOptions {
  /** `normal`: a directory without tracked files is one entry. */
  readonly mode: "normal" | "all";
  readonly paths: Pathspec;
  readonly ignores: Pick<Ignore, "isIgnored">;
  /** Also look for ignored files; `traditional` as one entry per directory, `matching` only what a rule names. */
  readonly wantsIgnored?: "traditional" | "matching" | "no";
}

interface Scan extends UntrackedOptions {
  readonly repo: WorkTreeRepository;
  readonly tracked: ReadonlySet<string>;
  /** Every directory that holds tracked files. */
  readonly folders: ReadonlySet<string>;
  readonly found: Untracked;
}

interface Child {
  readonly name: string;
  readonly directory: boolean;
}

export async function findUntracked(
  repo: WorkTreeRepository,
  index: GitIndex,
  options: UntrackedOptions,
): Promise<Untracked> {
  const tracked = new Set(index.entries.map((entry) => entry.path));
  const folders = new Set<string>();
  for (const path of tracked) {
    for (let slash = path.lastIndexOf("/"); slash > 0; slash = path.lastIndexOf("/", slash - 1)) {
      const folder = path.slice(0, slash);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  const found: Untracked = { untracked: [], ignored: [] };
  await scan({ ...options, repo, tracked, folders, found }, "");
  found.untracked.sort(compareText);
  found.ignored.sort(compareText);
  return found;
}

/** Children of a directory; what cannot be read is empty. */
async function children(repo: WorkTreeRepository, folder: string): Promise<Child[]> {
  const path = folder === "" ? repo.workTree : `${repo.workTree}/${folder.slice(0, -1)}`;
  const fs = repo.fs as typeof repo.fs & {
    readdirWithFileTypes?(
      path: string,
    ): Promise<{ name: string; isDirectory: boolean; isSymbolicLink: boolean }[]>;
  };
  try {
    if (fs.readdirWithFileTypes) {
      const entries = await fs.readdirWithFileTypes(path);
      return entries.map((entry) => ({
        name: entry.name,
        directory: entry.isDirectory && !entry.isSymbolicLink,
      }));
    }
    const names = await fs.readdir(path);
    return await Promise.all(
      names.map(async (name) => ({
        name,
        directory: (await (fs.lstat ?? fs.stat).call(fs, `${path}/${name}`)).isDirectory,
      })),
    );
  } catch {
    return [];
  }
}

async function scan(it: Scan, folder: string): Promise<void> {
  for (const { name, directory } of await children(it.repo, folder)) {
    if (name === ".git") continue;
    const path = folder + name;
    if (it.tracked.has(path)) continue;
    if (directory) await scanFolder(it, path);
    else if (it.paths.matches(path)) await file(it, path);
  }
}

async function file(it: Scan, path: string): Promise<void> {
  if (!(await it.ignores.isIgnored(path, false))) it.found.untracked.push(path);
  else if (it.wantsIgnored && it.wantsIgnored !== "no") it.found.ignored.push(path);
}

async function scanFolder(it: Scan, path: string): Promise<void> {
  if (!it.paths.mayContain(path) && !it.paths.matches(path)) return;
  if (it.folders.has(path)) return scan(it, `${path}/`);
  if (await it.ignores.isIgnored(path, true)) {
    if (it.wantsIgnored && it.wantsIgnored !== "no") await ignoredFolder(it, path);
    return;
  }
  if (await it.repo.fs.exists(`${it.repo.workTree}/${path}/.git`)) {
    it.found.untracked.push(`${path}/`);
    return;
  }
  if (it.mode === "all") return scan(it, `${path}/`);
  await collapsed(it, path);
}

async function ignoredFolder(it: Scan, path: string): Promise<void> {
  if (it.mode === "all" && it.wantsIgnored === "traditional") {
    for (const { name, directory } of await children(it.repo, `${path}/`)) {
      if (directory) await ignoredFolder(it, `${path}/${name}`);
      else it.found.ignored.push(`${path}/${name}`);
    }
  } else if (await holdsFiles(it, path)) it.found.ignored.push(`${path}/`);
}

/** Is there any file below? git does not know empty directories. */
async function holdsFiles(it: Scan, path: string): Promise<boolean> {
  for (const { name, directory } of await children(it.repo, `${path}/`)) {
    if (!directory || (await holdsFiles(it, `${path}/${name}`))) return true;
  }
  return false;
}

/** A directory without tracked files: one entry, unless all it holds is ignored or outside the paths. */
async function collapsed(it: Scan, path: string): Promise<void> {
  const inner: Scan = { ...it, mode: "all", found: { untracked: [], ignored: [] } };
  await scan(inner, `${path}/`);
  const whole = it.paths.matches(path) || it.paths.matches(`${path}/`);
  if (inner.found.untracked.length > 0) {
    if (whole) it.found.untracked.push(`${path}/`);
    else it.found.untracked.push(...inner.found.untracked);
    it.found.ignored.push(...inner.found.ignored);
  } else if (inner.found.ignored.length > 0)
    it.found.ignored.push(...(whole ? [`${path}/`] : inner.found.ignored));
}
