import { describe, expect, test } from "vitest";
import { textIn } from "../text/text.ts";
import {
  healthOf,
  healthWords,
  minutesSince,
  percent,
  sparkline,
  type MinuteJson,
  type OutageJson,
} from "./health.ts";

const t = textIn("en", {});
const START = Date.parse("2026-03-03T09:00:00Z");
const iso = (minute: number) => new Date(START + minute * 60_000).toISOString();
const minute = (at: number, requests: number, failed = 0): MinuteJson => ({
  minute: iso(at),
  requests,
  failed,
});
const outage = (from: number, to: number | null, requests: number, failed: number): OutageJson => ({
  ...{ from: iso(from), requests, failed, reason: "refused" },
  to: to === null ? null : iso(to),
});
const status = (healthy = true, load = 6) => ({
  ...{ service: "tides-api", healthy, version: "1.0.0", deployed_at: iso(-60) },
  ...(load > 0 ? { requests_per_second: load } : {}),
});
const time = (at: string) => `T+${(Date.parse(at) - START) / 60_000}:00`;
const words = (...args: [ReturnType<typeof status>, MinuteJson[], OutageJson[]]) =>
  healthWords(t, healthOf(...args, START), time);

describe("in words", () => {
  test.each([
    ["all well", status(), [minute(0, 360)], [], "100 % served"],
    ["nobody asks", status(true, 0), [], [], "works"],
    ["nobody asks, and it is broken", status(false, 0), [], [], "does not work"],
    [
      "before the lab does not count",
      status(),
      [minute(-5, 360, 360), minute(0, 360)],
      [outage(-5, -4, 360, 360)],
      "100 % served",
    ],
    [
      "over",
      status(),
      [minute(0, 360), minute(1, 360, 60)],
      [outage(1, 1.5, 180, 60)],
      "91 % served, failed first at T+1:00",
    ],
    [
      "some fail now",
      status(false),
      [minute(0, 300), minute(1, 300, 60)],
      [outage(1, null, 300, 60)],
      "90 % served, since T+1:00",
    ],
    [
      "nobody is answered",
      status(false),
      [minute(0, 360), minute(1, 252, 252)],
      [outage(1, null, 252, 252)],
      "down, 252 requests failed",
    ],
    ["one request", status(false), [minute(0, 1, 1)], [outage(0, null, 1, 1)], "down, 1 request failed"],
  ])("%s", (_, it, minutes, outages, said) => expect(words(it, minutes, outages)).toBe(said));
});

test.each([
  [1, "100"],
  [0.99999, "99.99"],
  [0.995, "99.5"],
  [0.917, "91"],
  [0.004, "1"],
  [0, "0"],
])("%f is %s %", (part, text) => expect(percent(part)).toBe(text));

test("a line over the minutes, and a floor under those in which nobody was answered", () => {
  const health = healthOf(
    status(false),
    [minute(0, 360), minute(1, 360, 180), minute(2, 360, 360), minute(3, 60, 60)],
    [outage(1, null, 780, 600)],
    START,
  );
  const { line, floors } = sparkline(health, 80, 14);
  expect(line).toBe("M0 1.5L20 1.5L20 6.5L40 6.5L40 11.5L60 11.5L60 11.5L80 11.5");
  expect(floors).toEqual([{ from: 40, to: 80 }]);
});

test("history is asked for since the lab began, and for a day at most", () => {
  expect(minutesSince(START, START)).toBe(1);
  expect(minutesSince(START, START + 90_000)).toBe(3);
  expect(minutesSince(START, START + 3 * 86_400_000)).toBe(1440);
});
