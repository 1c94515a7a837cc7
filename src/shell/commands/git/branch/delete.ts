/** `git branch -d` and `-D`. */
import { unsetBranchSection } from "./section.ts";
import { abbreviate, peel } from "../lib/objects.ts";
import { deleteRef, readHead, readRef, resolveRef } from "../lib/refs.ts";
import type { Repository } from "../lib/repository.ts";
import { upstreamName } from "../lib/revision.ts";
import { die, type Transcript } from "../lib/transcript.ts";
import { isAncestor } from "../lib/walk.ts";

export interface DeleteOptions {
  readonly force: boolean;
  readonly remotes: boolean;
  readonly quiet: boolean;
}

export async function deleteBranches(
  repo: Repository,
  names: readonly string[],
  options: DeleteOptions,
  t: Transcript,
): Promise<number> {
  if (names.length === 0) die("branch name required");
  const prefix = options.remotes ? "refs/remotes/" : "refs/heads/";
  const head = await readHead(repo);
  if (!options.force && head.id === null) die("Couldn't look up commit object for HEAD");
  let code = 0;
  for (const name of names) {
    const full = prefix + name;
    const ref = await resolveRef(repo, full);
    const raw = await readRef(repo, full);
    if (!options.remotes && full === head.branch) {
      t.err(`error: Cannot delete branch '${name}' checked out at '${repo.workTree ?? repo.gitDir}'\n`);
      code = 1;
    } else if (!raw) {
      t.err(`error: ${options.remotes ? "remote-tracking branch" : "branch"} '${name}' not found.\n`);
      code = 1;
    } else if (ref && !options.remotes && !options.force && !(await merged(repo, name, ref.id, head, t)))
      code = 1;
    else {
      await deleteRef(repo, full);
      if (!options.remotes) await unsetBranchSection(repo, name);
      const was = "target" in raw ? raw.target : await abbreviate(repo, raw.id);
      if (!options.quiet)
        t.out(`Deleted ${options.remotes ? "remote-tracking branch" : "branch"} ${name} (was ${was}).\n`);
    }
  }
  return code;
}

/** Into its upstream where it has one, else into HEAD. */
async function merged(
  repo: Repository,
  name: string,
  id: string,
  head: { branch: string | null; id: string | null },
  t: Transcript,
): Promise<boolean> {
  const upstream = upstreamName(repo, name);
  const theirs = upstream === null ? null : await resolveRef(repo, upstream);
  const target = theirs?.id ?? (head.id as string);
  const commit = (await peel(repo, id, "commit")) ?? id;
  const isMerged = await isAncestor(repo, commit, target);
  if (theirs && upstream !== null && upstream !== head.branch) {
    const inHead = await isAncestor(repo, commit, head.id as string);
    if (isMerged && !inHead) {
      t.err(
        `warning: deleting branch '${name}' that has been merged to\n         '${upstream}', but not yet merged to HEAD.\n`,
      );
    } else if (!isMerged && inHead) {
      t.err(
        `warning: not deleting branch '${name}' that is not yet merged to\n         '${upstream}', even though it is merged to HEAD.\n`,
      );
    }
  }
  if (!isMerged)
    t.err(
      `error: The branch '${name}' is not fully merged.\nIf you are sure you want to delete it, run 'git branch -D ${name}'.\n`,
    );
  return isMerged;
}
