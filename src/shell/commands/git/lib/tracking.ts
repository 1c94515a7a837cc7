/** How a branch stands to the one that it follows: `Your branch is ahead of 'origin/main' by 1 commit.` */
import { resolveRef, shortenRef } from "./refs.ts";
import type { Repository } from "./repository.ts";
import { upstreamName } from "./revision.ts";
import { aheadBehind } from "./walk.ts";

/** Whole lines with git's hints, "" where the branch follows none. @param branch `refs/heads/main` */
export async function trackingText(repo: Repository, branch: string, hints = true): Promise<string> {
  const upstream = upstreamName(repo, branch.replace(/^refs\/heads\//, ""));
  if (upstream === null) return "";
  const short = await shortenRef(repo, upstream, false);
  const [mine, theirs] = [await resolveRef(repo, branch), await resolveRef(repo, upstream)];
  const hint = (text: string) => (hints ? `  (use "${text}\n` : "");
  if (!theirs)
    return `Your branch is based on '${short}', but the upstream is gone.\n${hint('git branch --unset-upstream" to fixup)')}`;
  if (!mine) return "";
  const { ahead, behind } = await aheadBehind(repo, mine.id, theirs.id);
  const commits = (count: number) => `${count} commit${count === 1 ? "" : "s"}`;
  if (ahead === 0 && behind === 0) return `Your branch is up to date with '${short}'.\n`;
  if (behind === 0)
    return `Your branch is ahead of '${short}' by ${commits(ahead)}.\n${hint('git push" to publish your local commits)')}`;
  if (ahead === 0)
    return `Your branch is behind '${short}' by ${commits(behind)}, and can be fast-forwarded.\n${hint('git pull" to update your local branch)')}`;
  return (
    `Your branch and '${short}' have diverged,\nand have ${ahead} and ${behind} different commits each, respectively.\n` +
    hint('git pull" to merge the remote branch into yours)')
  );
}
