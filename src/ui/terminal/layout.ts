/** From a prompt and a line to the rows of a terminal. Pure; `screen.ts` puts the rows on xterm. */
import { glyphs } from "./cells.ts";

/** A text and its SGR parameters, for instance "1;34"; "" is the plain style. */
export interface Span {
  readonly text: string;
  readonly style: string;
}

/** What is being edited, as shown. */
export interface Line {
  readonly prompt: readonly Span[];
  readonly text: string;
  readonly style: string;
  /** UTF-16 offset into the text. */
  readonly cursor: number;
  /** Stands before each further row of a command of several lines. */
  readonly continuation: string;
}

export interface Row {
  /** Printable text and SGR sequences; ends in the plain style. */
  readonly ink: string;
  /** The row was full and goes on in the next: the terminal wraps by itself. */
  readonly wraps: boolean;
}

export interface Layout {
  readonly rows: readonly Row[];
  /** Zero-based; a column never equals the number of columns. */
  readonly cursor: { readonly row: number; readonly column: number };
}

const TAB = 8;
const RESET = "\u001b[0m";

/** Control characters of the line itself are shown as ^X, as a terminal echoes them. */
function visible(glyph: string): string {
  const code = glyph.codePointAt(0) as number;
  if (code < 0x20 || code === 0x7f) return `^${String.fromCharCode(code ^ 0x40)}`;
  return code >= 0x80 && code < 0xa0 ? "\ufffd" : glyph;
}

/** Marks that reorder text would let a recalled line look different from what runs. One unit for one, so offsets hold. */
function inOrder(text: string): string {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}

/** Where the next glyph goes, and the rows so far. */
class Pen {
  readonly rows: { ink: string; wraps: boolean }[] = [{ ink: "", wraps: false }];
  column: number;
  readonly #columns: number;

  constructor(columns: number, start: number) {
    this.#columns = columns;
    this.column = start;
  }

  get row(): number {
    return this.rows.length - 1;
  }

  /** Where the next glyph of this width goes: at the edge, on the next row. */
  settle(width: number): void {
    if (this.column + width > this.#columns) this.newRow(true);
  }

  put(text: string, width: number): void {
    this.settle(width);
    this.ink(text);
    this.column += width;
  }

  ink(text: string): void {
    (this.rows[this.row] as { ink: string }).ink += text;
  }

  newRow(wraps: boolean): void {
    (this.rows[this.row] as { wraps: boolean }).wraps = wraps;
    this.rows.push({ ink: "", wraps: false });
    this.column = 0;
  }

  tab(): void {
    this.settle(1);
    const width = Math.min(TAB - (this.column % TAB), this.#columns - this.column);
    this.put(" ".repeat(width), width);
  }
}

function write(pen: Pen, glyph: string, width: number): void {
  if (glyph === "\t") return pen.tab();
  if (width > 0) return pen.put(glyph, width);
  for (const char of visible(glyph)) pen.put(char, 1);
}

/** Lays a line out in `columns`, beginning at column `start` of the first row. */
export function layout(line: Line, columns: number, start = 0): Layout {
  const pen = new Pen(columns, Math.min(start, columns - 1));
  for (const span of line.prompt) {
    pen.ink(`\u001b[${span.style}m`);
    for (const glyph of glyphs(inOrder(span.text))) {
      if (glyph.text === "\n") pen.newRow(false);
      else write(pen, glyph.text, glyph.width);
    }
    pen.ink(RESET);
  }
  const style = `\u001b[${line.style}m`;
  pen.ink(style);
  let cursor: Layout["cursor"] | null = null;
  let offset = 0;
  for (const glyph of glyphs(inOrder(line.text))) {
    if (cursor === null && offset + glyph.text.length > line.cursor) {
      pen.settle(Math.max(1, glyph.width));
      cursor = { row: pen.row, column: pen.column };
    }
    offset += glyph.text.length;
    if (glyph.text === "\n") {
      pen.newRow(false);
      pen.put(line.continuation, line.continuation.length);
    } else {
      write(pen, glyph.text, glyph.width);
    }
  }
  if (cursor === null) {
    pen.settle(1);
    cursor = { row: pen.row, column: pen.column };
  }
  pen.ink(RESET);
  return { rows: pen.rows, cursor };
}

/** The rows that fit a screen of `height` rows: all, or a window with the cursor in it. */
export function visibleRows(whole: Layout, height: number): { readonly from: number; readonly to: number } {
  const count = whole.rows.length;
  if (count <= height) return { from: 0, to: count };
  const from = Math.min(Math.max(0, whole.cursor.row - height + 1), count - height);
  return { from, to: from + height };
}
