import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layout, visibleRows, type Line } from "./layout.ts";

function line(text: string, cursor = text.length, prompt = "$ "): Line {
  return { prompt: [{ text: prompt, style: "1" }], text, cursor, style: "0", continuation: "> " };
}

/** The rows without colours; a row that wraps ends in ↩. */
function plain(of: Line, columns: number, start = 0): string[] {
  return layout(of, columns, start).rows.map(
    ({ ink, wraps }) => ink.replace(/\u001b\[[\d;]*m/g, "") + (wraps ? "↩" : ""),
  );
}

interface Case {
  readonly line: Line;
  readonly columns: number;
  readonly start?: number;
  readonly rows: readonly string[];
  readonly cursor: readonly [number, number];
}

/** Cursor as row and column. */
const CASES: readonly (readonly [string, Case])[] = [
  ["a short line", { line: line("ls"), columns: 10, rows: ["$ ls"], cursor: [0, 4] }],
  ["the cursor inside", { line: line("abc", 1), columns: 10, rows: ["$ abc"], cursor: [0, 3] }],
  ["a long line", { line: line("abcdef"), columns: 5, rows: ["$ abc↩", "def"], cursor: [1, 3] }],
  ["exactly full, cursor behind", { line: line("abc"), columns: 5, rows: ["$ abc↩", ""], cursor: [1, 0] }],
  ["exactly full, cursor inside", { line: line("abc", 2), columns: 5, rows: ["$ abc"], cursor: [0, 4] }],
  [
    "cursor on the first of the second row",
    { line: line("abcd", 3), columns: 5, rows: ["$ abc↩", "d"], cursor: [1, 0] },
  ],
  ["wide at the edge", { line: line("ab日c"), columns: 5, rows: ["$ ab↩", "日c"], cursor: [1, 3] }],
  [
    "cursor on the wide one at the edge",
    { line: line("ab日c", 2), columns: 5, rows: ["$ ab↩", "日c"], cursor: [1, 0] },
  ],
  ["an emoji of several code points", { line: line("👩‍👩‍👧x"), columns: 9, rows: ["$ 👩‍👩‍👧x"], cursor: [0, 5] }],
  ["several rows", { line: line("a\nb"), columns: 9, rows: ["$ a", "> b"], cursor: [1, 3] }],
  ["cursor at a line end", { line: line("a\nb", 1), columns: 9, rows: ["$ a", "> b"], cursor: [0, 3] }],
  ["an empty row at the end", { line: line("a\n"), columns: 9, rows: ["$ a", "> "], cursor: [1, 2] }],
  ["a full row and a line end", { line: line("abc\nd"), columns: 5, rows: ["$ abc", "> d"], cursor: [1, 3] }],
  ["tabs", { line: line("a\tb"), columns: 20, rows: ["$ a     b"], cursor: [0, 9] }],
  ["control characters", { line: line("a\u0003b"), columns: 20, rows: ["$ a^Cb"], cursor: [0, 6] }],
  [
    "marks that reorder text",
    { line: line("a\u202eb\u2066"), columns: 20, rows: ["$ a\ufffdb\ufffd"], cursor: [0, 6] },
  ],
  ["eight-bit controls", { line: line("a\u009b2Jb"), columns: 20, rows: ["$ a\ufffd2Jb"], cursor: [0, 7] }],
  [
    "after output without a line end",
    { line: line("ls"), columns: 9, start: 3, rows: ["$ ls"], cursor: [0, 7] },
  ],
  ["the same, wrapped", { line: line("ls"), columns: 5, start: 3, rows: ["$ ↩", "ls"], cursor: [1, 2] }],
  [
    "a prompt of two lines",
    { line: line("x", 1, "top\n$ "), columns: 9, rows: ["top", "$ x"], cursor: [1, 3] },
  ],
  [
    "a prompt longer than the screen",
    { line: line("x", 1, "longer $ "), columns: 5, rows: ["longe↩", "r $ x↩", ""], cursor: [2, 0] },
  ],
];

describe("layout", () => {
  test.each(CASES)("%s", (_name, { line: of, columns, start, rows, cursor }) => {
    expect(plain(of, columns, start)).toEqual(rows);
    const at = layout(of, columns, start).cursor;
    expect([at.row, at.column]).toEqual(cursor);
  });

  test("the cursor is always on one of the rows, left of the edge", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "日", "\n", "\t", "👩‍👩‍👧", "\u0301") });
    fc.assert(
      fc.property(
        text,
        fc.nat(30),
        fc.integer({ min: 2, max: 12 }),
        fc.nat(12),
        (of, cursor, columns, start) => {
          const whole = layout(line(of, Math.min(cursor, of.length)), columns, start);
          expect(whole.cursor.column).toBeLessThan(columns);
          expect(whole.cursor.row).toBeLessThan(whole.rows.length);
        },
      ),
      { seed: 1 },
    );
  });
});

const WINDOWS: readonly (readonly [number, number, number, number, number])[] = [
  [3, 2, 5, 0, 3],
  [8, 7, 5, 3, 8],
  [8, 0, 5, 0, 5],
  [8, 4, 5, 0, 5],
  [8, 5, 5, 1, 6],
];

describe("a line taller than the screen", () => {
  test.each(WINDOWS)("%i rows, cursor in %i, screen of %i", (count, row, height, from, to) => {
    const rows = Array.from({ length: count }, () => ({ ink: "", wraps: false }));
    expect(visibleRows({ rows, cursor: { row, column: 0 } }, height)).toEqual({ from, to });
  });
});
