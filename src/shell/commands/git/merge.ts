/** `git merge`: https://git-scm.com/docs/git-merge */
import { fatal, type GitCall, type GitCommand } from "./call.ts";
import { changeSummary } from "./lib/commitSummary.ts";
import { launchEditor, gitEditor } from "./lib/editor.ts";
import { compareTreeIndex } from "./lib/compare.ts";
import { flatTree } from "./lib/flatTree.ts";
import { readIndex } from "./lib/gitIndex.ts";
import { clearOperation, hasGitFile, readGitFile, removeGitFiles, writeGitFile } from "./lib/gitFile.ts";
import { branchName, headCommit, moveHead, writeOrigHead } from "./lib/head.ts";
import { commitHookEnv, runHook } from "./lib/hooks.ts";
import { identity } from "./lib/identity.ts";
import { applyMerge, mergeBaseTree, mergeTree } from "./lib/mergeTree.ts";
import { addTrailer, cleanMessage } from "./lib/message.ts";
import { abbreviate, readCommit, writeCommit, type Commit } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { USAGE } from "./lib/porcelainUsage.ts";
import { readRef } from "./lib/refs.ts";
import { openWorkTree, type WorkTreeRepository } from "./lib/repository.ts";
import { resolveCommit } from "./lib/resolve.ts";
import { upstreamName } from "./lib/revision.ts";
import { ignoredFiles } from "./lib/switchBranch.ts";
import { die, run, stop, type Transcript } from "./lib/transcript.ts";
import { obstacleText, switchTree } from "./lib/unpack.ts";
import { isAncestor, mergeBases, walkCommits } from "./lib/walk.ts";
import { localState, stagedTree } from "./sequencer/pick.ts";
import { formatDate } from "./lib/dates.ts";

const SPEC = {
  noStat: { names: ["-n"] },
  stat: { names: ["--stat"] },
  summary: { names: ["--summary"] },
  log: { names: ["--log"], value: "optional" },
  squash: { names: ["--squash"] },
  commit: { names: ["--commit"] },
  edit: { names: ["-e", "--edit"] },
  cleanup: { names: ["--cleanup"], value: "required" },
  ff: { names: ["--ff"] },
  ffOnly: { names: ["--ff-only"] },
  verifySignatures: { names: ["--verify-signatures"] },
  strategy: { names: ["-s", "--strategy"], value: "list" },
  strategyOption: { names: ["-X", "--strategy-option"], value: "list" },
  message: { names: ["-m", "--message"], value: "list" },
  file: { names: ["-F", "--file"], value: "required" },
  verbose: { names: ["-v", "--verbose"] },
  quiet: { names: ["-q", "--quiet"] },
  abort: { names: ["--abort"], noNegation: true },
  quit: { names: ["--quit"], noNegation: true },
  continue: { names: ["--continue"], noNegation: true },
  unrelated: { names: ["--allow-unrelated-histories"] },
  progress: { names: ["--progress"] },
  sign: { names: ["-S", "--gpg-sign"], value: "optional" },
  autostash: { names: ["--autostash"] },
  overwriteIgnore: { names: ["--overwrite-ignore"] },
  signoff: { names: ["--signoff"] },
  verify: { names: ["--verify"] },
  noVerify: { names: ["--no-verify"] },
} as const;

interface Merging {
  readonly call: GitCall;
  readonly repo: WorkTreeRepository;
  readonly t: Transcript;
  readonly head: Commit;
  readonly branch: string | null;
  readonly theirs: Commit;
  /** As typed. */
  readonly name: string;
  readonly message: string | null;
  readonly quiet: boolean;
  readonly squash: boolean;
  readonly commits: boolean;
  readonly edit: boolean;
  readonly noFf: boolean;
  readonly ffOnly: boolean;
  readonly verify: boolean;
  readonly signoff: boolean;
  readonly stat: boolean;
}

export const merge: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, SPEC, { usage: USAGE.merge });
  if ("result" in parsed) return parsed.result;
  const { values, counts, rest } = parsed;
  if (rest.length > 1)
    return fatal("merging more than one branch at once (octopus) is not simulated in LeakLab");
  return run(async (t) => {
    const repo = await openWorkTree(call);
    if (values.abort) return abortMerge(call, repo);
    if (values.quit) return quitMerge(repo);
    if (values.continue) return continueMerge(call, repo, t);
    await refuseUnfinished(repo);
    const { branch, commit: head } = await headCommit(repo);
    if (values.squash && counts.ff === -1) die("options '--squash' and '--no-ff.' cannot be used together");
    if (values.squash && counts.commit !== undefined && values.commit)
      die("options '--squash' and '--commit.' cannot be used together");
    const name = rest[0] ?? defaultUpstream(repo, branch);
    const theirs = await resolveCommit(repo, name === "-" ? "@{-1}" : name);
    if (!theirs) stop(`merge: ${name} - not something we can merge\n`);
    if (!head) return mergeUnborn(call, repo, theirs);
    const configured = repo.config.get("merge.ff");
    const ffOnly =
      counts.ffOnly === undefined ? counts.ff === undefined && configured === "only" : values.ffOnly;
    const noFf = counts.ff === undefined ? configured === "false" && !values.ffOnly : counts.ff === -1;
    const given =
      values.file === undefined
        ? values.message.length > 0
          ? `${values.message.join("\n\n")}\n`
          : null
        : await call.fs.readFile(values.file.startsWith("/") ? values.file : `${call.cwd}/${values.file}`);
    const attended =
      call.terminal.attended === true && call.stdin === "" && call.env.get("GIT_MERGE_AUTOEDIT") !== "no";
    return mergeCommit(
      {
        call,
        repo,
        t,
        head,
        branch,
        theirs,
        name,
        message: given,
        quiet: values.quiet,
        squash: values.squash,
        commits: counts.commit !== -1 && !values.squash,
        edit: counts.edit === undefined ? attended && given === null : values.edit,
        noFf,
        ffOnly,
        verify: counts.verify !== -1 && !values.noVerify,
        signoff: values.signoff,
        stat:
          counts.stat !== -1 &&
          !values.noStat &&
          counts.summary !== -1 &&
          repo.config.bool("merge.stat") !== false,
      },
      values.unrelated,
    );
  });
};

function defaultUpstream(repo: WorkTreeRepository, branch: string | null): string {
  if (branch === null) die("No current branch.");
  const name = upstreamName(repo, branchName(branch));
  if (name !== null) return name;
  if (repo.config.get(`branch.${branchName(branch)}.remote`) === undefined)
    die("No remote for the current branch.");
  die("No default upstream defined for the current branch.");
}

async function refuseUnfinished(repo: WorkTreeRepository): Promise<void> {
  const { commit } = await headCommit(repo);
  const { unmerged } = await localState(repo, commit);
  if (unmerged.length > 0) {
    stop(
      "error: Merging is not possible because you have unmerged files.\nhint: Fix them up in the work tree, and then use 'git add/rm <file>'\n" +
        "hint: as appropriate to mark resolution and make a commit.\nfatal: Exiting because of an unresolved conflict.\n",
      128,
    );
  }
  if (await hasGitFile(repo, "MERGE_HEAD"))
    die(
      "You have not concluded your merge (MERGE_HEAD exists).\nPlease, commit your changes before you merge.",
    );
  if (await hasGitFile(repo, "CHERRY_PICK_HEAD"))
    die(
      "You have not concluded your cherry-pick (CHERRY_PICK_HEAD exists).\nPlease, commit your changes before you merge.",
    );
}

async function abortMerge(call: GitCall, repo: WorkTreeRepository): Promise<number> {
  if (!(await hasGitFile(repo, "MERGE_HEAD"))) die("There is no merge to abort (MERGE_HEAD missing).");
  const { exitCode } = await call.git("reset", ["--merge", "-q"]);
  await clearOperation(repo);
  return exitCode;
}

async function quitMerge(repo: WorkTreeRepository): Promise<number> {
  await removeGitFiles(repo, "MERGE_HEAD", "MERGE_MSG", "MERGE_MODE", "MERGE_RR", "AUTO_MERGE");
  return 0;
}

async function continueMerge(call: GitCall, repo: WorkTreeRepository, t: Transcript): Promise<number> {
  if (!(await hasGitFile(repo, "MERGE_HEAD"))) die("There is no merge in progress (MERGE_HEAD missing).");
  return t.add(await call.git("commit", [], { stdin: call.stdin })).exitCode;
}

async function mergeUnborn(call: GitCall, repo: WorkTreeRepository, theirs: Commit): Promise<number> {
  const obstacles = await switchTree(repo, new Map(), await flatTree(repo, theirs.tree));
  if (obstacles) stop(`${obstacleText(obstacles, "merge")}Aborting\n`, 128);
  await moveHead(call, repo, theirs.id, "initial pull");
  return 0;
}

function reflogAction({ call, name }: Merging): string {
  return call.env.get("GIT_REFLOG_ACTION") || `merge ${name}`;
}

async function mergeCommit(it: Merging, unrelated: boolean): Promise<number> {
  const { repo, t, head, theirs } = it;
  if (await isAncestor(repo, theirs.id, head.id)) {
    if (!it.quiet) t.out(`Already up to date.${it.squash ? " (nothing to squash)" : ""}\n`);
    return 0;
  }
  if (!unrelated && (await mergeBases(repo, head.id, [theirs.id])).length === 0)
    die("refusing to merge unrelated histories");
  await writeOrigHead(repo, head.id);
  const canForward = await isAncestor(repo, head.id, theirs.id);
  if (canForward && !it.noFf) return fastForward(it);
  if (it.ffOnly) die("Not possible to fast-forward, aborting.");
  return trueMerge(it);
}

async function fastForward(it: Merging): Promise<number> {
  const { call, repo, t, head, theirs } = it;
  if (!it.quiet) t.out(`Updating ${await abbreviate(repo, head.id)}..${await abbreviate(repo, theirs.id)}\n`);
  const obstacles = await switchTree(
    repo,
    await flatTree(repo, head.tree),
    await flatTree(repo, theirs.tree),
    {
      expendable: ignoredFiles(call, repo),
    },
  );
  if (obstacles) stop(`${obstacleText(obstacles, "merge")}Aborting\n`);
  const how = `Fast-forward${it.message !== null ? " (no commit created; -m option ignored)" : ""}`;
  if (!it.quiet) t.out(`${how}\n`);
  if (it.squash) await squashMessage(it);
  else await moveHead(call, repo, theirs.id, `${reflogAction(it)}: ${how}`);
  if (!it.quiet && it.stat) t.out(await changeSummary(repo, head.tree, theirs.tree, true));
  await postMerge(it);
  return 0;
}

async function postMerge({ call, repo, t, squash }: Merging): Promise<void> {
  t.add(await runHook(call, repo, "post-merge", { args: [squash ? "1" : "0"] }));
}

async function squashMessage({ repo, t, head, theirs, quiet }: Merging): Promise<void> {
  if (!quiet) t.out("Squash commit -- not updating HEAD\n");
  let text = "Squashed commit of the following:\n";
  for await (const commit of walkCommits(repo, { starts: [theirs.id], exclude: [head.id] })) {
    if (commit.parents.length > 1) continue;
    const body = commit.message
      .replace(/\n+$/, "")
      .split("\n")
      .map((line) => `    ${line}\n`)
      .join("");
    text += `\ncommit ${commit.id}\nAuthor: ${commit.author.name} <${commit.author.email}>\nDate:   ${formatDate(commit.author, "default", 0)}\n\n${body}`;
  }
  await writeGitFile(repo, "SQUASH_MSG", text);
}

async function trueMerge(it: Merging): Promise<number> {
  const { repo, t, head, theirs } = it;
  const { staged } = await localState(repo, head);
  if (staged) await refuseStaged(it);
  const base = await mergeBaseTree(repo, head.id, theirs.id);
  const merged = await mergeTree(repo, base, head.tree, theirs.tree, { ours: "HEAD", theirs: it.name });
  const obstacles = await applyMerge(repo, await flatTree(repo, head.tree), merged, {
    expendable: ignoredFiles(it.call, repo),
  });
  if (obstacles) stop(`${obstacleText(obstacles, "merge")}Aborting\nMerge with strategy ort failed.\n`, 2);
  t.out(merged.messages.map((line) => `${line.replace(/\n$/, "")}\n`).join(""));
  const message = it.message ?? (await defaultMessage(it));
  if (it.squash) {
    await squashMessage(it);
  } else {
    await writeGitFile(repo, "MERGE_HEAD", `${theirs.id}\n`);
    await writeGitFile(repo, "MERGE_MODE", it.noFf ? "no-ff" : "");
    await writeGitFile(repo, "MERGE_MSG", message);
  }
  if (!merged.clean) {
    const conflicts = `\n# Conflicts:\n${merged.conflicts.map((path) => `#\t${path}\n`).join("")}`;
    const file = it.squash ? "SQUASH_MSG" : "MERGE_MSG";
    await writeGitFile(repo, it.squash ? "MERGE_MSG" : file, (it.squash ? "" : message) + conflicts);
    t.out("Automatic merge failed; fix conflicts and then commit the result.\n");
    return 1;
  }
  if (!it.commits) {
    if (!it.quiet) t.err("Automatic merge went well; stopped before committing as requested\n");
    return 0;
  }
  return finish(it, message);
}

/** Staged changes would be lost in the merge commit. */
async function refuseStaged(it: Merging): Promise<never> {
  const { call, repo, head } = it;
  const changes = await compareTreeIndex(repo, head.tree, await readIndex(repo.fs, repo.gitDir));
  const paths = changes.map((change) => change.new.path);
  // git stashes what is staged, fails, and brings it back with a reset that leaves its mark in the log.
  await moveHead(call, repo, head.id, `${reflogAction(it)}: updating HEAD`);
  stop(
    `error: Your local changes to the following files would be overwritten by merge:\n  ${paths.join(" ")}\nMerge with strategy ort failed.\n`,
    2,
  );
}

const QUIET_DESTINATIONS = new Set(["main", "master"]);

async function defaultMessage({ repo, branch, name }: Merging): Promise<string> {
  const short = name === "-" ? "@{-1}" : name;
  const what = await kindOf(repo, short);
  const into = branch === null ? "HEAD" : branchName(branch);
  return `Merge ${what}${QUIET_DESTINATIONS.has(into) ? "" : ` into ${into}`}\n`;
}

async function kindOf(repo: WorkTreeRepository, name: string): Promise<string> {
  const plain = name.replace(/^refs\/(heads|remotes|tags)\//, "");
  if (await readRef(repo, `refs/heads/${plain}`)) return `branch '${plain}'`;
  if (await readRef(repo, `refs/tags/${plain}`)) return `tag '${plain}'`;
  if (await readRef(repo, `refs/remotes/${plain}`)) return `remote-tracking branch '${plain}'`;
  const early = /^(.*?)(~\d*|\^+)+$/.exec(plain);
  if (early && (await readRef(repo, `refs/heads/${early[1] as string}`)))
    return `branch '${early[1] as string}' (early part)`;
  return `commit '${name}'`;
}

async function finish(it: Merging, draft: string): Promise<number> {
  const { call, repo, t, head, theirs } = it;
  const env = commitHookEnv(it.edit);
  if (it.verify && t.add(await runHook(call, repo, "pre-merge-commit", { env })).exitCode !== 0)
    stop("Not committing merge; use 'git commit' to complete the merge.\n");
  const committer = identity(call, repo.config, "committer");
  const author = identity(call, repo.config, "author");
  if ("error" in committer) stop(committer.error, 128);
  if ("error" in author) stop(author.error, 128);
  const signed = it.signoff
    ? addTrailer(draft, `Signed-off-by: ${committer.person.name} <${committer.person.email}>`)
    : draft;
  await writeGitFile(repo, "MERGE_MSG", it.edit ? signed + EDIT_ADVICE : signed);
  const file = ".git/MERGE_MSG";
  if (t.add(await runHook(call, repo, "prepare-commit-msg", { args: [file, "merge"], env })).exitCode !== 0)
    stop("");
  if (it.edit && !(await launchEditor(call, t, await gitEditor(call, repo), `${repo.gitDir}/MERGE_MSG`))) {
    stop("Not committing merge; use 'git commit' to complete the merge.\n");
  }
  if (it.verify && t.add(await runHook(call, repo, "commit-msg", { args: [file], env })).exitCode !== 0)
    stop("Not committing merge; use 'git commit' to complete the merge.\n");
  const message = cleanMessage((await readGitFile(repo, "MERGE_MSG")) ?? "", "default", it.edit);
  if (message === "")
    stop("error: Empty commit message.\nNot committing merge; use 'git commit' to complete the merge.\n");
  const tree = await stagedTree(repo);
  const id = await writeCommit(repo, {
    tree,
    parents: [head.id, theirs.id],
    author: author.person,
    committer: committer.person,
    extra: [],
    message,
  });
  await moveHead(call, repo, id, `${reflogAction(it)}: Merge made by the 'ort' strategy.`);
  await clearOperation(repo);
  if (!it.quiet) t.out("Merge made by the 'ort' strategy.\n");
  const made = await readCommit(repo, id);
  if (!it.quiet && it.stat && made) t.out(await changeSummary(repo, head.tree, made.tree, true));
  await postMerge(it);
  return 0;
}

const EDIT_ADVICE = `
# Please enter a commit message to explain why this merge is necessary,
# especially if it merges an updated upstream into a topic branch.
#
# Lines starting with '#' will be ignored, and an empty message aborts
# the commit.
`;
