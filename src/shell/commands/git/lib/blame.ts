/** Which commit last changed each line of a file: https://git-scm.com/docs/git-blame */
import type { GitContext } from "just-git";
import { type Change, contentOf } from "./change.ts";
import { compareTrees } from "./compare.ts";
import { changes } from "./hunks.ts";
import { splitLines, type Whitespace } from "./lines.ts";
import { type Commit, entryAt } from "./objects.ts";
import { findRenames } from "./rename.ts";
import type { CommitReader } from "./walk.ts";

export interface BlamedLine {
  /** Null: the line is not committed. */
  readonly commit: Commit | null;
  readonly path: string;
  /** From 0, in that commit's file. */
  readonly line: number;
  /** The commit and path from which the commit changed the file. */
  readonly previous: { readonly id: string; readonly path: string } | null;
}

/** Lines that one version of a file is suspected of. */
interface Suspect {
  readonly commit: Commit;
  readonly path: string;
  /** Final line number and line number here. */
  lines: { readonly final: number; readonly here: number }[];
}

export interface BlameOptions {
  readonly whitespace: Whitespace;
  /** Commits that are not looked behind. */
  readonly hidden: ReadonlySet<string>;
}

/** @param text the file as it is in `start`; @param lines which of its lines are asked for, by final number */
export async function blame(
  repo: GitContext,
  read: CommitReader,
  start: Commit,
  path: string,
  lines: Suspect["lines"],
  options: BlameOptions,
): Promise<Map<number, BlamedLine>> {
  const found = new Map<number, BlamedLine>();
  const suspects: Suspect[] = [{ commit: start, path, lines }];
  const take = () => {
    let newest = 0;
    for (const [i, one] of suspects.entries())
      if (one.commit.committer.timestamp > (suspects[newest] as Suspect).commit.committer.timestamp)
        newest = i;
    return suspects.splice(newest, 1)[0];
  };
  for (let suspect = take(); suspect; suspect = take()) {
    const { passed, previous } = await passOn(repo, read, suspect, options);
    for (const next of passed) {
      const known = suspects.find((one) => one.commit.id === next.commit.id && one.path === next.path);
      if (known) known.lines.push(...next.lines);
      else suspects.push(next);
    }
    for (const line of suspect.lines)
      found.set(line.final, { commit: suspect.commit, path: suspect.path, line: line.here, previous });
  }
  return found;
}

/** Moves the lines that a parent already had to that parent; what stays in the suspect is its own. */
async function passOn(
  repo: GitContext,
  read: CommitReader,
  suspect: Suspect,
  options: BlameOptions,
): Promise<{ passed: Suspect[]; previous: BlamedLine["previous"] }> {
  const passed: Suspect[] = [];
  let previous: BlamedLine["previous"] = null;
  if (options.hidden.has(suspect.commit.id)) return { passed, previous };
  const origins: { parent: Commit; path: string; id: string }[] = [];
  for (const id of suspect.commit.parents) {
    const parent = await read(id);
    const origin = parent && (await originIn(repo, parent, suspect));
    if (parent && origin) origins.push({ parent, ...origin });
  }
  const own = await entryAt(repo, suspect.commit.tree, suspect.path);
  const same = origins.find((origin) => origin.id === own?.id);
  if (same) {
    const lines = suspect.lines;
    suspect.lines = [];
    return { passed: [{ commit: same.parent, path: same.path, lines }], previous };
  }
  const text = splitLines(await blob(repo, own?.id ?? ""));
  for (const origin of origins) {
    previous ??= { id: origin.parent.id, path: origin.path };
    const before = splitLines(await blob(repo, origin.id));
    const map = unchangedLines(before, text, options.whitespace);
    const lines: Suspect["lines"] = [];
    suspect.lines = suspect.lines.filter((line) => {
      const there = map[line.here];
      if (there === undefined || there < 0) return true;
      lines.push({ final: line.final, here: there });
      return false;
    });
    if (lines.length > 0) passed.push({ commit: origin.parent, path: origin.path, lines });
  }
  return { passed, previous };
}

async function blob(repo: GitContext, id: string): Promise<string> {
  return contentOf(repo, { path: "", mode: 0o100644, id });
}

/** The same path in the parent, or the one that it was renamed from. */
async function originIn(
  repo: GitContext,
  parent: Commit,
  { commit, path }: Suspect,
): Promise<{ path: string; id: string } | null> {
  const entry = await entryAt(repo, parent.tree, path);
  if (entry) return { path, id: entry.id };
  const all = await compareTrees(repo, parent.tree, commit.tree);
  const renamed = (await findRenames(repo, all)).find(
    (change: Change) => change.new.path === path && change.status === "R",
  );
  return renamed?.old.id ? { path: renamed.old.path, id: renamed.old.id } : null;
}

/** For each line of `b` its number in `a`, or -1 where it is new. */
export function unchangedLines(
  a: readonly string[],
  b: readonly string[],
  whitespace: Whitespace,
): Int32Array {
  const map = new Int32Array(b.length).fill(-1);
  let [i, j] = [0, 0];
  for (const change of [...changes(a, b, whitespace), { a: a.length, aCount: 0, b: b.length, bCount: 0 }]) {
    while (j < change.b) map[j++] = i++;
    i = change.a + change.aCount;
    j = change.b + change.bCount;
  }
  return map;
}
