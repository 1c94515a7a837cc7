import { describe, expect, test } from "vitest";
import { fits, fnmatch, type TextPattern } from "./pattern.ts";

describe("fnmatch", () => {
  test.each([
    ["refs/heads/main", "refs/heads/main", true],
    ["refs/heads/*", "refs/heads/main", true],
    ["refs/heads/*", "refs/heads/a/b", false],
    ["refs/heads/**/*", "refs/heads/a/b", true],
    ["refs/heads/**/*", "refs/heads/a", true],
    ["refs/heads/release-?", "refs/heads/release-1", true],
    ["refs/heads/release-?", "refs/heads/release-10", false],
    ["refs/heads/[ab]*", "refs/heads/beta", true],
    ["refs/heads/[!ab]*", "refs/heads/beta", false],
    ["refs/heads/v1.0", "refs/heads/v1x0", false],
    ["refs/heads/[", "refs/heads/[", true],
    ["refs/heads/a{b,c}", "refs/heads/ab", false],
    ["*.env", "config/.env", false],
    ["**/*.env", "config/x.env", true],
    ["constructor", "__proto__", false],
  ])("%s and %s: %s", (pattern, name, expected) => {
    expect(fnmatch(pattern, name)).toBe(expected);
  });
});

describe("texts", () => {
  const base: TextPattern = { name: "", operator: "contains", pattern: "JIRA-1", negate: false };
  test.each([
    [{}, "fix JIRA-1", true],
    [{ negate: true }, "fix JIRA-1", false],
    [{ operator: "starts_with" as const }, "fix JIRA-1", false],
    [{ operator: "ends_with" as const }, "fix JIRA-1", true],
    [{ operator: "regex" as const, pattern: "^fix" }, "x\nfix", true],
    [{ operator: "regex" as const, pattern: "(" }, "(", false],
  ])("%j and %j: %s", (fields, text, expected) => {
    expect(fits({ ...base, ...fields }, text)).toBe(expected);
  });
});
