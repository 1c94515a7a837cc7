import { describe, expect, test } from "vitest";
import { cleanPaste } from "./paste.ts";

const CASES: readonly (readonly [string, string, string, string])[] = [
  ["one line", "git status", "git status", "git status"],
  ["line ends of Windows and old Macs", "a\r\nb\rc", "a\nb\nc", "a b c"],
  ["line ends at the end", "ls\n\n", "ls", "ls"],
  ["tabs stay", "a\tb", "a\tb", "a\tb"],
  ["escape sequences lose their ESC", "a\u001b[201~rm\u001b]0;x\u0007", "a[201~rm]0;x", "a[201~rm]0;x"],
  ["eight-bit controls", "a\u009b31mb\u0090c", "a31mbc", "a31mbc"],
  ["NUL, DEL, Ctrl-C", "\u0000a\u007f\u0003", "a", "a"],
  ["reordering marks", "a\u202eb\u2066c\u200f", "abc", "abc"],
  ["Unicode line separators", "a\u2028b", "a\nb", "a b"],
  ["joined emoji stay", "👩‍👩‍👧", "👩‍👩‍👧", "👩‍👩‍👧"],
];

describe("pasted text", () => {
  test.each(CASES)("%s", (_name, text, several, single) => {
    expect(cleanPaste(text, true)).toBe(several);
    expect(cleanPaste(text, false)).toBe(single);
  });
});
