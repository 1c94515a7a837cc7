/** The table that fetch and push print, one line per ref. */
import type { GitRepo } from "just-git";
import { abbreviate } from "../objects.ts";

/** Room for `abc1234...def5678`. */
export const SUMMARY_WIDTH = 17;

export async function rangeText(
  repo: GitRepo,
  oldId: string,
  newId: string,
  dots: ".." | "...",
): Promise<string> {
  return `${await abbreviate(repo, oldId)}${dots}${await abbreviate(repo, newId)}`;
}

/** `refs/heads/main` → `main`, other refs without `refs/` only where they are tags or remote-tracking. */
export function prettyRef(name: string): string {
  return name.replace(/^refs\/(heads|tags|remotes)\//, "");
}

export function newRefText(name: string, other: string): string {
  if (name.startsWith("refs/tags/")) return "[new tag]";
  return name.startsWith("refs/heads/") ? "[new branch]" : other;
}
