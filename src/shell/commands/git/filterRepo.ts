/**
 * `git filter-repo` (2.47): https://github.com/newren/git-filter-repo
 * Durations are 0.00 seconds: nothing in the world passes while it works.
 */
import type { GitCall, GitCommand } from "./call.ts";
import { flatTree } from "./lib/flatTree.ts";
import { headCommit, writeOrigHead } from "./lib/head.ts";
import { subjectOf } from "./lib/message.ts";
import { abbreviate, peel, readCommit, ZERO_ID } from "./lib/objects.ts";
import { deleteRef, listRefs, readReflog, writeReflog, type Ref } from "./lib/refs.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { run, stop, type Transcript } from "./lib/transcript.ts";
import { forceTree } from "./lib/unpack.ts";
import { analyze } from "./filterRepo/analyze.ts";
import { rewriteOf, type Rewrite } from "./filterRepo/expressions.ts";
import { requireFreshClone } from "./filterRepo/fresh.ts";
import { filterOptions, type FilterOptions } from "./filterRepo/options.ts";
import { rewriteCommits, rewriteTarget, type Rewriting } from "./filterRepo/rewrite.ts";
import { writeGitFile } from "./lib/gitFile.ts";

export const filterRepo: GitCommand = (call) =>
  run(async (t) => {
    const options = filterOptions(call.args);
    const repo = await openRepository(call);
    if (repo.workTree !== null && repo.prefix !== "")
      stop("Aborting: must be run from the toplevel of the repository\n");
    if (options.analyze) return analyze(repo, t);
    const again = await repo.fs.exists(`${repo.gitDir}/filter-repo/already_ran`);
    if (!options.force && !again) await requireFreshClone(call, repo);
    const partial = options.refs !== undefined;
    if (!partial) await prepareOrigin(call, repo, t, options);
    await rewriteEverything(call, repo, t, options, partial);
    return 0;
  });

/** All of history belongs to one place afterwards: remote-tracking branches become branches, and origin goes. */
async function prepareOrigin(
  call: GitCall,
  repo: Repository,
  t: Transcript,
  options: FilterOptions,
): Promise<void> {
  const url = repo.config.get("remote.origin.url");
  if (options.sensitive && options.fetch && url !== undefined) {
    t.out(
      "NOTICE: Fetching all refs from origin to make sure we rewrite\n        all history that may reference the sensitive data, via\n" +
        '      git fetch -q --prune --update-head-ok --refmap "" origin +refs/*:refs/*\n',
    );
    const fetched = t.add(
      await call.git("fetch", [
        "-q",
        "--prune",
        "--update-head-ok",
        "--refmap",
        "",
        "origin",
        "+refs/*:refs/*",
      ]),
    );
    if (fetched.exitCode !== 0) stop("");
  }
  const refs = await listRefs(repo);
  const names = new Set(refs.map((ref) => ref.name));
  for (const ref of refs) {
    if (!ref.name.startsWith("refs/remotes/origin/")) continue;
    const branch = ref.name.replace("refs/remotes/origin/", "refs/heads/");
    if (!ref.name.endsWith("/HEAD") && !names.has(branch))
      await repo.refStore.writeRef(branch, { type: "direct", hash: ref.id });
    await deleteRef(repo, ref.name);
  }
  if (options.sensitive || url === undefined) return;
  if (!options.quiet)
    t.out(
      `NOTICE: Removing 'origin' remote; see 'Why is my origin removed?'\n        in the manual if you want to push back there.\n        (was ${url})\n`,
    );
  await call.git("remote", ["rm", "origin"]);
}

async function rulesFrom(call: GitCall, file: string | undefined): Promise<Rewrite | null> {
  if (file === undefined) return null;
  const path = file.startsWith("/") ? file : `${call.cwd}/${file}`;
  if (!(await call.fs.exists(path))) stop(`Error: could not read ${file}: No such file or directory\n`);
  return rewriteOf(await call.fs.readFile(path));
}

async function rewriteEverything(
  call: GitCall,
  repo: Repository,
  t: Transcript,
  options: FilterOptions,
  partial: boolean,
): Promise<void> {
  const it: Rewriting = {
    repo,
    options,
    text: await rulesFrom(call, options.replaceText),
    message: await rulesFrom(call, options.replaceMessage),
    commits: new Map(),
    pruned: new Set(),
    blobs: new Map(),
    trees: new Map(),
  };
  const all = await listRefs(repo);
  const refs =
    options.refs === undefined
      ? all
      : all.filter((ref) =>
          options.refs?.some(
            (name) =>
              [name, `refs/heads/${name}`, `refs/tags/${name}`].includes(ref.name) || name === "--all",
          ),
        );
  const stash = await readReflog(repo, "refs/stash");
  const tips = (await Promise.all(refs.map((ref) => peel(repo, ref.id, "commit")))).filter(
    (id) => id !== null,
  );
  const detached = await headCommit(repo);
  if (!partial && detached.branch === null && detached.commit) tips.push(detached.commit.id);
  const count = await rewriteCommits(it, [...tips, ...stash.map((entry) => entry.new)]);
  const say = (text: string) => void (options.quiet ? null : t.out(text));
  say(`Parsed ${count} commits\nNew history written in 0.00 seconds; now repacking/cleaning...\n`);
  const moved = await moveRefs(it, refs);
  if (!partial && detached.branch === null && detached.commit)
    await repo.fs.writeFile(
      `${repo.gitDir}/HEAD`,
      `${it.commits.get(detached.commit.id) ?? detached.commit.id}\n`,
    );
  if (stash.length > 0) say("Rewrote the stash.\n");
  const changed = await writeRecords(it, moved);
  if (options.sensitive) {
    const firsts = changed.map((id) => `  ${id}\n`).join("");
    say(
      `You rewrote ${rewritten(it)} (of ${count}) commits.\n\n${firsts ? `NOTE: First Changed Commit(s) is/are:\n${firsts}` : "NOTE: There were no first changed commits\n"}NOTE: LFS object orphaning not checked (LFS not in use)\n\n`,
    );
  }
  say("Repacking your repo and cleaning out old unneeded objects\n");
  await resetWorkTree(repo, say);
  if (!partial) {
    await call.git("reflog", ["expire", "--expire=now", "--all"]);
    await rewriteStash(it, stash);
    await call.git("gc", ["--quiet", "--prune=now"]);
  }
  if (partial) await rewriteStash(it, stash);
  say("Completely finished after 0.00 seconds.\n");
  if (options.sensitive) say(NEXT_STEPS);
}

type Moved = readonly (readonly [ref: Ref, id: string | null])[];

async function moveRefs(it: Rewriting, refs: readonly Ref[]): Promise<Moved> {
  const moved: [Ref, string | null][] = [];
  for (const ref of refs) {
    if (ref.target !== undefined || ref.name === "refs/stash") continue;
    const id = await rewriteTarget(it, ref.id);
    moved.push([ref, id]);
    if (id === null) await deleteRef(it.repo, ref.name);
    else if (id !== ref.id) await it.repo.refStore.writeRef(ref.name, { type: "direct", hash: id });
  }
  return moved;
}

/** Its entries are all that is left of the log, which the expiry has emptied. */
async function rewriteStash(it: Rewriting, stash: Awaited<ReturnType<typeof readReflog>>): Promise<void> {
  if (stash.length === 0) return;
  const map = (id: string) => it.commits.get(id) ?? id;
  const entries = stash.map((entry) => ({
    ...entry,
    old: entry.old === ZERO_ID ? ZERO_ID : map(entry.old),
    new: map(entry.new),
  }));
  await writeReflog(it.repo, "refs/stash", entries);
  const last = entries.at(-1);
  if (last) await it.repo.refStore.writeRef("refs/stash", { type: "direct", hash: last.new });
}

function rewritten(it: Rewriting): number {
  return [...it.commits].filter(([before, after]) => before !== after).length;
}

/** The tool's own records; returns the first changed commits: changed ones whose parents are not. */
async function writeRecords(it: Rewriting, moved: Moved): Promise<string[]> {
  const { repo } = it;
  const left = (id: string) => (it.pruned.has(id) ? ZERO_ID : (it.commits.get(id) ?? ZERO_ID));
  const commits = [...it.commits.keys()].map((id) => `${id} ${left(id)}\n`);
  await writeGitFile(repo, "filter-repo/commit-map", `${"old".padEnd(40)} new\n${commits.join("")}`);
  const refs = moved.map(([ref, id]) => `${ref.id} ${id ?? ZERO_ID} ${ref.name}\n`);
  await writeGitFile(
    repo,
    "filter-repo/ref-map",
    `${"old".padEnd(40)} ${"new".padEnd(40)} ref\n${refs.join("")}`,
  );
  await writeGitFile(
    repo,
    "filter-repo/changed-refs",
    moved
      .filter(([ref, id]) => ref.id !== id)
      .map(([ref]) => `${ref.name}\n`)
      .join(""),
  );
  const first: string[] = [];
  for (const [before, after] of it.commits) {
    if (before === after) continue;
    const parents = (await readCommit(repo, before))?.parents ?? [];
    if (parents.every((parent) => it.commits.get(parent) === parent)) first.push(before);
  }
  await writeGitFile(repo, "filter-repo/first-changed-commits", first.map((id) => `${id}\n`).join(""));
  await writeGitFile(repo, "filter-repo/suboptimal-issues", "No filtering problems encountered.\n");
  await writeGitFile(
    repo,
    "filter-repo/already_ran",
    "This file exists to allow you to filter again without --force,\nand to specify that metadata files should be updated instead\nof rewritten",
  );
  return first;
}

async function resetWorkTree(repo: Repository, say: (text: string) => void): Promise<void> {
  if (repo.workTree === null) return;
  const { commit } = await headCommit(repo);
  await forceTree({ ...repo, workTree: repo.workTree }, await flatTree(repo, commit?.tree ?? null));
  if (!commit) return;
  await writeOrigHead(repo, commit.id);
  say(`HEAD is now at ${await abbreviate(repo, commit.id)} ${subjectOf(commit.message)}\n`);
}

const NEXT_STEPS = `
NEXT STEPS FOR YOUR SENSITIVE DATA REMOVAL:
  * If you are doing your rewrite in multiple steps, ignore these next steps
    until you have completed all your invocations of git-filter-repo.
  * See the "Sensitive Data Removal" subsection of the "DISCUSSION" section
    of the manual for more details about any of the steps below.
  * Inspect this repository and verify that the sensitive data is indeed
    completely removed from all commits.
  * Force push the rewritten history to the server:
      git push --force --mirror origin
  * Contact the server admins for additional steps they need to take; the
    First Changed Commit(s) may come in handy here.
  * Have other colleagues with a clone either discard their clone and reclone
    OR follow the detailed steps in the manual to repeatedly rebase and
    purge the sensitive data from their copy.  Again, the First Changed
    Commit(s) may come in handy.
  * See the "Prevent repeats and avoid future sensitive data spills" section
    of the manual.
`;
