/** Working through the steps of a rebase until it ends or stops. */
import { compareIndexWorktree, compareTrees } from "../lib/compare.ts";
import { flatTree } from "../lib/flatTree.ts";
import { clearOperation, removeGitFiles, writeGitFile } from "../lib/gitFile.ts";
import { readIndex } from "../lib/gitIndex.ts";
import { attachHead, headCommit, logNote, moveHead } from "../lib/head.ts";
import { runHook } from "../lib/hooks.ts";
import { addTrailer, subjectOf } from "../lib/message.ts";
import { abbreviate, EMPTY_TREE, readCommit, type Commit } from "../lib/objects.ts";
import { patchText } from "../lib/patch.ts";
import { writeRef } from "../lib/refs.ts";
import type { WorkTreeRepository } from "../lib/repository.ts";
import { formatTodo, isFixup, type TodoItem } from "../lib/todo.ts";
import { stop } from "../lib/transcript.ts";
import { forceTree } from "../lib/unpack.ts";
import { identity } from "../lib/identity.ts";
import {
  applyPick,
  authorEnv,
  localState,
  recordCommit,
  runCommit,
  stagedTree,
  type Place,
} from "../sequencer/pick.ts";
import { applyAutostash } from "./autostash.ts";
import { addToSquash, endSquash, squashMessage } from "./squash.ts";
import {
  advance,
  clearLine,
  doneCount,
  readLine,
  readState,
  readTodo,
  rebaseDirectory,
  removeState,
  writeState,
} from "./state.ts";

const HELP =
  "hint: Resolve all conflicts manually, mark them as resolved with\n" +
  'hint: "git add/rm <conflicted_files>", then run "git rebase --continue".\n' +
  'hint: You can instead skip this commit: run "git rebase --skip".\n' +
  'hint: To abort and get back to the state before "git rebase", run "git rebase --abort".\n';

export async function runSteps(place: Place): Promise<number> {
  const { repo, t } = place;
  for (;;) {
    const parsed = await readTodo(repo);
    if ("error" in parsed) stop(`${parsed.error}error: please fix this using 'git rebase --edit-todo'.\n`);
    const [item, ...rest] = parsed.items;
    if (!item) return finish(place);
    await advance(repo, item, rest);
    const done = await doneCount(repo);
    await writeState(repo, "msgnum", `${done}\n`);
    await writeState(repo, "end", `${done + rest.length}\n`);
    if ((await readState(repo, "quiet")) === null) t.err(`Rebasing (${done}/${done + rest.length})\r`);
    await removeState(repo, "message", "author-script", "stopped-sha", "amend", "patch");
    await removeGitFiles(repo, "REBASE_HEAD");
    const code = await runStep(place, item, rest);
    if (code !== null) return code;
  }
}

/** Null to go on; else the exit code with which the rebase pauses. */
async function runStep(place: Place, item: TodoItem, rest: readonly TodoItem[]): Promise<number | null> {
  const { call, repo, t } = place;
  switch (item.command) {
    case "noop":
    case "drop":
      return null;
    case "break": {
      const { commit } = await headCommit(repo);
      t.err(
        `${clearLine(call.env)}Stopped at ${commit ? `${await abbreviate(repo, commit.id)} (${subjectOf(commit.message)})` : "HEAD"}\n`,
      );
      return 0;
    }
    case "exec":
      return runExec(place, item);
    default:
      return runPick(place, item, rest);
  }
}

async function runExec({ call, repo, t }: Place, item: TodoItem): Promise<number | null> {
  t.err(`${clearLine(call.env)}Executing: ${item.text}\n`);
  const { exitCode } = t.add(await call.shell(item.text, { cwd: repo.workTree }));
  const { commit } = await headCommit(repo);
  const { staged } = await localState(repo, commit);
  const dirty =
    staged || (await compareIndexWorktree(repo, await readIndex(repo.fs, repo.gitDir))).length > 0;
  if (exitCode !== 0) {
    t.err(
      `warning: execution failed: ${item.text}\n${dirty ? "and made changes to the index and/or the working tree\n" : ""}You can fix the problem, and then run\n\n  git rebase --continue\n\n\n`,
    );
    return exitCode === 127 ? 127 : 1;
  }
  if (dirty) {
    t.err(
      `warning: execution succeeded: ${item.text}\nbut left changes to the index and/or the working tree\nCommit or stash your changes, and then run\n\n  git rebase --continue\n\n\n`,
    );
    return 1;
  }
  return null;
}

async function runPick(place: Place, item: TodoItem, rest: readonly TodoItem[]): Promise<number | null> {
  const { repo } = place;
  const commit = (await readCommit(repo, item.id)) as Commit;
  const head = (await headCommit(repo)).commit as Commit;
  await writeState(repo, "author-script", authorScript(commit));
  const final = !isFixup(rest[0]);
  if (isFixup(item)) return meld(place, item, commit, head, rest, final);
  const root = (await readLine(repo, "squash-onto")) === head.id;
  if (await isFastForward(repo, commit, head, root)) await fastForward(place, commit);
  else {
    const picked = await pick(place, item, commit, head, root, rest);
    if (picked !== null) return picked === "dropped" ? null : picked;
  }
  await remember(repo, item.id, final);
  if (item.command === "reword") return reword(place, item);
  return item.command === "edit" ? stopToEdit(place, commit) : null;
}

async function isFastForward(
  repo: WorkTreeRepository,
  commit: Commit,
  head: Commit,
  root: boolean,
): Promise<boolean> {
  if ((await readState(repo, "force")) !== null) return false;
  return commit.parents.length === 0 ? root : commit.parents.length === 1 && commit.parents[0] === head.id;
}

async function fastForward({ call, repo }: Place, commit: Commit): Promise<void> {
  await forceTree(repo, await flatTree(repo, commit.tree));
  await moveHead(call, repo, commit.id, "rebase: fast-forward");
}

function action(item: TodoItem): string {
  return `rebase (${item.command})`;
}

/** Null where it was committed. */
async function pick(
  place: Place,
  item: TodoItem,
  commit: Commit,
  head: Commit,
  root: boolean,
  rest: readonly TodoItem[],
): Promise<number | "dropped" | null> {
  const { repo, t } = place;
  const message =
    (await readState(repo, "signoff")) === null
      ? commit.message
      : addTrailer(commit.message, await signOff(place));
  const clean = await applyPick(place, {
    commit,
    revert: false,
    mainline: null,
    message,
    head: root ? null : head,
    command: "rebase",
  }).catch((problem: unknown) => reschedule(place, item, rest, problem));
  if (!clean) return stopAtConflict(place, item, commit);
  const unchanged = (await stagedTree(repo)) === (root ? EMPTY_TREE : head.tree);
  const wasEmpty =
    commit.tree ===
    (commit.parents[0] === undefined ? EMPTY_TREE : (await readCommit(repo, commit.parents[0]))?.tree);
  if (unchanged && !wasEmpty && (await readState(repo, "keep_redundant_commits")) === null) {
    if ((await readState(repo, "drop_redundant_commits")) !== null) {
      await clearOperation(repo);
      t.err(`dropping ${commit.id} ${subjectOf(commit.message)} -- patch contents already upstream\n`);
      return "dropped";
    }
    await writeGitFile(repo, "CHERRY_PICK_HEAD", `${commit.id}\n`);
    const code = await runCommit(
      place,
      ["-n", "-F", `${repo.gitDir}/MERGE_MSG`, "--cleanup=verbatim"],
      authorEnv(commit),
    );
    await stopAt(place, commit);
    t.err(`Could not apply ${await abbreviate(repo, commit.id)}... ${item.text}\n`);
    return code === 0 ? 1 : code;
  }
  await recordCommit(place, {
    parents: root ? [] : [head.id],
    author: commit.author,
    message,
    action: action(item),
  });
  await clearOperation(repo);
  return null;
}

async function signOff({ call, repo }: Place): Promise<string> {
  const result = identity(call, repo.config, "committer");
  if ("error" in result) stop(result.error, 128);
  return `Signed-off-by: ${result.person.name} <${result.person.email}>`;
}

/** Files in the way: the step goes back to the list. */
async function reschedule(
  { repo }: Place,
  item: TodoItem,
  rest: readonly TodoItem[],
  problem: unknown,
): Promise<never> {
  const done = ((await readState(repo, "done")) ?? "").split("\n").slice(0, -2);
  await writeState(repo, "done", done.map((line) => `${line}\n`).join(""));
  await writeState(repo, "git-rebase-todo", await formatTodo(repo, [item, ...rest], false));
  if (problem instanceof Error) problem.message = problem.message.replace(/fatal: rebase failed\n$/, "");
  throw problem;
}

async function stopAtConflict(place: Place, item: TodoItem, commit: Commit): Promise<number> {
  const { repo, t } = place;
  const name = `${await abbreviate(repo, commit.id)}... ${subjectOf(commit.message)}`;
  t.err(
    `error: could not apply ${name}\n${HELP}Could not apply ${await abbreviate(repo, commit.id)}... ${item.text}\n`,
  );
  await stopAt(place, commit);
  return 1;
}

/** What a paused rebase leaves for the person and for --continue. */
async function stopAt({ repo }: Place, commit: Commit): Promise<void> {
  const parent =
    commit.parents[0] === undefined ? null : ((await readCommit(repo, commit.parents[0]))?.tree ?? null);
  let patch = "";
  for (const change of await compareTrees(repo, parent, commit.tree)) patch += await patchText(repo, change);
  await writeState(repo, "patch", patch);
  if ((await readState(repo, "message")) === null)
    await writeState(repo, "message", `${commit.message}${commit.message.endsWith("\n") ? "\n" : ""}`);
  await writeState(repo, "stopped-sha", `${commit.id}\n`);
  await writeGitFile(repo, "REBASE_HEAD", `${commit.id}\n`);
}

async function stopToEdit(place: Place, commit: Commit): Promise<number> {
  const { call, repo, t } = place;
  const head = (await headCommit(repo)).commit as Commit;
  await stopAt(place, commit);
  await writeState(repo, "amend", head.id);
  t.err(
    `${clearLine(call.env)}Stopped at ${await abbreviate(repo, commit.id)}...  ${subjectOf(commit.message)}\n` +
      "You can amend the commit now, with\n\n  git commit --amend \n\nOnce you are satisfied with your changes, run\n\n  git rebase --continue\n",
  );
  return 0;
}

async function reword(place: Place, item: TodoItem): Promise<number | null> {
  const code = await runCommit(place, ["--amend", "-e", "--allow-empty"], {
    GIT_REFLOG_ACTION: action(item),
  });
  if (code === 0) return null;
  const commit = (await readCommit(place.repo, item.id)) as Commit;
  await stopAt(place, commit);
  const head = (await headCommit(place.repo)).commit as Commit;
  await writeState(place.repo, "amend", head.id);
  place.t.err(`Could not apply ${await abbreviate(place.repo, commit.id)}... ${item.text}\n`);
  return code;
}

async function meld(
  place: Place,
  item: TodoItem,
  commit: Commit,
  head: Commit,
  rest: readonly TodoItem[],
  final: boolean,
): Promise<number | null> {
  const { repo } = place;
  await addToSquash(repo, item, commit, head);
  const clean = await applyPick(place, {
    commit,
    revert: false,
    mainline: null,
    message: commit.message,
    head,
    command: "rebase",
  }).catch((problem: unknown) => reschedule(place, item, rest, problem));
  const { text, edit } = await squashMessage(repo, final);
  if (!clean) {
    await writeState(repo, "message", text);
    const code = await stopAtConflict(place, item, commit);
    await writeState(repo, "amend", head.id);
    return code;
  }
  const edits = edit || (final && item.message === "-c");
  if (edits) {
    await writeGitFile(repo, "SQUASH_MSG", text);
    const code = await runCommit(
      place,
      ["--amend", "-n", "-F", `${repo.gitDir}/SQUASH_MSG`, "-e", "--allow-empty"],
      { GIT_REFLOG_ACTION: action(item) },
    );
    if (code !== 0) return code;
  } else {
    await recordCommit(place, {
      parents: head.parents,
      author: head.author,
      message: text,
      action: action(item),
    });
  }
  await clearOperation(repo);
  await remember(repo, commit.id, final);
  if (final) await endSquash(repo);
  return null;
}

/** Which commits became which, for post-rewrite. */
export async function remember(repo: WorkTreeRepository, id: string, final: boolean): Promise<void> {
  const pending = `${(await readState(repo, "rewritten-pending")) ?? ""}${id}\n`;
  if (!final) return writeState(repo, "rewritten-pending", pending);
  const { commit } = await headCommit(repo);
  const lines = pending
    .split("\n")
    .filter((line) => line !== "" && line !== commit?.id)
    .map((line) => `${line} ${commit?.id ?? ""}\n`);
  await writeState(
    repo,
    "rewritten-list",
    ((await readState(repo, "rewritten-list")) ?? "") + lines.join(""),
  );
  await removeState(repo, "rewritten-pending");
}

export function authorScript({ author }: Commit): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  return `GIT_AUTHOR_NAME=${quoted(author.name)}\nGIT_AUTHOR_EMAIL=${quoted(author.email)}\nGIT_AUTHOR_DATE=${quoted(`@${author.timestamp} ${author.timezone}`)}\n`;
}

async function finish(place: Place): Promise<number> {
  const { call, repo, t } = place;
  const name = await readLine(repo, "head-name");
  const onto = await readLine(repo, "onto");
  const head = (await headCommit(repo)).commit as Commit;
  if (name.startsWith("refs/")) {
    await writeRef(repo, name, head.id, logNote(call, repo, `rebase (finish): ${name} onto ${onto}`));
    await attachHead(call, repo, name, `rebase (finish): returning to ${name}`);
  }
  const rewritten = (await readState(repo, "rewritten-list")) ?? "";
  if (rewritten !== "")
    t.add(await runHook(call, repo, "post-rewrite", { args: ["rebase"], stdin: rewritten }));
  await applyAutostash(place);
  if ((await readState(repo, "quiet")) === null)
    t.err(
      `${clearLine(call.env)}Successfully rebased and updated ${name.startsWith("refs/") ? name : "detached HEAD"}.\n`,
    );
  await repo.fs.rm(rebaseDirectory(repo), { recursive: true, force: true });
  await removeGitFiles(repo, "REBASE_HEAD");
  return 0;
}
