/** Which files of a working tree git leaves alone: untracked, and named by an exclude file. */
import git from "isomorphic-git";
import type { Disk } from "../disk/disk.ts";
import { diskClient } from "./diskClient.ts";
import type { Repository } from "./repository.ts";

/** Paths are relative to the working tree. What lies in a nested `.git` is never ignored: git does not show it at all. */
export type Ignores = (path: string) => Promise<boolean>;

export function ignoresOf(disk: Disk, work: string, repository: Repository | null): Ignores {
  if (!repository) return async () => false;
  const tracked = new Set(repository.index().map((entry) => entry.path));
  const fs = diskClient(disk);
  return async (path) => {
    if (path === "" || tracked.has(path) || path.split("/").includes(".git")) return false;
    try {
      return await git.isIgnored({ fs, dir: work, gitdir: repository.gitDir, filepath: path });
    } catch {
      return false;
    }
  };
}
