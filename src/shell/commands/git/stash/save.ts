/** Making a stash: commits for index, working tree and untracked files. */
import type { GitCall } from "../call.ts";
import type { PatchChoice } from "../lib/addPatch.ts";
import { compareIndexWorktree, compareTreeIndex } from "../lib/compare.ts";
import { flatTree, indexFiles, writeFlatTree, type FlatTree } from "../lib/flatTree.ts";
import { readIndex, writeIndex } from "../lib/gitIndex.ts";
import { clearOperation } from "../lib/gitFile.ts";
import { branchName, headCommit, moveHead, writeOrigHead } from "../lib/head.ts";
import { identity } from "../lib/identity.ts";
import { ignoreOf } from "../lib/ignore.ts";
import { mergeTree } from "../lib/mergeTree.ts";
import { subjectOf } from "../lib/message.ts";
import { abbreviate, writeCommit, type Commit } from "../lib/objects.ts";
import { parsePathspec, type Pathspec } from "../lib/pathspec.ts";
import type { WorkTreeRepository } from "../lib/repository.ts";
import { pushStash } from "../lib/stashRef.ts";
import { stop, type Transcript } from "../lib/transcript.ts";
import { forceTree, resetIndex } from "../lib/unpack.ts";
import { findUntracked } from "../lib/untracked.ts";
import { checkOutFile, removeFile, stageFile } from "../lib/workTree.ts";

export interface SaveOptions {
  readonly message: string;
  readonly keepIndex: boolean | undefined;
  readonly staged: boolean;
  readonly patch: boolean;
  /** Untracked files too; `all` with the ignored ones. */
  readonly untracked: "no" | "yes" | "all";
  readonly quiet: boolean;
  readonly paths: readonly string[];
}

interface Saving {
  readonly call: GitCall;
  readonly repo: WorkTreeRepository;
  readonly t: Transcript;
  readonly options: SaveOptions;
  readonly head: Commit;
  readonly spec: Pathspec;
  readonly untracked: readonly string[];
}

export interface Saved {
  readonly id: string;
  readonly message: string;
}

/** Writes the objects of a stash. Null where there is nothing to save. */
export async function makeStash(
  call: GitCall,
  repo: WorkTreeRepository,
  t: Transcript,
  options: SaveOptions,
): Promise<Saved | null> {
  const saving = await prepare(call, repo, t, options);
  return saving && ((await write(saving))?.saved ?? null);
}

async function prepare(
  call: GitCall,
  repo: WorkTreeRepository,
  t: Transcript,
  options: SaveOptions,
): Promise<Saving | null> {
  const { commit: head } = await headCommit(repo);
  if (!head) stop("You do not have the initial commit yet\n");
  const index = await readIndex(repo.fs, repo.gitDir);
  const unmerged = [...new Set(index.entries.filter((entry) => entry.stage > 0).map((entry) => entry.path))];
  if (unmerged.length > 0) {
    t.out(unmerged.map((path) => `${path}: needs merge\n`).join(""));
    stop("");
  }
  const spec = parsePathspec(options.paths, repo.prefix);
  const untracked =
    options.untracked === "no" ? [] : await untrackedFiles(call, repo, spec, options.untracked === "all");
  const staged = await compareTreeIndex(repo, head.tree, index, spec);
  const changed = await compareIndexWorktree(repo, index, spec);
  if (options.staged && staged.length === 0) stop("No staged changes\n");
  if (staged.length + changed.length + untracked.length === 0) return null;
  return { call, repo, t, options, head, spec, untracked };
}

async function untrackedFiles(
  call: GitCall,
  repo: WorkTreeRepository,
  spec: Pathspec,
  ignored: boolean,
): Promise<string[]> {
  const index = await readIndex(repo.fs, repo.gitDir);
  const found = await findUntracked(repo, index, {
    mode: "all",
    paths: spec,
    ignores: ignoreOf(repo, call.env),
    wantsIgnored: ignored ? "matching" : "no",
  });
  const more: string[] = [];
  for (const path of ignored ? found.ignored : [])
    more.push(...(path.endsWith("/") ? await filesBelow(repo, path) : [path]));
  return [...found.untracked, ...more].filter((path) => !path.endsWith("/")).sort();
}

async function filesBelow(repo: WorkTreeRepository, directory: string): Promise<string[]> {
  const files: string[] = [];
  for (const name of await repo.fs.readdir(`${repo.workTree}/${directory}`)) {
    const path = directory + name;
    const stat = await repo.fs.stat(`${repo.workTree}/${path}`);
    if (stat.isDirectory) files.push(...(await filesBelow(repo, `${path}/`)));
    else files.push(path);
  }
  return files;
}

/** Only `-p` needs it. */
const picking = () => import("../lib/addPatch.ts");

interface Written {
  readonly saved: Saved;
  readonly indexTree: string;
  readonly chosen: readonly PatchChoice[];
}

async function write(saving: Saving): Promise<Written | null> {
  const { repo, options, head } = saving;
  const index = await readIndex(repo.fs, repo.gitDir);
  const { branch } = await headCommit(repo);
  const place = branch === null ? "(no branch)" : branchName(branch);
  const about = `${place}: ${await abbreviate(repo, head.id)} ${subjectOf(head.message)}`;
  const indexTree = await writeFlatTree(repo, indexFiles(index.entries));
  const indexCommit = await commitTree(saving, indexTree, [head.id], `index on ${about}\n`);
  let untrackedCommit: string | null = null;
  if (saving.untracked.length > 0)
    untrackedCommit = await commitTree(
      saving,
      await treeOfFiles(repo, saving.untracked),
      [],
      `untracked files on ${about}\n`,
    );
  const chosen = options.patch
    ? await (
        await picking()
      ).addPatch(saving.call, repo, saving.t, { kind: "stash", tree: head.tree }, options.paths)
    : [];
  if (options.patch && chosen.length === 0) {
    if (!options.quiet) saving.t.err("No changes selected\n");
    stop("");
  }
  const tree = options.patch
    ? await writeFlatTree(repo, await (await picking()).withChoices(repo, head.tree, chosen))
    : options.staged
      ? indexTree
      : await workTree(saving);
  const message = options.message === "" ? `WIP on ${about}` : `On ${place}: ${options.message}`;
  const parents = [head.id, indexCommit, ...(untrackedCommit === null ? [] : [untrackedCommit])];
  const id = await commitTree(saving, tree, parents, message);
  return { saved: { id, message }, indexTree, chosen };
}

async function commitTree(
  { call, repo }: Saving,
  tree: string,
  parents: readonly string[],
  message: string,
): Promise<string> {
  const author = identity(call, repo.config, "author", false);
  const committer = identity(call, repo.config, "committer", false);
  if ("error" in author || "error" in committer) stop("error" in author ? author.error : "", 128);
  return writeCommit(repo, {
    tree,
    parents,
    author: author.person,
    committer: committer.person,
    extra: [],
    message,
  });
}

async function treeOfFiles(repo: WorkTreeRepository, paths: readonly string[]): Promise<string> {
  const files: FlatTree = new Map();
  for (const path of paths) {
    const entry = await stageFile(repo, path);
    if (entry) files.set(path, { mode: entry.mode, oid: entry.oid });
  }
  return writeFlatTree(repo, files);
}

/** The tree of the tracked files as they are; with paths, only those differ from the index. */
async function workTree({ repo, spec }: Saving): Promise<string> {
  const index = await readIndex(repo.fs, repo.gitDir);
  const files = indexFiles(index.entries);
  for (const change of await compareIndexWorktree(repo, index, spec)) {
    const entry = await stageFile(repo, change.new.path);
    if (entry) files.set(entry.path, { mode: entry.mode, oid: entry.oid });
    else files.delete(change.new.path);
  }
  return writeFlatTree(repo, files);
}

export async function pushCommand(
  call: GitCall,
  repo: WorkTreeRepository,
  t: Transcript,
  options: SaveOptions,
): Promise<number> {
  await refuseUnknownPaths(repo, options);
  const saving = await prepare(call, repo, t, options);
  const written = saving && (await write(saving));
  if (!saving || !written) {
    if (!options.quiet) t.out("No local changes to save\n");
    return 0;
  }
  await pushStash(call, repo, written.saved.id, written.saved.message);
  if (!options.quiet) t.out(`Saved working directory and index state ${written.saved.message}\n`);
  await clean(saving, written);
  return 0;
}

async function refuseUnknownPaths(
  repo: WorkTreeRepository,
  { paths, untracked }: SaveOptions,
): Promise<void> {
  if (untracked !== "no") return;
  const { entries } = await readIndex(repo.fs, repo.gitDir);
  const missing = paths.filter((path) => {
    const spec = parsePathspec([path], repo.prefix);
    return !entries.some((entry) => spec.matches(entry.path));
  });
  if (missing.length === 0) return;
  stop(
    `${missing.map((path) => `error: pathspec ':(,prefix:${repo.prefix.length})${repo.prefix}${path}' did not match any file(s) known to git\n`).join("")}Did you forget to 'git add'?\n`,
  );
}

/** Takes from working tree and index what the stash now holds. */
async function clean(saving: Saving, { indexTree, chosen }: Written): Promise<void> {
  const { call, repo, options, head, untracked, spec } = saving;
  const headFiles = await flatTree(repo, head.tree);
  if (options.patch) {
    await takeBack(repo, head.tree, chosen);
    if (options.keepIndex === false) await resetIndex(repo, headFiles);
    return;
  }
  for (const path of untracked) await removeFile(repo, path);
  const keep = options.keepIndex === true;
  if (options.staged) {
    await forceTree(repo, headFiles);
  } else if (options.paths.length > 0) {
    await resetSome(repo, headFiles, await flatTree(repo, indexTree), spec);
  } else {
    await forceTree(repo, headFiles);
    await writeOrigHead(repo, head.id);
    await moveHead(call, repo, head.id, "reset: moving to HEAD");
    await clearOperation(repo);
  }
  if (keep) await restoreIndex(repo, await flatTree(repo, indexTree), spec);
}

/** Files of which hunks were stashed lose them: the stashed change, merged in reverse into what the person left. */
async function takeBack(
  repo: WorkTreeRepository,
  headTree: string,
  chosen: readonly PatchChoice[],
): Promise<void> {
  const present: FlatTree = new Map();
  for (const { path } of chosen) {
    const entry = await stageFile(repo, path);
    if (entry) present.set(path, { mode: entry.mode, oid: entry.oid });
  }
  const paths = new Set(chosen.map((choice) => choice.path));
  const only = (files: FlatTree) =>
    writeFlatTree(
      repo,
      [...files].filter(([path]) => paths.has(path)),
    );
  const stashed = await only(await (await picking()).withChoices(repo, headTree, chosen));
  const merged = await mergeTree(
    repo,
    stashed,
    await only(present),
    await only(await flatTree(repo, headTree)),
    { ours: "ours", theirs: "theirs" },
  );
  for (const path of paths) {
    const file = merged.files.get(path);
    if (file) await checkOutFile(repo, path, file);
    else await removeFile(repo, path);
  }
}

async function resetSome(
  repo: WorkTreeRepository,
  headFiles: FlatTree,
  staged: FlatTree,
  spec: Pathspec,
): Promise<void> {
  const index = await readIndex(repo.fs, repo.gitDir);
  const kept = index.entries.filter((entry) => !spec.matches(entry.path));
  const fresh = [];
  for (const path of new Set([...headFiles.keys(), ...staged.keys()])) {
    if (!spec.matches(path)) continue;
    const file = headFiles.get(path);
    if (file) fresh.push(await checkOutFile(repo, path, file));
    else await removeFile(repo, path);
  }
  await writeIndex(repo.fs, repo.gitDir, [...kept, ...fresh]);
}

async function restoreIndex(repo: WorkTreeRepository, files: FlatTree, spec: Pathspec): Promise<void> {
  const index = await readIndex(repo.fs, repo.gitDir);
  const entries = index.entries.filter((entry) => !spec.matches(entry.path));
  for (const entry of index.entries)
    if (spec.matches(entry.path) && !files.has(entry.path)) await removeFile(repo, entry.path);
  for (const [path, file] of files)
    if (spec.matches(path)) entries.push(await checkOutFile(repo, path, file));
  await writeIndex(repo.fs, repo.gitDir, entries);
}
