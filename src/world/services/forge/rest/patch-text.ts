/** Commits as `git format-patch` writes them: the media type `application/vnd.github.patch`. */
import type { Forge } from "../forge.ts";
import type { Commit } from "../git/commit.ts";
import { diffTrees } from "../git/diff.ts";
import { objectsOf } from "../git/objects.ts";
import type { Repository } from "../model.ts";
import { diffText } from "./diff-text.ts";

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

export function patchText(forge: Forge, repository: Repository, commits: readonly Commit[]): string {
  const objects = objectsOf(forge, repository);
  return commits
    .map((commit, i) => {
      const [subject = "", ...rest] = commit.message.split("\n");
      const number = commits.length > 1 ? ` ${i + 1}/${commits.length}` : "";
      const body = rest.join("\n").trim();
      const changes = diffTrees(objects, commit.parents[0] ?? null, commit.id);
      return [
        `From ${commit.id} Mon Sep 17 00:00:00 2001`,
        `From: ${commit.author.name} <${commit.author.email}>`,
        `Date: ${mailDate(commit.author.atMs)}`,
        `Subject: [PATCH${number}] ${subject}`,
        "",
        ...(body === "" ? [] : [body]),
        "---",
        "",
        diffText(changes),
      ].join("\n");
    })
    .join("\n");
}

/** In UTC, wherever the author was. */
function mailDate(atMs: number): string {
  const at = new Date(atMs);
  const clock = at.toISOString().slice(11, 19);
  return `${DAYS[at.getUTCDay()]}, ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()} ${clock} +0000`;
}
