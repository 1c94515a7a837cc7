import { expect, test } from "vitest";
import { changedLine, type FileStat, renameName, statLines } from "./diffstat.ts";

test.each([
  ["a/b/c", "a/x/c", "a/{b => x}/c"],
  ["a", "b", "a => b"],
  ["d/a", "d/e/a", "d/{ => e}/a"],
  ["d/e/a", "d/a", "d/{e => }/a"],
])("%s renamed to %s", (a, b, expected) => expect(renameName(a, b)).toBe(expected));

test.each([
  [0, 0, 0, " 0 files changed\n"],
  [1, 1, 0, " 1 file changed, 1 insertion(+)\n"],
  [2, 0, 2, " 2 files changed, 2 deletions(-)\n"],
  [1, 0, 0, " 1 file changed, 0 insertions(+), 0 deletions(-)\n"],
])("%i files, +%i -%i", (files, added, removed, expected) =>
  expect(changedLine(files, added, removed)).toBe(expected),
);

test("bars are scaled to 80 columns", () => {
  const stat = { name: "f", added: 300, removed: 100, binary: false, unmerged: false } as FileStat;
  const line = statLines([stat]);
  expect(line.length).toBeLessThanOrEqual(81);
  expect(line).toMatch(/^ f \| 400 \++-+\n$/);
});
