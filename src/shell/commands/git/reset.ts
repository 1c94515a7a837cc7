/** `git reset`: https://git-scm.com/docs/git-reset */
import type { GitCall, GitCommand } from "./call.ts";
import { addPatch } from "./lib/addPatch.ts";
import { compareTreeIndex } from "./lib/compare.ts";
import { flatTree, sameFile, type FlatTree } from "./lib/flatTree.ts";
import { comparePaths, readIndex, writeIndex, type IndexEntry } from "./lib/gitIndex.ts";
import { clearOperation, hasGitFile } from "./lib/gitFile.ts";
import { headCommit, moveHead, writeOrigHead } from "./lib/head.ts";
import { unstagedList } from "./lib/localChanges.ts";
import { subjectOf } from "./lib/message.ts";
import { abbreviate, EMPTY_TREE, peel, readCommit } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { parsePathspec } from "./lib/pathspec.ts";
import { USAGE } from "./lib/porcelainUsage.ts";
import { openWorkTree, type WorkTreeRepository } from "./lib/repository.ts";
import { resolveRevision } from "./lib/revision.ts";
import { die, run, stop, type Transcript } from "./lib/transcript.ts";
import { checkOutFile, fileChange, removeFile } from "./lib/workTree.ts";
import { forceTree, refreshed, resetIndex, switchTree } from "./lib/unpack.ts";

const SPEC = {
  quiet: { names: ["-q", "--quiet"] },
  noRefresh: { names: ["--no-refresh"] },
  mixed: { names: ["--mixed"], noNegation: true },
  soft: { names: ["--soft"], noNegation: true },
  hard: { names: ["--hard"], noNegation: true },
  merge: { names: ["--merge"], noNegation: true },
  keep: { names: ["--keep"], noNegation: true },
  patch: { names: ["-p", "--patch"] },
  intent: { names: ["-N", "--intent-to-add"] },
} as const;

type Mode = "mixed" | "soft" | "hard" | "merge" | "keep";
const MODES: readonly Mode[] = ["soft", "hard", "merge", "keep", "mixed"];

export const reset: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, SPEC, { usage: USAGE.reset });
  if ("result" in parsed) return parsed.result;
  const { values } = parsed;
  const asked = call.args
    .findLast(
      (arg): arg is `--${Mode}` =>
        (MODES as readonly string[]).includes(arg.slice(2)) && arg.startsWith("--"),
    )
    ?.slice(2) as Mode | undefined;
  return run(async (t) => {
    const repo = await openWorkTree(call);
    const { revision, paths } = await splitArguments(call, repo, parsed.rest, parsed.dashes);
    if (values.patch) {
      if (asked) die("options '--patch' and '--{hard,mixed,soft}' cannot be used together");
      return resetPatch(call, repo, t, revision, paths);
    }
    if (paths.length > 0) {
      if (asked === "mixed")
        t.err("warning: --mixed with paths is deprecated; use 'git reset -- <paths>' instead.\n");
      else if (asked) die(`Cannot do ${asked} reset with paths.`);
      await resetPaths(repo, await treeOf(repo, revision), paths);
      return report(repo, t, values.quiet);
    }
    return resetHead(call, repo, t, asked ?? "mixed", revision, values.quiet);
  });
};

async function splitArguments(
  call: GitCall,
  repo: WorkTreeRepository,
  rest: readonly string[],
  dashes: number | null,
) {
  if (dashes !== null)
    return { revision: dashes > 0 ? (rest[0] as string) : "HEAD", paths: rest.slice(dashes) };
  const [first, ...others] = rest;
  if (first === undefined) return { revision: "HEAD", paths: [] };
  const found = await resolveRevision(repo, first);
  const file = await call.fs.exists(first.startsWith("/") ? first : `${call.cwd}/${first}`);
  if (found && file)
    die(
      `ambiguous argument '${first}': both revision and filename\nUse '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'`,
    );
  if (found) return { revision: first, paths: others };
  if (!file && !/[*?[]|^:/.test(first)) {
    die(
      `ambiguous argument '${first}': unknown revision or path not in the working tree.\nUse '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'`,
    );
  }
  return { revision: "HEAD", paths: rest };
}

async function treeOf(repo: WorkTreeRepository, revision: string): Promise<string> {
  const found = await resolveRevision(repo, revision);
  if (!found && revision === "HEAD") return EMPTY_TREE;
  const tree = found && (await peel(repo, found.id, "tree"));
  if (!tree) die(`Failed to resolve '${revision}' as a valid tree.`);
  return tree;
}

async function resetPatch(
  call: GitCall,
  repo: WorkTreeRepository,
  t: Transcript,
  revision: string,
  paths: readonly string[],
): Promise<number> {
  const tree = await treeOf(repo, revision);
  await addPatch(call, repo, t, { kind: "reset", tree, head: revision === "HEAD" }, paths);
  return 0;
}

/** The named entries become what the tree has; what it lacks leaves the index. */
async function resetPaths(repo: WorkTreeRepository, tree: string, paths: readonly string[]): Promise<void> {
  const spec = parsePathspec(paths, repo.prefix);
  const index = await readIndex(repo.fs, repo.gitDir);
  const changes = await compareTreeIndex(repo, tree, index, spec);
  const changed = new Map(changes.map((change) => [change.new.path, change]));
  const before = await flatTree(repo, tree);
  const kept = index.entries.filter((entry) => !changed.has(entry.path));
  const added: IndexEntry[] = [];
  for (const path of changed.keys()) {
    const file = before.get(path);
    if (file) added.push({ path, ...file, stage: 0, size: 0, mtimeMs: 0 });
  }
  await writeIndex(repo.fs, repo.gitDir, [...kept, ...(await refreshed(repo, added))]);
}

async function report(repo: WorkTreeRepository, t: Transcript, quiet: boolean): Promise<number> {
  if (quiet || repo.config.bool("reset.quiet")) return 0;
  const list = await unstagedList(repo);
  if (list) t.out(`Unstaged changes after reset:\n${list}`);
  return 0;
}

async function resetHead(
  call: GitCall,
  repo: WorkTreeRepository,
  t: Transcript,
  mode: Mode,
  revision: string,
  quiet: boolean,
): Promise<number> {
  const head = await headCommit(repo);
  const target = await commitOf(repo, revision, head.commit === null);
  if (mode === "soft" && ((await hasGitFile(repo, "MERGE_HEAD")) || (await isUnmerged(repo))))
    die("Cannot do a soft reset in the middle of a merge.");
  if (mode === "keep" && (await hasGitFile(repo, "MERGE_HEAD")))
    die("Cannot do a keep reset in the middle of a merge.");
  const to = await flatTree(repo, target?.tree ?? null);
  if (mode === "hard") await forceTree(repo, to);
  if (mode === "mixed") await resetIndex(repo, to);
  if (mode === "keep" || mode === "merge")
    await resetKeeping(repo, await flatTree(repo, head.commit?.tree ?? null), to, mode, revision);
  if (target) {
    if (head.commit) await writeOrigHead(repo, head.commit.id);
    const action = call.env.get("GIT_REFLOG_ACTION") ?? "reset";
    await moveHead(
      call,
      repo,
      target.id,
      call.env.get("GIT_REFLOG_ACTION") ? `${action}: updating HEAD` : `${action}: moving to ${revision}`,
    );
  }
  if (mode === "hard" && target && !quiet)
    t.out(`HEAD is now at ${await abbreviate(repo, target.id)} ${subjectOf(target.message)}\n`);
  if (mode === "mixed") await report(repo, t, quiet);
  await clearOperation(repo);
  return 0;
}

async function commitOf(repo: WorkTreeRepository, revision: string, unborn: boolean) {
  if (unborn && revision === "HEAD") return null;
  const found = await resolveRevision(repo, revision);
  const id = found && (await peel(repo, found.id, "commit"));
  if (!id) {
    if (found) die(`Could not parse object '${revision}'.`);
    die(`Failed to resolve '${revision}' as a valid revision.`);
  }
  return readCommit(repo, id);
}

async function isUnmerged(repo: WorkTreeRepository): Promise<boolean> {
  return (await readIndex(repo.fs, repo.gitDir)).entries.some((entry) => entry.stage > 0);
}

/** --keep carries local changes over; --merge drops what is staged and keeps the rest. */
async function resetKeeping(
  repo: WorkTreeRepository,
  from: FlatTree,
  to: FlatTree,
  mode: Mode,
  revision: string,
): Promise<void> {
  if (mode === "merge") return resetMerge(repo, to, revision);
  const obstacles = await switchTree(repo, from, to);
  if (!obstacles) return resetIndex(repo, to);
  const paths = [...obstacles.changed, ...obstacles.untracked].sort(comparePaths);
  refuse(paths[0] as string, revision);
}

function refuse(path: string, revision: string): never {
  stop(
    `error: Entry '${path}' not uptodate. Cannot merge.\nfatal: Could not reset index file to revision '${revision}'.\n`,
    128,
  );
}

/** Only entries that differ from the tree are touched; a file that differs from such an entry is in the way. */
async function resetMerge(repo: WorkTreeRepository, to: FlatTree, revision: string): Promise<void> {
  const index = await readIndex(repo.fs, repo.gitDir);
  const unmerged = new Set(index.entries.filter((entry) => entry.stage > 0).map((entry) => entry.path));
  const kept: IndexEntry[] = [];
  const written = new Map(to);
  const removed: string[] = [...unmerged].filter((path) => !to.has(path));
  for (const entry of index.entries) {
    const file = to.get(entry.path);
    if (entry.stage > 0) continue;
    if (sameFile(entry, file)) {
      kept.push(entry);
      written.delete(entry.path);
    } else if ((await fileChange(repo, index, entry)) === "modified") refuse(entry.path, revision);
    else if (!file) removed.push(entry.path);
  }
  for (const path of removed) await removeFile(repo, path);
  const fresh: IndexEntry[] = [];
  for (const [path, file] of written) fresh.push(await checkOutFile(repo, path, file));
  await writeIndex(repo.fs, repo.gitDir, [...kept, ...fresh]);
}
