import { expect, test } from "vitest";
import { logPlace, pullPlace } from "./place.ts";

test.each([
  ["run 118 job greet step 2:7", { run: 118, job: "greet", step: 2, line: 7 }],
  [
    "run 9 attempt 2 job test (20, x) step 3:12 (after base64, base64)",
    { run: 9, job: "test (20, x)", step: 3, line: 12 },
  ],
  ["run 118, job greet", { run: 118, job: "greet", step: null, line: null }],
  ["run 118", { run: 118, job: null, step: null, line: null }],
  ["artifact site", null],
])("%s", (at, expected) => {
  expect(logPlace(at)).toEqual(expected);
});

test.each([
  ["pull request #7: the greeting lacks a quote", 7],
  ["comment on 7", 7],
  ["release v1", null],
])("%s", (at, expected) => {
  expect(pullPlace(at)).toBe(expected);
});
