import { describe, expect, test } from "vitest";
import { keysOf, type Key } from "./keys.ts";

const CASES: readonly (readonly [string, readonly Key[]])[] = [
  ["a", [{ text: "a" }]],
  ["日本語", [{ text: "日本語" }]],
  ["é", [{ text: "é" }]],
  ["\r", [{ name: "enter" }]],
  ["\n", [{ name: "enter" }]],
  ["\t", [{ name: "tab" }]],
  ["\u007f", [{ name: "backspace" }]],
  ["\b", [{ name: "backspace" }]],
  ["\u0001", [{ name: "ctrl-a" }]],
  ["\u001a", [{ name: "ctrl-z" }]],
  ["\u001f", [{ name: "ctrl-_" }]],
  ["\u0000", [{ name: "ctrl-space" }]],
  ["\u001b", [{ name: "escape" }]],
  ["\u001b\u001b", [{ name: "escape" }, { name: "escape" }]],
  ["\u001bb", [{ name: "alt-b" }]],
  ["\u001b\u007f", [{ name: "alt-backspace" }]],
  ["\u001b[A", [{ name: "up" }]],
  ["\u001bOB", [{ name: "down" }]],
  ["\u001b[1;5C", [{ name: "ctrl-right" }]],
  ["\u001b[1;3D", [{ name: "alt-left" }]],
  ["\u001b[1;2A", [{ name: "shift-up" }]],
  ["\u001b[3~", [{ name: "delete" }]],
  ["\u001b[3;5~", [{ name: "ctrl-delete" }]],
  ["\u001b[H", [{ name: "home" }]],
  ["\u001b[F", [{ name: "end" }]],
  ["\u001b[5~", [{ name: "page-up" }]],
  ["\u001b[6~", [{ name: "page-down" }]],
  ["\u001b[Z", [{ name: "shift-tab" }]],
  ["\u001b[99~", [{ name: "unknown" }]],
  ["ls\r", [{ text: "ls" }, { name: "enter" }]],
  ["a\u001b[Db", [{ text: "a" }, { name: "left" }, { text: "b" }]],
  ["", []],
];

describe("keys", () => {
  test.each(CASES)("%j", (data, keys) => {
    expect(keysOf(data)).toEqual(keys);
  });
});
