import { expect, test } from "vitest";
import { matches, ownersOf, parseOwners } from "./codeowners.ts";

test.each([
  ["*", "a/b.ts", true],
  ["*.ts", "a/b.ts", true],
  ["*.ts", "b.tsx", false],
  ["/build/", "build/x/y", true],
  ["/build/", "a/build/x", false],
  ["build/", "a/build/x", true],
  ["docs/*", "docs/a.md", true],
  ["docs/*", "docs/deep/a.md", false],
  ["docs/*", "a/docs/a.md", false],
  ["/apps/github", "apps/github/x", true],
  ["**/logs", "a/b/logs/x", true],
  ["a/**/z", "a/z", true],
  ["a/**/z", "a/b/c/z", true],
  [".github/", ".github/workflows/ci.yml", true],
  ["a.b", "axb", false],
])("%s and %s: %s", (pattern, path, expected) => {
  expect(matches(pattern, path)).toBe(expected);
});

test("the last line that matches counts, and may name nobody", () => {
  const rules = parseOwners("# who\n* @mina @o/crew # all\n!x @no\n[ab] @no\n/docs/\r\n*.md @priya\n");
  expect(rules.map(({ line }) => line)).toEqual([2, 5, 6]);
  expect(ownersOf(rules, "x")).toEqual(["@mina", "@o/crew"]);
  expect(ownersOf(rules, "docs/x")).toEqual([]);
  expect(ownersOf(rules, "docs/x.md")).toEqual(["@priya"]);
});
