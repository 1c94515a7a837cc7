/** `git branch NAME [START]`. */
import type { GitCall } from "../call.ts";
import { logNote } from "../lib/head.ts";
import { peel } from "../lib/objects.ts";
import { expandRef, isRefName, readHead, resolveRef, writeRef } from "../lib/refs.ts";
import type { Repository } from "../lib/repository.ts";
import { resolveRevision } from "../lib/revision.ts";
import { die, type Transcript } from "../lib/transcript.ts";
import { setBranchUpstream } from "./section.ts";
import { remoteOf, trackingSentence } from "./upstream.ts";

export interface CreateOptions {
  readonly force: boolean;
  readonly track: "no" | "direct" | "inherit" | null;
  readonly quiet: boolean;
}

export async function createBranch(
  call: GitCall,
  repo: Repository,
  rest: readonly string[],
  options: CreateOptions,
  t: Transcript,
): Promise<number> {
  const [name, start = "HEAD"] = rest as [string, string?];
  if (rest.length > 2)
    die(
      "The -a, and -r, options to 'git branch' do not take a branch name.\nDid you mean to use: -a|-r --list <pattern>?",
    );
  const full = `refs/heads/${name}`;
  checkName(name);
  const old = await resolveRef(repo, full);
  if (old && !options.force) die(`a branch named '${name}' already exists`);
  const head = await readHead(repo);
  if (old && head.branch === full && repo.workTree !== null)
    die(`cannot force update the branch '${name}' checked out at '${repo.workTree}'`);
  const found = await resolveRevision(repo, start);
  if (!found)
    die(
      head.id === null && start === "HEAD"
        ? `not a valid object name: '${unborn(head.branch)}'`
        : `not a valid object name: '${start}'`,
    );
  const id = await peel(repo, found.id, "commit");
  if (id === null) die(`not a valid branch point: '${start}'`);
  const shownStart = rest[1] ?? (head.branch ? unborn(head.branch) : "HEAD");
  const note = logNote(
    call,
    repo,
    old ? `branch: Reset to ${shownStart}` : `branch: Created from ${shownStart}`,
  );
  await writeRef(repo, full, id, note);
  await track(repo, name, start, options, t);
  return 0;
}

function unborn(branch: string | null): string {
  return branch?.replace(/^refs\/heads\//, "") ?? "HEAD";
}

export function checkName(name: string): void {
  if (name.startsWith("-") || name === "HEAD" || !isRefName(`refs/heads/${name}`))
    die(`'${name}' is not a valid branch name`);
}

/** A branch that starts at a remote-tracking branch follows it, unless told otherwise. */
async function track(
  repo: Repository,
  name: string,
  start: string,
  options: CreateOptions,
  t: Transcript,
): Promise<void> {
  const setting = repo.config.get("branch.autoSetupMerge") ?? "true";
  const mode = options.track ?? (setting === "always" ? "direct" : setting === "false" ? "no" : null);
  if (mode === "no") return;
  const from = await expandRef(repo, start);
  const isRemote = from?.name.startsWith("refs/remotes/") ?? false;
  if (!from || (!isRemote && mode === null)) return;
  const remote = remoteOf(repo, from.name);
  if (!remote) {
    if (options.track !== null)
      die(`cannot set up tracking information; starting point '${start}' is not a branch`);
    return;
  }
  await setBranchUpstream(repo, name, remote.remote, remote.merge);
  if (!options.quiet) t.out(trackingSentence(name, from.name));
}
