/** Search in what the terminal shows and has scrolled out. Pure; the rows come from xterm's buffer. */

export interface BufferRow {
  /** Text and first column of each cell, without the second halves of wide characters. */
  readonly cells: readonly { readonly text: string; readonly column: number; readonly width: number }[];
  /** The row goes on with the text of the row before. */
  readonly isWrapped: boolean;
}

/** A match: where it begins, and how many cells it covers (rows count in full). */
export interface Match {
  readonly row: number;
  readonly column: number;
  readonly length: number;
}

interface Place {
  readonly row: number;
  readonly column: number;
  readonly width: number;
}

/** All matches of a text, upper and lower case alike, also across rows that were wrapped. `columns`: width of a row. */
export function findMatches(rows: readonly BufferRow[], columns: number, query: string): Match[] {
  if (query === "") return [];
  const wanted = query.toLowerCase();
  const matches: Match[] = [];
  for (let first = 0; first < rows.length;) {
    let last = first + 1;
    while (rows[last]?.isWrapped === true) last++;
    matches.push(...inLine(rows.slice(first, last), first, columns, wanted));
    first = last;
  }
  return matches;
}

function inLine(rows: readonly BufferRow[], first: number, columns: number, wanted: string): Match[] {
  const places: Place[] = [];
  let text = "";
  rows.forEach((row, i) => {
    for (const cell of row.cells) {
      // Lower case may be longer than the text; every unit of it keeps its place.
      const lower = cell.text.toLowerCase();
      text += lower;
      for (let unit = 0; unit < lower.length; unit++)
        places.push({ row: first + i, column: cell.column, width: cell.width });
    }
  });
  const matches: Match[] = [];
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) {
    const from = places[at] as Place;
    const to = places[at + wanted.length - 1] as Place;
    const length = (to.row - from.row) * columns + to.column + to.width - from.column;
    matches.push({ row: from.row, column: from.column, length });
  }
  return matches;
}
