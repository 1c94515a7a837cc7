import { describe, expect, test } from "vitest";
import { fromUtf8, toUtf8 } from "../../../../base/bytes.ts";
import {
  compareText,
  encodeCommit,
  encodeTag,
  encodeTree,
  hashObject,
  modeText,
  parseCommit,
  parsePerson,
  parseTag,
  parseTree,
  TREE_MODE,
} from "./objects.ts";

const ID = "5626abf0f72e58d7a153368ba57db4c673c0e171";

describe("objects", () => {
  test("ids are git's", () => {
    expect(hashObject("blob", fromUtf8("hello\n"))).toBe("ce013625030ba8dba906f756967f9e9ca394464a");
    expect(hashObject("tree", encodeTree([]))).toBe("4b825dc642cb6eb9a060e54bf8d69288fbee4904");
  });

  test("trees sort by bytes, directories as if they ended in a slash", () => {
    const entries = ["b", "a-b", "a.c", "é", "\u{1f600}", "\uffee"].map((name) => ({
      mode: 0o100644,
      name,
      id: ID,
    }));
    const names = parseTree(encodeTree([...entries, { mode: TREE_MODE, name: "a", id: ID }])).map(
      (entry) => entry.name,
    );
    expect(names).toEqual(["a-b", "a.c", "a", "b", "é", "\uffee", "\u{1f600}"]);
  });

  test.each([
    ["a", "b", -1],
    ["a", "a", 0],
    ["\u{1f600}", "\uffee", 1],
    ["a", "aa", -1],
  ])("%s against %s", (a, b, expected) => expect(compareText(a, b)).toBe(expected));

  test("a commit reads back as it was written, signature and all", () => {
    const text = `tree ${ID}\nparent ${ID}\nauthor A B <a@b> 1 +0100\ncommitter C <> 2 -0000\ngpgsig -----BEGIN\n line\n -----END\n\nsubject\n\nbody\n`;
    const commit = parseCommit("", fromUtf8(text));
    expect(commit).toMatchObject({
      tree: ID,
      parents: [ID],
      author: { name: "A B", email: "a@b", timestamp: 1, timezone: "+0100" },
      message: "subject\n\nbody\n",
    });
    expect(commit.extra).toEqual([["gpgsig", "-----BEGIN\nline\n-----END"]]);
    expect(toUtf8(encodeCommit(commit))).toBe(text);
  });

  test("a tag reads back", () => {
    const text = `object ${ID}\ntype commit\ntag v1\ntagger A <a@b> 1 +0000\n\nnote\n`;
    expect(toUtf8(encodeTag(parseTag("", fromUtf8(text))))).toBe(text);
  });

  test("malformed people do not throw", () => {
    expect(parsePerson("nobody")).toEqual({ name: "nobody", email: "", timestamp: 0, timezone: "+0000" });
    expect(parsePerson("A <a@b>")).toMatchObject({ name: "A", email: "a@b", timestamp: 0 });
  });

  test("modes have six digits", () =>
    expect([TREE_MODE, 0o100755].map(modeText)).toEqual(["040000", "100755"]));
});
