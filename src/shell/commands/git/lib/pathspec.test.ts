import { expect, test } from "vitest";
import { parsePathspec } from "./pathspec.ts";

test.each([
  [["d"], "", "d/e/f", true],
  [["d/"], "", "d", false],
  [["*.ts"], "", "src/a.ts", true],
  [[":(glob)*.ts"], "", "src/a.ts", false],
  [["."], "src/", "src/a", true],
  [["../x"], "src/", "x", true],
  [[":/"], "src/", "other", true],
  [["d", ":!d/e"], "", "d/e/f", false],
  [[":(icase)READ*"], "", "readme", true],
  [[":(literal)a*"], "", "ab", false],
])("%j below %j matches %j: %s", (args, prefix, path, expected) => {
  expect(parsePathspec(args, prefix).matches(path)).toBe(expected);
});

test("a path outside the repository is refused", () => {
  expect(() => parsePathspec(["../x"], "")).toThrow("outside repository");
});
