import { describe, expect, test } from "vitest";
import { fits, type TextPattern } from "./pattern.ts";

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
