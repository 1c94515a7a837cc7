/** A revision as a commit: https://git-scm.com/docs/gitrevisions */
import { readCommit, type Commit } from "./objects.ts";
import type { Repository } from "./repository.ts";
import { resolveCommit as commitId } from "./revision.ts";

/** Null where it names nothing, or something that is no commit. */
export async function resolveCommit(repo: Repository, revision: string): Promise<Commit | null> {
  const id = await commitId(repo, revision);
  return id === null ? null : readCommit(repo, id);
}
