import { expect, test } from "vitest";
import { textIn } from "../text/text.ts";
import { aheadText, dayText, labClock } from "./when.ts";

const t = textIn("en", {});
const at = (day: number, hour = 12) => new Date(2026, 4, day, hour).getTime();

test.each([
  [at(6, 1), "today"],
  [at(5, 23), "yesterday"],
  [at(4), "on Monday"],
  [at(6 - 30), "on 6 April 2026"],
])("%s", (when, words) => {
  expect(dayText(t, when, at(6))).toBe(words);
});

test("ahead", () => {
  expect([at(6, 23), at(7, 1), at(11)].map((when) => aheadText(t, when, at(6)))).toEqual([
    "today",
    "tomorrow",
    "in 5 days",
  ]);
  expect(labClock(750_000)).toBe("T+12:30");
});
