import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { above, below, blankStart, next, previous, snap, wordEnd, wordStart } from "./boundaries.ts";

type Move = (text: string, at: number) => number | null;

const CASES: readonly (readonly [string, Move, string, number, number | null])[] = [
  ["previous", previous, "👍🏽a", 4, 0],
  ["next", next, "👍🏽a", 0, 4],
  ["snap", snap, "👍🏽a", 2, 0],
  ["snap", snap, "abc", 9, 3],
  ["wordStart", wordStart, "--flag", 6, 2],
  ["wordEnd", wordEnd, "--flag x", 0, 6],
  ["blankStart", blankStart, "a --flag ", 9, 2],
  ["above", above, "abc\nde", 1, null],
  ["above", above, "a\ndef", 5, 1],
  ["below", below, "abc\nde", 5, null],
  ["below", below, "abc\n\nx", 2, 4],
];

describe("boundaries", () => {
  test.each(CASES)("%s in %j", (_name, move, text, at, to) => {
    expect((move as Move)(text as string, at as number)).toBe(to);
  });

  test("next and previous are inverses on graphemes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-composite" }), fc.nat(20), (text, at) => {
        const here = snap(text, at);
        if (here < text.length) expect(previous(text, next(text, here))).toBe(here);
        if (here > 0) expect(next(text, previous(text, here))).toBe(here);
      }),
      { seed: 1 },
    );
  });
});
