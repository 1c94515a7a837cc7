import { describe, expect, test } from "vitest";
import { readCommit } from "./objects.ts";
import { resolveRevision } from "./revision.ts";
import { writeRef } from "./refs.ts";
import { testRepo, type TestRepo } from "./testRepo.ts";
import {
  aheadBehind,
  isAncestor,
  mergeBases,
  reachableObjects,
  roots,
  walkCommits,
  type Walk,
} from "./walk.ts";

/** a ← b ← d ← m, a ← c ← m; c is younger than d. */
async function diamond(repo: TestRepo) {
  const a = await repo.commit("a", 10);
  const b = await repo.commit("b", 20, [a]);
  const d = await repo.commit("d", 30, [b]);
  const c = await repo.commit("c", 40, [a]);
  const m = await repo.commit("m", 50, [d, c]);
  return { a, b, c, d, m };
}

async function order(repo: TestRepo, walk: Walk): Promise<string> {
  let text = "";
  for await (const commit of walkCommits(repo.repo, walk)) text += commit.message.trim();
  return text;
}

describe("walks", () => {
  test("orders, limits, parents", async () => {
    const repo = await testRepo();
    const { a, b, c, m } = await diamond(repo);
    expect(await order(repo, { starts: [m] })).toBe("mcdba");
    expect(await order(repo, { starts: [m], order: "topo" })).toBe("mcdba");
    expect(await order(repo, { starts: [c, m], order: "date" })).toBe("mcdba");
    expect(await order(repo, { starts: [m], exclude: [b] })).toBe("mcd");
    expect(await order(repo, { starts: [m], firstParent: true })).toBe("mdba");
    expect(await order(repo, { starts: [b, m, a], noWalk: "sorted" })).toBe("mba");
    expect(await order(repo, { starts: [b, m, a], noWalk: "unsorted" })).toBe("bma");
  });

  test("equal dates keep the order in which commits were found", async () => {
    const repo = await testRepo();
    const a = await repo.commit("a", 5);
    const [x, y] = [await repo.commit("x", 9, [a]), await repo.commit("y", 9, [a])];
    expect(await order(repo, { starts: [x, y] })).toBe("xya");
    expect(await order(repo, { starts: [y, x] })).toBe("yxa");
  });

  test("a missing parent ends the walk as git ends it", async () => {
    const repo = await testRepo();
    const lost = "1".repeat(40);
    const tip = await repo.commit("tip", 9, [lost]);
    await expect(order(repo, { starts: [tip] })).rejects.toThrow(
      `Failed to traverse parents of commit ${tip}`,
    );
  });

  test("bases, ancestry, counts", async () => {
    const repo = await testRepo();
    const { a, b, c, d, m } = await diamond(repo);
    expect(await mergeBases(repo.repo, c, [d])).toEqual([a]);
    expect(await mergeBases(repo.repo, m, [b])).toEqual([b]);
    const cross = await repo.commit("x", 60, [c, d]);
    expect(await mergeBases(repo.repo, m, [cross])).toEqual([c, d]);
    expect([await isAncestor(repo.repo, a, m), await isAncestor(repo.repo, m, a)]).toEqual([true, false]);
    expect(await aheadBehind(repo.repo, d, c)).toEqual({ ahead: 2, behind: 1 });
  });

  test("what references and logs keep is reachable, the rest is not", async () => {
    const repo = await testRepo();
    const { c, m } = await diamond(repo);
    const person = { name: "Lin", email: "l@x", timestamp: 7, timezone: "+0000" };
    await writeRef(repo.repo, "refs/heads/main", m, { person, message: "m", create: true });
    await writeRef(repo.repo, "refs/heads/main", c, { person, message: "c", create: true });
    const kept = async (reflogs: boolean) =>
      reachableObjects(
        repo.repo,
        (await roots(repo.repo, { reflogs })).map((root) => root.id),
      );
    expect([(await kept(true)).has(m), (await kept(false)).has(m), (await kept(false)).has(c)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe("revisions", () => {
  test("suffixes, logs, searches", async () => {
    const repo = await testRepo();
    const { a, b, c, d, m } = await diamond(repo);
    const person = { name: "Lin", email: "l@x", timestamp: 999_900, timezone: "+0000" };
    for (const id of [d, m])
      await writeRef(repo.repo, "refs/heads/main", id, {
        person,
        message: "checkout: moving from topic to main",
        create: true,
      });
    await writeRef(repo.repo, "refs/heads/topic", c, null);
    const tree = (await readCommit(repo.repo, a))?.tree;
    const cases: [string, string | null | undefined][] = [
      ["HEAD", m],
      ["main~2", b],
      ["main^2", c],
      ["HEAD^2^", a],
      ["main^{tree}", tree],
      ["main@{1}", d],
      ["@{-1}", c],
      [":/b", b],
      ["main^{/c}", c],
      [m.slice(0, 10), m],
      ["main^3", null],
      ["main~9", null],
      ["nope", null],
      ["main@{1.minute.ago}", m],
    ];
    for (const [text, id] of cases)
      expect([text, (await resolveRevision(repo.repo, text))?.id ?? null]).toEqual([text, id]);
    await expect(resolveRevision(repo.repo, "main@{7}")).rejects.toThrow("log for 'main' only has 2 entries");
    await expect(resolveRevision(repo.repo, "main:x")).rejects.toThrow("path 'x' does not exist in 'main'");
  });
});
