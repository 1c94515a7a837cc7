import { expect, test } from "vitest";
import { DURATION, durationMs } from "./duration.ts";

const CASES: readonly (readonly [text: string, ms: number])[] = [
  ["90s", 90_000],
  ["6m", 360_000],
  ["2h", 7_200_000],
  ["1d", 86_400_000],
  ["1h30m", 5_400_000],
  ["0s", 0],
];
test.each(CASES)("%s", (text, ms) => {
  expect(text).toMatch(DURATION);
  expect(durationMs(text)).toBe(ms);
});

test.each(["", "6", "m", "6 m", "6m ", "-6m", "1.5h", "6min"])("%j is none", (text) =>
  expect(text).not.toMatch(DURATION),
);
