import { describe, expect, test } from "vitest";
import { clockText, commandsUntil, placeLabels, textWidth, timescale } from "./timescale.ts";

const MINUTE = 60_000;

test.each([
  [0, "0:00"],
  [15_000, "0:15"],
  [195_000, "3:15"],
  [3_720_000, "1:02:00"],
  [-5, "0:00"],
])("%d ms reads %s", (ms, text) => expect(clockText(ms)).toBe(text));

test.each([
  [395_000, 26],
  [45_000, 3],
  [10_000, 1],
  [0, 1],
])("%d ms are %d commands", (ms, count) => expect(commandsUntil(ms)).toBe(count));

test.each([0, 195_000, 3_600_000, 90_000_000])("after %d ms, now is on the scale and marks are few", (ms) => {
  const scale = timescale(ms);
  expect(scale.at(ms)).toBeLessThanOrEqual(0.8);
  expect(scale.ticks.length).toBeGreaterThan(2);
  expect(scale.ticks.length).toBeLessThan(13);
});

describe("empty time", () => {
  const busy = [15, 30, 45, 90, 150, 200].map((s) => s * 1000);

  test("is not cut where there is little of it", () => {
    expect(timescale(205_000, { moments: busy }).breaks).toEqual([]);
  });

  test("before a known event far ahead is cut behind now, and the event stands on the line", () => {
    const scale = timescale(205_000, { moments: busy, ahead: [1_800_000] });
    expect(scale.breaks).toHaveLength(1);
    expect(scale.breaks[0]).toBeGreaterThan(scale.at(205_000));
    expect(scale.breaks[0]).toBeLessThan(scale.at(1_800_000));
    expect(scale.at(1_800_000)).toBeLessThan(1);
    // What has passed keeps at least half of the line.
    expect(scale.at(205_000)).toBeGreaterThan(0.4);
  });

  test("in the past is cut: a long wait between two acts", () => {
    const scale = timescale(1_300_000, { moments: [...busy, 1_200_000] });
    expect(scale.breaks).toHaveLength(1);
    expect(scale.at(200_000)).toBeGreaterThan(0.2);
  });

  test.each([{ ahead: [600_000] }, { ahead: [1_800_000, 7_200_000] }, { moments: [2_000_000] }])(
    "order is kept, and nothing stands outside: %j",
    (shown) => {
      const scale = timescale(205_000, { moments: busy, ...shown });
      const shares = Array.from({ length: 200 }, (_, i) => scale.at((i * scale.endMs) / 199));
      expect(shares.every((share, i) => share >= (shares[i - 1] ?? 0) && share <= 1)).toBe(true);
      expect([scale.at(0), scale.at(scale.endMs)]).toEqual([0, expect.closeTo(1, 9)]);
    },
  );

  test("no tick stands in a cut", () => {
    const { pieces, ticks } = timescale(205_000, { moments: busy, ahead: [1_800_000] });
    const cut = pieces.filter((piece) => piece.cut);
    expect(ticks.some((ms) => cut.some(({ fromMs, toMs }) => ms > fromMs && ms < toMs))).toBe(false);
  });

  test("a picture of the past ends where it ends", () => {
    expect(timescale(4 * MINUTE, { leastMs: 0 }).endMs).toBe(4 * MINUTE);
  });
});

describe("labels", () => {
  const line = { width: 800, rows: 2, sides: ["right", "left"] } as const;
  const label = (key: string, share: number, text = "a label of words") => ({ key, share, text });

  test.each([
    ["alone: to the right", [label("a", 0.1)], { a: ["right", 0] }],
    ["at the end of the line: to the left", [label("a", 0.99)], { a: ["left", 0] }],
    [
      "before another mark: to the left",
      [label("a", 0.3), label("b", 0.34)],
      { a: ["left", 0], b: ["right", 0] },
    ],
    [
      "between two marks: to the second row",
      [label("a", 0.3), label("b", 0.34), label("c", 0.38)],
      { a: ["left", 0], b: ["right", 1], c: ["right", 0] },
    ],
  ])("%s", (_, labels, expected) => {
    const placed = placeLabels(labels, line);
    expect(Object.fromEntries([...placed].map(([key, { side, row }]) => [key, [side, row]]))).toEqual(
      expected,
    );
  });

  test.each([
    ["all of it where there is room", 0.1, undefined, "A bot is reading the public events"],
    ["cut where there is none, without a dot before the dots", 0.2, [300, 310], "A bot reads…"],
    ["with its time, however short it is cut", 0.2, [330, 340], "A bot reads…, 9:00"],
  ] as const)("words: %s", (_, share, taken, expected) => {
    const text = taken ? "A bot reads. Everything that is public" : "A bot is reading the public events";
    const tail = expected.endsWith("9:00") ? ", 9:00" : "";
    const labels = [{ key: "a", share, text, tail }];
    const placed = placeLabels(labels, {
      ...line,
      sides: ["right"],
      letters: 16,
      taken: taken ? [taken] : [],
    });
    expect(placed.get("a")?.text).toBe(expected);
  });

  test("stems lead past the words of nearer rows", () => {
    const stairs = [label("c", 0.4), label("b", 0.38), label("a", 0.36)];
    const drawn = { width: 800, rows: 4, sides: ["right"], stems: true } as const;
    const rows = (labels: typeof stairs) => [...placeLabels(labels, drawn).values()].map(({ row }) => row);
    expect(rows(stairs)).toEqual([0, 1, 2]);
    // The first one's words would stand in the way of the second one's stem.
    expect(rows([label("a", 0.36), label("b", 0.38), label("c", 0.4)])).toEqual([1, 0]);
  });

  test("marks of one moment share a stem", () => {
    const labels = ["a", "b", "c", "d"].map((key) => label(key, 0.4));
    const placed = placeLabels(labels, { width: 800, rows: 4, sides: ["right"], stems: true });
    expect([...placed.values()].map(({ row }) => row)).toEqual([0, 1, 2, 3]);
  });

  test("what finds no place is in the text view only, and what is placed never covers another", () => {
    const labels = Array.from({ length: 40 }, (_, i) => label(String(i), i / 40));
    const placed = placeLabels(labels, line);
    expect(placed.size).toBeGreaterThan(4);
    expect(placed.size).toBeLessThan(labels.length);
    for (const row of [0, 1]) {
      const spans = labels.flatMap(({ key, share, text }) => {
        const place = placed.get(key);
        if (place?.row !== row) return [];
        const x = share * line.width;
        const width = textWidth(text);
        return [place.side === "right" ? [x, x + width] : [x - width, x]];
      });
      spans.sort(([a = 0], [b = 0]) => a - b);
      expect(spans.every(([from = 0], i) => i === 0 || from >= (spans[i - 1]?.[1] ?? 0))).toBe(true);
    }
  });
});
