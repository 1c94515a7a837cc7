/** Protected branches: https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches */
import type { Repository } from "../model.ts";

export interface RefChange {
  /** `refs/heads/main`. */
  readonly ref: string;
  readonly deletes: boolean;
  /** The old commit is not an ancestor of the new one. */
  readonly rewrites: boolean;
}

/** What the forge says about a change that a protected branch does not take; null where it does. */
export function protectionReport(repository: Repository, change: RefChange): string | null {
  const branch = change.ref.replace(/^refs\/heads\//, "");
  if (
    repository.beingMade ||
    !change.ref.startsWith("refs/heads/") ||
    !repository.protectedBranches.includes(branch)
  )
    return null;
  const reason = change.deletes
    ? "Cannot delete this protected branch"
    : change.rewrites
      ? "Cannot force-push to this protected branch"
      : null;
  return reason && `error: GH006: Protected branch update failed for ${change.ref}.\nerror: ${reason}\n`;
}
