/** Where HEAD stands, and moving it, with the log that git keeps of it. */
import type { GitCall } from "../call.ts";
import { logIdentity } from "./identity.ts";
import { readCommit, type Commit, ZERO_ID } from "./objects.ts";
import { appendReflog, readHead, resolveRef, writeRef, writeSymbolicRef, type LogNote } from "./refs.ts";
import type { Repository } from "./repository.ts";

export interface HeadCommit {
  /** `refs/heads/main`; null where HEAD is detached. */
  readonly branch: string | null;
  /** Null on a branch without commits. */
  readonly commit: Commit | null;
}

export async function headCommit(repo: Repository): Promise<HeadCommit> {
  const { branch, id } = await readHead(repo);
  return { branch, commit: id === null ? null : await readCommit(repo, id) };
}

/** `main`; `HEAD` where detached. */
export function branchName(branch: string | null): string {
  return branch === null ? "HEAD" : branch.replace(/^refs\/heads\//, "");
}

export function logNote(call: GitCall, repo: Repository, message: string): LogNote {
  const create = repo.config.bool("core.logAllRefUpdates") ?? repo.workTree !== null;
  return { person: logIdentity(call, repo.config), message, create };
}

/** Moves HEAD, and with it the branch that it is on. */
export function moveHead(call: GitCall, repo: Repository, id: string, message: string): Promise<void> {
  return writeRef(repo, "HEAD", id, logNote(call, repo, message));
}

/** HEAD points to a commit, and to no branch. */
export async function detachHead(
  call: GitCall,
  repo: Repository,
  id: string,
  message: string,
): Promise<void> {
  const old = (await resolveRef(repo, "HEAD"))?.id ?? ZERO_ID;
  const detached = (await readHead(repo)).branch === null;
  await repo.fs.writeFile(`${repo.gitDir}/HEAD`, `${id}\n`);
  if (!detached || old !== id) await logHead(call, repo, old, id, message);
}

/** HEAD points to a branch. */
export async function attachHead(
  call: GitCall,
  repo: Repository,
  branch: string,
  message: string,
): Promise<void> {
  const old = (await resolveRef(repo, "HEAD"))?.id ?? ZERO_ID;
  await writeSymbolicRef(repo, "HEAD", branch);
  const id = (await resolveRef(repo, branch))?.id;
  if (id !== undefined) await logHead(call, repo, old, id, message);
}

async function logHead(
  call: GitCall,
  repo: Repository,
  old: string,
  id: string,
  message: string,
): Promise<void> {
  const note = logNote(call, repo, message);
  if (note.create) await appendReflog(repo, "HEAD", { old, new: id, person: note.person, message });
}

/** Writes ORIG_HEAD, which has no log. */
export async function writeOrigHead(repo: Repository, id: string): Promise<void> {
  await repo.fs.writeFile(`${repo.gitDir}/ORIG_HEAD`, `${id}\n`);
}
