/** Values of requests, as leniently read as the real server reads them. */
import { expect, test } from "vitest";
import { durationMs, flagOf, goTime, listOf, mapOf, plainTime, wrongSpan } from "./fields.ts";

test.each([
  ["15m", 900_000],
  ["1h30m", 5_400_000],
  ["3600", 3_600_000],
  ["2d", 172_800_000],
  ["0", 0],
  ["", null],
  ["-1h", null],
  ["1 h", null],
  ["1h30", null],
  ["9".repeat(30), null],
])("a span of time: %s", (text, ms) => expect(durationMs(text)).toBe(ms));

test.each([
  ["a, b,,c", ["a", "b", "c"]],
  [
    ["a", " b "],
    ["a", "b"],
  ],
  [7, ["7"]],
  [null, []],
  [undefined, []],
])("a list: %j", (value, list) => expect(listOf({ it: value }, "it")).toEqual(list));

test.each([
  [{ a: "b" }, { a: "b" }],
  ['{"a":"b"}', { a: "b" }],
  ["a=b", { a: "b" }],
  [["a=b", "c=d=e"], { a: "b", c: "d=e" }],
  ["nothing", null],
  ["[1]", null],
  [null, null],
])("a map: %j", (value, map) => expect(mapOf({ it: value }, "it")).toEqual(map));

test("names of every object are not there unless they were sent", () => {
  expect(listOf({}, "constructor")).toEqual([]);
  expect(mapOf({}, "__proto__")).toBeNull();
  expect(flagOf({}, "toString", true)).toBe(true);
});

test("a wrong span is named", () => {
  expect(wrongSpan({ ttl: "1h", max: "soon" }, ["ttl", "max"])).toBe(
    'error converting input soon for field "max": time: invalid duration "soon"',
  );
  expect(wrongSpan({ ttl: "1h" }, ["ttl", "max"])).toBeNull();
});

test("times as Go prints them", () => {
  const ms = Date.UTC(2026, 2, 3, 9, 0, 0);
  expect([goTime(ms), plainTime(ms)]).toEqual(["2026-03-03T09:00:00.000000000Z", "2026-03-03T09:00:00Z"]);
});
