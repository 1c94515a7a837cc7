/**
 * The prompt and its line on an xterm. Knows where the line begins on the screen and redraws it as a whole; xterm
 * paints once per frame, so nothing flickers.
 */
import type { Terminal } from "@xterm/xterm";
import { layout, visibleRows, type Layout, type Line } from "./layout.ts";

/** What of xterm is used here. */
export type Surface = Pick<Terminal, "write" | "resize" | "rows" | "cols" | "buffer">;

const up = (count: number) => (count > 0 ? `\u001b[${count}A` : "");
const right = (count: number) => (count > 0 ? `\u001b[${count}C` : "");
const ERASE_BELOW = "\u001b[J";
const SGR = /\u001b\[[\d;]*m/g;

/** Rows of a layout as terminal text. Where a row wraps the terminal goes on by itself, so that copying joins the rows. */
function ink(whole: Layout, from: number, to: number): string {
  let out = "";
  for (let i = from; i < to; i++) {
    const row = whole.rows[i] as Layout["rows"][number];
    out += row.ink;
    if (i + 1 === to) break;
    // A space makes the terminal wrap when only the cursor goes to the next row.
    const nextIsEmpty = row.wraps && (whole.rows[i + 1]?.ink ?? "").replace(SGR, "") === "";
    out += !row.wraps ? "\r\n" : nextIsEmpty ? " \r\u001b[K" : "";
  }
  return out;
}

export class Screen {
  readonly #surface: Surface;
  /** Column at which the line begins; the terminal's own cursor when output did not end with a line end. */
  #start = 0;
  /** Row of the cursor below the first row of what is drawn; null while no line is shown. */
  #cursorRow: number | null = null;
  /** Rows of the drawn line that lie above the screen. */
  #hidden = 0;
  #resizing = false;
  #pending: (() => void)[] = [];

  constructor(surface: Surface) {
    this.#surface = surface;
  }

  /** Sends safe text, in order with everything else. */
  write(text: string, then?: () => void): void {
    this.#inOrder(() => this.#surface.write(text, then));
  }

  /** Takes the place at which the next line begins, once everything before is on the screen. */
  begin(then: () => void): void {
    this.write("", () => {
      this.#start = this.#surface.buffer.active.cursorX;
      this.#cursorRow = 0;
      this.#hidden = 0;
      then();
    });
  }

  /** Draws or redraws the line. */
  draw(line: Line): void {
    this.#inOrder(() => {
      const whole = layout(line, this.#surface.cols, this.#start);
      const { from, to } = visibleRows(whole, this.#surface.rows);
      const back = up(to - 1 - whole.cursor.row) + "\r" + right(whole.cursor.column);
      this.#surface.write(
        this.#toTop() + (from === 0 ? right(this.#start) : "") + ERASE_BELOW + ink(whole, from, to) + back,
      );
      this.#cursorRow = whole.cursor.row - from;
      this.#hidden = from;
    });
  }

  /**
   * Leaves the line on the screen, whole, with `mark` (such as ^C) behind it, and goes to a new row. `then` learns how
   * many rows above the cursor the line begins.
   */
  finish(line: Line, mark = "", then?: (rowsAbove: number) => void): void {
    this.#inOrder(() => {
      const text = line.text + mark;
      const whole = layout({ ...line, text, cursor: text.length }, this.#surface.cols, this.#start);
      const start = this.#hidden === 0 ? right(this.#start) : "";
      const last = whole.rows.length - 1;
      // A full last row has made the terminal wrap already.
      const wrapped = whole.cursor.column === 0 && whole.rows[last - 1]?.wraps === true;
      const rows = start + ERASE_BELOW + ink(whole, 0, last + 1) + (wrapped ? "" : "\r\n");
      this.#surface.write(this.#toTop() + rows, then && (() => then(wrapped ? last : last + 1)));
      this.#forget();
    });
  }

  /** Takes the line off the screen; output may follow. */
  erase(): void {
    this.#inOrder(() => {
      if (this.#cursorRow === null) return;
      this.#surface.write(this.#toTop() + right(this.#hidden === 0 ? this.#start : 0) + ERASE_BELOW);
      this.#forget();
    });
  }

  /** Shows rows below the line; the line is drawn again below them. */
  list(line: Line, rows: readonly string[]): void {
    this.finish(line);
    this.write(rows.map((row) => `${row}\r\n`).join(""));
    this.#inOrder(() => {
      this.#cursorRow = 0;
    });
    this.draw(line);
  }

  /** Resizes the terminal. `line` is what to draw again, or null when no line is shown. */
  resize(columns: number, rows: number, line: () => Line | null): void {
    this.#inOrder(() => {
      if (columns === this.#surface.cols && rows === this.#surface.rows) return;
      // xterm reflows what was printed; the line is ours: taken off before, drawn for the new width after.
      let start = this.#start;
      const shown = this.#cursorRow !== null;
      this.erase();
      this.#resizing = true;
      this.#surface.write("", () => {
        this.#surface.resize(columns, rows);
        this.#resizing = false;
        if (shown || this.#cursorRow !== null) {
          start = Math.max(start, this.#start);
          this.#start = start === 0 ? 0 : this.#surface.buffer.active.cursorX;
          this.#cursorRow = 0;
          const current = line();
          if (current) this.draw(current);
        }
        for (const action of this.#pending.splice(0)) this.#inOrder(action);
      });
    });
  }

  #toTop(): string {
    return up(this.#cursorRow ?? 0) + "\r";
  }

  #forget(): void {
    this.#cursorRow = null;
    this.#start = 0;
    this.#hidden = 0;
  }

  #inOrder(action: () => void): void {
    if (this.#resizing) this.#pending.push(action);
    else action();
  }
}
