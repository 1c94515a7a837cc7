/** A run of cherry-picks or reverts, and what `.git/sequencer` remembers of it. */
import { formatTodo, parseTodo, type TodoItem } from "../lib/todo.ts";
import { clearOperation, hasGitFile, readGitFile, removeGitFiles, writeGitFile } from "../lib/gitFile.ts";
import { commitSummary } from "../lib/commitSummary.ts";
import { identity } from "../lib/identity.ts";
import { headCommit, moveHead } from "../lib/head.ts";
import { addTrailer, subjectOf } from "../lib/message.ts";
import { flatTree } from "../lib/flatTree.ts";
import { abbreviate, readCommit, type Commit } from "../lib/objects.ts";
import { resolveRef } from "../lib/refs.ts";
import { die, stop, type Transcript } from "../lib/transcript.ts";
import { forceTree } from "../lib/unpack.ts";
import type { GitCall } from "../call.ts";
import type { WorkTreeRepository } from "../lib/repository.ts";
import { applyPick, localState, recordCommit, runCommit, stagedTree } from "./pick.ts";

export interface SequenceOptions {
  readonly kind: "cherry-pick" | "revert";
  readonly edit: boolean;
  readonly noCommit: boolean;
  readonly origin: boolean;
  readonly signoff: boolean;
  readonly fastForward: boolean;
  readonly allowEmpty: boolean;
  readonly keepRedundant: boolean;
  readonly mainline: number | null;
}

export interface Sequence {
  readonly call: GitCall;
  readonly repo: WorkTreeRepository;
  readonly t: Transcript;
  readonly options: SequenceOptions;
}

/** Starts a run. More than one commit leaves a state that --continue, --skip and --abort work on. */
export async function startSequence(sequence: Sequence, commits: readonly Commit[]): Promise<number> {
  const { repo, options } = sequence;
  const single = commits.length === 1;
  if (!single && (await hasGitFile(repo, "sequencer"))) {
    const doing = options.kind === "revert" ? "revert" : "cherry-pick";
    stop(
      `error: ${doing} is already in progress\nhint: try "git ${doing} (--continue | --skip | --abort | --quit)"\nfatal: ${options.kind} failed\n`,
      128,
    );
  }
  if (!single) {
    const { commit: head } = await headCommit(repo);
    if (!head) stop(`error: can't ${options.kind} as initial commit\nfatal: ${options.kind} failed\n`, 128);
    await writeGitFile(repo, "sequencer/head", `${head.id}\n`);
    await writeGitFile(repo, "sequencer/opts", optionsFile(options));
    await writeGitFile(repo, "sequencer/abort-safety", `${head.id}\n`);
  }
  return runSequence(sequence, commits, !single);
}

function optionsFile(options: SequenceOptions): string {
  const lines = [
    options.noCommit && "no-commit = true",
    options.edit && "edit = true",
    options.allowEmpty && "allow-empty = true",
    options.signoff && "signoff = true",
    options.origin && "record-origin = true",
    options.fastForward && "allow-ff = true",
    options.mainline !== null && `mainline = ${options.mainline}`,
  ].filter((line) => line !== false);
  return lines.length === 0 ? "" : `[options]\n${lines.map((line) => `\t${line}\n`).join("")}`;
}

async function runSequence(
  sequence: Sequence,
  commits: readonly Commit[],
  keepsState: boolean,
): Promise<number> {
  const { repo } = sequence;
  for (const [i, commit] of commits.entries()) {
    if (keepsState) await saveTodo(sequence, commits.slice(i));
    const { commit: head } = await headCommit(repo);
    const result = await pickOne(sequence, commit, head);
    if (keepsState)
      await writeGitFile(repo, "sequencer/abort-safety", `${(await headCommit(repo)).commit?.id ?? ""}\n`);
    if (result !== 0) return result;
  }
  await removeGitFiles(repo, "sequencer");
  return 0;
}

async function saveTodo({ repo, options }: Sequence, commits: readonly Commit[]): Promise<void> {
  const items: TodoItem[] = commits.map((commit) => ({
    command: "pick",
    id: commit.id,
    text: subjectOf(commit.message),
  }));
  const text = await formatTodo(repo, items, true);
  await writeGitFile(
    repo,
    "sequencer/todo",
    options.kind === "revert" ? text.replace(/^pick/gm, "revert") : text,
  );
}

async function pickOne(sequence: Sequence, commit: Commit, head: Commit | null): Promise<number> {
  const { call, repo, t, options } = sequence;
  const revert = options.kind === "revert";
  if (!options.noCommit && (await localState(repo, head)).staged)
    refuseDirty(sequence, await localState(repo, head));
  if (
    options.fastForward &&
    !revert &&
    head &&
    commit.parents[0] === head.id &&
    commit.parents.length === 1
  ) {
    await forceTree(repo, await flatTree(repo, commit.tree));
    await moveHead(call, repo, commit.id, `${options.kind}: fast-forward`);
    return 0;
  }
  const message = revert ? revertMessage(commit, options.mainline) : pickMessage(sequence, commit);
  const base = options.noCommit ? await committed(repo, head) : head;
  const clean = await applyPick(sequence, {
    commit,
    revert,
    mainline: options.mainline,
    message,
    head: base,
    command: options.kind,
  });
  if (!options.noCommit && !revert) await writeGitFile(repo, "CHERRY_PICK_HEAD", `${commit.id}\n`);
  if (revert && (options.noCommit ? clean : !clean))
    await writeGitFile(repo, "REVERT_HEAD", `${commit.id}\n`);
  if (!clean) {
    t.err(
      `error: could not ${revert ? "revert" : "apply"} ${await abbreviate(repo, commit.id)}... ${subjectOf(commit.message)}\n${conflictHint(options)}`,
    );
    return 1;
  }
  if (options.noCommit) return 0;
  return commitPick(sequence, commit, head, message);
}

/** With --no-commit the index is what the change is applied to. */
async function committed(repo: WorkTreeRepository, head: Commit | null): Promise<Commit | null> {
  return head && { ...head, tree: await stagedTree(repo) };
}

function refuseDirty({ options }: Sequence, { unmerged }: { unmerged: string[] }): never {
  const doing = options.kind === "revert" ? "Reverting" : "Cherry-picking";
  if (unmerged.length > 0) {
    stop(
      `error: ${doing} is not possible because you have unmerged files.\nhint: Fix them up in the work tree, and then use 'git add/rm <file>'\n` +
        `hint: as appropriate to mark resolution and make a commit.\nfatal: ${options.kind} failed\n`,
      128,
    );
  }
  stop(
    `error: your local changes would be overwritten by ${options.kind}.\nhint: commit your changes or stash them to proceed.\nfatal: ${options.kind} failed\n`,
    128,
  );
}

export function revertMessage(commit: Commit, mainline: number | null): string {
  const side =
    mainline === null || commit.parents.length < 2
      ? ""
      : `, reversing\nchanges made to ${commit.parents[mainline - 1] ?? ""}`;
  return `Revert "${subjectOf(commit.message)}"\n\nThis reverts commit ${commit.id}${side}.\n`;
}

function pickMessage({ options }: Sequence, commit: Commit): string {
  let { message } = commit;
  if (options.origin) message = addTrailer(message, `(cherry picked from commit ${commit.id})`);
  return message;
}

function conflictHint({ noCommit, kind }: SequenceOptions): string {
  if (noCommit)
    return "hint: after resolving the conflicts, mark the corrected paths\nhint: with 'git add <paths>' or 'git rm <paths>'\n";
  return (
    `hint: After resolving the conflicts, mark them with\nhint: "git add/rm <pathspec>", then run\nhint: "git ${kind} --continue".\n` +
    `hint: You can instead skip this commit with "git ${kind} --skip".\nhint: To abort and get back to the state before "git ${kind}",\nhint: run "git ${kind} --abort".\n`
  );
}

async function commitPick(
  sequence: Sequence,
  commit: Commit,
  head: Commit | null,
  message: string,
): Promise<number> {
  const { call, repo, t, options } = sequence;
  const unchanged = (await stagedTree(repo)) === head?.tree;
  const wasEmpty =
    commit.tree ===
    (commit.parents[0] === undefined ? null : (await readCommit(repo, commit.parents[0]))?.tree);
  const allowed = options.keepRedundant || (options.allowEmpty && wasEmpty);
  const revert = options.kind === "revert";
  if (options.edit || options.signoff || (unchanged && !allowed)) {
    const args = [
      "-n",
      "-F",
      `${repo.gitDir}/MERGE_MSG`,
      ...(options.edit ? ["-e"] : ["--cleanup=verbatim"]),
      ...(options.signoff ? ["-s"] : []),
      ...(allowed ? ["--allow-empty"] : []),
    ];
    return runCommit(sequence, args, { GIT_REFLOG_ACTION: options.kind });
  }
  const author = revert ? await ownIdentity(sequence) : commit.author;
  const id = await recordCommit(sequence, {
    parents: head ? [head.id] : [],
    author,
    message,
    action: call.env.get("GIT_REFLOG_ACTION") ?? options.kind,
  });
  await clearOperation(repo);
  t.out(await commitSummary(repo, id, { showDate: true }));
  return 0;
}

async function ownIdentity({ call, repo }: Sequence): Promise<Commit["author"]> {
  const result = identity(call, repo.config, "author");
  if ("error" in result) stop(result.error, 128);
  return result.person;
}

async function remaining({ repo, options }: Sequence): Promise<Commit[]> {
  const text = ((await readGitFile(repo, "sequencer/todo")) ?? "").replace(/^revert/gm, "pick");
  const parsed = await parseTodo(repo, text);
  if ("error" in parsed)
    stop(
      `${parsed.error}error: unusable instruction sheet: '.git/sequencer/todo'\nfatal: ${options.kind} failed\n`,
      128,
    );
  const commits = await Promise.all(parsed.items.map((item) => readCommit(repo, item.id)));
  return commits.filter((commit) => commit !== null);
}

async function inProgress({ repo }: Sequence): Promise<"CHERRY_PICK_HEAD" | "REVERT_HEAD" | null> {
  if (await hasGitFile(repo, "CHERRY_PICK_HEAD")) return "CHERRY_PICK_HEAD";
  return (await hasGitFile(repo, "REVERT_HEAD")) ? "REVERT_HEAD" : null;
}

const NONE = (kind: string) => `error: no cherry-pick or revert in progress\nfatal: ${kind} failed\n`;

export async function continueSequence(sequence: Sequence): Promise<number> {
  const { call, repo, options } = sequence;
  const state = await hasGitFile(repo, "sequencer/todo");
  const pending = await inProgress(sequence);
  if (!state && pending === null) stop(NONE(options.kind), 128);
  const { commit: head } = await headCommit(repo);
  const { staged, unmerged } = await localState(repo, head);
  if (unmerged.length > 0) refuseContinue(sequence, unmerged);
  if (pending !== null) {
    const edits = options.edit || (call.terminal.attended === true && call.stdin === "");
    const code = await runCommit(sequence, edits ? [] : ["--no-edit", "--cleanup=strip"], {});
    if (code !== 0) return code;
  } else if (staged) refuseDirty(sequence, { unmerged });
  if (!state) return 0;
  return runSequence(
    { ...sequence, options: await storedOptions(sequence) },
    (await remaining(sequence)).slice(1),
    true,
  );
}

async function storedOptions({ repo, options }: Sequence): Promise<SequenceOptions> {
  const text = (await readGitFile(repo, "sequencer/opts")) ?? "";
  const has = (name: string) => text.includes(`\t${name} = true`);
  const mainline = /mainline = (\d+)/.exec(text);
  return {
    ...options,
    noCommit: has("no-commit"),
    edit: has("edit"),
    allowEmpty: has("allow-empty"),
    signoff: has("signoff"),
    origin: has("record-origin"),
    fastForward: has("allow-ff"),
    mainline: mainline ? Number(mainline[1]) : null,
  };
}

function refuseContinue({ t }: Sequence, unmerged: readonly string[]): never {
  t.out(unmerged.map((path) => `U\t${path}\n`).join(""));
  stop(
    "error: Committing is not possible because you have unmerged files.\nhint: Fix them up in the work tree, and then use 'git add/rm <file>'\n" +
      `hint: as appropriate to mark resolution and make a commit.\nfatal: Exiting because of an unresolved conflict.\n`,
    128,
  );
}

export async function skipSequence(sequence: Sequence): Promise<number> {
  const { repo, options } = sequence;
  const state = await hasGitFile(repo, "sequencer/todo");
  const pending = await inProgress(sequence);
  const mine = options.kind === "revert" ? "REVERT_HEAD" : "CHERRY_PICK_HEAD";
  if (pending !== mine && !state)
    stop(`error: no ${options.kind} in progress\nfatal: ${options.kind} failed\n`, 128);
  await resetToHead(sequence);
  const { commit } = await headCommit(repo);
  if (commit) await logReset(sequence, commit.id, commit.id);
  if (!state) return 0;
  return runSequence(
    { ...sequence, options: await storedOptions(sequence) },
    (await remaining(sequence)).slice(1),
    true,
  );
}

async function resetToHead({ repo }: Sequence): Promise<void> {
  const { commit } = await headCommit(repo);
  await forceTracked(repo, commit);
  await clearOperation(repo);
}

async function forceTracked(repo: WorkTreeRepository, commit: Commit | null): Promise<void> {
  await forceTree(repo, await flatTree(repo, commit?.tree ?? null));
}

export async function abortSequence(sequence: Sequence): Promise<number> {
  const { call, repo, t, options } = sequence;
  const start = await readGitFile(repo, "sequencer/head");
  if (start === null) {
    if ((await inProgress(sequence)) === null) stop(NONE(options.kind), 128);
    await resetToHead(sequence);
    const { commit } = await headCommit(repo);
    if (commit) await writeGitFile(repo, "ORIG_HEAD", `${commit.id}\n`);
    if (commit) await logReset(sequence, commit.id, (await resolveRef(repo, "HEAD"))?.id ?? commit.id);
    return 0;
  }
  const safety = ((await readGitFile(repo, "sequencer/abort-safety")) ?? "").trim();
  const { commit: head } = await headCommit(repo);
  if (head && head.id !== safety) {
    t.err("warning: You seem to have moved HEAD. Not rewinding, check your HEAD!\n");
  } else {
    const target = await readCommit(repo, start.trim());
    if (!target || !head) die("cannot resolve HEAD");
    await forceTracked(repo, target);
    await writeGitFile(repo, "ORIG_HEAD", `${head.id}\n`);
    await moveHead(call, repo, target.id, `reset: moving to ${target.id}`);
    await clearOperation(repo);
  }
  await removeGitFiles(repo, "sequencer");
  return 0;
}

async function logReset({ call, repo }: Sequence, id: string, name: string): Promise<void> {
  await moveHead(call, repo, id, `reset: moving to ${name}`);
}

export async function quitSequence({ repo }: Sequence): Promise<number> {
  await removeGitFiles(repo, "sequencer", "CHERRY_PICK_HEAD", "REVERT_HEAD");
  return 0;
}
