/** Entries of the stash: the log of `refs/stash`, newest first. */
import type { GitCall } from "../call.ts";
import { logNote } from "./head.ts";
import { readCommit, ZERO_ID, type Commit } from "./objects.ts";
import { appendReflog, deleteRef, readReflog, resolveRef, writeReflog } from "./refs.ts";
import type { Repository } from "./repository.ts";
import { resolveCommit } from "./resolve.ts";
import { stop } from "./transcript.ts";

export interface StashEntry {
  /** As messages name it: `refs/stash@{0}`, or what was typed. */
  readonly name: string;
  /** Place in the log; null for a commit that is no entry. */
  readonly at: number | null;
  readonly commit: Commit;
  readonly base: Commit;
  readonly index: Commit;
  readonly untracked: Commit | null;
}

const LOG = "refs/stash";

export async function stashEntries(repo: Repository): Promise<{ id: string; message: string }[]> {
  return (await readReflog(repo, LOG)).map((entry) => ({ id: entry.new, message: entry.message })).reverse();
}

/** Finds an entry by `n`, `stash@{n}` or commit; stops with git's message. */
export async function stashEntry(repo: Repository, asked: string | undefined): Promise<StashEntry> {
  const entries = await stashEntries(repo);
  if (asked === undefined && !(await resolveRef(repo, LOG))) stop("No stash entries found.\n");
  const name = asked === undefined ? `${LOG}@{0}` : /^\d+$/.test(asked) ? `${LOG}@{${asked}}` : asked;
  const place = /^(?:refs\/)?stash(?:@\{(\d+)\})?$/.exec(name);
  const at = place ? Number(place[1] ?? 0) : null;
  if (at !== null && !entries[at] && entries.length > 0)
    stop(`fatal: log for '${name.replace(/@\{\d+\}$/, "")}' only has ${entries.length} entries\n`, 128);
  const id = at === null ? null : (entries[at]?.id ?? null);
  const commit = id === null ? (place ? null : await resolveCommit(repo, name)) : await readCommit(repo, id);
  if (!commit) stop(`error: ${name} is not a valid reference\n`);
  const parents = await Promise.all(commit.parents.map((parent) => readCommit(repo, parent)));
  const [base, index, untracked] = parents;
  if (!base || !index) stop(`fatal: '${name}' is not a stash-like commit\n`, 128);
  return { name, at, commit, base, index, untracked: untracked ?? null };
}

export async function pushStash(call: GitCall, repo: Repository, id: string, message: string): Promise<void> {
  const old = (await resolveRef(repo, LOG))?.id ?? ZERO_ID;
  await repo.refStore.writeRef(LOG, { type: "direct", hash: id });
  await appendReflog(repo, LOG, { old, new: id, person: logNote(call, repo, message).person, message });
}

/** Takes an entry out of the log; the newest that is left becomes the reference. */
export async function dropStash(repo: Repository, at: number): Promise<void> {
  const entries = await readReflog(repo, LOG);
  entries.splice(entries.length - 1 - at, 1);
  const last = entries.at(-1);
  if (!last) return deleteRef(repo, LOG);
  const linked = entries.map((entry, i) => ({
    ...entry,
    old: i === 0 ? ZERO_ID : (entries[i - 1]?.new ?? ZERO_ID),
  }));
  await writeReflog(repo, LOG, linked);
  await repo.refStore.writeRef(LOG, { type: "direct", hash: last.new });
}

export function clearStash(repo: Repository): Promise<void> {
  return deleteRef(repo, LOG);
}
