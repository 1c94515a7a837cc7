/** Where characters, words and lines of a text begin and end. Offsets are UTF-16 indices on grapheme boundaries. */

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
const IN_WORD = /[\p{L}\p{N}\p{M}]/u;
const SPACE = /\s/u;

/** The offset one grapheme before; 0 at the start. */
export function previous(text: string, at: number): number {
  return at === 0 ? 0 : (segmenter.segment(text).containing(at - 1)?.index ?? 0);
}

/** The offset one grapheme after; the length at the end. */
export function next(text: string, at: number): number {
  const here = segmenter.segment(text).containing(at);
  return here === undefined ? text.length : here.index + here.segment.length;
}

/** The nearest grapheme boundary at or before an offset. */
export function snap(text: string, at: number): number {
  if (at <= 0) return 0;
  return at >= text.length ? text.length : (segmenter.segment(text).containing(at)?.index ?? text.length);
}

function skipBack(text: string, at: number, test: (grapheme: string) => boolean): number {
  let here = at;
  while (here > 0) {
    const before = previous(text, here);
    if (!test(text.slice(before, here))) break;
    here = before;
  }
  return here;
}

function skipForward(text: string, at: number, test: (grapheme: string) => boolean): number {
  let here = at;
  while (here < text.length) {
    const after = next(text, here);
    if (!test(text.slice(here, after))) break;
    here = after;
  }
  return here;
}

const inWord = (grapheme: string) => IN_WORD.test(grapheme);
const outside = (grapheme: string) => !IN_WORD.test(grapheme);
const space = (grapheme: string) => SPACE.test(grapheme);
const notSpace = (grapheme: string) => !SPACE.test(grapheme);

/** Start of the word (letters and digits) before. */
export function wordStart(text: string, at: number): number {
  return skipBack(text, skipBack(text, at, outside), inWord);
}

/** End of the word (letters and digits) after. */
export function wordEnd(text: string, at: number): number {
  return skipForward(text, skipForward(text, at, outside), inWord);
}

/** Start of the run between white space before: what Ctrl-W removes. */
export function blankStart(text: string, at: number): number {
  return skipBack(text, skipBack(text, at, space), notSpace);
}

export function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
}

export function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
}

function column(text: string, at: number): number {
  return [...segmenter.segment(text.slice(lineStart(text, at), at))].length;
}

function atColumn(text: string, start: number, wanted: number): number {
  const end = lineEnd(text, start);
  let here = start;
  for (let i = 0; i < wanted && here < end; i++) here = next(text, here);
  return Math.min(here, end);
}

/** The same column one line up; null on the first line. */
export function above(text: string, at: number): number | null {
  const start = lineStart(text, at);
  return start === 0 ? null : atColumn(text, lineStart(text, start - 1), column(text, at));
}

/** The same column one line down; null on the last line. */
export function below(text: string, at: number): number | null {
  const end = lineEnd(text, at);
  return end === text.length ? null : atColumn(text, end + 1, column(text, at));
}
