/** A real xterm without a page, for tests of what ends up on the screen. */
import * as module from "@xterm/xterm";
import { cellWidths } from "./cells.ts";

type Xterm = typeof module;

export function testSurface(cols: number, rows: number, scrollback = 1000) {
  // Node sees the package as CommonJS, bundlers as a module.
  const { Terminal } = (module as unknown as { default?: Xterm }).default ?? module;
  const term = new Terminal({ cols, rows, scrollback, allowProposedApi: true, scrollOnEraseInDisplay: true });
  term.unicode.register(cellWidths as Parameters<typeof term.unicode.register>[0]);
  term.unicode.activeVersion = cellWidths.version;
  return term;
}

type Surface = ReturnType<typeof testSurface>;

/** Waits until everything written is on the screen. */
export function written(term: Surface): Promise<void> {
  return new Promise((resolve) => term.write("", resolve));
}

/** Everything in the buffer, scrollback included, without what is blank at the ends. */
export function contents(term: Surface): string[] {
  const buffer = term.buffer.active;
  const lines = Array.from(
    { length: buffer.length },
    (_, y) => buffer.getLine(y)?.translateToString(true) ?? "",
  );
  while (lines.at(-1) === "") lines.pop();
  return lines;
}

/** The rows on the screen. */
export function screenRows(term: Surface): string[] {
  const { active } = term.buffer;
  return Array.from(
    { length: term.rows },
    (_, y) => active.getLine(active.baseY + y)?.translateToString(true) ?? "",
  );
}

/** Column and row on the screen. */
export function cursorOf(term: Surface): readonly [number, number] {
  return [term.buffer.active.cursorX, term.buffer.active.cursorY];
}
