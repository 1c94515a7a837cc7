/** An attempt file that was cut off, reordered, edited or made up is refused, with the line that tells. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAttempt, printAttempt } from "../../src/attempt/log.ts";
import type { Entry, Header } from "../../src/attempt/input.ts";

const header: Header = {
  format: "leaklab-attempt/1",
  lab: "empty",
  labVersion: "1.0.0",
  labDigest: "0".repeat(64),
  core: "c0",
  seed: 7,
  setting: "normal",
};
const entries: Entry[] = [
  { seq: 1, at: 1000, input: { kind: "line", terminal: 1, text: "echo one" } },
  { seq: 2, at: 16_000, input: { kind: "line", terminal: 1, text: "cat <<E\ntwo\nE" } },
  { seq: 3, at: 31_000, input: { kind: "hint", hint: 1 } },
  { seq: 4, at: 31_000, input: { kind: "line", terminal: 2, text: "read x" } },
  { seq: 5, at: 31_000, input: { kind: "reply", waiting: { terminal: 2, line: 4 }, text: null } },
];
const digests = new Map([
  [0, "a".repeat(64)],
  [5, "b".repeat(64)],
]);
const text = printAttempt({ header, entries, digests });
const lines = text.slice(0, -1).split("\n");
const file = (...changed: (string | undefined)[]) =>
  `${changed.filter((line) => line !== undefined).join("\n")}\n`;
/** Line `n` (from 1) replaced. */
const edited = (n: number, line: string) => file(...lines.with(n - 1, line));
const json = (n: number, change: (value: Record<string, unknown>) => unknown) =>
  edited(n, JSON.stringify(change(JSON.parse(lines[n - 1] as string) as Record<string, unknown>)));

test("the file that is spoiled below is a good one", () => {
  const attempt = parseAttempt(text);
  expect(attempt).toEqual({ ok: true, value: { header, entries, digests } });
});

const SPOILED: readonly (readonly [name: string, text: string, line: number, message: RegExp])[] = [
  ["empty", "", 1, /cut off/],
  ["cut off in a line", text.slice(0, text.length - 30), 8, /cut off/],
  ["cut off at the last line's end", text.slice(0, -1), 9, /cut off/],
  ["cut off between two lines", file(...lines.slice(0, -1)), 8, /end line is missing/],
  ["cut off before its last digest", file(...lines.slice(0, -2)), 7, /end line is missing/],
  [
    "with a line taken out before the end",
    file(...lines.slice(0, -3), lines.at(-1) as string),
    7,
    /stand before it/,
  ],
  ["with something after the end", file(...lines, lines.at(-2) as string), 10, /after the end/],
  ["with a second end", file(...lines, lines.at(-1) as string), 10, /second end/],
  ["without its header", file(...lines.slice(1)), 1, /not the header/],
  ["with another format", json(1, (value) => ({ ...value, format: "leaklab-attempt/9" })), 1, /format/],
  [
    "with a field of its own in the header",
    json(1, (value) => ({ ...value, passed: true })),
    1,
    /not the header/,
  ],
  ["with an endless seed", json(1, (value) => ({ ...value, seed: 1e300 })), 1, /seed/],
  [
    "with an input left out",
    file(...lines.slice(0, 3), ...lines.slice(4)),
    4,
    /input 2 is expected here, this is 3/,
  ],
  [
    "with two inputs exchanged",
    file(lines[0], lines[1], lines[3], lines[2], ...lines.slice(4)),
    3,
    /input 1 is expected here, this is 2/,
  ],
  ["with an input twice", file(...lines.slice(0, 3), lines[2], ...lines.slice(3)), 4, /input 2 is expected/],
  [
    "with a digest in another place",
    file(lines[0], ...lines.slice(2, 4), lines[1], ...lines.slice(4)),
    4,
    /digest is of input 0/,
  ],
  [
    "with a digest of no digest's shape",
    json(2, (value) => ({ ...value, digest: "abc" })),
    2,
    /not a digest/,
  ],
  ["with time that runs backwards", json(4, (value) => ({ ...value, at: 5 })), 4, /backwards/],
  [
    "with an unknown kind of input",
    json(3, (value) => ({ ...value, input: { kind: "grade", passed: true } })),
    3,
    /not an input/,
  ],
  [
    "with an extra field in an input",
    json(3, (value) => ({ ...value, input: { kind: "line", terminal: 1, text: "ls", exitCode: 0 } })),
    3,
    /not an input/,
  ],
  [
    "with a terminal that is none",
    json(3, (value) => ({ ...value, input: { kind: "line", terminal: 99, text: "ls" } })),
    3,
    /terminal/,
  ],
  [
    "with a relative path",
    json(3, (value) => ({ ...value, input: { kind: "edit", path: "x", content: "", replaces: "" } })),
    3,
    /path/,
  ],
  [
    "with a text that is too long",
    json(3, (value) => ({ ...value, input: { kind: "line", terminal: 1, text: "x".repeat((1 << 20) + 1) } })),
    3,
    /text/,
  ],
  ["with a line that is no JSON", edited(5, "not json"), 5, /not JSON/],
  ["with an empty line", file(...lines.slice(0, 4), "", ...lines.slice(4)), 5, /not JSON/],
  ["with a list", edited(5, "[1]"), 5, /not an input/],
  ["with null", edited(5, "null"), 5, /not an input/],
  ["with a tail of NUL", `${text}\0`, 10, /cut off/],
];

describe("refused", () => {
  test.each(SPOILED)("%s", (_name, spoiled, line, message) => {
    const attempt = parseAttempt(spoiled);
    if (attempt.ok) throw new Error("it was accepted");
    expect(attempt.error.line).toBe(line);
    expect(attempt.error.message).toMatch(message);
  });
});

test("no line can be left out, cut short or exchanged with its neighbour unseen", () => {
  const isSame = (spoiled: string) => {
    const attempt = parseAttempt(spoiled);
    return (
      attempt.ok && attempt.value.entries.length === entries.length && printAttempt(attempt.value) === text
    );
  };
  for (const n of entries.keys()) {
    const place = lines.findIndex((line) => line.startsWith(`{"seq":${n + 1},"at"`));
    expect(isSame(file(...lines.toSpliced(place, 1))), `without input ${n + 1}`).toBe(false);
  }
  fc.assert(
    fc.property(
      fc.nat(text.length - 2),
      (length) => !parseAttempt(text.slice(0, length + 1).replace(/\n?$/, "")).ok,
    ),
  );
});

test("whatever the bytes, it answers and does not throw", () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.nat(text.length),
      (noise, at) => void parseAttempt(text.slice(0, at) + noise + text.slice(at)),
    ),
  );
});
