/** What a push without refspecs pushes: https://git-scm.com/docs/git-config#Documentation/git-config.txt-pushdefault */
import type { Config } from "../lib/config.ts";
import { die } from "../lib/transcript.ts";
import { defaultRemote, type Remote } from "../lib/transport/remotes.ts";

/** Refspecs as text. Stops with git's explanation where nothing can be meant. */
export function defaultRefspecs(config: Config, remote: Remote, branch: string | null): string[] {
  const policy = config.get("push.default") ?? "simple";
  if (policy === "nothing") die('You didn\'t specify any refspecs to push, and push.default is "nothing".');
  if (policy === "matching") return [":"];
  if (branch === null) die(DETACHED(remote.name));
  const short = branch.replace(/^refs\/heads\//, "");
  const sameRemote = defaultRemote(config, { branch, id: null }) === remote.name;
  if (policy === "current" || (policy === "simple" && !sameRemote)) return [`${branch}:${branch}`];
  if (!sameRemote) die(NOT_UPSTREAM(remote.name, short));
  const upstream = config.get(`branch.${short}.merge`);
  const follows = config.get(`branch.${short}.remote`) !== undefined;
  if ((upstream === undefined || !follows) && config.bool("push.autoSetupRemote"))
    return [`${branch}:${branch}`];
  if (upstream === undefined || !follows) die(NO_UPSTREAM(remote.name, short));
  if (policy !== "upstream" && policy !== "tracking" && upstream !== branch)
    die(DIFFERENT_NAME(remote.name, short, upstream));
  return [`${branch}:${upstream}`];
}

/** Whether `push.autoSetupRemote` makes this push set the upstream. */
export function setsUpstreamItself(config: Config, branch: string | null): boolean {
  const short = branch?.replace(/^refs\/heads\//, "") ?? "";
  return (
    branch !== null &&
    (config.bool("push.autoSetupRemote") ?? false) &&
    config.get(`branch.${short}.merge`) === undefined
  );
}

export const NO_DESTINATION = `No configured push destination.
Either specify the URL from the command-line or configure a remote repository using

    git remote add <name> <url>

and then push using the remote name

    git push <name>
`;

const DETACHED = (remote: string) => `You are not currently on a branch.
To push the history leading to the current (detached HEAD)
state now, use

    git push ${remote} HEAD:<name-of-remote-branch>
`;

const NO_UPSTREAM = (remote: string, branch: string) => `The current branch ${branch} has no upstream branch.
To push the current branch and set the remote as upstream, use

    git push --set-upstream ${remote} ${branch}

To have this happen automatically for branches without a tracking
upstream, see 'push.autoSetupRemote' in 'git help config'.
`;

const NOT_UPSTREAM = (
  remote: string,
  branch: string,
) => `You are pushing to remote '${remote}', which is not the upstream of
your current branch '${branch}', without telling me what to push
to update which remote branch.`;

const DIFFERENT_NAME = (
  remote: string,
  branch: string,
  upstream: string,
) => `The upstream branch of your current branch does not match
the name of your current branch.  To push to the upstream branch
on the remote, use

    git push ${remote} HEAD:${upstream.replace(/^refs\/heads\//, "")}

To push to the branch of the same name on the remote, use

    git push ${remote} HEAD

To choose either option permanently, see push.default in 'git help config'.

To avoid automatically configuring an upstream branch when its name
won't match the local branch, see option 'simple' of branch.autoSetupMerge
in 'git help config'.
`;
