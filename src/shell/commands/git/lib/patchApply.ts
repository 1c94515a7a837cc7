/** A patch of one file as hunks that can be picked, split and applied, forwards or backwards. */

export interface PatchHunk {
  /** Line numbers from 1; 0 where that side is empty. */
  readonly oldStart: number;
  readonly newStart: number;
  /** Each with its mark " ", "-", "+" or "\". */
  readonly lines: readonly string[];
  /** What follows the second @@. */
  readonly heading: string;
}

export interface FilePatch {
  /** Lines before the first hunk, mode changes left out where hunks follow. */
  readonly header: readonly string[];
  /** `old mode …` and `new mode …`, where both are there. */
  readonly modes: readonly string[];
  readonly hunks: readonly PatchHunk[];
  readonly added: boolean;
  readonly deleted: boolean;
  readonly binary: boolean;
}

/** The text of one file's diff. */
export function parsePatch(text: string): FilePatch {
  const lines = text.replace(/\n$/, "").split("\n");
  const first = lines.findIndex((line) => line.startsWith("@@ "));
  const head = first < 0 ? lines : lines.slice(0, first);
  const modes = head.filter((line) => /^(old|new) mode /.test(line));
  return {
    header: head.filter((line) => !modes.includes(line)),
    modes,
    hunks: first < 0 ? [] : parseHunks(lines.slice(first)),
    added: head.some((line) => line.startsWith("new file mode ")),
    deleted: head.some((line) => line.startsWith("deleted file mode ")),
    binary: head.some((line) => line.startsWith("Binary files ")),
  };
}

const HEADER = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@(.*)$/;

function parseHunks(lines: readonly string[]): PatchHunk[] {
  const hunks: { oldStart: number; newStart: number; lines: string[]; heading: string }[] = [];
  for (const line of lines) {
    const match = HEADER.exec(line);
    if (match)
      hunks.push({
        oldStart: Number(match[1]),
        newStart: Number(match[3]),
        lines: [],
        heading: match[5] as string,
      });
    else hunks.at(-1)?.lines.push(line);
  }
  return hunks;
}

export function counts(hunk: Pick<PatchHunk, "lines">): { old: number; new: number } {
  let [before, after] = [0, 0];
  for (const line of hunk.lines) {
    if (line.startsWith("\\")) continue;
    if (!line.startsWith("+")) before += 1;
    if (!line.startsWith("-")) after += 1;
  }
  return { old: before, new: after };
}

export function hunkHeaderLine(hunk: PatchHunk): string {
  const count = counts(hunk);
  const part = (start: number, size: number) => (size === 1 ? `${start}` : `${start},${size}`);
  return `@@ -${part(hunk.oldStart, count.old)} +${part(hunk.newStart, count.new)} @@${hunk.heading}`;
}

export function hunkText(hunk: PatchHunk): string {
  return [hunkHeaderLine(hunk), ...hunk.lines].map((line) => `${line}\n`).join("");
}

/** How many hunks this one can be split into: runs of changes with context between them. */
export function splittable(hunk: PatchHunk): number {
  let runs = 0;
  let before = " ";
  for (const line of hunk.lines) {
    const mark = line.charAt(0);
    if (mark === "\\") continue;
    if (mark !== " " && before === " ") runs += 1;
    before = mark;
  }
  return runs;
}

/** The parts, each with the context on both sides; neighbours share the context between them. */
export function splitHunk(hunk: PatchHunk): PatchHunk[] {
  const runs = contextRuns(hunk.lines);
  const parts: PatchHunk[] = [];
  let [oldLine, newLine] = [hunk.oldStart, hunk.newStart];
  let at = 0;
  for (const [i, run] of runs.entries()) {
    const lines = hunk.lines.slice(at, run.end);
    parts.push({ oldStart: oldLine, newStart: newLine, lines, heading: i === 0 ? hunk.heading : "" });
    const passed = counts({ lines: hunk.lines.slice(at, run.start) });
    oldLine += passed.old;
    newLine += passed.new;
    at = run.start;
  }
  return parts;
}

/** Where each part's trailing context begins and ends. */
function contextRuns(lines: readonly string[]): { start: number; end: number }[] {
  const runs: { start: number; end: number }[] = [];
  let changed = false;
  let start = -1;
  for (const [i, line] of lines.entries()) {
    const context = line.startsWith(" ");
    if (context && changed && start < 0) start = i;
    if (!context && !line.startsWith("\\")) {
      if (start >= 0) runs.push({ start, end: i });
      changed = true;
      start = -1;
    }
  }
  runs.push({ start: start < 0 ? lines.length : start, end: lines.length });
  return runs;
}

interface Edit {
  readonly at: number;
  readonly remove: readonly string[];
  readonly insert: readonly string[];
  /** Only to be checked. */
  readonly context: boolean;
}

/**
 * The content with hunks applied. A line keeps its newline; one that lacks it is marked by "\ No newline" after it.
 * @param reverse take the hunks' new side back to the old one
 * @returns null where a hunk does not fit
 */
export function applyHunks(content: string, hunks: readonly PatchHunk[], reverse = false): string | null {
  const lines = content.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const edits = hunks.flatMap((hunk) => editsOf(hunk, reverse));
  for (const edit of edits)
    for (const [i, line] of edit.remove.entries()) if (lines[edit.at + i] !== line) return null;
  const changes = edits.filter((edit) => !edit.context).sort((a, b) => b.at - a.at);
  for (const edit of changes) lines.splice(edit.at, edit.remove.length, ...edit.insert);
  return lines.join("");
}

interface OpenEdit {
  readonly at: number;
  readonly remove: string[];
  readonly insert: string[];
  readonly context: boolean;
}

function editsOf(hunk: PatchHunk, reverse: boolean): Edit[] {
  const start = reverse ? hunk.newStart : hunk.oldStart;
  const size = reverse ? counts(hunk).new : counts(hunk).old;
  const edits: OpenEdit[] = [];
  let at = size === 0 ? start : start - 1;
  let open: OpenEdit | null = null;
  for (const [i, line] of hunk.lines.entries()) {
    const mark = line.charAt(0);
    if (mark === "\\") continue;
    const text = line.slice(1) + (hunk.lines[i + 1]?.startsWith("\\") ? "" : "\n");
    if (mark === " " || mark === "") {
      edits.push({ at, remove: [text], insert: [text], context: true });
      open = null;
      at += 1;
      continue;
    }
    if (!open) edits.push((open = { at, remove: [], insert: [], context: false }));
    if ((mark === "-") !== reverse) {
      open.remove.push(text);
      at += 1;
    } else open.insert.push(text);
  }
  return edits;
}
