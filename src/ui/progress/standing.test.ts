import { expect, test } from "vitest";
import { nextLab, type Catalog } from "./catalog.ts";
import { covered, PLACEMENT } from "./placement.ts";
import { certified } from "./certificate.ts";
import { labStanding, pathStanding } from "./standing.ts";
import { NOON, result, visit } from "./results.fixture.ts";

const lab = (id: string, minutes: number, ready = true) => ({
  id,
  title: `Title of ${id}`,
  minutes,
  module: "day-one",
  version: "1.0.0",
  difficulty: "easy",
  ready,
  about: "",
  asks: [],
  extras: [],
});
const ids = ["first-clean-pr", "unpushed-leak", "guard-the-gate", "pin-it"];
const path = { id: "p", title: "P", text: "", labs: ids, parts: [] };
const catalog: Catalog = {
  labs: [
    lab("first-clean-pr", 8),
    lab("unpushed-leak", 10),
    lab("guard-the-gate", 12),
    lab("pin-it", 12, false),
  ],
  paths: [path],
  modules: [],
};
const kept = (results: ReturnType<typeof result>[], visits: ReturnType<typeof visit>[] = []) => ({
  results,
  visits,
});

test.each([
  ["nothing", kept([]), "new"],
  ["a visit without a command", kept([], [visit("unpushed-leak", { commands: 0 })]), "new"],
  ["a visit", kept([], [visit("unpushed-leak")]), "begun"],
  ["checks that fail", kept([result("unpushed-leak", { passed: false })], [visit("unpushed-leak")]), "begun"],
  ["a pass", kept([result("unpushed-leak")], [visit("unpushed-leak")]), "passed"],
  [
    "a pass and a later try",
    kept([result("unpushed-leak")], [visit("unpushed-leak", { attempt: "b" })]),
    "passed",
  ],
  ["a harder lab", kept([result("rewrite-history")]), "covered"],
  ["a harder lab with a hint", kept([result("rewrite-history", { hints: 1 })]), "new"],
])("%s: %s", (_, all, state) => {
  expect(labStanding(all, "unpushed-leak").state).toBe(state);
});

test("a begun lab says how far its checks are", () => {
  const failing = result("unpushed-leak", { passed: false });
  expect(labStanding(kept([failing], [visit("unpushed-leak")]), "unpushed-leak").checks).toEqual({
    passed: 1,
    asked: 4,
  });
  expect(labStanding(kept([], [visit("unpushed-leak")]), "unpushed-leak").checks).toEqual({
    passed: 2,
    asked: 6,
  });
});

test("the pass that counts: extra checks, then fewer hints, then the earlier one", () => {
  const passes = [
    result("revoke-first", { seed: 1, hints: 1 }),
    result("revoke-first", { seed: 2, when: NOON + 1 }),
    result("revoke-first", { seed: 3, hints: 2, extra: 1 }),
  ];
  const best = (from: typeof passes) => labStanding(kept(from), "revoke-first").pass?.seed;
  expect([best(passes), best(passes.slice(0, 2))]).toEqual([3, 2]);
});

test("the second attempt is counted as such", () => {
  const results = [
    result("revoke-first", { seed: 1, passed: false, when: NOON - 1 }),
    result("revoke-first", { seed: 2 }),
    result("revoke-first", { seed: 3, when: NOON + 1 }),
  ];
  expect(labStanding(kept(results), "revoke-first").attempts).toBe(2);
});

test("a path goes on where one left, and ends without labs to come", () => {
  const begun = pathStanding(kept([result("first-clean-pr")], [visit("guard-the-gate")]), catalog, path);
  expect([begun.passed, begun.ready, begun.minutesPassed, begun.minutes, begun.finished]).toEqual([
    1,
    3,
    8,
    42,
    false,
  ]);
  expect(begun.next?.lab).toBe("guard-the-gate");
  const all = pathStanding(kept(ids.slice(0, 3).map((id) => result(id))), catalog, path);
  expect([all.finished, all.next]).toEqual([true, null]);
  expect(pathStanding(kept([]), catalog, path).next?.lab).toBe("first-clean-pr");
  expect(pathStanding(kept([]), catalog, { labs: ["pin-it"] }).finished).toBe(false);
});

test.each([
  ["first-clean-pr", "unpushed-leak"],
  ["guard-the-gate", null],
  ["pin-it", null],
  ["elsewhere", null],
])("after %s comes %s", (from, to) => {
  expect(nextLab(catalog, "p", from)?.id ?? null).toBe(to);
  expect(nextLab(catalog, "unknown", from)).toBeNull();
});

test("a certificate lists what was passed, and the lab that covers another", () => {
  const results = [result("first-clean-pr"), result("rewrite-history"), result("guard-the-gate")];
  const labs = certified(catalog, pathStanding(kept(results), catalog, path), results);
  expect(labs?.map(({ standing, proof }) => [standing.lab, proof.lab])).toEqual([
    ["first-clean-pr", "first-clean-pr"],
    ["unpushed-leak", "rewrite-history"],
    ["guard-the-gate", "guard-the-gate"],
  ]);
  expect(certified(catalog, pathStanding(kept([]), catalog, path), [])).toBeNull();
});

test("placement: eight tasks, and no lab covers a task", () => {
  const tasks = PLACEMENT.map((task) => task.lab);
  expect(new Set(tasks).size).toBe(8);
  const covers = PLACEMENT.flatMap((task) => task.covers.map((cover) => cover.lab));
  expect(covers.filter((id) => tasks.includes(id))).toEqual([]);
  expect([...covered([result("pwn-request")]).keys()]).toEqual(["title-is-code"]);
  expect(covered([result("pwn-request", { passed: false })]).size).toBe(0);
});
