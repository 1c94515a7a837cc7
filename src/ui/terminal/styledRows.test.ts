import { describe, expect, test } from "vitest";
import { styledRows } from "./styledRows.ts";

const RED = "\u001b[31m";
const BOLD = "\u001b[1m";

/** Text, columns, rows as "line:offset" and spans, lines. */
const CASES: readonly (readonly [string, string, number, readonly unknown[], readonly string[]])[] = [
  [
    "plain lines",
    "ab\r\ncd\r\n",
    10,
    [
      [0, 0, ["ab", ""]],
      [1, 0, ["cd", ""]],
    ],
    ["ab", "cd"],
  ],
  ["no line end at the end", "ab", 10, [[0, 0, ["ab", ""]]], ["ab"]],
  [
    "an empty line",
    "a\n\nb\n",
    10,
    [
      [0, 0, ["a", ""]],
      [1, 0],
      [2, 0, ["b", ""]],
    ],
    ["a", "", "b"],
  ],
  [
    "a wrapped line",
    "abcde\n",
    3,
    [
      [0, 0, ["abc", ""]],
      [0, 3, ["de", ""]],
    ],
    ["abcde"],
  ],
  [
    "a wide character at the edge",
    "ab日c",
    3,
    [
      [0, 0, ["ab", ""]],
      [0, 2, ["日c", ""]],
    ],
    ["ab日c"],
  ],
  ["colours", `a${RED}b\u001b[mc`, 9, [[0, 0, ["a", ""], ["b", RED], ["c", ""]]], ["abc"]],
  [
    "colours over a row end",
    `${BOLD}${RED}abcd`,
    2,
    [
      [0, 0, ["ab", BOLD + RED]],
      [0, 2, ["cd", BOLD + RED]],
    ],
    ["abcd"],
  ],
  [
    "a colour that begins with a reset",
    `${BOLD}a\u001b[0;31mb`,
    9,
    [[0, 0, ["a", BOLD], ["b", "\u001b[0;31m"]]],
    ["ab"],
  ],
  ["tabs", "a\tb", 20, [[0, 0, ["a       b", ""]]], ["a       b"]],
  ["other sequences and carriage returns", "a\u001b[2Kb\rc\b", 9, [[0, 0, ["abc", ""]]], ["abc"]],
];

describe("rows of coloured text", () => {
  test.each(CASES)("%s", (_name, text, columns, rows, lines) => {
    const content = styledRows(text, columns);
    const found = content.rows.map(({ line, offset, spans }) => [
      line,
      offset,
      ...spans.map((span) => [span.text, span.style]),
    ]);
    expect(found).toEqual(rows);
    expect(content.lines).toEqual(lines);
  });

  test("a style that is never reset stays short", () => {
    const { rows } = styledRows(`${RED}a`.repeat(500), 1000);
    expect(Math.max(...(rows[0]?.spans ?? []).map((span) => span.style.length))).toBeLessThan(200);
  });
});
