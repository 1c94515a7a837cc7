/** The operation that a repository is in the middle of, and git's advice: https://git-scm.com/docs/git-status */
import { abbreviate, peel } from "./objects.ts";
import { expandRef, readHead, readReflog, readRef } from "./refs.ts";
import type { Repository } from "./repository.ts";
import { readGitFile } from "./gitFile.ts";

export interface Operation {
  readonly merge: boolean;
  readonly rebase: "no" | "plain" | "interactive";
  /** Short name of the branch being rebased; null where HEAD was detached. */
  readonly branch: string | null;
  readonly onto: string;
  /** Short id; "" while a sequence of picks stands between two commits. */
  readonly cherryPick: string | null;
  readonly revert: string | null;
  readonly bisect: { readonly from: string | null } | null;
}

async function exists(repo: Repository, name: string): Promise<boolean> {
  return repo.fs.exists(`${repo.gitDir}/${name}`);
}

export async function readOperation(repo: Repository): Promise<Operation> {
  const merge = await exists(repo, "MERGE_HEAD");
  const folder = (await exists(repo, "rebase-merge"))
    ? "rebase-merge"
    : (await exists(repo, "rebase-apply"))
      ? "rebase-apply"
      : null;
  const rebase =
    folder === null ? "no" : (await exists(repo, `${folder}/interactive`)) ? "interactive" : "plain";
  const free = !merge && rebase === "no";
  const sequence = /^(pick|revert)\b/m.exec((await readGitFile(repo, "sequencer/todo")) ?? "")?.[1];
  const picked = free ? await shortHead(repo, "CHERRY_PICK_HEAD") : null;
  const reverted = await shortHead(repo, "REVERT_HEAD");
  return {
    merge,
    rebase,
    branch: folder ? await namedIn(repo, `${folder}/head-name`) : null,
    onto: folder ? ((await namedIn(repo, `${folder}/onto`)) ?? "") : "",
    cherryPick: picked ?? (free && sequence === "pick" ? "" : null),
    revert: reverted ?? (free && sequence === "revert" ? "" : null),
    bisect: (await exists(repo, "BISECT_LOG"))
      ? { from: (await readGitFile(repo, "BISECT_START"))?.trim() ?? null }
      : null,
  };
}

async function shortHead(repo: Repository, name: string): Promise<string | null> {
  const ref = await readRef(repo, name);
  return ref && "id" in ref ? abbreviate(repo, ref.id) : null;
}

/** A branch's short name, or a short id. */
async function namedIn(repo: Repository, file: string): Promise<string | null> {
  const text = (await readGitFile(repo, file))?.trim() ?? "";
  if (text === "" || text === "detached HEAD") return null;
  return /^[0-9a-f]{40}$/.test(text) ? abbreviate(repo, text) : text.replace(/^refs\/heads\//, "");
}

/** Where a detached HEAD came from: a name or short id, and whether it still stands there. */
export async function detachedFrom(
  repo: Repository,
): Promise<{ readonly name: string; readonly at: boolean } | null> {
  const move = (await readReflog(repo, "HEAD")).findLast((entry) =>
    entry.message.startsWith("checkout: moving from "),
  );
  if (!move) return null;
  const target = move.message.slice(move.message.indexOf(" to ") + 4);
  const ref = target === "HEAD" ? null : await expandRef(repo, target);
  const named = ref && !ref.ambiguous && (await peel(repo, ref.id, "commit")) === move.new;
  const name = named ? ref.name.replace(/^refs\/(tags|remotes)\//, "") : await abbreviate(repo, move.new);
  return { name, at: (await readHead(repo)).id === move.new };
}

/** The lines about the operation, with a blank line at the end; "" where there is none. */
export async function operationText(
  repo: Repository,
  operation: Operation,
  unmerged: boolean,
  hints: boolean,
): Promise<string> {
  const hint = (text: string) => (hints ? `  (${text})\n` : "");
  let text = "";
  if (operation.merge) {
    if (operation.rebase === "interactive") text += `${await rebaseInformation(repo, hints)}\n`;
    text += mergeText(unmerged, hint);
  } else if (operation.rebase !== "no") text += await rebaseText(repo, operation, unmerged, hint, hints);
  else if (operation.cherryPick !== null)
    text += pickText("cherry-pick", operation.cherryPick, unmerged, hint);
  else if (operation.revert !== null) text += pickText("revert", operation.revert, unmerged, hint);
  if (operation.bisect) text += bisectText(operation.bisect.from, hint);
  return text;
}

type Hint = (text: string) => string;

function mergeText(unmerged: boolean, hint: Hint): string {
  if (!unmerged)
    return `All conflicts fixed but you are still merging.\n${hint('use "git commit" to conclude merge')}\n`;
  return `You have unmerged paths.\n${hint('fix conflicts and run "git commit"')}${hint('use "git merge --abort" to abort the merge')}\n`;
}

function rebaseSentence(operation: Operation, doing: string, alone: string): string {
  return operation.branch === null
    ? `${alone}\n`
    : `${doing} branch '${operation.branch}' on '${operation.onto}'.\n`;
}

async function rebaseText(
  repo: Repository,
  operation: Operation,
  unmerged: boolean,
  hint: Hint,
  hints: boolean,
): Promise<string> {
  const information = operation.rebase === "interactive" ? await rebaseInformation(repo, hints) : "";
  const rebasing = rebaseSentence(operation, "You are currently rebasing", "You are currently rebasing.");
  if (unmerged) {
    return (
      `${information}${rebasing}${hint('fix conflicts and then run "git rebase --continue"')}` +
      `${hint('use "git rebase --skip" to skip this patch')}${hint('use "git rebase --abort" to check out the original branch')}\n`
    );
  }
  if (operation.rebase === "plain" || (await exists(repo, "MERGE_MSG"))) {
    return `${information}${rebasing}${hint('all conflicts fixed: run "git rebase --continue"')}\n`;
  }
  if (await splitting(repo)) {
    const sentence = rebaseSentence(
      operation,
      "You are currently splitting a commit while rebasing",
      "You are currently splitting a commit during a rebase.",
    );
    return `${information}${sentence}${hint('Once your working directory is clean, run "git rebase --continue"')}\n`;
  }
  const sentence = rebaseSentence(
    operation,
    "You are currently editing a commit while rebasing",
    "You are currently editing a commit during a rebase.",
  );
  return (
    `${information}${sentence}${hint('use "git commit --amend" to amend the current commit')}` +
    `${hint('use "git rebase --continue" once you are satisfied with your changes')}\n`
  );
}

/** A commit that was to be edited has been taken apart with reset. */
async function splitting(repo: Repository): Promise<boolean> {
  const amend = (await readGitFile(repo, "rebase-merge/amend"))?.trim();
  const original = (await readGitFile(repo, "rebase-merge/orig-head"))?.trim();
  if (!amend || !original || (await readHead(repo)).branch !== null) return false;
  const head = (await readHead(repo)).id;
  const start = await readRef(repo, "ORIG_HEAD");
  const originHead = start && "id" in start ? start.id : null;
  return amend === original ? head !== amend : originHead !== original;
}

async function rebaseInformation(repo: Repository, hints: boolean): Promise<string> {
  const done = await todoLines(repo, "rebase-merge/done");
  const left = await todoLines(repo, "rebase-merge/git-rebase-todo");
  const list = (lines: readonly string[]) => lines.map((line) => `   ${line}\n`).join("");
  let text = "No commands done.\n";
  if (done.length > 0) {
    text =
      done.length === 1
        ? "Last command done (1 command done):\n"
        : `Last commands done (${done.length} commands done):\n`;
    text += list(done.slice(-2));
    if (done.length > 2 && hints) text += `  (see more in file .git/rebase-merge/done)\n`;
  }
  if (left.length === 0) return `${text}No commands remaining.\n`;
  text +=
    left.length === 1
      ? "Next command to do (1 remaining command):\n"
      : `Next commands to do (${left.length} remaining commands):\n`;
  return text + list(left.slice(0, 2)) + (hints ? '  (use "git rebase --edit-todo" to view and edit)\n' : "");
}

async function todoLines(repo: Repository, file: string): Promise<string[]> {
  const lines = ((await readGitFile(repo, file)) ?? "")
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"));
  return Promise.all(lines.map((line) => shortenIds(repo, line)));
}

async function shortenIds(repo: Repository, line: string): Promise<string> {
  const match = /^(\S+ (?:-\S+ )?)([0-9a-f]{40})(.*)$/s.exec(line);
  return match ? `${match[1]}${await abbreviate(repo, match[2] as string)}${match[3]}` : line;
}

function pickText(command: "cherry-pick" | "revert", commit: string, unmerged: boolean, hint: Hint): string {
  const title = command === "revert" ? "Revert" : "Cherry-pick";
  const first =
    commit === "" ? `${title} currently in progress.` : `You are currently ${command}ing commit ${commit}.`;
  const next = unmerged
    ? `fix conflicts and run "git ${command} --continue"`
    : commit === ""
      ? `run "git ${command} --continue" to continue`
      : `all conflicts fixed: run "git ${command} --continue"`;
  return (
    `${first}\n${hint(next)}${hint(`use "git ${command} --skip" to skip this patch`)}` +
    `${hint(`use "git ${command} --abort" to cancel the ${command} operation`)}\n`
  );
}

function bisectText(from: string | null, hint: Hint): string {
  const first = from
    ? `You are currently bisecting, started from branch '${from}'.`
    : "You are currently bisecting.";
  return `${first}\n${hint('use "git bisect reset" to get back to the original branch')}\n`;
}
