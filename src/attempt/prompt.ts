/** The prompt: branch and what git is in the middle of, as most people's shells show it. */
import type { Disk } from "../disk/disk.ts";

export interface Prompt {
  readonly text: string;
  readonly cwd: string;
  readonly branch: string | null;
  readonly user: string;
}

const IN_PROGRESS = [
  ["rebase-merge", "REBASE"],
  ["rebase-apply", "REBASE"],
  ["MERGE_HEAD", "MERGING"],
  ["CHERRY_PICK_HEAD", "CHERRY-PICKING"],
  ["REVERT_HEAD", "REVERTING"],
] as const;

export function promptOf(disk: Disk, cwd: string, home: string, user: string): Prompt {
  const gitDir = gitDirAbove(disk, cwd);
  const branch = gitDir ? branchOf(disk, gitDir) : null;
  const state = gitDir ? (IN_PROGRESS.find(([path]) => disk.exists(`${gitDir}/${path}`))?.[1] ?? null) : null;
  const place = cwd === home ? "~" : cwd.startsWith(`${home}/`) ? `~${cwd.slice(home.length)}` : cwd;
  const where = branch === null ? place : gitDir === `${cwd}/.git` ? branch : `${place} ${branch}`;
  return { text: `${where}${state ? `|${state}` : ""} $ `, cwd, branch, user };
}

function gitDirAbove(disk: Disk, cwd: string): string | null {
  for (let path = cwd; ; path = path.slice(0, path.lastIndexOf("/"))) {
    if (disk.exists(`${path}/.git/HEAD`)) return `${path}/.git`;
    if (path === "") return null;
  }
}

function branchOf(disk: Disk, gitDir: string): string {
  const text = disk.readText(`${gitDir}/HEAD`).trim();
  const rebasing = `${gitDir}/rebase-merge/head-name`;
  if (disk.exists(rebasing))
    return disk
      .readText(rebasing)
      .trim()
      .replace(/^refs\/heads\//, "");
  return text.startsWith("ref: refs/heads/")
    ? text.slice("ref: refs/heads/".length)
    : `(${text.slice(0, 7)})`;
}
