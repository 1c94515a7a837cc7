/** Tab: what the candidates do to the line, and how they are listed. */
import type { Completion } from "../../worker/protocol.ts";
import { snap } from "./boundaries.ts";
import { textWidth } from "./cells.ts";
import { replaceBefore, type LineEditor } from "./lineEditor.ts";

/** The longest text that every candidate starts with, cut at a grapheme. */
export function commonPrefix(candidates: readonly string[]): string {
  const [first = "", ...rest] = candidates;
  let length = first.length;
  for (const other of rest) {
    let same = 0;
    while (same < length && first[same] === other[same]) same++;
    length = same;
  }
  return first.slice(0, snap(first, length));
}

export interface Completed {
  readonly editor: LineEditor;
  /** Candidates to list below the line; empty for none. */
  readonly listed: readonly string[];
  readonly bell: boolean;
}

/** A candidate that ends in one of these is a beginning: no space follows it. */
const OPEN_ENDED = /[/=:@,\s]$/;

/** One candidate completes; several extend to what they share, and are listed when Tab was pressed again. */
export function complete(editor: LineEditor, completion: Completion, list: boolean): Completed {
  const { start, candidates } = completion;
  const last = { last: "completed" } as const;
  const only = candidates.length === 1 ? candidates[0] : undefined;
  if (only !== undefined) {
    const spaced = OPEN_ENDED.test(only) || editor.text[editor.cursor] === " " ? only : `${only} `;
    return { editor: replaceBefore(editor, start, spaced), listed: [], bell: false };
  }
  const common = commonPrefix(candidates);
  const typed = editor.text.slice(start, editor.cursor);
  if (common.length > typed.length) {
    return { editor: { ...replaceBefore(editor, start, common), ...last }, listed: [], bell: false };
  }
  const listed = list ? candidates : [];
  return { editor: { ...editor, ...last }, listed, bell: listed.length === 0 };
}

/** The last part of a path, with its slash if it is a directory. */
function shortName(candidate: string): string {
  return candidate.slice(candidate.lastIndexOf("/", candidate.length - 2) + 1);
}

/** Rows of a listing in columns, filled downwards as bash does, two spaces apart. */
export function listing(candidates: readonly string[], columns: number): string[] {
  const names = candidates.map(shortName);
  const width = Math.max(0, ...names.map(textWidth)) + 2;
  const perRow = Math.max(1, Math.floor(columns / width));
  const height = Math.ceil(names.length / perRow);
  return Array.from({ length: height }, (_, row) =>
    names
      .filter((_name, i) => i % height === row)
      .map((name) => name + " ".repeat(width - textWidth(name)))
      .join("")
      .trimEnd(),
  );
}
