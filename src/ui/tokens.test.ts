/** Contrast of the tokens, by day and night and in high contrast, as the table of the design states it. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("tokens.css", import.meta.url), "utf8").replace(/\/\*.*?\*\//gs, "");

/** Colours that a rule with exactly this selector sets; `query`: inside the media query of that text. */
function colours(selector: string, query?: string): Record<string, string> {
  const found: Record<string, string> = {};
  const text = query === undefined ? css : (css.split(`@media ${query} {`)[1]?.split("@media")[0] ?? "");
  for (const [, selectors = "", body = ""] of text.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    if (!selectors.split(",").some((it) => it.trim() === selector)) continue;
    for (const [, name = "", value = ""] of body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/g))
      found[name] = value;
  }
  return found;
}

const day = colours(":root");
const night = { ...day, ...colours(':root[data-theme="night"]') };
const moreDay = { ...day, ...colours(':root[data-contrast="more"]') };
const moreNight = {
  ...night,
  ...colours(':root[data-contrast="more"]'),
  ...colours(':root[data-contrast="more"][data-theme="night"]'),
};

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const SURFACES = ["panel", "canvas", "land", "water", "well"];
const TINTS = ["sel", "action-weak", "exposed-weak", "pass-weak", "notyet-weak", "unknown-weak"];

/** Role, then on panel and the lowest on any surface or tint, by day and by night. */
const TABLE: readonly (readonly [string, number, number, number, number])[] = [
  ["ink", 16.4, 12.8, 14.6, 10.7],
  ["ink2", 8.1, 6.3, 9.7, 7.1],
  ["ink3", 5.9, 4.6, 7.0, 5.1],
  ["action", 7.9, 6.2, 9.9, 7.2],
  ["exposed", 7.6, 5.9, 8.2, 6.0],
  ["pass", 7.3, 5.7, 10.1, 7.4],
  ["notyet", 7.2, 5.6, 10.3, 7.6],
  ["unknown", 6.7, 5.3, 8.5, 6.2],
  ["rule-strong", 4.0, 3.1, 4.2, 3.1],
];
/** The table rounds to one digit. */
const ROUNDING = 0.05;

const lowest = (theme: Record<string, string>, role: string, on: readonly string[]): number =>
  Math.min(...on.map((surface) => contrast(theme[role] as string, theme[surface] as string)));

test.each(TABLE)("%s", (role, onPanel, anywhere, nightOnPanel, nightAnywhere) => {
  const all = [...SURFACES, ...TINTS];
  expect(lowest(day, role, ["panel"])).toBeGreaterThanOrEqual(onPanel - ROUNDING);
  expect(lowest(day, role, all)).toBeGreaterThanOrEqual(anywhere - ROUNDING);
  expect(lowest(night, role, ["panel"])).toBeGreaterThanOrEqual(nightOnPanel - ROUNDING);
  expect(lowest(night, role, all)).toBeGreaterThanOrEqual(nightAnywhere - ROUNDING);
});

test("what stands on the action colour", () => {
  expect(contrast(day["on-action"] as string, day["action"] as string)).toBeGreaterThanOrEqual(
    7.9 - ROUNDING,
  );
  expect(contrast(night["on-action"] as string, night["action"] as string)).toBeGreaterThanOrEqual(
    9.5 - ROUNDING,
  );
});

describe("high contrast", () => {
  const texts = [...TABLE.map(([role]) => role), "ansi-red", "ansi-cyan"];
  for (const [name, theme] of [
    ["day", moreDay],
    ["night", moreNight],
  ] as const) {
    test.each(texts)(`%s by ${name}`, (role) => {
      const plain = [...SURFACES, ...TINTS.filter((tint) => tint !== "sel")];
      expect(lowest(theme, role, plain)).toBeGreaterThanOrEqual(10.8 - ROUNDING);
      expect(lowest(theme, role, ["sel"])).toBeGreaterThanOrEqual(7.5 - ROUNDING);
    });
    test(`surfaces and tints are one colour by ${name}, hairlines ink`, () => {
      const colours = new Set([...SURFACES, ...TINTS.filter((it) => it !== "sel")].map((it) => theme[it]));
      expect([...colours]).toEqual([name === "day" ? "#ffffff" : "#000000"]);
      expect(theme["rule"]).toBe(theme["ink"]);
    });
  }
});

const NO_SCRIPT = ":root:not([data-theme])";
const DARK = "(prefers-color-scheme: dark)";
const MORE = "(prefers-contrast: more)";

test("before any script has run, each look is the same", () => {
  const early = colours(NO_SCRIPT, DARK);
  const earlyMore = colours(NO_SCRIPT, MORE);
  const earlyMoreNight = { ...early, ...earlyMore, ...colours(NO_SCRIPT, `${MORE} and ${DARK}`) };
  expect({ ...day, ...early }).toEqual(night);
  expect({ ...day, ...earlyMore }).toEqual(moreDay);
  expect({ ...day, ...earlyMoreNight }).toEqual(moreNight);
});
