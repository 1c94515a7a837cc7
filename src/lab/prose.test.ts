import { describe, expect, test } from "vitest";
import { lintProse, plain, readingEase, syllablesOf } from "./prose.ts";

const hints = "## First\n\nLook.\n\n## Second\n\nLook again.\n\n## Third\n\nDo it.\n";
const files = {
  "brief.md": "The cat sat. It saw a dog.\n",
  "hints.md": hints,
  "debrief.md": "All is well.\n",
  "question.md": "Why?\n",
  "cards/a.md": "A",
  "cards/b.md": "B",
};

test("good prose is split and not complained of", () => {
  const { prose, problems } = lintProse(files);
  expect(problems).toEqual([]);
  expect(prose.hints).toEqual(["Look.", "Look again.", "Do it."]);
  expect(prose.cards).toEqual([
    { name: "a.md", content: "A" },
    { name: "b.md", content: "B" },
  ]);
});

describe("each rule has its own complaint", () => {
  const long = "We see it. ".repeat(50);
  const CASES: readonly (readonly [
    name: string,
    change: Record<string, string>,
    file: string,
    message: RegExp,
  ])[] = [
    ["a long brief", { "brief.md": long }, "brief.md", /150 words/],
    [
      "two hints",
      { "hints.md": hints.replace("## Third", "### Third") },
      "hints.md",
      /has 2 hints; write three/,
    ],
    ["a long hint", { "hints.md": hints.replace("Look again.", long) }, "hints.md", /hint 2 has 150 words/],
    [
      "a learned brief",
      { "brief.md": "Organisational accountability necessitates comprehensive remediation methodologies." },
      "brief.md",
      /reading ease/,
    ],
    [
      "a learned debrief",
      { "debrief.md": "Organisational accountability necessitates comprehensive remediation methodologies." },
      "debrief.md",
      /reading ease/,
    ],
  ];
  test.each(CASES)("%s", (_name, change, file, message) => {
    const { problems } = lintProse({ ...files, ...change });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.file).toBe(file);
    expect(problems[0]?.message).toMatch(message);
  });
});

test.each([
  ["# A *bold* [link](https://example.com/very/long) and `some code`", "A bold link and it"],
  ["- one\n2. two\n> three", "one\ntwo\nthree"],
  ["a\n```sh\nrm -rf /\n```\nb", "a\nb"],
])("plain %j", (markdown, text) => expect(plain(markdown)).toBe(text));

test("short words in short sentences read easily, long ones do not", () => {
  expect(readingEase("The cat sat on the mat.")).toBeGreaterThan(100);
  expect(
    readingEase("Incomprehensibility characterises interdisciplinary methodological considerations"),
  ).toBeLessThan(0);
  expect(readingEase("")).toBe(100);
});

test.each([
  ["the", 1],
  ["name", 1],
  ["named", 1],
  ["names", 1],
  ["table", 2],
  ["started", 2],
  ["added", 2],
  ["boxes", 2],
  ["branches", 2],
  ["repository", 5],
  ["password", 2],
  ["I", 1],
  ["rhythm", 1],
] as const)("%s has %i syllables", (word, count) => expect(syllablesOf(word)).toBe(count));

test("a paragraph ends a sentence, also without a full stop", () => {
  expect(readingEase("One two three\n\nfour five six")).toBeGreaterThan(
    readingEase("One two three four five six"),
  );
});

test("hints and the question are measured too", () => {
  const learned = "Organisational accountability necessitates comprehensive remediation methodologies.";
  const { problems } = lintProse({
    ...files,
    "question.md": learned,
    "hints.md": hints.replace("Look again.", learned.repeat(3)),
  });
  expect(problems.map(({ file }) => file)).toEqual(["hints.md", "question.md"]);
});
