/** What a commit takes: the index as it is, with -a, with some paths only, or with picked hunks. */
import type { Committing } from "./committing.ts";
import { flatTree, indexFiles, writeFlatTree } from "../lib/flatTree.ts";
import { readIndex, writeIndex, type IndexEntry } from "../lib/gitIndex.ts";
import { parsePathspec } from "../lib/pathspec.ts";
import { changedFiles, fileStat, stageFile } from "../lib/workTree.ts";
import { die, stop } from "../lib/transcript.ts";

export interface Staging {
  /** What hooks see as GIT_INDEX_FILE. */
  readonly indexFile: string;
  /** Writes the tree of the commit, from the index as hooks left it. */
  tree(): Promise<string>;
  /** The commit was made: the index becomes what it has to be afterwards. */
  keep(): Promise<void>;
  /** The commit was given up: the index is as before. */
  undo(): Promise<void>;
}

export async function stageForCommit(it: Committing): Promise<Staging> {
  const { repo, options } = it;
  const path = `${repo.gitDir}/index`;
  const before = (await repo.fs.exists(path)) ? await repo.fs.readFileBuffer(path) : null;
  const undo = async () => {
    if (before) await repo.fs.writeFile(path, before);
    else await repo.fs.rm(path, { force: true });
  };
  const tree = async () => writeFlatTree(repo, indexFiles((await readIndex(repo.fs, repo.gitDir)).entries));
  const usual = { tree, keep: async () => undefined, undo };
  if (options.patch) {
    const { addPatch } = await import("../lib/addPatch.ts");
    await addPatch(it.call, repo, it.t, { kind: "stage" }, options.paths);
    return { ...usual, indexFile: `${path}.lock` };
  }
  if (options.all || options.include) {
    await stageTracked(it);
    await refuseUnmerged(it);
    return { ...usual, indexFile: `${path}.lock` };
  }
  if (options.paths.length === 0 && !options.only && options.fixup?.kind !== "reword") {
    await refuseUnmerged(it);
    return { ...usual, indexFile: ".git/index" };
  }
  return { tree, undo, indexFile: `${repo.gitDir}/next-index-1000.lock`, keep: await stageOnly(it) };
}

async function refuseUnmerged({ repo, t }: Committing): Promise<void> {
  const { entries } = await readIndex(repo.fs, repo.gitDir);
  const paths = new Set(entries.filter((entry) => entry.stage > 0).map((entry) => entry.path));
  if (paths.size === 0) return;
  for (const path of paths) t.out(`U\t${path}\n`);
  stop(
    "error: Committing is not possible because you have unmerged files.\n" +
      "hint: Fix them up in the work tree, and then use 'git add/rm <file>'\n" +
      "hint: as appropriate to mark resolution and make a commit.\n" +
      "fatal: Exiting because of an unresolved conflict.\n",
    128,
  );
}

/** -a stages every tracked file; --include those that match. */
async function stageTracked({ repo, options }: Committing): Promise<void> {
  const index = await readIndex(repo.fs, repo.gitDir);
  const spec = parsePathspec(options.paths, repo.prefix);
  await requireMatches(
    options.paths,
    repo.prefix,
    index.entries.map((entry) => entry.path),
  );
  const changed = await changedFiles(repo, index);
  const entries: IndexEntry[] = [];
  const unmerged = new Set<string>();
  for (const entry of index.entries) {
    const affected = (changed.has(entry.path) || entry.stage > 0) && spec.matches(entry.path);
    if (!affected) entries.push(entry);
    else if (!unmerged.has(entry.path)) {
      unmerged.add(entry.path);
      const fresh = await stageFile(repo, entry.path);
      if (fresh) entries.push(fresh);
    }
  }
  await writeIndex(repo.fs, repo.gitDir, entries);
}

/** Writes the index that only has the named paths on top of HEAD; returns what installs the full one afterwards. */
async function stageOnly({ repo, options, head, whence }: Committing): Promise<() => Promise<void>> {
  if (whence === "merge") die("cannot do a partial commit during a merge.");
  if (whence === "cherry-pick") die("cannot do a partial commit during a cherry-pick.");
  if (whence === "rebase") die("cannot do a partial commit during a rebase.");
  const index = await readIndex(repo.fs, repo.gitDir);
  const base = await flatTree(repo, head.commit?.tree ?? null);
  const spec = parsePathspec(options.paths, repo.prefix);
  const known = new Set([...index.entries.map((entry) => entry.path), ...base.keys()]);
  await requireMatches(options.paths, repo.prefix, [...known]);
  const named = options.paths.length === 0 ? [] : [...known].filter((path) => spec.matches(path));
  const staged = new Map<string, IndexEntry | null>();
  for (const path of named)
    staged.set(path, (await fileStat(repo, path)) ? await stageFile(repo, path) : null);
  const full = [...index.entries.filter((entry) => !staged.has(entry.path)), ...present(staged)];
  const old = [...base]
    .filter(([path]) => !staged.has(path))
    .map(([path, file]) => ({ path, ...file, stage: 0, size: 0, mtimeMs: 0 }));
  const known2 = new Map(index.entries.map((entry) => [entry.path, entry]));
  const partial = old.map((entry) =>
    known2.get(entry.path)?.oid === entry.oid ? (known2.get(entry.path) as IndexEntry) : entry,
  );
  await writeIndex(repo.fs, repo.gitDir, [...partial, ...present(staged)]);
  return () => writeIndex(repo.fs, repo.gitDir, full);
}

function present(staged: ReadonlyMap<string, IndexEntry | null>): IndexEntry[] {
  return [...staged.values()].filter((entry) => entry !== null);
}

async function requireMatches(
  paths: readonly string[],
  prefix: string,
  known: readonly string[],
): Promise<void> {
  const missing = paths.filter((path) => {
    const spec = parsePathspec([path], prefix);
    return !known.some((name) => spec.matches(name));
  });
  if (missing.length > 0)
    stop(
      missing.map((path) => `error: pathspec '${path}' did not match any file(s) known to git\n`).join(""),
    );
}
