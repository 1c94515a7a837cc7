/** How refs read on the second line of a commit. */
import type { CommitNode } from "../../worker/protocol.ts";

export interface RefChip {
  readonly kind: "head" | "branch" | "remote" | "tag" | "stash" | "pull" | "away" | "other";
  readonly text: string;
}

const PREFIXES: readonly (readonly [prefix: string, kind: RefChip["kind"]])[] = [
  ["refs/heads/", "branch"],
  ["refs/remotes/", "remote"],
  ["refs/tags/", "tag"],
];

export const PULL = "pull request ";

function chip(ref: string): RefChip {
  const [prefix, kind] = PREFIXES.find(([start]) => ref.startsWith(start)) ?? ["refs/", "other"];
  return { kind, text: ref.startsWith(prefix) ? ref.slice(prefix.length) : ref };
}

export function refChips(commit: CommitNode): readonly RefChip[] {
  const head: RefChip[] = commit.head ? [{ kind: "head", text: "HEAD" }] : [];
  const stash: RefChip[] = commit.stash === null ? [] : [{ kind: "stash", text: `stash@{${commit.stash}}` }];
  const away = (commit.away ?? []).map((text): RefChip => {
    const kind = text.startsWith(PULL) ? "pull" : "away";
    return { kind, text };
  });
  return [...head, ...stash, ...commit.refs.filter((ref) => ref !== "refs/stash").map(chip), ...away];
}
