/** Lists: columns with a heading on a terminal, tab-separated lines anywhere else. */
import { oneLine } from "./text.ts";

export type Colour = "bold" | "green" | "red" | "yellow" | "cyan" | "gray" | "magenta";

const CODES: Readonly<Record<Colour, string>> = {
  bold: "0;1;39",
  green: "0;32",
  red: "0;31",
  yellow: "0;33",
  cyan: "0;36",
  gray: "0;90",
  magenta: "0;35",
};

export function coloured(text: string, colour: Colour | null | undefined, on: boolean): string {
  return on && colour && text !== "" ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text;
}

export interface Cell {
  readonly text: string;
  readonly colour?: Colour | null;
}

export interface Screen {
  readonly tty: boolean;
  readonly colour: boolean;
  readonly width: number;
}

export function tableText(
  screen: Screen,
  headings: readonly string[],
  rows: readonly (readonly (Cell | string)[])[],
): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === "string" ? { text: cell } : cell)));
  if (!screen.tty)
    return cells
      .map((row) => `${row.map(({ text }) => text.replace(/[\t\n\r]+/g, " ")).join("\t")}\n`)
      .join("");
  const head = headings.map((heading) => ({ text: heading.toUpperCase() }));
  const shown = [head, ...cells.map((row) => row.map((cell) => ({ ...cell, text: oneLine(cell.text) })))];
  const widths = columnWidths(shown, screen.width);
  return shown.map((row, i) => `${line(row, widths, i === 0, screen.colour)}\n`).join("");
}

/** As wide as the longest text; where that is too much for the screen the widest column gives way. */
function columnWidths(rows: readonly (readonly Cell[])[], width: number): number[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, i) =>
    Math.max(0, ...rows.map((row) => [...(row[i]?.text ?? "")].length)),
  );
  const over = widths.reduce((sum, it) => sum + it + 2, -2) - width;
  if (over > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = Math.max(8, (widths[widest] as number) - over);
  }
  return widths;
}

function line(row: readonly Cell[], widths: readonly number[], heading: boolean, colour: boolean): string {
  return row
    .map(({ text, colour: own }, i) => {
      const width = widths[i] ?? 0;
      const letters = [...text];
      const cut = letters.length > width ? `${letters.slice(0, width - 1).join("")}…` : text;
      const padded = i === row.length - 1 ? cut : cut.padEnd(width + cut.length - [...cut].length);
      return heading && colour ? `\u001b[0;4;39m${padded}\u001b[0m` : coloured(padded, own, colour);
    })
    .join("  ")
    .trimEnd();
}
