import { expect, test } from "vitest";
import { mergeResults, mergeVisits, readKept, visitProgress } from "./progress.ts";
import { NOON, result, visit } from "./results.fixture.ts";

test("merging keeps one result per attempt, in whatever order they come", () => {
  const [failed, passed] = [result("revoke-first", { passed: false }), result("revoke-first")];
  const other = result("revoke-first", { seed: 8 });
  expect(mergeResults([failed, other], [passed])).toEqual([passed, other]);
  expect(mergeResults([passed], [failed, other])).toEqual([passed, other]);
});

test("of two visits of an attempt the later one counts", () => {
  const later = visit("revoke-first", { when: NOON + 1, commands: 20 });
  expect(mergeVisits([visit("revoke-first")], [later])).toEqual([later]);
  expect(mergeVisits([later], [visit("revoke-first")])).toEqual([later]);
});

test("records that cannot be read are counted, not shown", () => {
  const kept = readKept([result("revoke-first"), { lab: "revoke-first" }, null], [visit("revoke-first"), 7]);
  expect(kept).toEqual({ results: [result("revoke-first")], visits: [visit("revoke-first")], damaged: 3 });
});

function memory(): Pick<Storage, "getItem" | "setItem"> {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

test("without storage progress lasts for the visit, over pages", async () => {
  const session = memory();
  await visitProgress(session).addResults([result("revoke-first")]);
  const next = visitProgress(session);
  expect(next.lasts).toBe("visit");
  expect((await next.all()).results).toEqual([result("revoke-first")]);
});

test.each([
  null,
  { getItem: () => "{", setItem: () => {} },
  { getItem: () => '{"results": 7}', setItem: () => {} },
])("storage that refuses or is damaged: empty, and it works", async (storage) => {
  const store = visitProgress(storage);
  expect((await store.all()).results).toEqual([]);
  await store.addVisits([visit("revoke-first")]);
  expect((await store.all()).visits).toEqual([visit("revoke-first")]);
});

test("one lab is forgotten, or all", async () => {
  const store = visitProgress(null);
  await store.addResults([result("revoke-first"), result("unpushed-leak")]);
  await store.addVisits([visit("revoke-first")]);
  await store.forget("revoke-first");
  expect(await store.all()).toEqual({ results: [result("unpushed-leak")], visits: [], damaged: 0 });
  await store.forget(null);
  expect((await store.all()).results).toEqual([]);
});
