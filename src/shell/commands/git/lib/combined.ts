/** Combined diffs of merges: https://git-scm.com/docs/diff-format#_combined_diff_format */
import type { GitContext } from "just-git";
import { type Change, contentOf, type Side } from "./change.ts";
import { compareTrees } from "./compare.ts";
import type { DiffSettings } from "./diffSettings.ts";
import { diffOutput, refine } from "./diffOutput.ts";
import { changes } from "./hunks.ts";
import { isBinary, splitLines } from "./lines.ts";
import { type Commit, modeText, readCommit } from "./objects.ts";
import { shortId } from "./patch.ts";
import type { Pathspec } from "./pathspec.ts";
import { quotePath, quotePrefixed } from "./quotePath.ts";

/** A file that differs from every parent. */
export interface CombinedFile {
  readonly path: string;
  readonly parents: readonly Side[];
  readonly result: Side;
  /** Id of the result, for the index line. */
  readonly id: string;
}

export interface CombinedOptions {
  /** --cc: only hunks that differ from all parents in more than the choice of one of them. */
  readonly dense: boolean;
  readonly paths: Pathspec;
}

/** Patch, names or raw lines for a merge commit; "" where every file equals some parent. */
export async function combinedDiff(
  repo: GitContext,
  commit: Commit,
  settings: DiffSettings,
  options: CombinedOptions,
): Promise<string> {
  const files = await combinedFiles(repo, commit, options.paths);
  const { formats } = settings;
  let out = "";
  if (formats.has("name-only")) return files.map((file) => `${quotePath(file.path)}\n`).join("");
  if (formats.has("name-status"))
    return files.map((file) => `${statuses(file)}\t${quotePath(file.path)}\n`).join("");
  if (formats.has("raw")) for (const file of files) out += await rawLine(repo, file, settings);
  if (formats.has("stat") || formats.has("numstat") || formats.has("shortstat") || formats.has("summary")) {
    const first = commit.parents[0] === undefined ? null : await readCommit(repo, commit.parents[0]);
    const changesOfFirst = await refine(
      repo,
      await compareTrees(repo, first?.tree ?? null, commit.tree, { paths: options.paths }),
      settings,
    );
    const statFormats = new Set([...formats].filter((format) => format !== "patch" && format !== "raw"));
    out += await diffOutput(repo, changesOfFirst, { ...settings, formats: statFormats });
  }
  if (!formats.has("patch")) return out;
  let patch = "";
  for (const file of files) patch += await combinedPatch(repo, file, settings, options.dense);
  return out !== "" && patch !== "" ? `${out}\n${patch}` : out + patch;
}

function statuses(file: CombinedFile): string {
  return file.parents
    .map((parent) => (parent.mode === 0 ? "A" : file.result.mode === 0 ? "D" : "M"))
    .join("");
}

async function rawLine(repo: GitContext, file: CombinedFile, settings: DiffSettings): Promise<string> {
  const modes = [...file.parents, file.result].map((side) => modeText(side.mode)).join(" ");
  const ids = await Promise.all(
    [...file.parents, file.result].map((side) => shortId(repo, side.id ?? "0".repeat(40), settings)),
  );
  return `${":".repeat(file.parents.length)}${modes} ${ids.join(" ")} ${statuses(file)}\t${quotePath(file.path)}\n`;
}

async function combinedFiles(repo: GitContext, commit: Commit, paths: Pathspec): Promise<CombinedFile[]> {
  const perParent: Map<string, Change>[] = [];
  for (const parent of commit.parents) {
    const before = await readCommit(repo, parent);
    const found = await compareTrees(repo, before?.tree ?? null, commit.tree, { paths });
    perParent.push(new Map(found.map((change) => [change.new.path, change])));
  }
  const [first, ...others] = perParent;
  const files: CombinedFile[] = [];
  for (const [path, change] of first ?? []) {
    const all = [change, ...others.map((changesOfParent) => changesOfParent.get(path))];
    if (all.some((one) => one === undefined)) continue;
    const parents = all.map((one) => (one as Change).old);
    files.push({ path, parents, result: change.new, id: change.new.id ?? "0".repeat(40) });
  }
  return files;
}

/** Lines of the result, what each parent lost before them, and which parents have them. */
interface CombinedLine {
  readonly text: string;
  /** Bit per parent that lacks the line. */
  readonly flag: number;
  /** Lost lines before this one: text and the parents (bits) that had it. */
  readonly lost: LostLine[];
}

interface LostLine {
  readonly text: string;
  parents: number;
}

export async function combinedPatch(
  repo: GitContext,
  file: CombinedFile,
  settings: DiffSettings,
  dense: boolean,
): Promise<string> {
  const contents = await Promise.all(file.parents.map((parent) => contentOf(repo, parent)));
  const result = await contentOf(repo, file.result);
  const head = await header(repo, file, settings, dense);
  if ([result, ...contents].some(isBinary)) return `${head.join("\n")}\nBinary files differ\n`;
  const lines = combine(contents, result);
  const shown = interesting(lines, file.parents.length, dense, settings.context ?? 3);
  const hunks = hunkRanges(shown);
  const modesDiffer = file.parents.some((parent) => parent.mode !== file.result.mode);
  if (hunks.length === 0 && !modesDiffer) return "";
  if (hunks.length === 0) return `${head.join("\n")}\n`;
  const from = file.parents.every((parent) => parent.mode === 0)
    ? "/dev/null"
    : quotePrefixed("a/", file.path);
  const to = file.result.mode === 0 ? "/dev/null" : quotePrefixed("b/", file.path);
  const body = hunks.map((hunk) => hunkText(lines, hunk, file.parents.length, contents)).join("");
  return `${head.join("\n")}\n--- ${from}\n+++ ${to}\n${body}`;
}

async function header(
  repo: GitContext,
  file: CombinedFile,
  settings: DiffSettings,
  dense: boolean,
): Promise<string[]> {
  const out = [`diff --${dense ? "cc" : "combined"} ${quotePath(file.path)}`];
  const ids = await Promise.all(
    file.parents.map((parent) => shortId(repo, parent.id ?? "0".repeat(40), settings)),
  );
  out.push(`index ${ids.join(",")}..${await shortId(repo, file.id, settings)}`);
  const modes = file.parents.map((parent) => modeText(parent.mode)).join(",");
  if (file.result.mode === 0) out.push(`deleted file mode ${modes}`);
  else if (file.parents.every((parent) => parent.mode === 0))
    out.push(`new file mode ${modeText(file.result.mode)}`);
  else if (file.parents.some((parent) => parent.mode !== file.result.mode))
    out.push(`mode ${modes}..${modeText(file.result.mode)}`);
  return out;
}

function combine(parents: readonly string[], result: string): CombinedLine[] {
  const right = splitLines(result);
  const flags = new Array<number>(right.length + 1).fill(0);
  const lost = Array.from({ length: right.length + 1 }, (): LostLine[] => []);
  parents.forEach((parent, n) => {
    const left = splitLines(parent);
    for (const change of changes(left, right)) {
      for (let i = 0; i < change.bCount; i++)
        flags[change.b + i] = (flags[change.b + i] as number) | (1 << n);
      const gone = left.slice(change.a, change.a + change.aCount).map(chomp);
      const at = change.b;
      lost[at] = mergeLost(lost[at] as LostLine[], gone, n);
    }
  });
  return [...right, null].map((line, i) => ({
    text: line === null ? "" : chomp(line),
    flag: flags[i] as number,
    lost: lost[i] as LostLine[],
  }));
}

function chomp(line: string): string {
  return line.endsWith("\n") ? line.slice(0, -1) : line;
}

/** Lines lost by several parents are shown once: the longest common subsequence is shared. */
function mergeLost(known: LostLine[], gone: readonly string[], n: number): LostLine[] {
  if (known.length === 0) return gone.map((text) => ({ text, parents: 1 << n }));
  const table = Array.from({ length: known.length + 1 }, () => new Array<number>(gone.length + 1).fill(0));
  for (let i = 1; i <= known.length; i++) {
    for (let j = 1; j <= gone.length; j++) {
      const row = table[i] as number[];
      const above = table[i - 1] as number[];
      row[j] =
        known[i - 1]?.text === gone[j - 1]
          ? (above[j - 1] as number) + 1
          : Math.max(row[j - 1] as number, above[j] as number);
    }
  }
  const out: LostLine[] = [];
  let [i, j] = [known.length, gone.length];
  while (i > 0 || j > 0) {
    const mine = known[i - 1];
    if (mine && j > 0 && mine.text === gone[j - 1]) {
      out.push({ text: mine.text, parents: mine.parents | (1 << n) });
      i--;
      j--;
    } else if (j > 0 && (i === 0 || (table[i]?.[j - 1] as number) >= (table[i - 1]?.[j] as number)))
      out.push({ text: gone[--j] as string, parents: 1 << n });
    else out.push(known[--i] as LostLine);
  }
  return out.reverse();
}

/** Marks the lines to show: changed against all parents (or any, where not dense), with context. */
function interesting(
  lines: readonly CombinedLine[],
  parents: number,
  dense: boolean,
  context: number,
): boolean[] {
  const all = (1 << parents) - 1;
  const touched = lines.map((line, i) => (i < lines.length - 1 && line.flag !== 0) || line.lost.length > 0);
  const marked = dense ? giveUpBoring(lines, touched, all) : touched;
  const shown = new Array<boolean>(lines.length).fill(false);
  marked.forEach((mark, i) => {
    if (!mark) return;
    const onlyLost = lines[i]?.flag === 0 || i === lines.length - 1;
    const after = onlyLost ? i + context - 1 : i + context;
    for (let k = Math.max(0, i - context); k <= Math.min(lines.length - 1, after); k++) shown[k] = true;
    if (onlyLost) shown[i] = (shown[i] as boolean) || context === 0;
  });
  return shown.map((one, i) => one || (marked[i] as boolean));
}

/** A run of changes that all have the same parents agreeing with the result is one side's choice: not shown by --cc. */
function giveUpBoring(lines: readonly CombinedLine[], touched: readonly boolean[], all: number): boolean[] {
  const out = [...touched];
  for (let i = 0; i < lines.length; i++) {
    if (!touched[i]) continue;
    let end = i;
    while (end < lines.length && touched[end]) end++;
    if (sameParents(lines.slice(i, end), i + (end - i) === lines.length, all))
      for (let k = i; k < end; k++) out[k] = false;
    i = end;
  }
  return out;
}

function sameParents(run: readonly CombinedLine[], atEnd: boolean, all: number): boolean {
  let same: number | null = null;
  for (const [i, line] of run.entries()) {
    const own = atEnd && i === run.length - 1 ? 0 : line.flag;
    const flags = [...(own ? [own] : []), ...line.lost.map((lost) => lost.parents)];
    for (const flag of flags) {
      if (same === null) same = flag;
      else if (same !== flag) return false;
    }
  }
  return same !== all;
}

function hunkRanges(shown: readonly boolean[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (let i = 0; i < shown.length; i++) {
    if (!shown[i]) continue;
    let end = i;
    while (end < shown.length && shown[end]) end++;
    ranges.push([i, end]);
    i = end;
  }
  return ranges;
}

function hunkText(
  lines: readonly CombinedLine[],
  [start, end]: [number, number],
  parents: number,
  contents: readonly string[],
): string {
  const at = "@".repeat(parents + 1);
  const ranges = contents.map((_, n) => parentRange(lines, start, end, n));
  const last = Math.min(end, lines.length - 1);
  const own = rangeText("+", start + 1, last - start);
  const marks = (flags: number, sign: string) =>
    Array.from({ length: parents }, (_, n) => ((flags >> n) & 1 ? sign : " ")).join("");
  let body = "";
  for (const [i, line] of lines.slice(start, end).entries()) {
    for (const lost of line.lost) body += `${marks(lost.parents, "-")}${lost.text}\n`;
    if (start + i < lines.length - 1) body += `${marks(line.flag, "+")}${line.text}\n`;
  }
  const heading = functionLine(lines, start);
  return `${at} ${[...ranges, own].join(" ")} ${at}${heading}\n${body}`;
}

function functionLine(lines: readonly CombinedLine[], start: number): string {
  for (let i = start - 1; i >= 0; i--) {
    const text = (lines[i] as CombinedLine).text;
    if (!/^[A-Za-z_$]/.test(text)) continue;
    // The reference prints up to, and not including, the last visible character.
    const last = text.slice(0, 40).trimEnd().length - 1;
    return last > 0 ? ` ${text.slice(0, last)}` : "";
  }
  return "";
}

function rangeText(sign: string, start: number, count: number): string {
  return `${sign}${start},${count}`;
}

/** Where a hunk lies in one parent. */
function parentRange(lines: readonly CombinedLine[], start: number, end: number, n: number): string {
  const bit = 1 << n;
  const length = (from: number, to: number) => {
    let count = 0;
    for (let i = from; i < to; i++) {
      const line = lines[i] as CombinedLine;
      count += line.lost.filter((lost) => lost.parents & bit).length;
      if (i < lines.length - 1 && !(line.flag & bit)) count++;
    }
    return count;
  };
  return rangeText("-", length(0, start) + 1, length(start, end));
}
