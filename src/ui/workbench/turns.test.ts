import { expect, test } from "vitest";
import { keepTurns, readTurns, type Turn } from "./turns.ts";

const turn: Turn = { atMs: 15_000, inputs: 2, passing: 1, asked: 4, passed: false, first: "A copy is left." };

function store(text?: string) {
  const kept = new Map(text === undefined ? [] : [["leaklab/turns/a", text]]);
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

test("turns are there again after a reload, the newest sixty, of their own attempt only", () => {
  const here = store();
  keepTurns(
    "a",
    Array.from({ length: 70 }, (_, i) => ({ ...turn, inputs: i })),
    here,
  );
  expect(readTurns("a", here).map(({ inputs }) => inputs)).toEqual(
    Array.from({ length: 60 }, (_, i) => i + 10),
  );
  expect(readTurns("b", here)).toEqual([]);
});

test.each([
  ["not json"],
  ["{}"],
  ["null"],
  ['[{"atMs":-1}]'],
  [JSON.stringify([{ ...turn, first: 7 }])],
  [JSON.stringify([{ ...turn, first: "x".repeat(500) }])],
])("what is no turn counts for nothing: %s", (text) => expect(readTurns("a", store(text))).toEqual([]));

test("a browser that stores nothing loses nothing else", () => {
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new Error("full");
    },
  };
  expect(() => keepTurns("a", [turn], full)).not.toThrow();
  expect(readTurns("a", null)).toEqual([]);
});
