import { describe, expect, test } from "vitest";
import { shortcutOf, type Pressed, type Shortcut } from "./shortcuts.ts";

/** "C-S-" and so on, then the key, then optionally the code. */
function pressed(words: string, code = ""): Pressed {
  const key = words.replace(/^([CSAM]-)*/, "");
  const has = (letter: string) => words.slice(0, words.length - key.length).includes(`${letter}-`);
  return { key, code, ctrlKey: has("C"), shiftKey: has("S"), altKey: has("A"), metaKey: has("M") };
}

const CASES: readonly (readonly [string, string, Shortcut])[] = [
  ["F6", "", "page"],
  ["S-F6", "", "page"],
  ["F1", "", "page"],
  ["F5", "", "page"],
  ["F12", "", "page"],
  ["F", "KeyF", "shell"],
  ["C-Enter", "Enter", "page"],
  ["C-S-Enter", "Enter", "page"],
  ["Enter", "Enter", "shell"],
  ["C-S-!", "Digit1", "page"],
  ["C-S-(", "Digit9", "page"],
  ["C-`", "Backquote", "page"],
  ["C-ö", "Backquote", "page"],
  ["S-Tab", "Tab", "page"],
  ["Tab", "Tab", "shell"],
  ["C-v", "KeyV", "page"],
  ["C-S-V", "KeyV", "page"],
  ["C-c", "KeyC", "shell"],
  ["C-S-C", "KeyC", "copy"],
  ["C-S-F", "KeyF", "find"],
  ["C-f", "KeyF", "shell"],
  ["C-+", "BracketRight", "larger"],
  ["C-=", "Equal", "larger"],
  ["C--", "Minus", "smaller"],
  ["C-0", "Digit0", "usual-size"],
  ["C-S-_", "Minus", "shell"],
  ["C-k", "KeyK", "shell"],
  ["A-b", "KeyB", "shell"],
  ["M-c", "KeyC", "shell"],
  ["C-A-v", "KeyV", "shell"],
  ["a", "KeyA", "shell"],
];

describe("who gets a key", () => {
  test.each(CASES)("%s (%s): %s", (words, code, shortcut) => {
    expect(shortcutOf(pressed(words, code))).toBe(shortcut);
  });
});
