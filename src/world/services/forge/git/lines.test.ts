/** A diff applied gives the new text; nothing smaller is claimed than what changed. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { patchOf } from "./diff.ts";
import { diffLines, splitLines } from "./lines.ts";

test.each([
  ["a\nb\nc\n", "a\nx\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c"],
  ["", "one\n", "@@ -0,0 +1 @@\n+one"],
  ["one\n", "", "@@ -1 +0,0 @@\n-one"],
  ["a\nb", "a\nc\n", "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c"],
  ["same\n", "same\n", ""],
])("%j to %j", (before, after, patch) => {
  expect(patchOf(diffLines(splitLines(before), splitLines(after)))).toBe(patch);
});

test("both texts are found again in the diff", () => {
  const text = fc.array(fc.constantFrom("a\n", "b\n", "c\n"), { maxLength: 12 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after);
      const side = (without: string) => lines.filter(({ sign }) => sign !== without).map((line) => line.text);
      expect([side("+"), side("-")]).toEqual([before, after]);
    }),
  );
});

test("texts that have nothing in common are replaced whole, however long", () => {
  const lines = (letter: string) => Array.from({ length: 5000 }, (_, i) => `${letter}${i}\n`);
  const diff = diffLines(lines("a"), lines("b"));
  expect(diff).toHaveLength(10_000);
  expect(diff[0]?.sign).toBe("-");
});
