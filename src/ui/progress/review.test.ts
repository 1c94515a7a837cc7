import { expect, test } from "vitest";
import { due, reviews } from "./review.ts";
import { DAY, NOON, result } from "./results.fixture.ts";

const labs = (results: Parameters<typeof due>[0], now: number) => due(results, now).map(({ lab }) => lab);

test.each([
  ["not on the day itself", 0.9, []],
  ["after one day", 1, ["revoke-first"]],
  ["still, until it is done", 20, ["revoke-first"]],
])("one lab: %s", (_, days, expected) => {
  expect(labs([result("revoke-first")], NOON + days * DAY)).toEqual(expected);
});

const reviewed = (seed: number, day: number) =>
  result("revoke-first", { seed, purpose: "review", when: NOON + day * DAY });

test.each([
  [[reviewed(8, 2)], 2 + 7],
  [[reviewed(8, 2), reviewed(9, 10)], 10 + 30],
  [[reviewed(8, 2), reviewed(9, 10), reviewed(11, 41)], null],
])("then after 7 and 30 days, and then no more", (done, day) => {
  const results = [result("revoke-first"), ...done];
  expect(reviews(results)[0]?.dueAt ?? null).toBe(day === null ? null : NOON + day * DAY);
});

test("a review that does not pass leaves the lab due", () => {
  const failed = result("revoke-first", { seed: 8, purpose: "review", passed: false, when: NOON + 2 * DAY });
  expect(labs([result("revoke-first"), failed], NOON + 3 * DAY)).toEqual(["revoke-first"]);
});

test("two labs of a day come back: those that took most help", () => {
  const results = [
    result("first-clean-pr"),
    result("unpushed-leak", { hints: 2, when: NOON + 1 }),
    result("guard-the-gate", { undos: 3, when: NOON + 2 }),
  ];
  expect(reviews(results).map(({ lab }) => lab)).toEqual(["unpushed-leak", "guard-the-gate"]);
});

test("at most two at a time, the longest due first", () => {
  const results = ["first-clean-pr", "unpushed-leak", "guard-the-gate", "revoke-first"].map((lab, i) =>
    result(lab, { when: NOON + i * DAY }),
  );
  expect(labs(results, NOON + 30 * DAY)).toEqual(["first-clean-pr", "unpushed-leak"]);
});

test("the seed is the same on every visit, and none that was played", () => {
  const [first] = reviews([result("revoke-first")]);
  expect(reviews([result("revoke-first")])[0]?.seed).toBe(first?.seed);
  const played = result("revoke-first", { seed: first?.seed as number });
  expect(reviews([result("revoke-first"), played])[0]?.seed).not.toBe(first?.seed);
  expect(reviews([result("revoke-first"), reviewed(8, 2)])[0]?.seed).not.toBe(first?.seed);
});

test("nothing is due of labs that never passed", () => {
  expect(reviews([result("revoke-first", { passed: false })])).toEqual([]);
});
