import { expect, test } from "vitest";
import { REFUSALS, refusalSentence } from "./refusal.ts";
import { attemptText, header, line } from "./submission.fixture.ts";
import { isAttemptName, MAX_BYTES, MAX_INPUTS, readSubmission } from "./submission.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const good = attemptText([line("ls"), line("git status")]);
const codeOf = (text: string) => {
  const read = readSubmission("x.attempt", bytes(text));
  return read.ok ? "read" : read.error.code;
};

test.each([
  ["as it was saved", good, "read"],
  ["with the line ends of another system", good.replaceAll("\n", "\r\n"), "read"],
  ["nothing", "", "empty"],
  ["something else", "<!doctype html>\n", "damaged"],
  ["cut off", good.slice(0, -12), "damaged"],
  ["an input left out", good.replace(/^.*"seq":1.*\n/m, ""), "damaged"],
  ["a field more", good.replace('"seed":4', '"seed":4,"passed":true'), "damaged"],
  ["a lab that is a path", good.replace('"some-lab"', '"../../etc"'), "damaged"],
  ["deeply nested", `${"[".repeat(100_000)}\n`, "damaged"],
  ["too many inputs", attemptText(Array.from({ length: MAX_INPUTS + 1 }, () => line("ls"))), "too-long"],
  ["too large", " ".repeat(MAX_BYTES + 1), "too-large"],
])("%s: %#", (_, text, expected) => expect(codeOf(text)).toBe(expected));

test("bytes that are no text are refused, not thrown", () => {
  const noise = Uint8Array.from({ length: 4096 }, (_, i) => (i * 37) % 256);
  expect(readSubmission("x.attempt", noise)).toMatchObject({ ok: false, error: { code: "damaged" } });
});

test.each([
  ["Ada", "Ada"],
  ["  Ada \n Lovelace ", "Ada Lovelace"],
  ["\u202eadA\u202c", "adA"],
  ["\u0000\u001b[31mred", "[31mred"],
  ["__proto__", "__proto__"],
  ["x".repeat(200), `${"x".repeat(59)}…`],
])("the name %j is shown as %j", (learner, shown) => {
  const read = readSubmission("x.attempt", bytes(attemptText([line("ls")], { learner })));
  expect(read.ok && read.value.name).toBe(shown);
});

test("a path is shown on one line", () => {
  const read = readSubmission("a\\b\u202e\n.attempt", bytes(""));
  expect(!read.ok && read.error.path).toBe("a/b .attempt");
});

test.each([
  ["x.attempt", true],
  ["class/x.ATTEMPT", true],
  ["x.attempt.exe", false],
  ["._x.attempt", false],
  ["__MACOSX/class/x.attempt", false],
])("%s is an attempt by its name: %s", (path, expected) => expect(isAttemptName(path)).toBe(expected));

const asked = (inputs: Parameters<typeof attemptText>[0], remarks: readonly object[] = []) => {
  const read = readSubmission("x.attempt", bytes(attemptText(inputs, {}, remarks)));
  return read.ok ? read.value.moments : null;
};
const remark = (text: string) => ({ remark: text });

test.each([
  ["only at the end", [line("ls"), line("ls")], [], [2]],
  ["nothing was done", [], [], [0]],
  ["lab check", [line("lab check"), line("ls")], [], [1, 2]],
  ["after something else", [line("git push && lab check"), line("ls")], [], [1, 2]],
  ["lab status tells too", [line("lab status"), line("ls")], [], [1, 2]],
  ["a word of that name", [line("echo my-lab check"), line("collab check"), line("ls")], [], [3]],
  ["the page's button", [line("a"), line("b"), line("c")], [remark("Checks ran after input 2.")], [2, 3]],
  ["twice at once", [line("lab check"), line("b")], [remark("Checks ran after input 1.")], [1, 2]],
  ["a number that is none", [line("a")], [remark("Checks ran after input 999999.")], [1]],
  [
    "a line that waits",
    [line("lab check; read x"), { kind: "reply", waiting: { terminal: 1, line: 1 }, text: "y" }, line("b")],
    [],
    [2, 3],
  ],
] as const)("asked for a verdict: %s", (_, inputs, remarks, expected) =>
  expect(asked(inputs, remarks)).toEqual(expected),
);

test("of very many verdicts some are computed, and the last", () => {
  const found = asked(Array.from({ length: 1000 }, () => line("lab check"))) ?? [];
  expect(found.length).toBe(24);
  expect(found.at(-1)).toBe(1000);
  expect(new Set(found).size).toBe(24);
});

test("no refusal keeps an open place, and each says what to do", () => {
  const values = { limit: 8, line: 3, lab: "x", theirs: "a", ours: "b", seq: 4, seconds: 60 };
  for (const code of Object.keys(REFUSALS) as (keyof typeof REFUSALS)[]) {
    const sentence = refusalSentence({ path: "x", code, values });
    expect(sentence, code).not.toMatch(/[{}]/);
    expect(sentence.split(/[.;] /).length, code).toBeGreaterThan(1);
  }
});

test("the header of the fixture is one", () => expect(header.format).toBe("leaklab-attempt/1"));
