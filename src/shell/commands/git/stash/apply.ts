/** Bringing a stash back: a merge of its working tree into the present one. */
import type { GitCall } from "../call.ts";
import { flatTree, indexFiles, sameFile, writeFlatTree, type FlatTree } from "../lib/flatTree.ts";
import { readIndex, writeIndex } from "../lib/gitIndex.ts";
import { headCommit, moveHead } from "../lib/head.ts";
import { applyMerge, mergeTree } from "../lib/mergeTree.ts";
import type { WorkTreeRepository } from "../lib/repository.ts";
import type { StashEntry } from "../lib/stashRef.ts";
import { stop, type Transcript } from "../lib/transcript.ts";
import { obstacleText, resetIndex } from "../lib/unpack.ts";
import { checkOutFile, fileStat } from "../lib/workTree.ts";

/** 0 where it was applied, 1 where it conflicts or cannot be. */
export async function applyStash(
  call: GitCall,
  repo: WorkTreeRepository,
  t: Transcript,
  entry: StashEntry,
  options: { index: boolean; quiet: boolean },
): Promise<number> {
  const index = await readIndex(repo.fs, repo.gitDir);
  const unmerged = [...new Set(index.entries.filter((item) => item.stage > 0).map((item) => item.path))];
  if (unmerged.length > 0) {
    t.out(unmerged.map((path) => `${path}: needs merge\n`).join(""));
    stop("");
  }
  const current = indexFiles(index.entries);
  const currentTree = await writeFlatTree(repo, current);
  const restaged = options.index ? await mergeIndex(repo, entry, currentTree) : null;
  if (restaged) await noteReset(call, repo);
  const labels = {
    ours: currentTree === entry.base.tree ? "Version stash was based on" : "Updated upstream",
    theirs: "Stashed changes",
  };
  const merged = await mergeTree(repo, entry.base.tree, currentTree, entry.commit.tree, labels);
  const obstacles = await applyMerge(repo, current, merged);
  if (obstacles) {
    t.err(`${obstacleText(obstacles, "merge")}Aborting\n`);
    if (!options.quiet) t.add(await call.git("status", []));
    return 1;
  }
  if (!options.quiet) t.out(merged.messages.map((line) => `${line.replace(/\n$/, "")}\n`).join(""));
  let code = merged.clean ? 0 : 1;
  if (!merged.clean) {
    if (options.index) t.err("Index was not unstashed.\n");
  } else if (restaged) await resetIndex(repo, restaged);
  else await unstage(repo, current, merged.files);
  if (entry.untracked && !(await restoreUntracked(repo, t, entry.untracked.tree))) {
    t.err("error: could not restore untracked files from stash\n");
    code = 1;
  }
  if (!options.quiet) t.add(await call.git("status", []));
  return code;
}

/** git resets the index on the way, which leaves a line in HEAD's log. */
async function noteReset(call: GitCall, repo: WorkTreeRepository): Promise<void> {
  const { commit } = await headCommit(repo);
  if (commit) await moveHead(call, repo, commit.id, "reset: moving to HEAD");
}

/** The index with what was staged when the stash was made. */
async function mergeIndex(
  repo: WorkTreeRepository,
  entry: StashEntry,
  currentTree: string,
): Promise<FlatTree | null> {
  if (entry.index.tree === entry.base.tree || entry.index.tree === currentTree) return null;
  const merged = await mergeTree(repo, entry.base.tree, currentTree, entry.index.tree, {
    ours: "ours",
    theirs: "theirs",
  });
  if (!merged.clean) stop("error: conflicts in index. Try without --index.\n");
  return merged.files;
}

/** Changes come back unstaged; only files that the index did not know stay in it. */
async function unstage(repo: WorkTreeRepository, before: FlatTree, after: FlatTree): Promise<void> {
  const index = await readIndex(repo.fs, repo.gitDir);
  const known = new Map(index.entries.map((entry) => [entry.path, entry]));
  const entries = [...before].map(([path, file]) => {
    const present = known.get(path);
    return present && sameFile(present, file) ? present : { path, ...file, stage: 0, size: 0, mtimeMs: 0 };
  });
  for (const [path] of after) {
    const added = known.get(path);
    if (!before.has(path) && added) entries.push(added);
  }
  await writeIndex(repo.fs, repo.gitDir, entries);
}

async function restoreUntracked(repo: WorkTreeRepository, t: Transcript, tree: string): Promise<boolean> {
  const files = await flatTree(repo, tree);
  let free = true;
  for (const path of files.keys()) {
    if (!(await fileStat(repo, path))) continue;
    t.err(`${path} already exists, no checkout\n`);
    free = false;
  }
  for (const [path, file] of files) if (!(await fileStat(repo, path))) await checkOutFile(repo, path, file);
  return free;
}
