/** The tool rewrites only what looks like a fresh clone, unless it is forced. */
import type { GitCall } from "../call.ts";
import { compareIndexWorktree, compareTreeIndex } from "../lib/compare.ts";
import { readIndex } from "../lib/gitIndex.ts";
import { headCommit } from "../lib/head.ts";
import { looseIds, readPacks } from "../lib/objects.ts";
import { parsePathspec } from "../lib/pathspec.ts";
import { listRefs, readReflog, reflogNames } from "../lib/refs.ts";
import type { Repository, WorkTreeRepository } from "../lib/repository.ts";
import { stop } from "../lib/transcript.ts";
import { findUntracked } from "../lib/untracked.ts";

export async function requireFreshClone(call: GitCall, repo: Repository): Promise<void> {
  const reason = await whyNotFresh(repo);
  if (reason === null) return;
  const url = repo.config.get("remote.origin.url");
  const local = url !== undefined && url.startsWith("/") && (await call.fs.exists(url));
  const note = local
    ? "Note: when cloning local repositories, you need to pass\n      --no-local to git clone to avoid this issue.\n"
    : "";
  stop(
    "Aborting: Refusing to destructively overwrite repo history since\nthis does not look like a fresh clone.\n" +
      `  (${reason})\n${note}Please operate on a fresh clone instead.  If you want to proceed\nanyway, use --force.\n`,
  );
}

async function whyNotFresh(repo: Repository): Promise<string | null> {
  const [packs, loose] = [(await readPacks(repo)).length, (await looseIds(repo)).length];
  if (packs > 1 || (packs === 1 && loose > 0) || loose >= 100) return "expected freshly packed repo";
  const remotes = new Set(
    repo.config.entries
      .map((entry) => /^remote\.(.*)\.[^.]+$/.exec(entry.key)?.[1])
      .filter((name) => name !== undefined),
  );
  if (!((remotes.size === 1 && remotes.has("origin")) || (packs === 0 && remotes.size === 0)))
    return "expected one remote, origin";
  for (const name of await reflogNames(repo)) {
    if ((await readReflog(repo, name)).length > 1)
      return `expected at most one entry in the reflog for ${name}`;
  }
  const refs = new Map((await listRefs(repo)).map((ref) => [ref.name, ref.id]));
  if (refs.has("refs/stash")) return "has stashed changes";
  return repo.workTree === null ? null : changesIn({ ...repo, workTree: repo.workTree }, refs);
}

async function changesIn(
  repo: WorkTreeRepository,
  refs: ReadonlyMap<string, string>,
): Promise<string | null> {
  const index = await readIndex(repo.fs, repo.gitDir);
  const { commit } = await headCommit(repo);
  if ((await compareTreeIndex(repo, commit?.tree ?? null, index)).length > 0)
    return "you have uncommitted changes";
  if ((await compareIndexWorktree(repo, index)).length > 0) return "you have unstaged changes";
  const found = await findUntracked(repo, index, {
    mode: "all",
    paths: parsePathspec([], ""),
    ignores: { isIgnored: async () => false },
  });
  if (found.untracked.length > 0) return "you have untracked changes";
  for (const [name, id] of refs) {
    if (!name.startsWith("refs/heads/")) continue;
    const origin = name.replace("refs/heads/", "refs/remotes/origin/");
    if (!refs.has(origin)) return `${name} exists, but ${origin} not found`;
    if (refs.get(origin) !== id) return `${name} does not match ${origin}`;
  }
  return null;
}
