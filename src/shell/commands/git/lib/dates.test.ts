import { describe, expect, test } from "vitest";
import { approxidate, expiryDate, formatDate, parseDate, relativeDate, strftime } from "./dates.ts";

/** Monday 9 March 2026, 09:00:00 UTC. */
const NOW = 1773046800;

describe("exact dates", () => {
  test.each([
    ["1700000000 +0200", { timestamp: 1700000000, timezone: "+0200" }],
    ["@5 +0000", { timestamp: 5, timezone: "+0000" }],
    ["2026-03-09T08:00:00+02:00", { timestamp: 1773036000, timezone: "+0200" }],
    ["2026-03-09 08:00:00 -0530", { timestamp: 1773063000, timezone: "-0530" }],
    ["20260309T080000", { timestamp: 1773043200, timezone: "+0000" }],
    ["Mon, 9 Mar 2026 08:00:00 -0500", { timestamp: 1773061200, timezone: "-0500" }],
    ["Mon Mar 9 08:00:00 2026 +0100", { timestamp: 1773039600, timezone: "+0100" }],
    ["2026-03-09", null],
    ["yesterday", null],
    ["", null],
  ])("%s", (text, expected) => expect(parseDate(text)).toEqual(expected));
});

describe("approximate dates, as git reads them on a Monday at nine", () => {
  test.each([
    ["yesterday", NOW - 86_400],
    ["2.weeks.ago", NOW - 14 * 86_400],
    ["noon", Date.UTC(2026, 2, 8, 12) / 1000],
    ["last friday", NOW - 3 * 86_400],
    ["2025-12-31", Date.UTC(2025, 11, 31, 9) / 1000],
    ["31.12.2025 10:30", Date.UTC(2025, 11, 31, 10, 30) / 1000],
    ["1 month ago", Date.UTC(2026, 1, 9, 9) / 1000],
    ["never", 0],
    ["gibberish", null],
  ])("%s", (text, expected) => expect(approxidate(text, NOW)).toBe(expected));

  test("an expiry of now takes everything, never takes nothing", () => {
    expect(expiryDate("now", NOW)).toBe(Number.MAX_SAFE_INTEGER);
    expect(expiryDate("never", NOW)).toBe(0);
    expect(expiryDate("bogus", NOW)).toBeNull();
  });
});

describe("printing", () => {
  const moment = { timestamp: 1772985845, timezone: "+0530" };
  test.each([
    ["default", "Sun Mar 8 21:34:05 2026 +0530"],
    ["iso", "2026-03-08 21:34:05 +0530"],
    ["iso-strict", "2026-03-08T21:34:05+05:30"],
    ["rfc", "Sun, 8 Mar 2026 21:34:05 +0530"],
    ["short", "2026-03-08"],
    ["raw", "1772985845 +0530"],
    ["unix", "1772985845"],
    ["relative", "17 hours ago"],
    ["iso-local", "2026-03-08 16:04:05 +0000"],
    ["format:%d.%m.%Y %H:%M %%", "08.03.2026 21:34 %"],
    ["bogus", null],
  ])("--date=%s", (mode, expected) => expect(formatDate(moment, mode, NOW)).toBe(expected));

  test.each([
    [1, "1 second ago"],
    [89, "89 seconds ago"],
    [90, "2 minutes ago"],
    [36 * 3600, "2 days ago"],
    [400 * 86_400, "1 year, 1 month ago"],
    [-5, "in the future"],
  ])("%d seconds: %s", (age, expected) => expect(relativeDate(NOW - age, NOW)).toBe(expected));

  test("day of the year and weekday", () =>
    expect(strftime("%j %a %u %e", NOW, "+0000")).toBe("068 Mon 1  9"));
});
