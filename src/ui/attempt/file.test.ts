import { describe, expect, test } from "vitest";
import type { Entry, Header, Input } from "../../worker/protocol.ts";
import { actsSince, attemptFileName, attemptText, hintsOpen, isWhole, standingActs } from "./file.ts";

const header: Header = {
  format: "leaklab-attempt/1",
  lab: "some-lab",
  labVersion: "1.0.0",
  labDigest: "d",
  core: "c",
  seed: 7,
  setting: "normal",
};

const line = (text: string): Input => ({ kind: "line", terminal: 1, text });
const undo = (count: number): Input => ({ kind: "undo", count });
const hint = (k: number): Input => ({ kind: "hint", hint: k });
const log = (...inputs: Input[]): Entry[] => inputs.map((input, i) => ({ seq: i + 1, at: 1000 * i, input }));

test("one JSON value per line, whatever the input contains", () => {
  const text = attemptText(header, log(line("echo 'a\nb'"), line("ls \u2028")));
  const lines = text.split("\n");
  expect(text.endsWith("\n")).toBe(true);
  expect(lines).toHaveLength(5);
  expect(JSON.parse(lines[0]!)).toEqual(header);
  expect(JSON.parse(lines[1]!)).toEqual({ seq: 1, at: 0, input: line("echo 'a\nb'") });
  expect(attemptFileName(header)).toBe("some-lab-7.attempt");
});

test("a hole or a wrong start is seen", () => {
  const entries = log(line("a"), line("b"), line("c"));
  expect(isWhole(entries)).toBe(true);
  expect(isWhole(entries.slice(1))).toBe(false);
  expect(isWhole([entries[0]!, entries[2]!])).toBe(false);
  expect(isWhole([])).toBe(true);
});

describe("undo", () => {
  const cases: { name: string; inputs: Input[]; standing: number[] }[] = [
    { name: "nothing", inputs: [], standing: [] },
    { name: "takes back the last act", inputs: [line("a"), line("b"), undo(1)], standing: [1] },
    { name: "skips hints", inputs: [line("a"), hint(1), undo(1)], standing: [] },
    {
      name: "an undone act does not count again",
      inputs: [line("a"), line("b"), undo(1), line("c"), undo(2)],
      standing: [],
    },
    {
      name: "a line goes with what answered it",
      inputs: [line("a"), line("git commit"), { kind: "close", waiting: { terminal: 1, line: 2 } }, undo(1)],
      standing: [1],
    },
    { name: "more than there is", inputs: [line("a"), undo(5), line("b")], standing: [3] },
  ];
  test.each(cases)("$name", ({ inputs, standing }) => {
    expect(standingActs(log(...inputs)).map((entry) => entry.seq)).toEqual(standing);
  });

  test("acts since a place count only what stands", () => {
    expect(actsSince(log(line("a"), line("b"), undo(1), line("c"), hint(1), line("d")), 2)).toBe(2);
  });
});

describe("hints", () => {
  const cases: { name: string; inputs: Input[]; open: number; nextReady: boolean }[] = [
    { name: "the first is ready", inputs: [], open: 0, nextReady: true },
    { name: "the second waits for an act", inputs: [hint(1)], open: 1, nextReady: false },
    { name: "an undo is no act", inputs: [line("a"), hint(1), undo(1)], open: 1, nextReady: false },
    { name: "an act opens the second", inputs: [hint(1), line("a")], open: 1, nextReady: true },
  ];
  test.each(cases)("$name", ({ inputs, open, nextReady }) => {
    expect(hintsOpen(log(...inputs))).toEqual({ open, nextReady });
  });
});
