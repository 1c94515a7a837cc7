import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { glyphs, textWidth } from "./cells.ts";
import { cursorOf, testSurface, written } from "./testSurface.ts";

const CASES: readonly (readonly [string, number])[] = [
  ["", 0],
  ["plain", 5],
  ["日本語", 6],
  ["ｶﾅ", 2],
  ["한국", 4],
  ["é", 1],
  ["e\u0301", 1],
  ["\u0301", 1],
  ["👍", 2],
  ["👍🏽", 2],
  ["👩‍👩‍👧", 2],
  ["❤", 1],
  ["❤\ufe0f", 2],
  ["🇩🇪", 2],
  ["🇩🇪🇫🇷", 4],
  ["1\ufe0f\u20e3", 2],
  ["─│┌", 3],
  ["“”…", 3],
  ["a\u200bb", 2],
  ["\u00ad", 1],
];

describe("columns", () => {
  test.each(CASES)("%j takes %i", (text, width) => {
    expect(textWidth(text)).toBe(width);
  });

  test.each(CASES.filter(([text]) => text !== ""))("xterm gives %j the same place", async (text, width) => {
    const term = testSurface(40, 4);
    term.write(text);
    await written(term);
    expect(cursorOf(term)).toEqual([width, 0]);
  });

  test("xterm agrees on any text", async () => {
    const text = fc
      .string({ unit: "binary", maxLength: 12 })
      .filter((value) => !/[\p{Cc}\p{Cs}]/u.test(value));
    const anything = fc.array(fc.oneof(text, fc.constantFrom(...CASES.map(([value]) => value))), {
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(anything, async (parts) => {
        const term = testSurface(200, 2);
        term.write(parts.join(""));
        await written(term);
        expect(cursorOf(term)[0]).toBe(textWidth(parts.join("")));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test("glyphs lose nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(
          glyphs(text)
            .map((glyph) => glyph.text)
            .join(""),
        ).toBe(text);
      }),
      { seed: 1 },
    );
  });
});
