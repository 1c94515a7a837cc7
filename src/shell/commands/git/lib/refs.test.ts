import { describe, expect, test } from "vitest";
import { ZERO_ID } from "./objects.ts";
import {
  deleteRef,
  expandRef,
  isRefName,
  listRefs,
  packedRefs,
  packRefs,
  readHead,
  readReflog,
  reflogNames,
  resolveRef,
  shortenRef,
  writeRef,
  writeSymbolicRef,
} from "./refs.ts";
import { testRepo } from "./testRepo.ts";

const NOTE = {
  person: { name: "Lin", email: "l@x", timestamp: 7, timezone: "+0000" },
  message: " a\n b ",
  create: true,
};

describe("names", () => {
  test.each([
    ["refs/heads/a", true],
    ["a/b.c", true],
    ["a..b", false],
    ["a.lock", false],
    ["a/.b", false],
    ["a b", false],
    ["a@{b", false],
    ["@", false],
    ["a/", false],
    ["a~1", false],
  ])("%s: %s", (name, valid) => expect(isRefName(name)).toBe(valid));
});

describe("references", () => {
  test("writing logs the branch and HEAD, and one line a message", async () => {
    const { repo, commit } = await testRepo();
    const [a, b] = [await commit("a", 1), await commit("b", 2)];
    await writeRef(repo, "HEAD", a, NOTE);
    await writeRef(repo, "refs/heads/main", b, NOTE);
    await writeRef(repo, "refs/tags/t", b, NOTE);
    expect(await readHead(repo)).toEqual({ branch: "refs/heads/main", id: b });
    expect((await readReflog(repo, "HEAD")).map((entry) => [entry.old, entry.new, entry.message])).toEqual([
      [ZERO_ID, a, "a b"],
      [a, b, "a b"],
    ]);
    expect(await reflogNames(repo)).toEqual(["HEAD", "refs/heads/main"]);
  });

  test("packed and loose are one list; a deleted one is gone from both, with its log and empty folders", async () => {
    const { repo, commit } = await testRepo();
    const [a, b] = [await commit("a", 1), await commit("b", 2)];
    for (const name of ["refs/heads/x/y", "refs/heads/b", "refs/tags/v"]) await writeRef(repo, name, a, NOTE);
    await packRefs(repo, { all: true, prune: true });
    expect([...(await packedRefs(repo)).keys()]).toEqual(["refs/heads/b", "refs/heads/x/y", "refs/tags/v"]);
    expect(await repo.fs.exists("/r/.git/refs/heads/x")).toBe(false);
    await writeRef(repo, "refs/heads/b", b, null);
    expect((await listRefs(repo)).map((ref) => [ref.name, ref.id])).toEqual([
      ["refs/heads/b", b],
      ["refs/heads/x/y", a],
      ["refs/tags/v", a],
    ]);
    await deleteRef(repo, "refs/heads/b");
    await deleteRef(repo, "refs/heads/x/y");
    expect((await listRefs(repo)).map((ref) => ref.name)).toEqual(["refs/tags/v"]);
    expect(await repo.fs.exists("/r/.git/logs/refs/heads/x")).toBe(false);
    expect(await resolveRef(repo, "refs/heads/b")).toBeNull();
  });

  test("short names both ways", async () => {
    const { repo, commit } = await testRepo();
    const [a, b] = [await commit("a", 1), await commit("b", 2)];
    await writeRef(repo, "refs/heads/same", a, null);
    await writeRef(repo, "refs/tags/same", b, null);
    await writeRef(repo, "refs/remotes/origin/main", a, null);
    await writeSymbolicRef(repo, "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
    expect(await expandRef(repo, "same")).toEqual({ name: "refs/tags/same", id: b, ambiguous: true });
    expect(await expandRef(repo, "origin")).toMatchObject({ name: "refs/remotes/origin/HEAD", id: a });
    expect(await expandRef(repo, "config")).toBeNull();
    expect(await shortenRef(repo, "refs/heads/same")).toBe("heads/same");
    expect(await shortenRef(repo, "refs/remotes/origin/main")).toBe("origin/main");
  });
});
