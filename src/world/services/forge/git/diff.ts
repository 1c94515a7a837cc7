/** What two trees differ in, as `files` of GitHub's REST API shows it. https://docs.github.com/en/rest/commits/commits#get-a-commit */
import { toUtf8Strict } from "../../../../base/bytes.ts";
import { diffLines, splitLines, type Line } from "./lines.ts";
import type { Objects, TreeEntry, TreeFile } from "./objects.ts";

export interface FileChange {
  readonly path: string;
  readonly status: "added" | "removed" | "modified" | "renamed" | "changed";
  /** Of a renamed file. */
  readonly previousPath: string | null;
  readonly additions: number;
  readonly deletions: number;
  /** Hunks without the file's header; null for binary files, and where nothing but name or mode changed. */
  readonly patch: string | null;
  readonly before: TreeFile | null;
  readonly after: TreeFile | null;
}

const CONTEXT = 3;

interface Pair {
  readonly before: TreeFile | null;
  readonly after: TreeFile | null;
}

/** `before` and `after` are commits or trees; null is the empty tree. Sorted by path. Unchanged content under a new name counts as renamed. */
export function diffTrees(objects: Objects, before: string | null, after: string | null): FileChange[] {
  return withRenames(changedFiles(objects, before, after))
    .map((pair) => fileChange(objects, pair))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** The same without looking at any content, and without renames. Sorted by path. */
export function changedFiles(objects: Objects, before: string | null, after: string | null): Pair[] {
  const tree = (id: string | null) => (id === null ? null : objects.treeOf(id));
  return changesBelow(objects, tree(before), tree(after), "").sort((a, b) =>
    pathOf(a) < pathOf(b) ? -1 : 1,
  );
}

function pathOf({ before, after }: Pair): string {
  return (after ?? before)?.path as string;
}

/** Folders that are the same on both sides are not entered. */
function changesBelow(objects: Objects, before: string | null, after: string | null, prefix: string): Pair[] {
  if (before === after) return [];
  const entries = (id: string | null) =>
    new Map((id === null ? [] : (objects.tree(id) ?? [])).map((entry) => [entry.name, entry]));
  const [old, now] = [entries(before), entries(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const [was, is] = [old.get(name), now.get(name)];
    if (was?.id === is?.id && was?.mode === is?.mode) return [];
    const folder = (entry: TreeEntry | undefined) => (entry?.mode === "40000" ? entry.id : null);
    const file = (entry: TreeEntry | undefined) =>
      entry && entry.mode !== "40000" ? { path: prefix + name, mode: entry.mode, id: entry.id } : null;
    const pair = { before: file(was), after: file(is) };
    return [
      ...(pair.before || pair.after ? [pair] : []),
      ...changesBelow(objects, folder(was), folder(is), `${prefix}${name}/`),
    ];
  });
}

function withRenames(pairs: readonly Pair[]): Pair[] {
  const gone = new Map(pairs.flatMap(({ before, after }) => (before && !after ? [[before.id, before]] : [])));
  const moved = new Set<string>();
  const kept = pairs.map((pair): Pair => {
    const from = pair.before === null && pair.after ? gone.get(pair.after.id) : undefined;
    if (!from) return pair;
    gone.delete(from.id);
    moved.add(from.path);
    return { before: from, after: pair.after };
  });
  return kept.filter(({ before, after }) => after !== null || !moved.has(before?.path ?? ""));
}

function fileChange(objects: Objects, { before, after }: Pair): FileChange {
  const path = (after ?? before)?.path as string;
  const renamed = before !== null && after !== null && before.path !== after.path;
  const [old, now] = [textOf(objects, before), textOf(objects, after)];
  const lines = old === null || now === null ? [] : diffLines(splitLines(old), splitLines(now));
  const count = (sign: Line["sign"]) => lines.filter((line) => line.sign === sign).length;
  const [additions, deletions] = [count("+"), count("-")];
  return {
    path,
    status: !before
      ? "added"
      : !after
        ? "removed"
        : renamed
          ? "renamed"
          : before.id === after.id
            ? "changed"
            : "modified",
    previousPath: renamed ? before.path : null,
    additions,
    deletions,
    patch: additions + deletions === 0 ? null : patchOf(lines),
    before,
    after,
  };
}

/** Null for what is no text, as git decides it: a NUL byte. */
function textOf(objects: Objects, file: TreeFile | null): string | null {
  if (file === null) return "";
  const bytes = objects.blob(file.id);
  return bytes === null || bytes.subarray(0, 8000).includes(0) ? null : toUtf8Strict(bytes);
}

/** Unified hunks: https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html */
export function patchOf(lines: readonly Line[]): string {
  const changed = lines.flatMap(({ sign }, i) => (sign === " " ? [] : [i]));
  const hunks: [from: number, to: number][] = [];
  for (const i of changed) {
    const last = hunks.at(-1);
    if (last && i - CONTEXT <= last[1]) last[1] = i + CONTEXT + 1;
    else hunks.push([Math.max(0, i - CONTEXT), i + CONTEXT + 1]);
  }
  return hunks.map(([from, to]) => hunkText(lines, from, Math.min(to, lines.length))).join("\n");
}

function hunkText(lines: readonly Line[], from: number, to: number): string {
  const count = (part: readonly Line[], without: Line["sign"]) =>
    part.filter(({ sign }) => sign !== without).length;
  const [ahead, within] = [lines.slice(0, from), lines.slice(from, to)];
  const range = (without: Line["sign"]) => {
    const size = count(within, without);
    const start = count(ahead, without) + (size === 0 ? 0 : 1);
    return size === 1 ? `${start}` : `${start},${size}`;
  };
  const body = within.map(({ sign, text }) =>
    text.endsWith("\n") ? `${sign}${text.slice(0, -1)}` : `${sign}${text}\n\\ No newline at end of file`,
  );
  return [`@@ -${range("+")} +${range("-")} @@`, ...body].join("\n");
}
