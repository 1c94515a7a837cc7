import { describe, expect, test } from "vitest";
import {
  canonicalKey,
  ConfigError,
  parseConfig,
  removeSection,
  renameSection,
  setConfig,
  unsetConfig,
  parseBool,
  parseInteger,
} from "./config.ts";

const TEXT = `# top
[core]
\tbare = false ; why
\tEditor = "vi -u \\"x\\"" 
[remote "Origin"]
\turl = a b\\
c
\tfetch = +refs/heads/*:refs/remotes/o/*
[flag]
\ton
`;

const pairs = (text: string) => parseConfig(text).map(({ key, value }) => [key, value]);

describe("reading", () => {
  test("quotes, comments, continued lines, bare names", () =>
    expect(pairs(TEXT)).toEqual([
      ["core.bare", "false"],
      ["core.editor", 'vi -u "x"'],
      ["remote.Origin.url", "a bc"],
      ["remote.Origin.fetch", "+refs/heads/*:refs/remotes/o/*"],
      ["flag.on", null],
    ]));

  test.each([["[core\n"], ['[core]\n\tx = "open\n'], ["key = 1\n"], ["[a]\n\tx = \\q\n"]])(
    "%j is malformed",
    (text) => expect(() => parseConfig(text, "f")).toThrow(ConfigError),
  );

  test("the line of an error", () => {
    expect(() => parseConfig("[a]\n\tb = 1\n\t!\n", ".git/config")).toThrow(
      "bad config line 3 in file .git/config",
    );
  });

  test.each([
    ["Core.EditOR", "core.editor"],
    ["Branch.MyBranch.Remote", "branch.MyBranch.remote"],
    ["a.B.C.D", "a.B.C.d"],
  ])("%s → %s", (key, expected) => expect(canonicalKey(key)).toBe(expected));

  test("booleans and numbers", () => {
    expect(["yes", "on", "1", "no", "", "0", "maybe"].map(parseBool)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      undefined,
    ]);
    expect(["1k", "2m", "-3", "x"].map(parseInteger)).toEqual([1024, 2_097_152, -3, undefined]);
  });
});

describe("edits keep the rest of the text", () => {
  test.each([
    [
      "replaces the value",
      setConfig(TEXT, "core.bare", "true"),
      TEXT.replace("\tbare = false ; why\n", "\tbare = true\n"),
    ],
    [
      "appends to the section",
      setConfig("[a]\n\tx = 1\n[b]\n\ty = 2\n", "a.z", "3"),
      "[a]\n\tx = 1\n\tz = 3\n[b]\n\ty = 2\n",
    ],
    [
      "opens a section",
      setConfig("[a]\n\tx = 1\n", "remote.o.url", "u"),
      '[a]\n\tx = 1\n[remote "o"]\n\turl = u\n',
    ],
    [
      "adds beside the old value",
      setConfig("[a]\n\tx = 1\n", "a.x", "2", { add: true }),
      "[a]\n\tx = 1\n\tx = 2\n",
    ],
    ["quotes what needs it", setConfig("", "a.x", " y#z"), '[a]\n\tx = " y#z"\n'],
    [
      "unsets, and drops the empty section",
      unsetConfig("[a]\n\tx = 1\n[b]\n\ty = 2\n", "a.x"),
      "[b]\n\ty = 2\n",
    ],
    [
      "unsets one of several",
      unsetConfig("[a]\n\tx = 1\n\tx = 2\n", "a.x", (value) => value === "1"),
      "[a]\n\tx = 2\n",
    ],
    ["removes a section", removeSection('[a]\n\tx = 1\n[b "c"]\n\ty = 2\n', "b.c"), "[a]\n\tx = 1\n"],
    ["renames a section", renameSection('[b "c"]\n\ty = 2\n', "b.c", "b.d"), '[b "d"]\n\ty = 2\n'],
    ["has no such section", removeSection("[a]\n", "b"), null],
  ])("%s", (_, got, expected) => expect(got).toBe(expected));

  test("what was set is read back", () => {
    for (const value of ["plain", 'a "b" \\c', "tab\there", "x;y", " spaces ", "ä"])
      expect(pairs(setConfig(TEXT, "new.Key", value)).at(-1)).toEqual(["new.key", value]);
  });
});
