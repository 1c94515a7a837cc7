import { describe, expect, test } from "vitest";
import { isDirty, mine, seen, type FileDocument } from "./documents.ts";

const file = (content: string) => ({ path: "/f", content, hash: `hash of ${content}`, binary: false });
const document = (base: string, draft: string): FileDocument => ({
  kind: "file",
  path: "/f",
  base,
  hash: base === "" ? "" : `hash of ${base}`,
  draft,
  loaded: 0,
  binary: false,
  deleted: false,
  theirs: null,
  waiting: null,
});

describe("the disk changed", () => {
  test("a clean document follows", () => {
    expect(seen(document("a", "a"), file("b"))).toMatchObject({
      base: "b",
      draft: "b",
      loaded: 1,
      theirs: null,
    });
  });

  test("an unsaved draft asks", () => {
    const asked = seen(document("a", "mine"), file("b"));
    expect(asked).toMatchObject({ base: "a", draft: "mine", theirs: { content: "b" } });
  });

  test("a draft that says the same as the disk does not ask", () => {
    expect(seen(document("a", "b"), file("b"))).toMatchObject({
      base: "b",
      draft: "b",
      loaded: 0,
      theirs: null,
    });
  });

  test("nothing changed: the same document", () => {
    const before = document("a", "mine");
    expect(seen(before, file("a"))).toBe(before);
  });

  test("a deleted file is marked, and comes back", () => {
    const gone = seen(document("a", "a"), null);
    expect(gone.deleted).toBe(true);
    expect(seen(gone, file("a")).deleted).toBe(false);
  });

  test("a new file that is not on disk yet is not deleted", () => {
    expect(seen(document("", "text"), null).deleted).toBe(false);
  });
});

test("keeping mine saves over what the disk holds now", () => {
  const kept = mine(seen(document("a", "mine"), file("b")));
  expect(kept).toMatchObject({ draft: "mine", hash: "hash of b", theirs: null });
  expect(isDirty(kept)).toBe(true);
});
