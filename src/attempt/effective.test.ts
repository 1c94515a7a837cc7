import { describe, expect, test } from "vitest";
import { interruptOf, isUndoable, takeBack } from "./effective.ts";
import type { Entry, Input } from "./input.ts";

const line = (text: string, terminal = 1): Input => ({ kind: "line", terminal, text });
const undo = (count: number): Input => ({ kind: "undo", count });
const hint: Input = { kind: "hint", hint: 1 };
const at = { terminal: 1, line: 2 };
const reply: Input = { kind: "reply", waiting: at, text: "y" };
const save: Input = { kind: "edit", path: "/a", content: "", replaces: "" };
const saveWaiting: Input = { ...save, waiting: at };
const close: Input = { kind: "close", waiting: at };
const interrupt = (work: number, terminal = 1): Input => ({ kind: "interrupt", terminal, work });

const log = (inputs: readonly Input[]): Entry[] => inputs.map((input, i) => ({ seq: i + 1, at: 0, input }));

describe("what is left", () => {
  const CASES: readonly (readonly [name: string, inputs: readonly Input[], count: number, kept: number])[] = [
    ["the last one is taken back", [line("a"), line("b")], 1, 1],
    ["nothing is", [line("a"), line("b")], 0, 2],
    ["more than there is takes all", [line("a")], 9, 0],
    ["a reply goes with its line", [line("a"), line("read x"), reply], 1, 1],
    ["so does a whole editing session", [line("a"), line("code x"), saveWaiting, close], 1, 1],
    ["and an interrupt", [line("a"), line("b"), interrupt(5)], 1, 1],
    ["a save in the panel stands alone", [line("a"), save], 1, 1],
    ["what was done while a line waited goes with it", [line("a"), line("read x"), save, reply], 1, 1],
    [
      "an observation is an input like others",
      [line("a"), { kind: "observation", name: "n", value: "v" }],
      1,
      1,
    ],
  ];
  test.each(CASES)("%s", (_name, inputs, count, kept) => {
    expect(takeBack(log(inputs), count).map(({ seq }) => seq)).toEqual(
      Array.from({ length: kept }, (_, i) => i + 1),
    );
  });

  test("neither hints nor undos can be taken back", () => {
    expect(log([line("a"), hint, undo(1), save]).map(isUndoable)).toEqual([true, false, false, true]);
  });
});

describe("where a busy line was interrupted", () => {
  const CASES: readonly (readonly [name: string, inputs: readonly Input[], work: number])[] = [
    ["nowhere", [line("a"), line("b")], Infinity],
    ["right after it", [line("a"), interrupt(7)], 7],
    ["after an answer", [line("a"), reply, interrupt(7)], 7],
    ["while it waited", [line("a"), interrupt(0)], Infinity],
    ["on another terminal", [line("a"), interrupt(7, 2)], Infinity],
    ["in the next line", [line("a"), line("b"), interrupt(7)], Infinity],
    ["it is no line", [save, interrupt(7)], Infinity],
  ];
  test.each(CASES)("%s", (_name, inputs, work) => expect(interruptOf(log(inputs), 0)).toBe(work));
});
