import { expect, test } from "vitest";
import { better, readResult, readVisit } from "./result.ts";
import { NOON, proof, result, visit } from "./results.fixture.ts";

test("what was written is read again", () => {
  expect(readResult(JSON.parse(JSON.stringify(result("revoke-first"))))).toEqual(result("revoke-first"));
  expect(readVisit(JSON.parse(JSON.stringify(visit("revoke-first"))))).toEqual(visit("revoke-first"));
});

test("fields that nobody named are left behind", () => {
  expect(readResult({ ...result("revoke-first"), typed: "a text" })).toEqual(result("revoke-first"));
});

test.each<[string, Record<string, unknown>]>([
  ["a lab that is a path", { lab: "../revoke-first" }],
  ["a lab that is a list", { lab: ["revoke-first"] }],
  ["a seed with a fraction", { seed: 1.5 }],
  ["a negative number of hints", { hints: -1 }],
  ["hints as a text", { hints: "0" }],
  ["passed as a text", { passed: "true" }],
  ["more checks than asked", { checks: { passed: 5, asked: 4 } }],
  ["marks as a list", { marks: [] }],
  ["a mark of another name", { marks: { contained: "perhaps" } }],
  ["a purpose of another name", { purpose: "__proto__" }],
  ["a time that is none", { when: Number.NaN }],
  ["a pass without a proof", { proof: null }],
  ["the proof of another lab", { proof: proof("unpushed-leak", 7) }],
  ["the proof of another seed", { proof: proof("revoke-first", 8) }],
  ["a proof that is no attempt", { proof: "passed\n" }],
  ["a proof without a pass", { passed: false }],
  ["an attempt id with markup", { attempt: "<b>" }],
])("refused: %s", (_, change) => {
  expect(readResult({ ...result("revoke-first"), ...change })).toBeNull();
});

test.each([null, undefined, 7, "x", [], {}, JSON.parse('{"__proto__": {"lab": "revoke-first"}}')])(
  "%j is no result and no visit",
  (value) => {
    expect(readResult(value)).toBeNull();
    expect(readVisit(value)).toBeNull();
  },
);

test("fields that come from a prototype do not count", () => {
  expect(readResult(Object.create(result("revoke-first")))).toBeNull();
});

const failing = (when: number) => result("revoke-first", { passed: false, when });

test.each([
  ["a pass before a failure", result("revoke-first"), failing(NOON + 1)],
  ["the later of two failures", failing(NOON + 1), failing(NOON)],
  ["more extra checks", result("revoke-first", { extra: 1, when: NOON + 1 }), result("revoke-first")],
  [
    "the earlier of two equal passes",
    result("revoke-first"),
    result("revoke-first", { when: NOON + 1, hints: 2 }),
  ],
])("of one attempt stays: %s", (_, stays, goes) => {
  expect(better(stays, goes)).toBe(stays);
  expect(better(goes, stays)).toBe(stays);
});
