import { describe, expect, test } from "vitest";
import { basedWord } from "./arithmetic.ts";

describe("a number whose digits are expanded", () => {
  test.each([
    ["10#", "10#$m + 1", 3, { base: "10#", word: "$m", end: 5 }],
    ["16#", "16#${h:2}", 3, { base: "16#", word: "${h:2}", end: 9 }],
    ["10#", "10#$(date +$(f) )*2", 3, { base: "10#", word: "$(date +$(f) )", end: 17 }],
    ["0", "0x$b", 1, { base: "0x", word: "$b", end: 4 }],
    ["10#", "10#$1", 3, { base: "10#", word: "$1", end: 5 }],
  ])("%s in %s", (digits, text, at, expected) => {
    expect(basedWord(digits, text, at)).toEqual(expected);
  });

  test.each([
    ["12", "12$x", 2],
    ["10#", "10#08", 3],
    ["10#", "10#${open", 3],
    ["10#", "10#$", 3],
    ["0", "0xg", 1],
  ])("%s in %s is none", (digits, text, at) => {
    expect(basedWord(digits, text, at)).toBeNull();
  });
});
