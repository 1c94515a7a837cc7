import { expect, test } from "vitest";
import { clockText, timescale } from "./timescale.ts";

test.each([
  [0, "0:00"],
  [15_000, "0:15"],
  [195_000, "3:15"],
  [3_720_000, "1:02:00"],
  [-5, "0:00"],
])("%d ms reads %s", (ms, text) => expect(clockText(ms)).toBe(text));

test.each([0, 195_000, 3_600_000, 90_000_000])("after %d ms, now is on the scale and marks are few", (ms) => {
  const scale = timescale(ms);
  expect(scale.at(ms)).toBeLessThanOrEqual(0.8);
  expect(scale.ticks.length).toBeGreaterThan(2);
  expect(scale.ticks.length).toBeLessThan(13);
});
