import { expect, test } from "vitest";
import { matchesAny, matchesGlob } from "./glob.ts";

/** The cheat sheet of the documentation, and what does not match. */
const CASES: readonly (readonly [pattern: string, yes: readonly string[], no: readonly string[]])[] = [
  ["main", ["main"], ["main2", "amain", "MAIN"]],
  ["*", ["main", "releases"], ["a/b"]],
  ["**", ["all/the/branches", "every/tag", "a"], []],
  ["feature/*", ["feature/my-branch"], ["feature/beta-a/my-branch", "feature"]],
  ["feature/**", ["feature/beta-a/my-branch", "feature/x"], ["features/x"]],
  ["*feature", ["mona-feature", "feature", "ver-10-feature"], ["a/feature"]],
  ["v2*", ["v2", "v2.0", "v2.9"], ["v3", "av2"]],
  ["v[12].[0-9]+.[0-9]+", ["v1.10.1", "v2.0.0"], ["v3.0.0", "v1.x.1"]],
  ["*.jsx?", ["page.js", "page.jsx"], ["page.jsxx", "a/page.js"]],
  ["**.js", ["index.js", "js/index.js", "src/js/app.js"], ["index.ts"]],
  ["docs/*", ["docs/README.md"], ["docs/mona/octocat.txt"]],
  ["docs/**/*.md", ["docs/README.md", "docs/mona/hello-world.md", "docs/a/markdown/file.md"], ["docs/a.txt"]],
  ["**/docs/**", ["docs/hello.md", "dir/docs/my-file.txt", "space/docs/plan/space.doc"], ["doc/a"]],
  ["**/README.md", ["README.md", "js/README.md"], ["READMEx.md"]],
  ["**/*src/**", ["a/src/app.js", "my-src/code/js/app.js"], ["a/srcs/b"]],
  ["**/*-post.md", ["my-post.md", "path/their-post.md"], ["post.md"]],
  ["**/migrate-*.sql", ["migrate-10909.sql", "db/sept/migrate-v1.sql"], ["migrate.sql"]],
  ["v\\*", ["v*"], ["v1"]],
  ["__proto__", ["__proto__"], ["constructor"]],
];

test.each(CASES)("%s", (pattern, yes, no) => {
  expect(yes.filter((text) => !matchesGlob(pattern, text))).toEqual([]);
  expect(no.filter((text) => matchesGlob(pattern, text))).toEqual([]);
});

test("the order of patterns counts", () => {
  expect(matchesAny(["releases/**", "!releases/**-alpha"], "releases/1-alpha")).toBe(false);
  expect(matchesAny(["releases/**", "!releases/**-alpha"], "releases/1")).toBe(true);
  expect(matchesAny(["*.md", "!README.md", "README*"], "README.md")).toBe(true);
  expect(matchesAny(["!a"], "b")).toBe(false);
});

test("a hostile pattern takes no exponential time", () => {
  expect(matchesGlob(`${"**a".repeat(200)}b`, "a".repeat(2000))).toBe(false);
});
