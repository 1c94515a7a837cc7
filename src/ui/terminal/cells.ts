/**
 * How many terminal columns a text takes. The same rules go to xterm (as its Unicode provider) and to our own layout,
 * so that the two can never disagree about where the cursor is.
 * Widths: https://www.unicode.org/reports/tr11/ · emoji sequences: https://www.unicode.org/reports/tr51/
 */

/** East Asian wide and fullwidth blocks outside the emoji property, first and last code point of each. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18d08],
  [0x1aff0, 0x1b2fb],
  [0x20000, 0x2fffd],
  [0x30000, 0x3fffd],
];

const ZERO = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff\ud7b0-\ud7ff]$/u;
const EMOJI = /^\p{Emoji}$/u;
const EMOJI_SHOWN = /^\p{Emoji_Presentation}$/u;
const PICTURE = /^\p{Extended_Pictographic}$/u;
const MODIFIER = /^\p{Emoji_Modifier}$/u;
const REGIONAL = /^\p{Regional_Indicator}$/u;
const SOFT_HYPHEN = 0xad;
const JOINER = 0x200d;
const EMOJI_STYLE = 0xfe0f;

/** What the code points of one cell so far allow to join. */
type Joint = "none" | "emoji" | "joiner" | "region";
const JOINTS: readonly Joint[] = ["none", "emoji", "joiner", "region"];

interface Cell {
  readonly joint: Joint;
  readonly width: 0 | 1 | 2;
  /** Whether this code point belongs to the cell before it. */
  readonly joins: boolean;
}

/** Columns of one code point that stands alone. Control characters take none. */
export function codePointWidth(code: number): 0 | 1 | 2 {
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return 0;
  if (code < 0x300) return 1;
  const text = String.fromCodePoint(code);
  if (ZERO.test(text) && code !== SOFT_HYPHEN) return 0;
  if (REGIONAL.test(text)) return 1;
  if (EMOJI_SHOWN.test(text)) return 2;
  return WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}

function follow(code: number, before: Cell | null): Cell {
  const width = codePointWidth(code);
  if (before !== null) {
    const joined = join(code, width, before);
    if (joined !== null) return joined;
  }
  if (code < 0x80)
    return { joint: EMOJI.test(String.fromCodePoint(code)) ? "emoji" : "none", width, joins: false };
  const text = String.fromCodePoint(code);
  const joint = REGIONAL.test(text) ? "region" : EMOJI.test(text) ? "emoji" : "none";
  // A mark with nothing to sit on still takes a place.
  return { joint, width: width === 0 && code >= 0xa0 ? 1 : width, joins: false };
}

function join(code: number, width: number, before: Cell): Cell | null {
  if (before.width === 0) return null;
  if (code === JOINER) {
    return { joint: before.joint === "emoji" ? "joiner" : "none", width: before.width, joins: true };
  }
  if (code === EMOJI_STYLE && before.joint === "emoji") return { joint: "emoji", width: 2, joins: true };
  if (width === 0 && code >= 0x300) return { joint: before.joint, width: before.width, joins: true };
  if (code < 0x80) return null;
  const text = String.fromCodePoint(code);
  if (before.joint === "joiner" && PICTURE.test(text)) return { joint: "emoji", width: 2, joins: true };
  if (before.joint === "emoji" && MODIFIER.test(text)) return { joint: "emoji", width: 2, joins: true };
  if (before.joint === "region" && REGIONAL.test(text)) return { joint: "none", width: 2, joins: true };
  return null;
}

/** One terminal cell's worth of text and the columns it takes. */
export interface Glyph {
  readonly text: string;
  readonly width: 0 | 1 | 2;
}

/** Splits a text into what shares a cell. Control characters come alone, with width 0. */
export function glyphs(text: string): Glyph[] {
  const out: { text: string; width: 0 | 1 | 2 }[] = [];
  let before: Cell | null = null;
  for (const char of text) {
    const cell: Cell = follow(char.codePointAt(0) as number, before);
    const last = out.at(-1);
    if (cell.joins && last) {
      last.text += char;
      last.width = cell.width;
    } else {
      out.push({ text: char, width: cell.width });
    }
    before = cell.width === 0 ? null : cell;
  }
  return out;
}

/** Columns of a text without control characters. */
export function textWidth(text: string): number {
  return glyphs(text).reduce((sum, glyph) => sum + glyph.width, 0);
}

/** xterm packs a cell's state as: joint, width (2 bits), joins (1 bit). */
function pack(cell: Cell): number {
  return (JOINTS.indexOf(cell.joint) << 3) | (cell.width << 1) | (cell.joins ? 1 : 0);
}

function unpack(value: number): Cell | null {
  const width = (value >> 1) & 3;
  if (width !== 1 && width !== 2) return null;
  return { joint: JOINTS[value >> 3] ?? "none", width, joins: (value & 1) !== 0 };
}

/** The same rules in the shape that xterm's `unicode.register` takes. */
export const cellWidths = {
  version: "leaklab",
  wcwidth: codePointWidth,
  charProperties(code: number, preceding: number): number {
    return pack(follow(code, unpack(preceding)));
  },
};
