import { execFileSync, spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hunkHeader, type HunkOptions, hunks } from "./hunks.ts";

const { mkdtempSync, rmSync, writeFileSync } = process.getBuiltinModule("node:fs");

function body(a: string, b: string, options: HunkOptions = {}): string {
  return hunks(a, b, options)
    .flatMap((hunk) => [hunkHeader(hunk), ...hunk.lines])
    .join("\n");
}

describe("hunks", () => {
  test.each([
    ["nothing", "a\n", "a\n", {}, ""],
    ["a new file", "", "a\nb\n", {}, "@@ -0,0 +1,2 @@\n+a\n+b"],
    ["one line", "a\n", "b\n", {}, "@@ -1 +1 @@\n-a\n+b"],
    ["no newline at the end", "a", "a\n", {}, "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a"],
    ["no context", "a\nb\nc\n", "a\nc\n", { context: 0 }, "@@ -2 +1,0 @@ a\n-b"],
    ["white space that does not count", "a b\n", "a  b\n", { whitespace: "change" }, ""],
  ] as const)("%s", (_, a, b, options, expected) => expect(body(a, b, options)).toBe(expected));
});

const hasGit = (() => {
  try {
    execFileSync("git", ["--version"]);
    return true;
  } catch {
    return false;
  }
})();

test.runIf(hasGit)("the same hunks as the reference for random pairs", () => {
  const folder = mkdtempSync("/tmp/leaklab-hunks-");
  const line = fc.constantFrom(
    "a\n",
    "b\n",
    "\n",
    "  x\n",
    "\ty\n",
    "}\n",
    "{\n",
    "func()\n",
    "    return\n",
  );
  const text = fc.array(line, { maxLength: 40 }).map((lines) => lines.join(""));
  try {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 0, max: 4 }), (a, b, context) => {
        writeFileSync(`${folder}/a`, a);
        writeFileSync(`${folder}/b`, b);
        const real = spawnSync("git", ["diff", "--no-index", `-U${context}`, `${folder}/a`, `${folder}/b`], {
          encoding: "utf8",
        }).stdout;
        const at = real.search(/^@@ /m);
        expect(body(a, b, { context })).toBe(at < 0 ? "" : real.slice(at, -1));
      }),
      { numRuns: 60, seed: 7 },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
