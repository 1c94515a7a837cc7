/** The beginning of a rebase: what is moved where, the list of steps, and its editing. */
import { compareIndexWorktree } from "../lib/compare.ts";
import { launchEditor, sequenceEditor } from "../lib/editor.ts";
import { flatTree } from "../lib/flatTree.ts";
import { readIndex } from "../lib/gitIndex.ts";
import { attachHead, branchName, detachHead, headCommit, writeOrigHead } from "../lib/head.ts";
import { runHook } from "../lib/hooks.ts";
import { identity } from "../lib/identity.ts";
import { subjectOf } from "../lib/message.ts";
import { abbreviate, readCommit, writeCommit, writeTree, ZERO_ID, type Commit } from "../lib/objects.ts";
import { patchId } from "../lib/patchId.ts";
import { readRef } from "../lib/refs.ts";
import type { WorkTreeRepository } from "../lib/repository.ts";
import { resolveCommit } from "../lib/resolve.ts";
import { upstreamName } from "../lib/revision.ts";
import { autosquash, formatTodo, isFixup, parseTodo, todoHelp, type TodoItem } from "../lib/todo.ts";
import { die, stop } from "../lib/transcript.ts";
import { obstacleText, switchTree } from "../lib/unpack.ts";
import { isAncestor, mergeBases, walkCommits } from "../lib/walk.ts";
import { localState, type Place } from "../sequencer/pick.ts";
import { applyAutostash, createAutostash } from "./autostash.ts";
import { runSteps } from "./steps.ts";
import { rebaseDirectory, writeState } from "./state.ts";

export interface RebaseOptions {
  readonly upstream: string | undefined;
  readonly branch: string | undefined;
  readonly onto: string | undefined;
  readonly root: boolean;
  readonly interactive: boolean;
  readonly autosquash: boolean;
  readonly autostash: boolean;
  readonly exec: readonly string[];
  readonly force: boolean;
  readonly signoff: boolean;
  readonly noVerify: boolean;
  readonly quiet: boolean;
  readonly keepEmpty: boolean;
  readonly empty: string;
  readonly reapply: boolean;
  readonly keepBase: boolean;
}

interface Plan {
  readonly upstream: Commit | null;
  readonly onto: Commit;
  readonly ontoName: string;
  /** `refs/heads/x`; null where detached. */
  readonly branch: string | null;
  readonly head: Commit;
  /** The root that stands in for nothing (`--root`). */
  readonly squashOnto: boolean;
}

export async function startRebase(place: Place, options: RebaseOptions): Promise<number> {
  const { call, repo, t } = place;
  const plan = await planRebase(place, options);
  const stashed = options.autostash ? await createAutostash(place) : false;
  if (!stashed) await requireClean(repo, plan.head);
  if (options.branch !== undefined) await switchFirst(place, options.branch);
  if (await isUpToDate(repo, options, plan)) {
    const subject = plan.branch === null ? "HEAD" : `Current branch ${branchName(plan.branch)}`;
    if (!options.force) {
      if (options.branch !== undefined) await returnTo(place, plan);
      if (stashed) await applyAutostash(place);
      if (!options.quiet) t.out(`${subject} is up to date.\n`);
      await repo.fs.rm(rebaseDirectory(repo), { recursive: true, force: true });
      return 0;
    }
    if (!options.quiet) t.out(`${subject} is up to date, rebase forced.\n`);
  }
  if (!options.noVerify) {
    const args = [
      options.root ? "--root" : (options.upstream ?? ""),
      ...(options.branch === undefined ? [] : [options.branch]),
    ];
    if (t.add(await runHook(call, repo, "pre-rebase", { args })).exitCode !== 0) {
      await repo.fs.rm(rebaseDirectory(repo), { recursive: true, force: true });
      die("The pre-rebase hook refused to rebase.");
    }
  }
  return begin(place, options, plan);
}

async function planRebase(place: Place, options: RebaseOptions): Promise<Plan> {
  const { call, repo } = place;
  const start = await headCommit(repo);
  const upstream = options.root ? null : await upstreamCommit(place, options, start.branch);
  const branch =
    options.branch === undefined
      ? start.branch
      : (await readRef(repo, `refs/heads/${options.branch}`))
        ? `refs/heads/${options.branch}`
        : null;
  const head = options.branch === undefined ? start.commit : await resolveCommit(repo, options.branch);
  if (!head)
    die(
      options.branch === undefined
        ? "Could not resolve HEAD to a commit"
        : `no such branch/commit '${options.branch}'`,
    );
  const upstreamText = options.upstream ?? "";
  if (options.onto !== undefined || options.keepBase) {
    const onto =
      options.keepBase && upstream
        ? await readCommit(repo, (await mergeBases(repo, upstream.id, [head.id]))[0] ?? "")
        : await ontoCommit(repo, options.onto ?? "");
    if (!onto) die(`Does not point to a valid commit '${options.onto ?? ""}'`);
    return { upstream, onto, ontoName: options.onto ?? upstreamText, branch, head, squashOnto: false };
  }
  if (upstream)
    return {
      upstream,
      onto: upstream,
      ontoName: upstreamText === "" ? await upstreamShort(repo, start.branch) : upstreamText,
      branch,
      head,
      squashOnto: false,
    };
  const result = identity(call, repo.config, "author");
  const committer = identity(call, repo.config, "committer");
  if ("error" in result || "error" in committer) die("unable to read identity");
  const id = await writeCommit(repo, {
    tree: await writeTree(repo, []),
    parents: [],
    author: result.person,
    committer: committer.person,
    extra: [],
    message: "",
  });
  return {
    upstream: null,
    onto: (await readCommit(repo, id)) as Commit,
    ontoName: id,
    branch,
    head,
    squashOnto: true,
  };
}

async function upstreamShort(repo: WorkTreeRepository, branch: string | null): Promise<string> {
  return branch === null ? "" : (upstreamName(repo, branchName(branch)) ?? "");
}

/** `--onto A...B` is their merge base. */
async function ontoCommit(repo: WorkTreeRepository, text: string): Promise<Commit | null> {
  const sides = /^(.*)\.\.\.(.*)$/.exec(text);
  if (!sides) return resolveCommit(repo, text);
  const [a, b] = [
    await resolveCommit(repo, sides[1] || "HEAD"),
    await resolveCommit(repo, sides[2] || "HEAD"),
  ];
  const base = a && b ? (await mergeBases(repo, a.id, [b.id]))[0] : undefined;
  return base === undefined ? null : readCommit(repo, base);
}

function stopTelling(t: Place["t"], text: string): never {
  t.out(text);
  stop("");
}

async function upstreamCommit(
  { repo, t }: Place,
  options: RebaseOptions,
  branch: string | null,
): Promise<Commit> {
  if (options.upstream !== undefined) {
    const commit = await resolveCommit(repo, options.upstream === "-" ? "@{-1}" : options.upstream);
    if (!commit) die(`invalid upstream '${options.upstream}'`);
    return commit;
  }
  if (branch === null) stopTelling(t, NO_BRANCH);
  const name = upstreamName(repo, branchName(branch));
  const commit = name === null ? null : await resolveCommit(repo, name);
  if (!commit) stopTelling(t, NO_TRACKING.replace("%", branchName(branch)));
  return commit;
}

const NO_TRACKING = `There is no tracking information for the current branch.
Please specify which branch you want to rebase against.
See git-rebase(1) for details.

    git rebase '<branch>'

If you wish to set tracking information for this branch you can do so with:

    git branch --set-upstream-to=<remote>/<branch> %

`;
const NO_BRANCH = `You are not currently on a branch.
Please specify which branch you want to rebase against.
See git-rebase(1) for details.

    git rebase '<branch>'

`;

async function requireClean(repo: WorkTreeRepository, head: Commit): Promise<void> {
  const current = (await headCommit(repo)).commit ?? head;
  const unstaged = (await compareIndexWorktree(repo, await readIndex(repo.fs, repo.gitDir))).length > 0;
  const { staged } = await localState(repo, current);
  if (!unstaged && !staged) return;
  let text = unstaged ? "error: cannot rebase: You have unstaged changes.\n" : "";
  if (staged)
    text += unstaged
      ? "error: additionally, your index contains uncommitted changes.\n"
      : "error: cannot rebase: Your index contains uncommitted changes.\n";
  stop(`${text}error: Please commit or stash them.\n`);
}

/** There is nothing to rebase, yet the branch that was named is switched to. */
async function returnTo({ call, repo }: Place, plan: Plan): Promise<void> {
  const before = await headCommit(repo);
  await switchTree(
    repo,
    await flatTree(repo, before.commit?.tree ?? null),
    await flatTree(repo, plan.head.tree),
  );
  const message = `rebase: checkout ${plan.branch === null ? plan.head.id : branchName(plan.branch)}`;
  if (plan.branch === null) await detachHead(call, repo, plan.head.id, message);
  else await attachHead(call, repo, plan.branch, message);
}

async function switchFirst({ repo }: Place, branch: string): Promise<void> {
  if (!(await resolveCommit(repo, branch))) die(`no such branch/commit '${branch}'`);
}

/** Nothing to do: `onto` is where the commits already stand, in one line. */
async function isUpToDate(repo: WorkTreeRepository, options: RebaseOptions, plan: Plan): Promise<boolean> {
  if (options.interactive || options.exec.length > 0 || plan.squashOnto || options.root) return false;
  if (!(await isAncestor(repo, plan.onto.id, plan.head.id))) return false;
  if (plan.upstream && plan.upstream.id !== plan.onto.id) {
    const base = (await mergeBases(repo, plan.upstream.id, [plan.head.id]))[0];
    if (base !== plan.onto.id) return false;
  }
  for await (const commit of walkCommits(repo, { starts: [plan.head.id], exclude: [plan.onto.id] }))
    if (commit.parents.length > 1) return false;
  return true;
}

async function begin(place: Place, options: RebaseOptions, plan: Plan): Promise<number> {
  const { repo } = place;
  await writeBasics(repo, options, plan);
  let items = await makeTodo(place, options, plan);
  if (options.interactive && options.autosquash) items = await autosquash(repo, items);
  if (options.exec.length > 0) items = withExec(items, options.exec);
  if (items.length === 0) items = [{ command: "noop", id: "", text: "" }];
  const revisions = `${plan.upstream && !plan.squashOnto ? `${await abbreviate(repo, plan.upstream.id)}..` : ""}${await abbreviate(repo, plan.head.id)}`;
  const help = todoHelp({
    revisions,
    onto: await abbreviate(repo, plan.onto.id),
    count: items.filter((item) => item.command !== "noop").length || items.length,
  });
  await writeState(repo, "git-rebase-todo.backup", (await formatTodo(repo, items, false)) + help);
  if (options.interactive) {
    const edited = await edit(place, (await formatTodo(repo, items, true)) + help);
    const parsed = await parseTodo(repo, edited);
    if ("error" in parsed) return refuseTodo(place, plan, edited, parsed.error);
    items = [...parsed.items];
    if (items.length === 0) {
      await giveUp(place);
      stop("error: nothing to do\n");
    }
  }
  const { skipped, onto } = options.force
    ? { skipped: [], onto: plan.onto }
    : await unnecessary(repo, items, plan);
  items = items.slice(skipped.length);
  if (skipped.length > 0) await writeState(repo, "done", await formatTodo(repo, skipped, false));
  await writeState(repo, "git-rebase-todo", await formatTodo(repo, items, false));
  await checkOutOnto(place, plan, onto);
  return runSteps(place);
}

async function edit(place: Place, text: string): Promise<string> {
  const { call, repo, t } = place;
  await writeState(repo, "git-rebase-todo", text);
  if (
    !(await launchEditor(
      call,
      t,
      await sequenceEditor(call, repo),
      `${rebaseDirectory(repo)}/git-rebase-todo`,
    ))
  ) {
    await giveUp(place);
    stop("");
  }
  return repo.fs.readFile(`${rebaseDirectory(repo)}/git-rebase-todo`);
}

async function giveUp(place: Place): Promise<void> {
  await applyAutostash(place);
  await place.repo.fs.rm(rebaseDirectory(place.repo), { recursive: true, force: true });
}

/** Bad lines: HEAD already moves, and the person mends the list. */
async function refuseTodo(place: Place, plan: Plan, text: string, problems: string): Promise<number> {
  const { repo, t } = place;
  await writeState(repo, "git-rebase-todo", text);
  await checkOutOnto(place, plan, plan.onto);
  t.err(
    `${problems}You can fix this with 'git rebase --edit-todo' and then run 'git rebase --continue'.\nOr you can abort the rebase with 'git rebase --abort'.\n`,
  );
  return 1;
}

async function writeBasics(repo: WorkTreeRepository, options: RebaseOptions, plan: Plan): Promise<void> {
  await writeState(repo, "head-name", `${plan.branch ?? "detached HEAD"}\n`);
  await writeState(repo, "onto", `${plan.onto.id}\n`);
  await writeState(repo, "orig-head", `${plan.head.id}\n`);
  await writeState(repo, "interactive", "");
  await writeState(repo, "no-reschedule-failed-exec", "");
  if (options.empty === "drop") await writeState(repo, "drop_redundant_commits", "");
  if (options.empty === "keep") await writeState(repo, "keep_redundant_commits", "");
  if (options.quiet) await writeState(repo, "quiet", "");
  if (options.signoff) await writeState(repo, "signoff", "");
  if (options.force) await writeState(repo, "force", "");
  if (plan.squashOnto) await writeState(repo, "squash-onto", plan.onto.id);
}

/** Commits that `upstream` lacks, oldest first, without merges and without those that it has in other form. */
async function makeTodo({ repo, t }: Place, options: RebaseOptions, plan: Plan): Promise<TodoItem[]> {
  const exclude = plan.upstream ? [plan.upstream.id] : plan.squashOnto ? [] : [plan.onto.id];
  const commits: Commit[] = [];
  for await (const commit of walkCommits(repo, {
    starts: [plan.head.id],
    exclude: options.root && plan.upstream === null ? [] : exclude,
    order: "topo",
  }))
    if (commit.parents.length < 2) commits.push(commit);
  const theirs = new Set<string>();
  if (plan.upstream && !options.reapply && commits.length > 0) {
    for await (const commit of walkCommits(repo, { starts: [plan.upstream.id], exclude: [plan.head.id] })) {
      const id = await patchId(repo, commit);
      if (id !== null) theirs.add(id);
    }
  }
  const items: TodoItem[] = [];
  let skipped = 0;
  for (const commit of commits.reverse()) {
    const id = theirs.size > 0 ? await patchId(repo, commit) : null;
    if (id !== null && theirs.has(id)) {
      t.err(`warning: skipped previously applied commit ${await abbreviate(repo, commit.id)}\n`);
      skipped += 1;
      continue;
    }
    const empty =
      commit.tree ===
      (commit.parents[0] === undefined ? null : (await readCommit(repo, commit.parents[0]))?.tree);
    if (empty && !options.keepEmpty) continue;
    items.push({
      command: "pick",
      id: commit.id,
      text: subjectOf(commit.message) + (empty ? " # empty" : ""),
    });
  }
  if (skipped > 0 && repo.config.bool("advice.skippedCherryPicks") !== false) {
    t.err(
      'hint: use --reapply-cherry-picks to include skipped commits\nhint: Disable this message with "git config advice.skippedCherryPicks false"\n',
    );
  }
  return items;
}

/** `exec` lines after each commit and what is melded into it. */
function withExec(items: readonly TodoItem[], commands: readonly string[]): TodoItem[] {
  const lines = commands.map((text): TodoItem => ({ command: "exec", id: "", text }));
  return items.flatMap((item, i) => (isFixup(items[i + 1]) ? [item] : [item, ...lines]));
}

/** Picks at the start that are already where they belong need not be made again. */
async function unnecessary(
  repo: WorkTreeRepository,
  items: readonly TodoItem[],
  plan: Plan,
): Promise<{ skipped: TodoItem[]; onto: Commit }> {
  let { onto } = plan;
  const skipped: TodoItem[] = [];
  for (const item of items) {
    if (item.command === "noop" || item.command === "drop") {
      skipped.push(item);
      continue;
    }
    if (item.command !== "pick") break;
    const commit = await readCommit(repo, item.id);
    if (commit?.parents.length !== 1 || commit.parents[0] !== onto.id) break;
    onto = commit;
    skipped.push(item);
  }
  return { skipped, onto };
}

async function checkOutOnto({ call, repo, t }: Place, plan: Plan, onto: Commit): Promise<void> {
  const before = await headCommit(repo);
  const obstacles = await switchTree(
    repo,
    await flatTree(repo, before.commit?.tree ?? null),
    await flatTree(repo, onto.tree),
  );
  if (obstacles) {
    await repo.fs.rm(rebaseDirectory(repo), { recursive: true, force: true });
    stop(`${obstacleText(obstacles, "checkout", "switch branches")}Aborting\nerror: could not detach HEAD\n`);
  }
  await writeOrigHead(repo, plan.head.id);
  await detachHead(
    call,
    repo,
    onto.id,
    `${call.env.get("GIT_REFLOG_ACTION") || "rebase"} (start): checkout ${plan.ontoName}`,
  );
  t.add(await runHook(call, repo, "post-checkout", { args: [before.commit?.id ?? ZERO_ID, onto.id, "1"] }));
}
