/** What a branch follows: `--set-upstream-to`, `--unset-upstream`, `--track`. */
import { expandRef, readHead, resolveRef } from "../lib/refs.ts";
import type { Repository } from "../lib/repository.ts";
import { previousBranchName, upstreamName } from "../lib/revision.ts";
import { die, stop, type Transcript } from "../lib/transcript.ts";
import { setBranchUpstream, unsetBranchUpstream } from "./section.ts";

async function namedBranch(repo: Repository, rest: readonly string[], doing: string): Promise<string> {
  if (rest.length > 1) die(`too many arguments to ${doing}`);
  if (rest[0] !== undefined) return rest[0] === "-" ? ((await previousBranchName(repo, 1)) ?? "-") : rest[0];
  const { branch } = await readHead(repo);
  const action =
    doing === "set new upstream"
      ? `could not set upstream of HEAD to UPSTREAM when it does not point to any branch.`
      : "could not unset upstream of HEAD when it does not point to any branch.";
  return branch?.replace(/^refs\/heads\//, "") ?? die(action);
}

export async function setUpstream(
  repo: Repository,
  target: string,
  rest: readonly string[],
  t: Transcript,
): Promise<number> {
  const { branch } = await readHead(repo);
  if (rest.length === 0 && branch === null)
    die(`could not set upstream of HEAD to ${target} when it does not point to any branch.`);
  const name = await namedBranch(repo, rest, "set new upstream");
  const exists = (await resolveRef(repo, `refs/heads/${name}`)) !== null;
  if (!exists)
    die(
      branch === `refs/heads/${name}`
        ? `no commit on branch '${name}' yet`
        : `branch '${name}' does not exist`,
    );
  const found = await expandRef(repo, target);
  if (!found) return stop(missingUpstream(target), 128);
  const remote = remoteOf(repo, found.name);
  if (!remote) die(`cannot set up tracking information; starting point '${target}' is not a branch`);
  if (found.name === `refs/heads/${name}`) {
    t.err(`warning: not setting branch '${name}' as its own upstream\n`);
    return 0;
  }
  await setBranchUpstream(repo, name, remote.remote, remote.merge);
  t.out(trackingSentence(name, found.name));
  return 0;
}

function missingUpstream(target: string): string {
  return (
    `fatal: the requested upstream branch '${target}' does not exist\n` +
    "hint: \n" +
    "hint: If you are planning on basing your work on an upstream\n" +
    "hint: branch that already exists at the remote, you may need to\n" +
    'hint: run "git fetch" to retrieve it.\n' +
    "hint: \n" +
    "hint: If you are planning to push out a new local branch that\n" +
    "hint: will track its remote counterpart, you may want to use\n" +
    'hint: "git push -u" to set the upstream config as you push.\n' +
    'hint: Disable this message with "git config advice.setUpstreamFailure false"\n'
  );
}

export function trackingSentence(name: string, upstream: string): string {
  const short = upstream.replace(/^refs\/(heads|remotes)\//, "");
  return `branch '${name}' set up to track '${short}'.\n`;
}

/** Remote and branch behind a remote-tracking or local branch. */
export function remoteOf(
  repo: Repository,
  full: string,
): { readonly remote: string; readonly merge: string } | null {
  if (full.startsWith("refs/heads/")) return { remote: ".", merge: full };
  for (const { key } of repo.config.entries) {
    const remote = /^remote\.(.+)\.fetch$/.exec(key)?.[1];
    if (remote === undefined) continue;
    for (const spec of repo.config.all(key)) {
      const [from = "", to = ""] = spec.replace(/^\+/, "").split(":");
      if (to === full) return { remote, merge: from };
      if (to.endsWith("*") && full.startsWith(to.slice(0, -1)))
        return { remote, merge: from.slice(0, -1) + full.slice(to.length - 1) };
    }
  }
  return null;
}

export async function unsetUpstream(repo: Repository, rest: readonly string[]): Promise<number> {
  const name = await namedBranch(repo, rest, "unset upstream");
  if (upstreamName(repo, name) === null) die(`Branch '${name}' has no upstream information`);
  await unsetBranchUpstream(repo, name);
  return 0;
}
