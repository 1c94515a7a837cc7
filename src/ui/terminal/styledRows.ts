/** Splits coloured text into the rows of a screen. For the pager, which moves freely in a text. */
import { glyphs } from "./cells.ts";

export interface StyledSpan {
  readonly text: string;
  /** SGR sequences that are in force; "" is the plain style. */
  readonly style: string;
}

export interface StyledRow {
  /** Index of the line of the text that this row belongs to. */
  readonly line: number;
  /** UTF-16 offset of the row in the line's plain text. */
  readonly offset: number;
  readonly spans: readonly StyledSpan[];
}

export interface StyledText {
  /** The lines without colours. */
  readonly lines: readonly string[];
  readonly rows: readonly StyledRow[];
}

const TAB = 8;
const LONGEST_STYLE = 120;
const CSI = /\u001b\[([\d;:]*)([A-Za-z@])/y;
const RUN = /[^\u0000-\u001f]+/y;

/** One line while its rows grow. */
class Wrapper {
  readonly rows: { line: number; offset: number; spans: StyledSpan[] }[] = [];
  readonly lines: string[] = [];
  readonly #columns: number;
  #style = "";
  #plain = "";
  #column = 0;

  constructor(columns: number) {
    this.#columns = columns;
    this.#newRow();
  }

  sgr(parameters: string): void {
    const sequence = `\u001b[${parameters}m`;
    if (/^0*$/.test(parameters)) this.#style = "";
    // A style that grows without ever being reset says nothing more at some point.
    else if (/^0*;/.test(parameters) || this.#style.length > LONGEST_STYLE) this.#style = sequence;
    else this.#style += sequence;
  }

  text(run: string): void {
    for (const glyph of glyphs(run)) this.#put(glyph.text, Math.max(1, glyph.width));
  }

  tab(): void {
    const width = TAB - (this.#column % TAB);
    for (let i = 0; i < width && this.#column < this.#columns; i++) this.#put(" ", 1);
  }

  endLine(): void {
    this.lines.push(this.#plain);
    this.#plain = "";
    this.#newRow();
  }

  #newRow(): void {
    this.rows.push({ line: this.lines.length, offset: this.#plain.length, spans: [] });
    this.#column = 0;
  }

  #put(text: string, width: number): void {
    if (this.#column + width > this.#columns) this.#newRow();
    const { spans } = this.rows.at(-1) as { spans: StyledSpan[] };
    const last = spans.at(-1);
    if (last?.style === this.#style) spans[spans.length - 1] = { text: last.text + text, style: last.style };
    else spans.push({ text, style: this.#style });
    this.#plain += text;
    this.#column += width;
  }
}

/** `text` is sanitized; of its control characters, colours, tabs and line ends count. */
export function styledRows(text: string, columns: number): StyledText {
  const wrapper = new Wrapper(columns);
  const body = text.endsWith("\n") ? text : `${text}\n`;
  for (let i = 0; i < body.length;) {
    RUN.lastIndex = i;
    CSI.lastIndex = i;
    const run = RUN.exec(body)?.[0];
    const csi = run === undefined ? CSI.exec(body) : null;
    if (run !== undefined) wrapper.text(run);
    else if (csi?.[2] === "m") wrapper.sgr(csi[1] as string);
    else if (body[i] === "\t") wrapper.tab();
    else if (body[i] === "\n") wrapper.endLine();
    i += run?.length ?? csi?.[0].length ?? 1;
  }
  // The last line end opened a row that holds nothing.
  return { lines: wrapper.lines, rows: wrapper.rows.slice(0, -1) };
}
