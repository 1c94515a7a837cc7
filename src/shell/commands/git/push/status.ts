/** What a push may do with each ref, and the table about it. */
import type { GitRepo } from "just-git";
import { abbreviate, readCommit, readObject, ZERO_ID } from "../lib/objects.ts";
import { newRefText, prettyRef, rangeText, SUMMARY_WIDTH } from "../lib/transport/columns.ts";
import { isAncestorIn } from "../lib/transport/ancestry.ts";
import type { Update } from "./match.ts";

export type Rejection =
  "non-fast-forward" | "already exists" | "fetch first" | "needs force" | "stale info" | "atomic push failed";

export type Status =
  | { readonly kind: "up to date" }
  | { readonly kind: "ready"; readonly forced: boolean }
  | { readonly kind: "done"; readonly forced: boolean }
  | { readonly kind: "rejected"; readonly reason: Rejection }
  | { readonly kind: "refused"; readonly reason: string };

export type Judged = Update & { readonly status: Status };

/** @param expected what a lease says the remote must have; undefined where there is none */
export async function judge(
  repo: GitRepo,
  update: Update,
  force: boolean,
  expected: string | undefined,
): Promise<Status> {
  if (update.newId !== ZERO_ID && update.oldId === update.newId) return { kind: "up to date" };
  let forced = force || update.force;
  let reason: Rejection | null = null;
  if (expected !== undefined) {
    if (update.oldId !== expected) reason = "stale info";
    else forced = true;
  }
  if (reason === null && update.newId !== ZERO_ID && update.oldId !== ZERO_ID)
    reason = await obstacle(repo, update);
  if (reason !== null && !forced) return { kind: "rejected", reason };
  return { kind: "ready", forced: reason !== null };
}

async function obstacle(repo: GitRepo, { name, oldId, newId }: Update): Promise<Rejection | null> {
  if (name.startsWith("refs/tags/")) return "already exists";
  if (!(await readObject(repo, oldId))) return "fetch first";
  if (!(await readCommit(repo, oldId)) || !(await readCommit(repo, newId))) return "needs force";
  return (await isAncestorIn(repo, oldId, newId)) ? null : "non-fast-forward";
}

/** One line of the table, with its newline. */
export async function statusLine(repo: GitRepo, update: Judged, porcelain: boolean): Promise<string> {
  const { flag, summary, from, message } = await describe(repo, update);
  const note = message === null ? "" : ` (${message})`;
  if (porcelain) return `${flag}\t${from ?? ""}:${update.name}\t${summary}${note}\n`;
  const names = from === null ? prettyRef(update.name) : `${prettyRef(from)} -> ${prettyRef(update.name)}`;
  return ` ${flag} ${summary.padEnd(SUMMARY_WIDTH)} ${names}${note}\n`;
}

interface Line {
  readonly flag: string;
  readonly summary: string;
  readonly from: string | null;
  readonly message: string | null;
}

async function describe(repo: GitRepo, update: Judged): Promise<Line> {
  const { status, from } = update;
  const deletes = update.newId === ZERO_ID;
  if (status.kind === "up to date") return { flag: "=", summary: "[up to date]", from, message: null };
  if (status.kind === "rejected") return { flag: "!", summary: "[rejected]", from, message: status.reason };
  if (status.kind === "refused") {
    return { flag: "!", summary: "[remote rejected]", from: deletes ? null : from, message: status.reason };
  }
  if (deletes) return { flag: "-", summary: "[deleted]", from: null, message: null };
  if (update.oldId === ZERO_ID)
    return { flag: "*", summary: newRefText(update.name, "[new reference]"), from, message: null };
  if (!status.forced)
    return {
      flag: " ",
      summary: await rangeText(repo, update.oldId, update.newId, ".."),
      from,
      message: null,
    };
  const summary = `${await abbreviate(repo, update.oldId)}...${await abbreviate(repo, update.newId)}`;
  return { flag: "+", summary, from, message: "forced update" };
}

/** Advice after the table, one block for each kind of rejection, in git's order. */
export function hints(updates: readonly Judged[], currentBranch: string | null): string {
  const has = (reason: Rejection, test: (update: Judged) => boolean = () => true) =>
    updates.some(
      (update) => update.status.kind === "rejected" && update.status.reason === reason && test(update),
    );
  if (has("non-fast-forward", (update) => update.name === currentBranch)) return hint(BEHIND_CURRENT);
  if (has("non-fast-forward")) return hint(BEHIND_OTHER);
  if (has("already exists")) return hint(ALREADY_EXISTS);
  if (has("fetch first")) return hint(FETCH_FIRST);
  if (has("needs force")) return hint(NEEDS_FORCE);
  return "";
}

function hint(text: string): string {
  return text.replace(/^/gm, "hint: ") + "\n";
}

const BEHIND_CURRENT = `Updates were rejected because the tip of your current branch is behind
its remote counterpart. Integrate the remote changes (e.g.
'git pull ...') before pushing again.
See the 'Note about fast-forwards' in 'git push --help' for details.`;

const BEHIND_OTHER = `Updates were rejected because a pushed branch tip is behind its remote
counterpart. Check out this branch and integrate the remote changes
(e.g. 'git pull ...') before pushing again.
See the 'Note about fast-forwards' in 'git push --help' for details.`;

const FETCH_FIRST = `Updates were rejected because the remote contains work that you do
not have locally. This is usually caused by another repository pushing
to the same ref. You may want to first integrate the remote changes
(e.g., 'git pull ...') before pushing again.
See the 'Note about fast-forwards' in 'git push --help' for details.`;

const ALREADY_EXISTS = "Updates were rejected because the tag already exists in the remote.";

const NEEDS_FORCE = `You cannot update a remote ref that points at a non-commit object,
or update a remote ref to make it point at a non-commit object,
without using the '--force' option.`;
