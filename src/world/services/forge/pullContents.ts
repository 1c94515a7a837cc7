/** What a pull request brings: commits and files. */
import type { Forge } from "./forge.ts";
import type { Commit } from "./git/commit.ts";
import { diffTrees, type FileChange } from "./git/diff.ts";
import { log, mergeBase } from "./git/history.ts";
import { objectsOf } from "./git/objects.ts";
import type { Repository } from "./model.ts";
import type { Pull } from "./pull.ts";

/** Oldest first. */
export function pullCommits(forge: Forge, repository: Repository, { head, base }: Pull): Commit[] {
  return log(objectsOf(forge, repository), head.sha, [base.sha]).reverse();
}

/** What it changes since it left the base. */
export function pullFiles(forge: Forge, repository: Repository, { head, base }: Pull): FileChange[] {
  const objects = objectsOf(forge, repository);
  return diffTrees(objects, mergeBase(objects, base.sha, head.sha), head.sha);
}

export interface PullSize {
  readonly commits: number;
  readonly additions: number;
  readonly deletions: number;
  readonly changedFiles: number;
}

export function sizeOf(forge: Forge, repository: Repository, pull: Pull): PullSize {
  const files = pullFiles(forge, repository, pull);
  const sum = (of: "additions" | "deletions") => files.reduce((total, file) => total + file[of], 0);
  return {
    commits: pullCommits(forge, repository, pull).length,
    additions: sum("additions"),
    deletions: sum("deletions"),
    changedFiles: files.length,
  };
}
