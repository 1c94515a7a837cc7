import { describe, expect, test } from "vitest";
import { logRows, maskedParts } from "./logLines.ts";

const at = (text: string) => `2026-03-03T09:00:10.0000000Z ${text}`;

describe("rows of a log", () => {
  test.each([
    ["##[error]Process completed with exit code 1.", "error", "Process completed with exit code 1."],
    ["##[warning]old", "warning", "old"],
    ["[command]/usr/bin/git version", "command", "/usr/bin/git version"],
    ["+ curl -sv https://x.test", "command", "+ curl -sv https://x.test"],
    ["\u001b[31mred\u001b[0m", "plain", "red"],
    ["a\u202eb\u0007", "plain", "ab"],
    ["\u001b]8;;https://x.test\u0007link\u001b]8;;\u0007", "plain", "link"],
  ])("%j", (line, kind, text) => {
    expect(logRows(at(line), 31)).toEqual([
      { number: 31, line: 1, kind, time: "09:00:10", text, group: null },
    ]);
  });

  test("rows of a group name it, and the end of a group is no row", () => {
    const rows = logRows(["##[group]Run x", "a", "##[endgroup]", "b", ""].map(at).join("\n"), 1);
    expect(rows.map(({ number, kind, group }) => [number, kind, group])).toEqual([
      [1, "group", null],
      [2, "plain", 1],
      [3, "plain", null],
      [4, "plain", null],
    ]);
  });
});

test("what the runner hid stands apart", () => {
  expect(maskedParts("a ***b***")).toEqual([
    { masked: false, text: "a " },
    { masked: true, text: "***" },
    { masked: false, text: "b" },
    { masked: true, text: "***" },
  ]);
});
