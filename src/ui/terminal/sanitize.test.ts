import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CLEAN, sanitize } from "./sanitize.ts";

const ESC = "\u001b";
const BEL = "\u0007";
const ST = `${ESC}\\`;

function clean(text: string): string {
  return sanitize(CLEAN, text)[1];
}

/** Name, input, output; without an output the input passes unchanged. */
const DATA: readonly (readonly [string, string, string?])[] = [
  ["text", "plain äöü 日本 👩‍👩‍👧"],
  ["line ends", "a\nb\r\nc", "a\r\nb\r\r\nc"],
  ["carriage return, backspace, tab", "a\rb\bc\td"],
  ["vertical tab and form feed", "a\vb\fc", "a\r\nb\r\nc"],
  ["bell, NUL, shift out, DEL", "a\u0007b\u0000c\u000ed\u007fe", "abcde"],
  ["colour", `${ESC}[31mred${ESC}[0m${ESC}[m`, `${ESC}[31mred${ESC}[0m${ESC}[m`],
  ["256 colours", `${ESC}[1;38;5;200mx`],
  ["true colour", `${ESC}[48;2;1;2;3mx`],
  ["true colour with colons", `${ESC}[38:2::1:2:3mx`],
  ["underline style", `${ESC}[4:3mx`],
  ["malformed extended colour", `${ESC}[1;38;5mx`, `${ESC}[1mx`],
  ["colour number too large", `${ESC}[38;5;999mx`, "x"],
  ["faint, blinking and concealed", `${ESC}[1;2;5;6;8;31mx`, `${ESC}[1;31mx`],
  ["only concealed", `${ESC}[8mx`, "x"],
  ["unknown colour parameter", `${ESC}[1234mx`, "x"],
  ["cursor movement", `${ESC}[2A${ESC}[B${ESC}[3C${ESC}[4D${ESC}[5G${ESC}[2;3H${ESC}[H`],
  ["erasing", `${ESC}[K${ESC}[1K${ESC}[2J${ESC}[0J`],
  ["erasing the scrollback", `a${ESC}[3Jb`, "ab"],
  ["selective erase", `a${ESC}[?2Jb`, "ab"],
  ["delete and erase characters", `${ESC}[2P${ESC}[3X${ESC}[@`],
  ["huge movement", `a${ESC}[99999Ab`, "ab"],
  ["title with BEL", `a${ESC}]0;title${BEL}b`, "ab"],
  ["title with ST", `a${ESC}]2;title${ST}b`, "ab"],
  ["link", `${ESC}]8;;https://example.org${ST}text${ESC}]8;;${ST}`, "text"],
  ["clipboard", `a${ESC}]52;c;aGVsbG8=${BEL}b`, "ab"],
  ["palette", `a${ESC}]4;1;rgb:ff/ff/ff${BEL}b`, "ab"],
  ["string cancelled by CAN", `a${ESC}]0;title\u0018b`, "ab"],
  ["string ended by another sequence", `a${ESC}]0;title${ESC}[1mb`, `a${ESC}[1mb`],
  ["unfinished string hides its line only", `a${ESC}]0;title\nb`, "a\r\nb"],
  ["DCS", `a${ESC}P1$r0m${ST}b`, "ab"],
  ["sixel-like DCS", `a${ESC}Pq#0;2;0;0;0${ST}b`, "ab"],
  ["APC", `a${ESC}_Gf=24;AAAA${ST}b`, "ab"],
  ["PM and SOS", `a${ESC}^x${ST}b${ESC}Xy${ST}c`, "abc"],
  ["device attributes", `a${ESC}[cb${ESC}[>cc${ESC}[=cd`, "abcd"],
  ["status reports", `a${ESC}[5nb${ESC}[6nc${ESC}[?6nd`, "abcd"],
  ["window operations and title stack", `a${ESC}[21tb${ESC}[22;0tc`, "abc"],
  ["mouse modes", `a${ESC}[?1000hb${ESC}[?1006lc`, "abc"],
  ["alternate screen", `a${ESC}[?1049hb${ESC}[?47lc`, "abc"],
  ["bracketed paste mode", `a${ESC}[?2004hb`, "ab"],
  ["hidden cursor", `a${ESC}[?25lb`, "ab"],
  ["insert mode, scroll region", `a${ESC}[4hb${ESC}[2;5rc`, "abc"],
  ["soft and full reset", `a${ESC}[!pb${ESC}cc`, "abc"],
  ["save and restore cursor", `a${ESC}7b${ESC}8c${ESC}[sd${ESC}[ue`, "abcde"],
  ["index and reverse index", `a${ESC}Db${ESC}Mc${ESC}Ed`, "abcd"],
  ["character set", `a${ESC}(0b${ESC})Bc${ESC}%Gd`, "abcd"],
  ["line size test", `a${ESC}#8b`, "ab"],
  ["repeat", `a${ESC}[9999999bb`, "ab"],
  ["intermediate bytes", `a${ESC}[1 qb${ESC}[1$xc`, "abc"],
  ["eight-bit CSI", "a\u009b31mb\u009b?1049hc", `a${ESC}[31mbc`],
  ["eight-bit OSC", "a\u009d0;title\u009cb", "ab"],
  ["eight-bit DCS, APC", "a\u0090x\u009cb\u009fy\u009cc", "abc"],
  ["other eight-bit controls", "a\u0085b\u008dc", "abc"],
  ["a control sequence cut by a line end", `a${ESC}[3\nb`, "a\r\nb"],
  ["a control sequence cut by ESC", `a${ESC}[3${ESC}[1mb`, `a${ESC}[1mb`],
  ["a control sequence cut by text beyond ASCII", `a${ESC}[3äb`, "aäb"],
  ["an overlong control sequence", `a${ESC}[${"1;".repeat(100)}mb`, "ab"],
  ["ESC twice", `a${ESC}${ESC}[1mb`, `a${ESC}[1mb`],
  ["ESC before text", `a${ESC}äb`, "ab"],
  ["reordering marks are made visible", "a\u202eb\u2066c", "a\ufffdb\ufffdc"],
];

const CASES = DATA.map(([name, text, safe = text]) => [name, text, safe] as const);

/** What may come out, whatever goes in. */
const SAFE =
  /^(?:[^\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|[\t\b\r]|\r\n|\u001b\[[\d;:]*[A-HJKPXf@m])*$/;

const pieces = fc.oneof(
  fc.constantFrom(
    ESC,
    "[",
    "]",
    "P",
    "_",
    "^",
    "X",
    BEL,
    ST,
    "\u009b",
    "\u009d",
    "\u0090",
    "\u009c",
    "\u0018",
  ),
  fc.constantFrom(
    "?",
    ";",
    ":",
    "38",
    "5",
    "2",
    "m",
    "h",
    "l",
    "J",
    "K",
    "H",
    "t",
    "n",
    "c",
    "(",
    "0",
    " ",
    "$",
    "\n",
  ),
  fc.string({ unit: "binary", maxLength: 4 }),
);
const hostile = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(""));

describe("what reaches the screen", () => {
  test.each(CASES)("%s", (_name, text, safe) => {
    expect(clean(text)).toBe(safe);
  });

  test("nothing but safe sequences ever comes out", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(clean(text)).toMatch(SAFE);
      }),
      { seed: 1, numRuns: 3000 },
    );
  });

  test("chunk borders change nothing", () => {
    fc.assert(
      fc.property(hostile, fc.array(fc.nat(60)), (text, cuts) => {
        let state = CLEAN;
        let out = "";
        let from = 0;
        for (const cut of [...cuts.sort((a, b) => a - b), text.length]) {
          const [after, part] = sanitize(state, text.slice(from, cut));
          [state, out, from] = [after, out + part, Math.max(from, Math.min(cut, text.length))];
        }
        expect(out).toBe(clean(text));
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  test.each(CASES)("one character at a time: %s", (_name, text, safe) => {
    let state = CLEAN;
    let out = "";
    for (let i = 0; i < text.length; i++) {
      const [after, part] = sanitize(state, text.charAt(i));
      state = after;
      out += part;
    }
    expect(out).toBe(safe);
  });

  test("long output passes whole", () => {
    const text = "some ordinary line of output\n".repeat(200_000);
    expect(clean(text).length).toBe(text.length + 200_000);
  });
});
