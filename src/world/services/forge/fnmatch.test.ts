import { expect, test } from "vitest";
import { fnmatch } from "./fnmatch.ts";

/** Each as Ruby's File.fnmatch(pattern, name, File::FNM_PATHNAME) answers. */
test.each<[pattern: string, name: string, matches: boolean]>([
  ["main", "main", true],
  ["main", "main2", false],
  ["main", "Main", false],
  ["*", "main", true],
  ["*", "release/1", false],
  ["release/*", "release/1", true],
  ["release/*", "release/1/2", false],
  ["release/*/*", "release/1/2", true],
  ["release/**/*", "release/1", true],
  ["release/**/*", "release/1/2/3", true],
  ["**/*", "a/b/c", true],
  ["**/fix", "fix", true],
  ["**/fix", "a/b/fix", true],
  ["**", "a/b", false],
  ["v*", "v1.2.3", true],
  ["v*", "1v", false],
  ["v?.?", "v1.2", true],
  ["v?.?", "v1/2", false],
  ["v[0-9]*", "v9-rc", true],
  ["v[0-9]*", "vx", false],
  ["v[^0-9]", "vx", true],
  ["v[^0-9]", "v1", false],
  ["v[!0-9]", "vx", true],
  ["v[\\]]", "v]", true],
  ["v[a-]", "v-", true],
  ["v[1", "v1", false],
  ["a[/]b", "a/b", false],
  ["\\*", "*", true],
  ["\\*", "a", false],
  ["a*b*c", "aXbYc", true],
  ["a*b*c", "aXbY", false],
  ["*", ".hidden", false],
  [".*", ".hidden", true],
  ["refs/pull/*/merge", "refs/pull/7/merge", true],
  ["refs/heads/**/*", "refs/heads/a/b", true],
  ["refs/heads/v1.0", "refs/heads/v1x0", false],
  ["refs/heads/[", "refs/heads/[", false],
  ["refs/heads/a{b,c}", "refs/heads/ab", false],
  ["*.env", "config/.env", false],
  ["**/*.env", "config/x.env", true],
  ["**/*.env", ".config/x.env", false],
  ["**/.env", "config/.env", true],
  ["constructor", "__proto__", false],
  ["", "", true],
  ["", "a", false],
  ["constructor", "constructor", true],
])("%j on %j: %s", (pattern, name, matches) => {
  expect(fnmatch(pattern, name)).toBe(matches);
});

test("a pattern of stars cannot hold up the forge", () => {
  expect(fnmatch("*a".repeat(40), `${"a".repeat(200)}b`)).toBe(false);
});
