import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keysOf, type Key } from "./keys.ts";
import { fits, openPager, paint, pattern, pressPager, resizePager, status, type Pager } from "./pager.ts";
import { contents, screenRows, testSurface, written } from "./testSurface.ts";

const HELP = "q leaves";

/** "line 0" to "line n-1". */
function text(count: number): string {
  return Array.from({ length: count }, (_, i) => `line ${i}\r\n`).join("");
}

function singleKeys(data: string): Key[] {
  return keysOf(data).flatMap((key): Key[] =>
    "text" in key ? [...key.text].map((text) => ({ text })) : [key],
  );
}

function play(pager: Pager, data: string): Pager {
  return singleKeys(data).reduce<Pager>(pressPager, pager);
}

const UP = "\u001b[A";
const DOWN = "\u001b[B";

/** Keys and the row that is on top then, of 100 lines on a screen of 11 rows. */
const MOVES: readonly (readonly [string, number])[] = [
  ["", 0],
  [" ", 10],
  ["  b", 10],
  ["b", 0],
  ["j", 1],
  ["jjk", 1],
  ["\r", 1],
  [DOWN + DOWN + UP, 1],
  ["\u001b[6~", 10],
  ["\u001b[6~\u001b[5~", 0],
  ["d", 5],
  ["du", 0],
  ["G", 90],
  ["Gj", 90],
  ["G ", 90],
  ["Gg", 0],
  ["\u001b[F", 90],
  ["\u001b[F\u001b[H", 0],
  ["\u0006\u0002", 0],
  ["x", 0],
  ["/line 42\r", 42],
  ["/line 4\rn", 40],
  ["/line 4\rnn", 41],
  ["/line 4\rnnN", 40],
  ["/line 42\rg?line 3\r", 0],
  ["G?line 3\r", 39],
  ["G?line 3\rn", 38],
  ["/nothing\r", 0],
  ["/line 99\r", 90],
  ["/li.e 5[05]\r", 50],
  ["/li.e 5[05]\r/\r", 55],
  ["/line 7[\r", 0],
  ["/x\u007f\u007fj", 1],
  ["/x\u0007j", 1],
  ["/x\u0003j", 1],
];

describe("moving in the pager", () => {
  test.each(MOVES)("%j", (data, top) => {
    const pager = play(openPager(text(100), 40, 11), data);
    expect(pager.top).toBe(top);
    expect(pager.done).toBe(false);
  });

  test.each(["q", "Q", "\u0003", "jq", " q"])("%j leaves", (data) => {
    expect(play(openPager(text(100), 40, 11), data).done).toBe(true);
  });

  test("stays within the text, whatever is pressed", () => {
    const keys = fc.constantFrom(
      "j",
      "k",
      " ",
      "b",
      "d",
      "u",
      "g",
      "G",
      "/",
      "?",
      "n",
      "N",
      "\r",
      "1",
      "\u007f",
      "\u001b",
      "[",
    );
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 40 }), fc.integer({ min: 1, max: 60 }), (pressed, count) => {
        const pager = play(openPager(text(count), 20, 8), pressed.join(""));
        expect(pager.top).toBeGreaterThanOrEqual(0);
        expect(pager.top).toBeLessThanOrEqual(Math.max(0, count - 7));
      }),
      { seed: 1 },
    );
  });

  test("keeps its place when the screen changes", () => {
    const pager = play(openPager(`${"x".repeat(60)}\r\n${text(100)}`, 80, 11), "jjjjj");
    const narrow = resizePager(pager, 20, 6);
    expect(narrow.content.rows[narrow.top]?.line).toBe(5);
  });
});

describe("what needs a pager", () => {
  test.each([
    [text(9), 40, 11, true],
    [text(10), 40, 11, true],
    [text(11), 40, 11, false],
    [`${"x".repeat(400)}\r\n`, 40, 11, true],
    [`${"x".repeat(401)}\r\n`, 40, 11, false],
    ["", 40, 11, true],
  ])("case %#", (source, columns, height, expected) => {
    expect(fits(source, columns, height)).toBe(expected);
  });
});

describe("the status line", () => {
  const plain = (pager: Pager) => status(pager, HELP).replace(/\u001b\[[\d;]*[A-Za-z]/g, "");

  test.each([
    ["", ":  q leaves"],
    ["j", ":"],
    ["G", "(END)"],
    ["h", ":  q leaves"],
    ["/ab", "/ab"],
    ["?ab", "?ab"],
    ["/zzz\r", "Pattern not found"],
  ])("%j", (data, shown) => {
    expect(plain(play(openPager(text(100), 40, 11), data))).toBe(shown);
  });
});

describe("patterns", () => {
  test("are regular expressions, or the text itself", () => {
    expect(pattern("")).toBeNull();
    expect("abc".search(pattern("b.") as RegExp)).toBe(1);
    expect("x[y".search(pattern("[y") as RegExp)).toBe(1);
  });
});

async function show(source: string, data: string, before = "") {
  const term = testSurface(20, 5);
  term.write(before);
  let pager = openPager(source, term.cols, term.rows);
  let furthest = 0;
  term.write(paint(null, pager, 0, ""));
  for (const key of singleKeys(data)) {
    const next = pressPager(pager, key);
    if (!next.done) term.write(paint(pager, next, furthest, ""));
    furthest = Math.max(furthest, next.top);
    pager = next;
  }
  if (pager.done) term.write("\r\u001b[K");
  await written(term);
  return term;
}

describe("on the screen", () => {
  test("the first page goes below what was there", async () => {
    const term = await show(text(9), "", "before\r\n");
    expect(contents(term).map((row) => row.trimEnd())).toEqual([
      "before",
      "line 0",
      "line 1",
      "line 2",
      "line 3",
      ":",
    ]);
  });

  test("reading on leaves every line in the scrollback once", async () => {
    const term = await show(text(9), " jq");
    expect(contents(term)).toEqual(Array.from({ length: 9 }, (_, i) => `line ${i}`));
  });

  test("the last page stays after q", async () => {
    const term = await show(text(9), "jjq");
    expect(screenRows(term)).toEqual(["line 2", "line 3", "line 4", "line 5", ""]);
  });

  test("going back repaints the screen only", async () => {
    const term = await show(text(9), "  kk");
    expect(screenRows(term)).toEqual(["line 3", "line 4", "line 5", "line 6", ":"]);
    expect(contents(term).length).toBe(10);
  });

  test("going back and on again repeats nothing", async () => {
    const term = await show(text(9), " kkjjjq");
    expect(contents(term)).toEqual(Array.from({ length: 9 }, (_, i) => `line ${i}`).slice(0, 9));
  });

  test("a match is inverted, also over a change of colour", async () => {
    const term = await show(`a\u001b[31mb\u001b[0mc\r\n${text(9)}`, "/abc\r");
    const line = term.buffer.active.getLine(term.buffer.active.baseY);
    expect([0, 1, 2, 3].map((x) => line?.getCell(x)?.isInverse() !== 0)).toEqual([true, true, true, false]);
    expect(line?.getCell(1)?.getFgColor()).toBe(1);
  });

  test("a screen taller than the text is filled with tildes", async () => {
    const term = testSurface(20, 6);
    const pager = openPager(text(5), 20, 5);
    term.write(paint(pager, resizePager(pager, 20, 8), 0, ""));
    await written(term);
    expect(contents(term).filter((row) => row === "~").length).toBeGreaterThan(0);
  });
});
