import { describe, expect, test } from "vitest";
import { commonPrefix, complete, listing } from "./completion.ts";
import { newLine } from "./lineEditor.ts";

const PREFIXES: readonly (readonly [readonly string[], string])[] = [
  [[], ""],
  [["status"], "status"],
  [["status", "stash"], "sta"],
  [["add", "status"], ""],
  [["日本", "日曜"], "日"],
  [["a👍", "a👎"], "a"],
  [["e\u0301a", "e\u0300a"], ""],
];

interface Case {
  readonly text: string;
  readonly cursor?: number;
  readonly start: number;
  readonly candidates: readonly string[];
  readonly list?: boolean;
  readonly after: string;
  readonly listed?: readonly string[];
}

const CASES: readonly (readonly [string, Case])[] = [
  ["one candidate and a space", { text: "git sta", start: 4, candidates: ["status"], after: "git status |" }],
  ["a directory without a space", { text: "ls s", start: 3, candidates: ["src/"], after: "ls src/|" }],
  [
    "an option with a value",
    { text: "git x --fo", start: 6, candidates: ["--format="], after: "git x --format=|" },
  ],
  [
    "a space that is there already",
    { text: "ls s x", cursor: 4, start: 3, candidates: ["src"], after: "ls src| x" },
  ],
  ["what they share", { text: "ls co", start: 3, candidates: ["config", "contrib"], after: "ls con|" }],
  [
    "nothing more to share",
    { text: "ls con", start: 3, candidates: ["config", "contrib"], after: "ls con|" },
  ],
  [
    "the list on the second Tab",
    {
      text: "ls con",
      start: 3,
      candidates: ["config", "contrib"],
      list: true,
      after: "ls con|",
      listed: ["config", "contrib"],
    },
  ],
  [
    "no list while it still extends",
    { text: "ls c", start: 3, candidates: ["config", "contrib"], list: true, after: "ls con|" },
  ],
  ["no candidate", { text: "ls x", start: 3, candidates: [], list: true, after: "ls x|" }],
];

describe("completion", () => {
  test.each(PREFIXES)("common prefix of %j", (candidates, prefix) => {
    expect(commonPrefix(candidates)).toBe(prefix);
  });

  test.each(CASES)(
    "%s",
    (_name, { text, cursor = text.length, start, candidates, list = false, after, listed = [] }) => {
      const done = complete({ ...newLine("command"), text, cursor }, { start, candidates }, list);
      expect(
        `${done.editor.text.slice(0, done.editor.cursor)}|${done.editor.text.slice(done.editor.cursor)}`,
      ).toBe(after);
      expect(done.listed).toEqual(listed);
    },
  );
});

const LISTINGS: readonly (readonly [readonly string[], number, readonly string[]])[] = [
  [[], 80, []],
  [["a", "b", "c"], 80, ["a  b  c"]],
  [["a", "bb", "ccc", "d"], 10, ["a    ccc", "bb   d"]],
  [["long-name", "other"], 8, ["long-name", "other"]],
  [["src/a.js", "src/tests/"], 80, ["a.js    tests/"]],
  [["日本", "ab"], 80, ["日本  ab"]],
];

describe("listing", () => {
  test.each(LISTINGS)("%j in %i columns", (candidates, columns, rows) => {
    expect(listing(candidates, columns)).toEqual(rows);
  });
});
