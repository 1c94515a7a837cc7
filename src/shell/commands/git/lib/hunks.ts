/** The hunks of a unified diff: https://git-scm.com/docs/git-diff#generate_patch_text_with_p */
import { lineKey, splitLines, type Whitespace } from "./lines.ts";
import { markLines } from "./myers.ts";

/** A run of removed and added lines; line numbers count from 0. */
export interface Change {
  readonly a: number;
  readonly aCount: number;
  readonly b: number;
  readonly bCount: number;
}

export interface HunkOptions {
  /** Lines of context; 3 unless told. */
  readonly context?: number;
  /** Lines between hunks below which they are shown as one. */
  readonly interHunk?: number;
  readonly whitespace?: Whitespace;
  readonly ignoreBlankLines?: boolean;
  /** Show whole functions around changes (-W) is not offered; the function name after @@ is. */
}

export interface Hunk {
  /** From 0; the header counts from 1. */
  readonly aStart: number;
  readonly aCount: number;
  readonly bStart: number;
  readonly bCount: number;
  /** The nearest line above that looks like the start of a function. */
  readonly heading: string;
  /** Lines with their mark " ", "-", "+" and without the newline; "\ No newline at end of file" stands alone. */
  readonly lines: readonly string[];
}

export const NO_NEWLINE = "\\ No newline at end of file";

export function changes(
  a: readonly string[],
  b: readonly string[],
  whitespace: Whitespace = "exact",
): Change[] {
  const marks = markLines(a, b, lineKey(whitespace));
  const found: Change[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const [fromA, fromB] = [i, j];
    while (marks.a[i]) i++;
    while (marks.b[j]) j++;
    if (i > fromA || j > fromB) found.push({ a: fromA, aCount: i - fromA, b: fromB, bCount: j - fromB });
    else {
      i++;
      j++;
    }
  }
  return found;
}

/** The hunks between two byte strings. */
export function hunks(a: string, b: string, options: HunkOptions = {}): Hunk[] {
  const left = splitLines(a);
  const right = splitLines(b);
  const context = options.context ?? 3;
  let all = changes(left, right, options.whitespace);
  if (options.ignoreBlankLines) all = all.filter((change) => !onlyBlanks(left, right, change));
  const gap = 2 * context + (options.interHunk ?? 0);
  let heading = "";
  let searched = -1;
  return groups(all, gap).map((group) => {
    const hunk = range(group, left.length, right.length, context);
    heading = headingAbove(left, hunk.aStart - 1, searched) ?? heading;
    searched = hunk.aStart - 1;
    return { ...hunk, heading, lines: body(left, right, group, hunk) };
  });
}

function onlyBlanks(left: readonly string[], right: readonly string[], change: Change): boolean {
  const lines = [
    ...left.slice(change.a, change.a + change.aCount),
    ...right.slice(change.b, change.b + change.bCount),
  ];
  return lines.every((line) => line === "\n" || line === "");
}

function groups(all: readonly Change[], gap: number): Change[][] {
  const out: Change[][] = [];
  for (const change of all) {
    const last = out.at(-1)?.at(-1);
    if (last && change.a - (last.a + last.aCount) <= gap) out.at(-1)?.push(change);
    else out.push([change]);
  }
  return out;
}

function range(group: readonly Change[], aLength: number, bLength: number, context: number) {
  const first = group[0] as Change;
  const last = group.at(-1) as Change;
  const before = Math.min(context, first.a, first.b);
  const aLast = last.a + last.aCount;
  const bLast = last.b + last.bCount;
  const after = Math.min(context, aLength - aLast, bLength - bLast);
  const aStart = first.a - before;
  const bStart = first.b - before;
  return { aStart, bStart, aCount: aLast + after - aStart, bCount: bLast + after - bStart };
}

/** A line that begins with a letter, "_" or "$", cut at 80 bytes. */
function headingAbove(lines: readonly string[], start: number, limit: number): string | null {
  for (let i = start; i > limit && i >= 0; i--) {
    const line = lines[i] as string;
    if (/^[A-Za-z_$]/.test(line)) return line.slice(0, 80).replace(/[ \t\n\v\f\r]+$/, "");
  }
  return null;
}

function body(
  left: readonly string[],
  right: readonly string[],
  group: readonly Change[],
  hunk: { aStart: number; aCount: number; bStart: number; bCount: number },
): string[] {
  const out: string[] = [];
  let b = hunk.bStart;
  for (const change of group) {
    while (b < change.b) show(out, " ", right[b++] as string);
    for (let i = 0; i < change.aCount; i++) show(out, "-", left[change.a + i] as string);
    for (let i = 0; i < change.bCount; i++) show(out, "+", right[b++] as string);
  }
  while (b < hunk.bStart + hunk.bCount) show(out, " ", right[b++] as string);
  return out;
}

function show(out: string[], mark: string, line: string): void {
  if (line.endsWith("\n")) out.push(mark + line.slice(0, -1));
  else out.push(mark + line, NO_NEWLINE);
}

/** `@@ -1,3 +1,4 @@ heading` */
export function hunkHeader(hunk: Hunk): string {
  const part = (start: number, count: number) => {
    const at = count === 0 ? start : start + 1;
    return count === 1 ? `${at}` : `${at},${count}`;
  };
  const heading = hunk.heading ? ` ${hunk.heading}` : "";
  return `@@ -${part(hunk.aStart, hunk.aCount)} +${part(hunk.bStart, hunk.bCount)} @@${heading}`;
}

/** Numbers of added and removed lines. */
export function countLines(
  a: string,
  b: string,
  options: HunkOptions = {},
): { added: number; removed: number } {
  const left = splitLines(a);
  const right = splitLines(b);
  let added = 0;
  let removed = 0;
  for (const change of changes(left, right, options.whitespace)) {
    if (options.ignoreBlankLines && onlyBlanks(left, right, change)) continue;
    added += change.bCount;
    removed += change.aCount;
  }
  return { added, removed };
}
