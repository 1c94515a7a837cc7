import { describe, expect, test } from "vitest";
import { findMatches, type BufferRow } from "./find.ts";

/** A row of cells; "日" takes two columns. */
function row(text: string, isWrapped = false): BufferRow {
  let column = 0;
  const cells = [...text].map((char) => {
    const width = char === "日" ? 2 : 1;
    column += width;
    return { text: char, column: column - width, width };
  });
  return { cells, isWrapped };
}

/** Rows of 5 columns, query, matches as row, column, length. */
const CASES: readonly (readonly [string, readonly BufferRow[], string, readonly (readonly number[])[]])[] = [
  ["nothing asked", [row("abc")], "", []],
  ["no match", [row("abc")], "x", []],
  [
    "several",
    [row("abcab"), row("ab")],
    "ab",
    [
      [0, 0, 2],
      [0, 3, 2],
      [1, 0, 2],
    ],
  ],
  ["upper and lower case", [row("aBc")], "Ab", [[0, 0, 2]]],
  ["over a wrapped row", [row("abcde"), row("fgh", true)], "def", [[0, 3, 3]]],
  ["not over a line end", [row("abcde"), row("fgh")], "def", []],
  ["wide characters", [row("a日b")], "日b", [[0, 1, 3]]],
  [
    "no overlap",
    [row("aaaa")],
    "aa",
    [
      [0, 0, 2],
      [0, 2, 2],
    ],
  ],
  ["longer in lower case", [row("İx")], "x", [[0, 1, 1]]],
];

describe("find", () => {
  test.each(CASES)("%s", (_name, rows, query, matches) => {
    expect(findMatches(rows, 5, query).map(({ row: at, column, length }) => [at, column, length])).toEqual(
      matches,
    );
  });
});
