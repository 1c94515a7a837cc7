/** Applying one commit, or its opposite, on top of HEAD: the heart of cherry-pick, revert and rebase. */
import type { GitCall } from "../call.ts";
import { flatTree, indexFiles, writeFlatTree } from "../lib/flatTree.ts";
import { readIndex } from "../lib/gitIndex.ts";
import { writeGitFile } from "../lib/gitFile.ts";
import { moveHead } from "../lib/head.ts";
import { commitHookEnv, runHook } from "../lib/hooks.ts";
import { identity } from "../lib/identity.ts";
import { applyMerge, mergeTree } from "../lib/mergeTree.ts";
import { firstLine, subjectOf } from "../lib/message.ts";
import { abbreviate, EMPTY_TREE, readCommit, writeCommit, type Commit, type Person } from "../lib/objects.ts";
import type { WorkTreeRepository } from "../lib/repository.ts";
import { stop, type Transcript } from "../lib/transcript.ts";
import { obstacleText } from "../lib/unpack.ts";

export interface Place {
  readonly call: GitCall;
  readonly repo: WorkTreeRepository;
  readonly t: Transcript;
}

export interface Pick {
  readonly commit: Commit;
  readonly revert: boolean;
  /** The side of a merge commit that counts as its parent, from 1. */
  readonly mainline: number | null;
  readonly message: string;
  readonly head: Commit | null;
  /** For messages: "cherry-pick", "revert", "rebase". */
  readonly command: string;
}

/** Brings the change into index and working tree. False where it conflicts. Prints merge messages; writes MERGE_MSG. */
export async function applyPick(place: Place, pick: Pick): Promise<boolean> {
  const { repo, t } = place;
  const { commit, revert, head } = pick;
  const parent = await parentOf(repo, pick);
  const parentTree = parent?.tree ?? EMPTY_TREE;
  const label = `${await abbreviate(repo, commit.id)} (${subjectOf(commit.message)})`;
  const parentLabel = `parent of ${label}`;
  const ours = head?.tree ?? EMPTY_TREE;
  const merged = revert
    ? await mergeTree(repo, commit.tree, ours, parentTree, { ours: "HEAD", theirs: parentLabel })
    : await mergeTree(repo, parentTree, ours, commit.tree, { ours: "HEAD", theirs: label });
  const obstacles = await applyMerge(repo, await flatTree(repo, ours), merged);
  if (obstacles) stop(`${obstacleText(obstacles, "merge")}Aborting\nfatal: ${pick.command} failed\n`, 128);
  t.out(merged.messages.map((line) => `${line.replace(/\n$/, "")}\n`).join(""));
  const conflicts = merged.conflicts.map((path) => `#\t${path}\n`).join("");
  await writeGitFile(
    repo,
    "MERGE_MSG",
    merged.clean ? pick.message : `${withNewline(pick.message)}\n# Conflicts:\n${conflicts}`,
  );
  return merged.clean;
}

function withNewline(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

async function parentOf(
  repo: WorkTreeRepository,
  { commit, mainline, command }: Pick,
): Promise<Commit | null> {
  const { id, parents } = commit;
  if (parents.length > 1 && mainline === null)
    stop(`error: commit ${id} is a merge but no -m option was given.\nfatal: ${command} failed\n`, 128);
  if (mainline !== null && mainline > Math.max(1, parents.length))
    stop(`error: commit ${id} does not have parent ${mainline}\nfatal: ${command} failed\n`, 128);
  if (mainline !== null && parents.length < 2 && mainline > 1)
    stop(`error: mainline was specified but commit ${id} is not a merge.\nfatal: ${command} failed\n`, 128);
  const parent = parents[(mainline ?? 1) - 1];
  return parent === undefined ? null : readCommit(repo, parent);
}

/** The tree of what is staged. */
export async function stagedTree(repo: WorkTreeRepository): Promise<string> {
  return writeFlatTree(repo, indexFiles((await readIndex(repo.fs, repo.gitDir)).entries));
}

export interface Recorded {
  readonly parents: readonly string[];
  readonly author: Person;
  readonly message: string;
  /** What the reflog says before the colon. */
  readonly action: string;
}

/** Commits what is staged without an editor: prepare-commit-msg and post-commit run, nothing else. */
export async function recordCommit({ call, repo, t }: Place, commit: Recorded): Promise<string> {
  const tree = await stagedTree(repo);
  const message = await prepared({ call, repo, t }, commit.message);
  const result = identity(call, repo.config, "committer");
  if ("error" in result) stop(result.error, 128);
  const id = await writeCommit(repo, {
    tree,
    parents: commit.parents,
    author: commit.author,
    committer: result.person,
    extra: [],
    message,
  });
  await moveHead(call, repo, id, `${commit.action}: ${firstLine(message)}`);
  t.add(await runHook(call, repo, "post-commit", { env: commitHookEnv(false) }));
  return id;
}

async function prepared({ call, repo, t }: Place, message: string): Promise<string> {
  if (
    !(await repo.fs.exists(`${repo.gitDir}/hooks/prepare-commit-msg`)) &&
    repo.config.get("core.hooksPath") === undefined
  )
    return message;
  await writeGitFile(repo, "COMMIT_EDITMSG", message);
  const file = ".git/COMMIT_EDITMSG";
  const result = t.add(
    await runHook(call, repo, "prepare-commit-msg", { args: [file, "message"], env: commitHookEnv(false) }),
  );
  if (result.exitCode !== 0) stop("error: 'prepare-commit-msg' hook failed\n");
  return repo.fs.readFile(`${repo.gitDir}/COMMIT_EDITMSG`);
}

/** `git commit` for a step that needs its editor or its messages. */
export async function runCommit(
  { call, t }: Place,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const { exitCode } = t.add(await call.git("commit", args, { env, stdin: call.stdin }));
  return exitCode;
}

export function authorEnv({ author }: Pick["commit"]): Record<string, string> {
  return {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: `@${author.timestamp} ${author.timezone}`,
  };
}

/** Does the index differ from a commit's tree, or the files from the index? */
export async function localState(
  repo: WorkTreeRepository,
  head: Commit | null,
): Promise<{ staged: boolean; unmerged: string[] }> {
  const index = await readIndex(repo.fs, repo.gitDir);
  const unmerged = [...new Set(index.entries.filter((entry) => entry.stage > 0).map((entry) => entry.path))];
  const staged =
    unmerged.length > 0 ||
    (await writeFlatTree(repo, indexFiles(index.entries))) !== (head?.tree ?? EMPTY_TREE);
  return { staged, unmerged };
}
