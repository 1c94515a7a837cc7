/** Moving to another branch or commit: what `git switch` and `git checkout` share. */
import type { GitCall } from "../call.ts";
import { setConfig } from "./config.ts";
import { flatTree } from "./flatTree.ts";
import { readIndex } from "./gitIndex.ts";
import { clearOperation, hasGitFile } from "./gitFile.ts";
import { attachHead, branchName, detachHead, headCommit, logNote, type HeadCommit } from "./head.ts";
import { runHook } from "./hooks.ts";
import { ignoreOf } from "./ignore.ts";
import { changedSince } from "./localChanges.ts";
import { subjectOf } from "./message.ts";
import { abbreviate, readCommit, ZERO_ID, type Commit } from "./objects.ts";
import { isRefName, listRefs, readRef, shortenRef, writeRef, writeSymbolicRef } from "./refs.ts";
import type { WorkTreeRepository } from "./repository.ts";
import { resolveCommit } from "./resolve.ts";
import { previousBranchName } from "./revision.ts";
import { trackingText } from "./tracking.ts";
import { die, stop, type Transcript } from "./transcript.ts";
import { forceTree, obstacleText, switchTree } from "./unpack.ts";
import { isAncestor, walkCommits } from "./walk.ts";

export interface SwitchRequest {
  /** As typed; undefined is where HEAD is. */
  readonly target: string | undefined;
  readonly create: { readonly name: string; readonly force: boolean } | null;
  readonly orphan: string | null;
  readonly detach: boolean;
  readonly force: boolean;
  readonly quiet: boolean;
  readonly track: boolean | undefined;
  /** `switch` refuses what `checkout` guesses. */
  readonly command: "checkout" | "switch";
}

interface Destination {
  /** How reflog and messages name it. */
  readonly name: string;
  /** `refs/heads/x`; null to detach. */
  readonly branch: string | null;
  readonly commit: Commit | null;
}

export async function switchBranch(
  call: GitCall,
  repo: WorkTreeRepository,
  t: Transcript,
  asked: SwitchRequest,
): Promise<number> {
  // `checkout HEAD` moves nowhere; it does not detach.
  const stays = asked.target === "HEAD" && asked.command === "checkout" && !asked.detach && !asked.create;
  const request = stays ? { ...asked, target: undefined } : asked;
  const head = await headCommit(repo);
  if (request.orphan !== null) return switchToOrphan(call, repo, t, request, head, request.orphan);
  if (request.command === "switch") await refuseDuringOperation(repo);
  const start = await destination(repo, request, head);
  if (request.create) await checkNewBranch(repo, request.create, request.target, start);
  const noop = request.create === null && !request.detach && request.target === undefined;
  if (!noop || request.force) await moveFiles(call, repo, t, request, head, start);
  await updateHead(call, repo, t, request, head, start, noop);
  if (!noop) await clearOperation(repo);
  return postCheckout(call, repo, t, head, start);
}

async function postCheckout(
  call: GitCall,
  repo: WorkTreeRepository,
  t: Transcript,
  head: HeadCommit,
  start: Destination,
): Promise<number> {
  const args = [head.commit?.id ?? ZERO_ID, start.commit?.id ?? ZERO_ID, "1"];
  return t.add(await runHook(call, repo, "post-checkout", { args })).exitCode === 0 ? 0 : 1;
}

async function refuseDuringOperation(repo: WorkTreeRepository): Promise<void> {
  const states = [
    ["MERGE_HEAD", "merging", 'Consider "git merge --quit" or "git worktree add".'],
    ["rebase-merge", "rebasing", 'Consider "git rebase --quit" or "git worktree add".'],
    ["CHERRY_PICK_HEAD", "cherry-picking", 'Consider "git cherry-pick --quit" or "git worktree add".'],
    ["REVERT_HEAD", "reverting", 'Consider "git revert --quit" or "git worktree add".'],
  ] as const;
  for (const [file, doing, advice] of states) {
    if (await hasGitFile(repo, file)) die(`cannot switch branch while ${doing}\n${advice}`);
  }
}

async function destination(
  repo: WorkTreeRepository,
  request: SwitchRequest,
  head: HeadCommit,
): Promise<Destination> {
  const { target, create } = request;
  if (target === undefined) {
    if (create || request.detach) {
      if (!head.commit && request.detach) die("You are on a branch yet to be born");
      return { name: "HEAD", branch: create ? `refs/heads/${create.name}` : null, commit: head.commit };
    }
    return { name: branchName(head.branch), branch: head.branch, commit: head.commit };
  }
  const name = await expandPrevious(repo, target);
  const commit = await resolveCommit(repo, name);
  const branch = `refs/heads/${name}`;
  if (!commit) return notCommit(request, name);
  if (create) return { name, branch: `refs/heads/${create.name}`, commit };
  const isBranch = isRefName(branch) && (await readRef(repo, branch)) !== null;
  if (isBranch && !request.detach) return { name, branch, commit: await resolveCommit(repo, branch) };
  if (request.command === "switch" && !request.detach) await refuseDetaching(repo, name);
  return { name, branch: null, commit };
}

function notCommit({ command, create, target }: SwitchRequest, name: string): never {
  if (create && command === "checkout")
    die(`'${target ?? name}' is not a commit and a branch '${create.name}' cannot be created from it`);
  if (command === "switch") die(`invalid reference: ${name}`);
  stop(`error: pathspec '${name}' did not match any file(s) known to git\n`);
}

async function refuseDetaching(repo: WorkTreeRepository, name: string): Promise<never> {
  const tag = (await readRef(repo, `refs/tags/${name}`)) !== null;
  const remote = (await readRef(repo, `refs/remotes/${name}`)) !== null;
  const what = tag ? `tag '${name}'` : remote ? `remote branch '${name}'` : `commit '${name}'`;
  die(
    `a branch is expected, got ${what}\nhint: If you want to detach HEAD at the commit, try again with the --detach option.`,
  );
}

/** `-` and `@{-n}` as what they stand for. */
async function expandPrevious(repo: WorkTreeRepository, target: string): Promise<string> {
  const match = /^@\{-(\d+)\}$/.exec(target === "-" ? "@{-1}" : target);
  if (!match) return target;
  return (await previousBranchName(repo, Number(match[1]))) ?? target;
}

async function checkNewBranch(
  repo: WorkTreeRepository,
  create: { name: string; force: boolean },
  target: string | undefined,
  start: Destination,
): Promise<void> {
  const branch = `refs/heads/${create.name}`;
  if (!isRefName(branch) || create.name.startsWith("-") || create.name === "HEAD")
    die(`'${create.name}' is not a valid branch name`);
  if (!create.force && (await readRef(repo, branch)) !== null)
    die(`a branch named '${create.name}' already exists`);
  if (!start.commit && target !== undefined)
    die(`'${target}' is not a commit and a branch '${create.name}' cannot be created from it`);
}

async function moveFiles(
  call: GitCall,
  repo: WorkTreeRepository,
  t: Transcript,
  request: SwitchRequest,
  head: HeadCommit,
  start: Destination,
): Promise<void> {
  const to = await flatTree(repo, start.commit?.tree ?? null);
  if (request.force) return forceTree(repo, to);
  const index = await readIndex(repo.fs, repo.gitDir);
  const unmerged = new Set(index.entries.filter((entry) => entry.stage > 0).map((entry) => entry.path));
  if (unmerged.size > 0) {
    t.out([...unmerged].map((path) => `${path}: needs merge\n`).join(""));
    stop("error: you need to resolve your current index first\n");
  }
  if (start.commit?.id === head.commit?.id && (request.create || start.branch === head.branch)) return;
  const obstacles = await switchTree(repo, await flatTree(repo, head.commit?.tree ?? null), to, {
    expendable: ignoredFiles(call, repo),
  });
  if (obstacles) stop(`${obstacleText(obstacles, "checkout", "switch branches")}Aborting\n`);
}

async function updateHead(
  call: GitCall,
  repo: WorkTreeRepository,
  t: Transcript,
  request: SwitchRequest,
  head: HeadCommit,
  start: Destination,
  noop: boolean,
): Promise<void> {
  const { create, quiet } = request;
  const existed = start.branch !== null && create !== null && (await readRef(repo, start.branch)) !== null;
  if (create && start.branch !== null)
    await createBranch(call, repo, t, request, start, start.branch, existed);
  const from = head.branch === null ? (head.commit?.id ?? "") : branchName(head.branch);
  const to = create ? create.name : start.name;
  if (start.branch === null) {
    if (start.commit) await detachHead(call, repo, start.commit.id, `checkout: moving from ${from} to ${to}`);
  } else if (!noop) await attachHead(call, repo, start.branch, `checkout: moving from ${from} to ${to}`);
  if (!quiet) await announce(repo, t, request, head, start, noop, existed);
}

async function createBranch(
  call: GitCall,
  repo: WorkTreeRepository,
  t: Transcript,
  request: SwitchRequest,
  start: Destination,
  branch: string,
  existed: boolean,
): Promise<void> {
  const note = logNote(
    call,
    repo,
    existed ? `branch: Reset to ${start.name}` : `branch: Created from ${start.name}`,
  );
  if (!start.commit) return;
  await writeRef(repo, branch, start.commit.id, note);
  await trackStart(repo, t, request, branch);
}

/** A new branch follows the remote-tracking branch that it starts from. */
async function trackStart(
  repo: WorkTreeRepository,
  t: Transcript,
  request: SwitchRequest,
  branch: string,
): Promise<void> {
  const { target, track } = request;
  if (target === undefined || track === false) return;
  const remoteRef = [`refs/remotes/${target}`, target].find((name) => name.startsWith("refs/remotes/"));
  const full =
    remoteRef !== undefined && (await readRef(repo, remoteRef))
      ? remoteRef
      : track
        ? `refs/heads/${target}`
        : null;
  if (full === null || (!full.startsWith("refs/remotes/") && !track)) return;
  if (!track && repo.config.get("branch.autoSetupMerge") === "false") return;
  const [remote, merge] = full.startsWith("refs/remotes/") ? splitRemote(repo, full) : [".", full];
  const short = branchName(branch);
  const path = `${repo.gitDir}/config`;
  let text = await repo.fs.readFile(path);
  text = setConfig(text, `branch.${short}.remote`, remote);
  text = setConfig(text, `branch.${short}.merge`, merge);
  const rebase = repo.config.get("branch.autoSetupRebase");
  if (rebase === "always" || rebase === "remote") text = setConfig(text, `branch.${short}.rebase`, "true");
  await repo.fs.writeFile(path, text);
  if (!request.quiet) t.out(`branch '${short}' set up to track '${await shortenRef(repo, full, false)}'.\n`);
}

function splitRemote(repo: WorkTreeRepository, full: string): [string, string] {
  const rest = full.slice("refs/remotes/".length);
  const remotes = new Set(
    repo.config.entries
      .map((entry) => /^remote\.(.*)\.fetch$/.exec(entry.key)?.[1])
      .filter((name) => name !== undefined),
  );
  const remote = [...remotes].find((name) => rest.startsWith(`${name}/`)) ?? rest.slice(0, rest.indexOf("/"));
  return [remote, `refs/heads/${rest.slice(remote.length + 1)}`];
}

async function announce(
  repo: WorkTreeRepository,
  t: Transcript,
  request: SwitchRequest,
  head: HeadCommit,
  start: Destination,
  noop: boolean,
  existed: boolean,
): Promise<void> {
  const { create } = request;
  const moved = head.commit?.id !== start.commit?.id;
  const leavesDetached = head.branch === null && head.commit && moved;
  if (leavesDetached && head.commit) await leave(repo, t, head.commit, start);
  if (start.branch === null) {
    if (start.commit) {
      const advice =
        head.branch !== null && !request.detach && repo.config.bool("advice.detachedHead") !== false;
      if (advice) t.err(detachedAdvice(start.name));
      t.err(`HEAD is now at ${await abbreviate(repo, start.commit.id)} ${subjectOf(start.commit.message)}\n`);
    }
  } else if (!noop) {
    const name = branchName(start.branch);
    const same = start.branch === head.branch;
    if (same) t.err(create ? `Reset branch '${name}'\n` : `Already on '${name}'\n`);
    else if (create)
      t.err(existed ? `Switched to and reset branch '${name}'\n` : `Switched to a new branch '${name}'\n`);
    else t.err(`Switched to branch '${name}'\n`);
  }
  if (!request.force && start.commit) t.out(await changedSince(repo, start.commit.tree));
  if (start.branch !== null && !create) t.out(await trackingText(repo, start.branch));
  else if (start.branch !== null && create?.force && existed) t.out(await trackingText(repo, start.branch));
}

function detachedAdvice(name: string): string {
  return `Note: switching to '${name}'.

You are in 'detached HEAD' state. You can look around, make experimental
changes and commit them, and you can discard any commits you make in this
state without impacting any branches by switching back to a branch.

If you want to create a new branch to retain commits you create, you may
do so (now or later) by using -c with the switch command. Example:

  git switch -c <new-branch-name>

Or undo this operation with:

  git switch -

Turn off this advice by setting config variable advice.detachedHead to false

`;
}

/** Says where a detached HEAD was, and warns where its commits are now held by nothing. */
async function leave(
  repo: WorkTreeRepository,
  t: Transcript,
  old: Commit,
  start: Destination,
): Promise<void> {
  const tips = [...(await listRefs(repo)).map((ref) => ref.id), ...(start.commit ? [start.commit.id] : [])];
  const lost: Commit[] = [];
  let kept = false;
  for (const tip of tips) kept ||= await isAncestor(repo, old.id, tip);
  if (!kept)
    for await (const commit of walkCommits(repo, { starts: [old.id], exclude: tips })) lost.push(commit);
  if (lost.length === 0) {
    t.err(`Previous HEAD position was ${await abbreviate(repo, old.id)} ${subjectOf(old.message)}\n`);
    return;
  }
  const one = lost.length === 1;
  let text = `Warning: you are leaving ${lost.length} commit${one ? "" : "s"} behind, not connected to\nany of your branches:\n\n`;
  for (const commit of lost.slice(0, 4))
    text += `  ${await abbreviate(repo, commit.id)} ${subjectOf(commit.message)}\n`;
  if (lost.length > 4) text += ` ... and ${lost.length - 4} more.\n`;
  text += `\nIf you want to keep ${one ? "it" : "them"} by creating a new branch, this may be a good time\nto do so with:\n\n git branch <new-branch-name> ${await abbreviate(repo, old.id)}\n\n`;
  t.err(text);
}

async function switchToOrphan(
  call: GitCall,
  repo: WorkTreeRepository,
  t: Transcript,
  request: SwitchRequest,
  head: HeadCommit,
  name: string,
): Promise<number> {
  const branch = `refs/heads/${name}`;
  if (!isRefName(branch)) die(`'${name}' is not a valid branch name`);
  if ((await readRef(repo, branch)) !== null) die(`a branch named '${name}' already exists`);
  const commit = request.target === undefined ? head.commit : await resolveCommit(repo, request.target);
  if (request.target !== undefined && !commit)
    die(`'${request.target}' is not a commit and a branch '${name}' cannot be created from it`);
  const before = await flatTree(repo, head.commit?.tree ?? null);
  const tree = request.command === "switch" ? null : (commit?.tree ?? null);
  const obstacles = await switchTree(repo, before, await flatTree(repo, tree));
  if (obstacles) stop(`${obstacleText(obstacles, "checkout", "switch branches")}Aborting\n`);
  await writeSymbolicRef(repo, "HEAD", branch);
  if (!request.quiet && head.branch === null && head.commit)
    await leave(repo, t, head.commit, { name, branch, commit: null });
  if (!request.quiet) t.err(`Switched to a new branch '${name}'\n`);
  const shown = tree === null ? null : await readCommit(repo, commit?.id ?? "");
  if (!request.quiet && shown && request.target !== undefined) t.out(await changedSince(repo, shown.tree));
  return t.add(
    await runHook(call, repo, "post-checkout", { args: [head.commit?.id ?? ZERO_ID, ZERO_ID, "1"] }),
  ).exitCode;
}

/** The remote-tracking branch that a name without a branch may mean; "several" where more than one remote has it. */
export async function guessRemoteBranch(
  repo: WorkTreeRepository,
  name: string,
): Promise<string | "several" | null> {
  const remotes = (await listRefs(repo, "refs/remotes/")).filter(
    (ref) => ref.name.replace(/^refs\/remotes\/[^/]+\//, "") === name,
  );
  const preferred = repo.config.get("checkout.defaultRemote");
  const chosen =
    remotes.find((ref) => preferred && ref.name === `refs/remotes/${preferred}/${name}`) ?? remotes[0];
  if (!chosen) return null;
  if (remotes.length > 1 && chosen.name !== `refs/remotes/${preferred ?? ""}/${name}`) return "several";
  return chosen.name.slice("refs/remotes/".length);
}

/** Ignored files may be overwritten. */
export function ignoredFiles(call: GitCall, repo: WorkTreeRepository): (path: string) => Promise<boolean> {
  const ignores = ignoreOf(repo, call.env);
  return (path) => ignores.isIgnored(path, false);
}
