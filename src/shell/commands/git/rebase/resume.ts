/** Going on with a rebase that paused, or leaving it. */
import { compareIndexWorktree } from "../lib/compare.ts";
import { launchEditor, sequenceEditor } from "../lib/editor.ts";
import { flatTree } from "../lib/flatTree.ts";
import { clearOperation, removeGitFiles } from "../lib/gitFile.ts";
import { readIndex } from "../lib/gitIndex.ts";
import { attachHead, detachHead, headCommit } from "../lib/head.ts";
import { readCommit, type Commit } from "../lib/objects.ts";
import { formatTodo, isFixup, parseTodo, todoHelp } from "../lib/todo.ts";
import { die, stop } from "../lib/transcript.ts";
import { forceTree } from "../lib/unpack.ts";
import { localState, runCommit, type Place } from "../sequencer/pick.ts";
import { applyAutostash, saveAutostash } from "./autostash.ts";
import { endSquash } from "./squash.ts";
import { readLine, readState, readTodo, rebaseDirectory, removeState, writeState } from "./state.ts";
import { remember, runSteps } from "./steps.ts";

const RESOLVE = "You must edit all merge conflicts and then\nmark them as resolved using git add\n";

export async function continueRebase(place: Place): Promise<number> {
  const { repo, t } = place;
  const head = (await headCommit(repo)).commit as Commit;
  const { staged, unmerged } = await localState(repo, head);
  const unstaged = (await compareIndexWorktree(repo, await readIndex(repo.fs, repo.gitDir))).filter(
    (change) => change.status !== "U",
  );
  if (unmerged.length > 0 || unstaged.length > 0) {
    t.out(
      `${unmerged.map((path) => `${path}: needs merge\n`).join("")}${unstaged
        .filter((change) => !unmerged.includes(change.new.path))
        .map((change) => `${change.new.path}: needs update\n`)
        .join("")}${RESOLVE}`,
    );
    return 1;
  }
  const parsed = await readTodo(repo);
  if ("error" in parsed) stop(`${parsed.error}error: please fix this using 'git rebase --edit-todo'.\n`);
  if (staged) await commitStaged(place, head);
  const stopped = await readLine(repo, "stopped-sha");
  if (stopped !== "") await remember(repo, stopped, !isFixup(parsed.items[0]));
  if (!isFixup(parsed.items[0])) await endSquash(repo);
  await clearOperation(repo);
  return runSteps(place);
}

/** What was resolved, or staged while stopped to edit, becomes a commit. */
async function commitStaged(place: Place, head: Commit): Promise<void> {
  const { repo } = place;
  const amend = await readLine(repo, "amend");
  if (amend !== "" && amend !== head.id) {
    stop(
      "error: \nYou have uncommitted changes in your working tree. Please, commit them\nfirst and then run 'git rebase --continue' again.\n",
    );
  }
  const squashing = (await readState(repo, "current-fixups")) !== null;
  const parsed = await readTodo(repo);
  const final = "items" in parsed && !isFixup(parsed.items[0]);
  const fixup = await readState(repo, "message-fixup");
  const pure = squashing && (!final || fixup !== null);
  if (squashing)
    await writeState(
      repo,
      "message",
      final && fixup !== null ? fixup : ((await readState(repo, "message-squash")) ?? ""),
    );
  const args = [
    "-n",
    "-F",
    `${rebaseDirectory(repo)}/message`,
    ...(pure ? ["--cleanup=verbatim"] : ["-e"]),
    "--allow-empty",
    ...(amend === "" ? [] : ["--amend"]),
  ];
  await removeGitFiles(repo, "MERGE_MSG");
  const env = amend === "" ? scriptEnv((await readState(repo, "author-script")) ?? "") : {};
  const code = await runCommit(place, pure ? [...args, "-q"] : args, {
    ...env,
    GIT_REFLOG_ACTION: "rebase (continue)",
  });
  if (code !== 0) stop("error: could not commit staged changes.\n");
  await removeState(repo, "amend");
}

function scriptEnv(text: string): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [, name = "", value = ""] of text.matchAll(/^(GIT_AUTHOR_\w+)='((?:[^']|'\\'')*)'$/gm))
    env[name] = value.replaceAll("'\\''", "'");
  return env;
}

export async function skipRebase(place: Place): Promise<number> {
  const { repo } = place;
  const head = (await headCommit(repo)).commit as Commit;
  await forceTree(repo, await flatTree(repo, head.tree));
  await clearOperation(repo);
  await endSquash(repo);
  await removeState(repo, "stopped-sha", "amend");
  return runSteps(place);
}

export async function abortRebase(place: Place): Promise<number> {
  const { call, repo } = place;
  const name = await readLine(repo, "head-name");
  const original = await readCommit(repo, await readLine(repo, "orig-head"));
  if (!original) die("could not move back to orig-head");
  await forceTree(repo, await flatTree(repo, original.tree));
  if (name.startsWith("refs/")) await attachHead(call, repo, name, `rebase (abort): returning to ${name}`);
  else await detachHead(call, repo, original.id, `rebase (abort): returning to ${original.id}`);
  await clearOperation(repo);
  await applyAutostash(place);
  await leave(place);
  return 0;
}

export async function quitRebase(place: Place): Promise<number> {
  await saveAutostash(place);
  await leave(place);
  return 0;
}

async function leave({ repo }: Place): Promise<void> {
  await repo.fs.rm(rebaseDirectory(repo), { recursive: true, force: true });
  await removeGitFiles(repo, "REBASE_HEAD", "CHERRY_PICK_HEAD");
}

export async function editTodo(place: Place): Promise<number> {
  const { call, repo, t } = place;
  const before = await readTodo(repo);
  if ("error" in before) t.err(before.error);
  const text =
    "items" in before
      ? await formatTodo(repo, before.items, true)
      : ((await readState(repo, "git-rebase-todo")) ?? "").replace(/\n#[\s\S]*$/, "\n");
  await writeState(repo, "git-rebase-todo", text + todoHelp(undefined));
  if (
    !(await launchEditor(
      call,
      t,
      await sequenceEditor(call, repo),
      `${rebaseDirectory(repo)}/git-rebase-todo`,
    ))
  )
    return 1;
  const parsed = await parseTodo(repo, (await readState(repo, "git-rebase-todo")) ?? "");
  if ("error" in parsed) {
    t.err(
      `${parsed.error}You can fix this with 'git rebase --edit-todo' and then run 'git rebase --continue'.\nOr you can abort the rebase with 'git rebase --abort'.\n`,
    );
    return 1;
  }
  await writeState(repo, "git-rebase-todo", await formatTodo(repo, parsed.items, false));
  return 0;
}
