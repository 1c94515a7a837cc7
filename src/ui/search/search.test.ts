import { expect, test } from "vitest";
import { excerpt, indexOf, search, wordsOf, type Entry } from "./search.ts";

const entry = (title: string, text: string, kind: Entry["kind"] = "term"): Entry => ({
  kind,
  title,
  text,
  href: `/#${title}`,
});

const index = indexOf([
  entry("Cache poisoning", "Putting files into a cache that a trusted run restores."),
  entry("Cache", "Files that a run keeps. An entry belongs to a branch."),
  entry("Yesterday's cache, today's release", "A closed pull request left something.", "lab"),
  entry("Runner", "The machine on which a job runs. It may keep a cache."),
  entry("Schlüssel", "Ein großer Zugang."),
]);

test.each([
  ["cache", ["Cache", "Yesterday's cache, today's release", "Cache poisoning", "Runner"]],
  ["CACHE  release", ["Yesterday's cache, today's release"]],
  ["poison", ["Cache poisoning"]],
  ["machine job", ["Runner"]],
  ["machine tag", []],
  ["schluss", ["Schlüssel"]],
  ["grosser", ["Schlüssel"]],
  ["oning", []],
  ["", []],
  ["  ?! ", []],
])("%j finds %j", (question, titles) => {
  expect(search(index, question).map(({ entry }) => entry.title)).toEqual(titles);
});

test("words are plain", () => {
  expect(wordsOf("GITHUB_TOKEN, Zürich's 2-Schritt")).toEqual([
    "github",
    "token",
    "zurich",
    "s",
    "2",
    "schritt",
  ]);
});

const LONG = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen";

test.each([
  ["short", "t", 99, "short"],
  [LONG, "one", 20, "one two three four …"],
  [LONG, "eleven", 20, "… nine ten eleven …"],
  [LONG, "fourteen", 20, "… thirteen fourteen"],
  [LONG, "nothing", 20, "one two three four …"],
])("an excerpt of %j for %j", (text, question, length, expected) => {
  expect(excerpt(text, question, length)).toBe(expected);
});
