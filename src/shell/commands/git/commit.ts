/** `git commit`: https://git-scm.com/docs/git-commit */
import { stageForCommit, type Staging } from "./commit/staging.ts";
import { commitAuthor } from "./commit/author.ts";
import { statusText } from "./commit/status.ts";
import { commitMessage, editMessage } from "./commit/text.ts";
import type { Committing, Whence } from "./commit/committing.ts";
import { commitOptions } from "./commit/options.ts";
import type { GitCommand } from "./call.ts";
import { commitSummary } from "./lib/commitSummary.ts";
import { clearOperation, hasGitFile, readGitFile } from "./lib/gitFile.ts";
import { headCommit, moveHead } from "./lib/head.ts";
import { identity } from "./lib/identity.ts";
import { commitHookEnv, runHook } from "./lib/hooks.ts";
import { firstLine } from "./lib/message.ts";
import { EMPTY_TREE, readCommit, writeCommit, type Commit } from "./lib/objects.ts";
import { openWorkTree, type WorkTreeRepository } from "./lib/repository.ts";
import { die, run, Stop, stop } from "./lib/transcript.ts";

export const commit: GitCommand = async (call) => {
  const parsed = commitOptions(call.args);
  if ("result" in parsed) return parsed.result;
  return run(async (t) => {
    const repo = await openWorkTree(call);
    const head = await headCommit(repo);
    const it: Committing = { call, repo, t, options: parsed.options, head, whence: await whenceOf(repo) };
    checkState(it);
    const staging = await stageForCommit(it);
    try {
      return await commitStaged(it, staging);
    } catch (problem) {
      if (problem instanceof Stop) await staging.undo();
      throw problem;
    }
  });
};

async function whenceOf(repo: WorkTreeRepository): Promise<Whence> {
  if (await hasGitFile(repo, "MERGE_HEAD")) return "merge";
  if (!(await hasGitFile(repo, "CHERRY_PICK_HEAD"))) return "commit";
  return (await hasGitFile(repo, "rebase-merge")) ? "rebase" : "cherry-pick";
}

function checkState({ options, head, whence }: Committing): void {
  if (!options.amend) return;
  if (!head.commit) die("You have nothing to amend.");
  if (whence === "merge") die("You are in the middle of a merge -- cannot amend.");
  if (whence === "cherry-pick") die("You are in the middle of a cherry-pick -- cannot amend.");
  if (whence === "rebase") die("You are in the middle of a rebase -- cannot amend.");
}

async function commitStaged(it: Committing, staging: Staging): Promise<number> {
  const { call, repo, t, options } = it;
  const author = await commitAuthor(it);
  const draft = await commitMessage(it);
  if (options.dryRun) {
    const empty = await isEmpty(it, staging.tree);
    t.out(await statusText(it));
    await staging.undo();
    return empty ? 1 : 0;
  }
  const env = commitHookEnv(draft.editor, staging.indexFile);
  const authorEnv = {
    GIT_AUTHOR_NAME: author.person.name,
    GIT_AUTHOR_EMAIL: author.person.email,
    GIT_AUTHOR_DATE: `@${author.person.timestamp} ${author.person.timezone}`,
  };
  const hookEnv = { ...env, ...authorEnv };
  if (!options.noVerify && t.add(await runHook(call, repo, "pre-commit", { env: hookEnv })).exitCode !== 0)
    stop("");
  const tree = await staging.tree();
  if (
    !options.allowEmpty &&
    options.fixup?.kind !== "reword" &&
    it.whence !== "merge" &&
    !isAmendedMerge(it) &&
    (await isEmpty(it, async () => tree))
  ) {
    await refuseEmpty(it);
    await staging.undo();
    return 1;
  }
  const message = await editMessage(it, draft, hookEnv);
  const id = await create(it, tree, message, author.person);
  await finish(it, id, message, staging, env);
  if (!options.quiet)
    t.out(await commitSummary(repo, id, { showDate: author.showDate, amended: options.amend }));
  return 0;
}

function isAmendedMerge({ options, head }: Committing): boolean {
  return options.amend && (head.commit?.parents.length ?? 0) > 1;
}

async function isEmpty({ repo, options, head }: Committing, tree: () => Promise<string>): Promise<boolean> {
  const base = options.amend ? head.commit?.parents[0] : head.commit?.id;
  if (base === undefined && options.amend) return (await tree()) === EMPTY_TREE;
  const before = base === undefined ? EMPTY_TREE : ((await readCommit(repo, base))?.tree ?? EMPTY_TREE);
  return (await tree()) === before;
}

const EMPTY_AMEND = `You asked to amend the most recent commit, but doing so would make
it empty. You can repeat your command with --allow-empty, or you can
remove the commit entirely with "git reset HEAD^".
`;

const EMPTY_PICK = `The previous cherry-pick is now empty, possibly due to conflict resolution.
If you wish to commit it anyway, use:

    git commit --allow-empty

`;

async function refuseEmpty(it: Committing): Promise<void> {
  const { repo, t, options, whence } = it;
  t.out(await statusText(it));
  if (options.amend) t.err(EMPTY_AMEND);
  else if (whence === "cherry-pick" || whence === "rebase") {
    t.err(EMPTY_PICK);
    if (whence === "rebase") t.err("Otherwise, please use 'git rebase --skip'\n");
    else if (!(await hasGitFile(repo, "sequencer")))
      t.err("Otherwise, please use 'git cherry-pick --skip'\n");
    else
      t.err(
        "and then use:\n\n    git cherry-pick --continue\n\nto resume cherry-picking the remaining commits.\nIf you wish to skip this commit, use:\n\n    git cherry-pick --skip\n\n",
      );
  }
}

async function create(
  it: Committing,
  tree: string,
  message: string,
  author: Commit["author"],
): Promise<string> {
  const { repo, options } = it;
  if (options.sign)
    stop(
      "error: cannot run gpg: No such file or directory\nerror: gpg failed to sign the data\nfatal: failed to write commit object\n",
      128,
    );
  const committer = await committerOf(it);
  return writeCommit(repo, { tree, parents: await parentsOf(it), author, committer, extra: [], message });
}

async function committerOf({ call, repo }: Committing) {
  const result = identity(call, repo.config, "committer");
  if ("error" in result) stop(result.error, 128);
  return result.person;
}

async function parentsOf({ repo, options, head, whence }: Committing): Promise<string[]> {
  if (options.amend) return [...(head.commit?.parents ?? [])];
  const parents = head.commit ? [head.commit.id] : [];
  if (whence === "merge")
    parents.push(
      ...((await readGitFile(repo, "MERGE_HEAD")) ?? "").split("\n").filter((line) => line !== ""),
    );
  return parents;
}

async function finish(
  it: Committing,
  id: string,
  message: string,
  staging: Staging,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const { call, repo, t, options, head } = it;
  await moveHead(call, repo, id, `${reflogAction(it)}: ${firstLine(message)}`);
  await clearOperation(repo);
  await staging.keep();
  const { GIT_INDEX_FILE: _, ...rest } = env;
  t.add(await runHook(call, repo, "post-commit", { env: { ...rest, GIT_INDEX_FILE: ".git/index" } }));
  if (!options.amend || !head.commit) return;
  t.add(
    await runHook(call, repo, "post-rewrite", {
      args: ["amend"],
      stdin: `${head.commit.id} ${id}\n`,
      env: rest,
    }),
  );
}

function reflogAction({ call, options, head, whence }: Committing): string {
  const action = call.env.get("GIT_REFLOG_ACTION");
  if (action) return action;
  if (options.amend) return "commit (amend)";
  if (!head.commit) return "commit (initial)";
  return whence === "commit" ? "commit" : `commit (${whence})`;
}
