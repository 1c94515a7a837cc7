import { expect, test } from "vitest";
import type { Grade, LabPage, View } from "../../worker/protocol.ts";
import { gradeIn, langOf, viewIn } from "./translated.ts";

const translation = {
  language: "de",
  english: ["brief"],
  checks: { stash: "Stash leer" },
  diagnoses: { W1: { message: "Commit {commit} hat es noch.", why: "" } },
  events: { "Teo pushes": "Teo pusht" },
} satisfies NonNullable<LabPage["translation"]>;
const page = { translation } as unknown as LabPage;
const bare = {} as LabPage;

const diagnosis = (id: string) => ({
  id,
  check: "stash",
  message: `English of ${id}`,
  values: { commit: "8e1f04c" },
  evidence: [],
  why: "why",
});
const grade = {
  checks: [
    { id: "stash", title: "No copy in the stash" },
    { id: "constructor", title: "Another" },
  ],
  diagnoses: [diagnosis("W1"), diagnosis("W2")],
} as unknown as Grade;

test("titles and sentences by id, filled with what the worker found; others stay English", () => {
  const { checks, diagnoses } = gradeIn(page, grade);
  expect(checks.map(({ title }) => title)).toEqual(["Stash leer", "Another"]);
  expect(diagnoses.map(({ message }) => message)).toEqual(["Commit 8e1f04c hat es noch.", "English of W2"]);
  expect(diagnoses.map(({ why }) => why)).toEqual(["why", "why"]);
});

test("what others do, by its English sentence", () => {
  const view = {
    events: [{ what: "Teo pushes" }, { what: "x" }],
    ahead: [{ what: "Teo pushes" }],
  } as unknown as View;
  expect(viewIn(page, view)).toEqual({
    events: [{ what: "Teo pusht" }, { what: "x" }],
    ahead: [{ what: "Teo pusht" }],
  });
  expect(viewIn(bare, view)).toBe(view);
});

test("an English page shows what the worker says, and names no language", () => {
  expect(gradeIn(bare, grade)).toBe(grade);
  expect([langOf(bare, "brief"), langOf(page, "brief"), langOf(page, "hints")]).toEqual([
    undefined,
    "en",
    undefined,
  ]);
});
