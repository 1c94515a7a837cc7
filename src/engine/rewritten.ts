/** A text made from another one, with a way back: which place of the original a place of the new text came from. */

export interface Rewritten {
  readonly text: string;
  /** Where pieces of the original begin in `text`. */
  readonly starts: readonly number[];
  /** The offset in the original; exact for copied text, the beginning of the region for decoded text. */
  origin(offset: number): number;
}

/** One stretch of the new text: `scale` characters of the original for each character. */
export interface Piece {
  readonly start: number;
  readonly at: number;
  readonly scale: number;
}

export function rewritten(text: string, pieces: readonly Piece[]): Rewritten {
  return { text, starts: pieces.map(({ start }) => start), origin: (offset) => originIn(pieces, offset) };
}

function originIn(pieces: readonly Piece[], offset: number): number {
  let low = 0;
  let high = pieces.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((pieces[middle] as Piece).start <= offset) low = middle;
    else high = middle;
  }
  const piece = pieces[low];
  return piece ? piece.at + Math.floor(Math.max(0, offset - piece.start) * piece.scale) : 0;
}

/** A window of a text, end exclusive. */
export type Window = readonly [start: number, end: number];

/** Replaces every match within some windows of a text; windows are separated by line feeds in the result. */
export function rewrite(
  text: string,
  regex: RegExp,
  replace: (match: RegExpExecArray) => string,
  windows: readonly Window[] = [[0, text.length]],
): Rewritten {
  const parts: string[] = [];
  const pieces: Piece[] = [];
  let length = 0;
  const put = (part: string, at: number) => {
    if (part === "") return;
    pieces.push({ start: length, at, scale: 1 });
    parts.push(part);
    length += part.length;
  };
  for (const [start, end] of windows) {
    if (length > 0) put("\n", start);
    let from = start;
    regex.lastIndex = start;
    for (let match = regex.exec(text); match && match.index < end; match = regex.exec(text)) {
      put(text.slice(from, match.index), from);
      put(replace(match), match.index);
      from = match.index + match[0].length;
    }
    put(text.slice(from, end), from);
  }
  return rewritten(parts.join(""), pieces);
}

/** The stretches of a text within `reach` characters of a match. */
export function windowsAround(text: string, regex: RegExp, reach: number): Window[] {
  const windows: [number, number][] = [];
  let last: [number, number] | undefined;
  regex.lastIndex = 0;
  for (let match = regex.exec(text); match; match = regex.exec(text)) {
    const end = Math.min(text.length, regex.lastIndex + reach);
    if (last && match.index - reach <= last[1]) last[1] = end;
    else windows.push((last = [Math.max(0, match.index - reach), end]));
  }
  return windows;
}
