/**
 * One way back for each transform that the trace sees through. A decoder looks for stretches of a byte string that may
 * be encoded and returns what they stand for, all in one text, so that the next step reads it in one go. Where the
 * beginning of an encoded stretch is uncertain every alignment is decoded.
 */
import { fromLatin1, fromUtf8, toLatin1 } from "../base/bytes.ts";
import { gzipHeader, inflateRaw, zlibHeader } from "./inflate.ts";
import { reverse } from "./needles.ts";
import { rewrite, rewritten, windowsAround, type Piece, type Rewritten } from "./rewritten.ts";

export const STEPS = [
  "base64",
  "hex",
  "url",
  "escape",
  "shell",
  "reverse",
  "deflate",
  "utf16",
  "interleave",
  "wrap",
  "concat",
  "separate",
] as const;
/** The name of a transform, as a person would undo it. */
export type Step = (typeof STEPS)[number];

export interface Decoder {
  readonly step: Step;
  /** Null where nothing in the text can be of this kind. `starts` are the places where pieces of the text begin. */
  decode(text: string, starts: readonly number[]): Decoded | null;
}

export interface Decoded extends Rewritten {
  /** False where a limit of work left something undecoded. */
  readonly complete?: boolean;
}

/** The shortest encoded stretches that can hold a value of twenty characters (deflated ones hold a little less). */
const SHORTEST = { base64: 24, hex: 40, inflated: 16 };
/** How far around an escaped character the text belongs to it. */
const REACH = 512;
/** All output of one inflating step. */
const INFLATED = 32 * 2 ** 20;

/** Character classes by code. */
function tableOf(alphabet: string): Int16Array {
  const table = new Int16Array(256).fill(-1);
  for (let i = 0; i < alphabet.length; i++) table[alphabet.charCodeAt(i)] = i;
  return table;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE64 = tableOf(`${LETTERS}0123456789+/`);
BASE64["-".charCodeAt(0)] = 62;
BASE64["_".charCodeAt(0)] = 63;
const HEX = tableOf("0123456789abcdef");
for (const letter of "ABCDEF") HEX[letter.charCodeAt(0)] = HEX[letter.toLowerCase().charCodeAt(0)] as number;

/** Maximal runs of characters of a class, at least `shortest` long, as start, end, start, end, … */
function runs(text: string, table: Int16Array, shortest: number): number[] {
  const found: number[] = [];
  for (let at = shortest - 1; at < text.length; at += shortest) {
    // Only every shortest-th character is looked at until one fits: no run in between can be missed.
    if ((table[text.charCodeAt(at)] as number) < 0) continue;
    let start = at;
    while (start > 0 && (table[text.charCodeAt(start - 1)] as number) >= 0) start--;
    let end = at + 1;
    while (end < text.length && (table[text.charCodeAt(end)] as number) >= 0) end++;
    if (end - start >= shortest) found.push(start, end);
    at = end;
  }
  return found;
}

const LINE_FEED = 10;

function decodeBase64(text: string): Rewritten | null {
  const found = runs(text, BASE64, SHORTEST.base64);
  return decodeRuns(text, found, 4, (out, length, start, end) => {
    let bits = 0;
    let value = 0;
    for (let at = start; at < end; at++) {
      value = ((value << 6) | (BASE64[text.charCodeAt(at)] as number)) & 0xfffff;
      bits += 6;
      if (bits >= 8) out[length++] = (value >> (bits -= 8)) & 0xff;
    }
    return length;
  });
}

function decodeHex(text: string): Rewritten | null {
  const found = runs(text, HEX, SHORTEST.hex);
  return decodeRuns(text, found, 2, (out, length, start, end) => {
    for (let at = start; at + 1 < end; at += 2) {
      const high = HEX[text.charCodeAt(at)] as number;
      out[length++] = (high << 4) | (HEX[text.charCodeAt(at + 1)] as number);
    }
    return length;
  });
}

/** Decodes each run once for every character that a quantum may begin with. */
function decodeRuns(
  text: string,
  found: readonly number[],
  quantum: 2 | 4,
  decode: (out: Uint8Array, length: number, start: number, end: number) => number,
): Rewritten | null {
  if (found.length === 0) return null;
  const scale = quantum === 2 ? 2 : 4 / 3;
  const out = new Uint8Array(capacity(found, quantum));
  const pieces: Piece[] = [];
  let length = 0;
  for (let i = 0; i < found.length; i += 2) {
    const [start, end] = [found[i] as number, found[i + 1] as number];
    for (let skip = 0; skip < quantum; skip++) {
      pieces.push({ start: length, at: start + skip, scale });
      length = decode(out, length, start + skip, end);
      out[length++] = LINE_FEED;
    }
  }
  return rewritten(toLatin1(out.subarray(0, length)), pieces);
}

function capacity(found: readonly number[], quantum: number): number {
  let total = 0;
  for (let i = 0; i < found.length; i += 2)
    total += ((found[i + 1] as number) - (found[i] as number) + 1) * quantum;
  return total;
}

/** An array of bytes in a program. */
const BYTE_ARRAY = /(?:0x[0-9A-Fa-f]{2},?\s{0,40}){16,20000}/g;

function decodeByteArray(text: string): Rewritten | null {
  if (!text.includes("0x")) return null;
  return decodeMatches(text, BYTE_ARRAY, ([match]) => {
    return toLatin1(Uint8Array.from(match.match(/0x../g) ?? [], (byte) => Number.parseInt(byte, 16)));
  });
}

/** Each match decoded, apart from each other. */
function decodeMatches(
  text: string,
  regex: RegExp,
  decode: (match: RegExpMatchArray) => string,
): Rewritten | null {
  const parts: string[] = [];
  const pieces: Piece[] = [];
  let length = 0;
  for (const match of text.matchAll(regex)) {
    const part = `${decode(match)}\n`;
    pieces.push({ start: length, at: match.index, scale: match[0].length / part.length });
    parts.push(part);
    length += part.length;
  }
  return parts.length > 0 ? rewritten(parts.join(""), pieces) : null;
}

/** Replaces matches, together with the text around them. */
function decodeAround(
  text: string,
  sign: string,
  regex: RegExp,
  replace: (match: RegExpExecArray) => string,
) {
  if (!text.includes(sign)) return null;
  const windows = windowsAround(text, regex, REACH);
  return windows.length > 0 ? rewrite(text, regex, replace, windows) : null;
}

// Loops are bounded, here and below: an engine for regular expressions keeps a stack of what it may have to take back.
const PERCENT = /(?:%[0-9A-Fa-f]{2}){1,20000}/g;
/** JSON, C, JavaScript and `$'…'` of bash. */
const ESCAPE = /\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([0-7]{1,3})|([^]))/g;
const CONTROL: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

function unescape(match: RegExpExecArray): string {
  const [, unicode, hex, octal, character = ""] = match;
  if (octal) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
  const code = unicode ?? hex;
  if (!code) return CONTROL[character] ?? (character === "\n" ? "" : character);
  const value = Number.parseInt(code, 16);
  return value < 0x100 ? String.fromCharCode(value) : toLatin1(fromUtf8(String.fromCharCode(value)));
}

/** Outside quotes a backslash keeps the next character; `'\''` is a quote inside single quotes. */
const SHELL = /'\\''|\\([^])/g;

function unshell([, character]: RegExpExecArray): string {
  return character === undefined ? "'" : character === "\n" ? "" : character;
}

/** The end of a literal and the beginning of the next one. */
const JOINT = /(["'`])\s{0,200}(?:\+|\.{1,2}|&|\|\||,|\\\r?\n)?\s{0,200}\1/g;

/** Groups of so many characters with so many characters between them that are always the same. */
const RHYTHMS: readonly (readonly [group: number, gap: number])[] = [
  [1, 1],
  [1, 2],
  [1, 3],
  [2, 1],
];
/** Between twenty characters stand so many separators. */
const SEPARATORS = 19;

function decodeInterleaved(text: string): Rewritten | null {
  const parts: string[] = [];
  const pieces: Piece[] = [];
  let length = 0;
  for (const [group, gap] of RHYTHMS) {
    for (const [first, last] of separated(text, group, gap)) {
      const from = Math.max(0, first - group);
      pieces.push({ start: length, at: from, scale: (group + gap) / group });
      const groups: string[] = [];
      for (let at = first - group; at <= last + gap; at += group + gap)
        groups.push(text.slice(Math.max(0, at), at + group));
      const part = `${groups.join("")}\n`;
      parts.push(part);
      length += part.length;
    }
  }
  return parts.length > 0 ? rewritten(parts.join(""), pieces) : null;
}

/** Where the first and the last separator of each run stand. Looks only as often as no run can be missed. */
function separated(text: string, group: number, gap: number): (readonly [first: number, last: number])[] {
  const found: (readonly [first: number, last: number])[] = [];
  const period = group + gap;
  const step = (SEPARATORS - 3) * period;
  for (let at = 0; at < text.length; at += step) {
    for (let place = at; place < at + period; place++) {
      if (text.charCodeAt(place) !== text.charCodeAt(place + period)) continue;
      if (!isSeparator(text, place, gap) || !same(text, place, place + period, gap)) continue;
      let first = place;
      while (same(text, place, first - period, gap)) first -= period;
      let last = place;
      while (same(text, place, last + period, gap)) last += period;
      if (last - first < (SEPARATORS - 1) * period) continue;
      found.push([first, last]);
      at = last;
      break;
    }
  }
  return found;
}

function isSeparator(text: string, at: number, length: number): boolean {
  for (let i = at; i < at + length; i++)
    if (i >= text.length || isAlphanumeric(text.charCodeAt(i))) return false;
  return true;
}

function same(text: string, a: number, b: number, length: number): boolean {
  if (b < 0 || b + length > text.length) return false;
  for (let i = 0; i < length; i++) if (text.charCodeAt(a + i) !== text.charCodeAt(b + i)) return false;
  return true;
}

/** Every other byte is zero, whichever comes first; the byte after the run belongs to big-endian text. */
const WIDE = /(?:[^]\0){20,50000}[^]?/g;

function narrow([match]: RegExpMatchArray): string {
  let out = "";
  for (let at = 0; at < match.length; at += 2) out += match.charAt(at);
  return out;
}

/** Consecutive lines, indented or quoted, of nothing but one long word each. */
const WRAPPED =
  /(?:^[ \t>#*/"']{0,40}[A-Za-z0-9+/=_-]{8,10000}["',+ \t\\]{0,8}\r?\n){1,2000}[ \t>#*/"']{0,40}[A-Za-z0-9+/=_-]{1,}/gm;

function unwrap([match]: RegExpMatchArray): string {
  return match.replace(/[^A-Za-z0-9+/=_-]+/g, "");
}

/** Signs of a deflated stream: gzip, zlib, a member of a zip archive. */
const DEFLATED = /\x1f\x8b\x08|x[\x01\x5e\x9c\xda]|PK\x03\x04/g;

function deflatedFrom(bytes: Uint8Array): number | null {
  if (bytes[0] !== 0x50) return gzipHeader(bytes) ?? zlibHeader(bytes);
  const stored = bytes[8] === 0;
  return stored ? null : 30 + word(bytes, 26) + word(bytes, 28);
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

/** Tried without a sign only where a decoded piece begins, and not more often than this. */
const BLIND_TRIES = 100;
/** Compressed bytes read by one step; a false sign counts as `firstTry`. */
const INFLATE_WORK = { base: 2 ** 20, factor: 8, firstTry: 256 };

function inflateAll(text: string, starts: readonly number[]): Decoded | null {
  const places = deflatedPlaces(text, starts);
  if (places.length === 0) return null;
  const all = fromLatin1(text);
  const parts: Uint8Array[] = [];
  const pieces: Piece[] = [];
  let length = 0;
  let work = INFLATE_WORK.base + INFLATE_WORK.factor * text.length;
  let complete = true;
  for (const { at, blind } of places) {
    const from = blind ? 0 : deflatedFrom(all.subarray(at, at + 1024));
    if (from === null) continue;
    if (work < 0 || length > INFLATED) complete = false;
    if (!complete) break;
    const inflated = inflateRaw(all.subarray(at + from), INFLATED - length, blind);
    work -= Math.max(inflated.read, INFLATE_WORK.firstTry) + inflated.bytes.length / 8;
    complete &&= inflated.complete;
    if (inflated.bytes.length < SHORTEST.inflated || (blind && !inflated.ended)) continue;
    pieces.push({ start: length, at, scale: 0 });
    parts.push(inflated.bytes, Uint8Array.of(LINE_FEED));
    length += inflated.bytes.length + 1;
  }
  return { ...rewritten(parts.map(toLatin1).join(""), pieces), complete };
}

interface Place {
  readonly at: number;
  readonly blind: boolean;
}

function deflatedPlaces(text: string, starts: readonly number[]): Place[] {
  const signed = Array.from(text.matchAll(DEFLATED), ({ index }) => ({ at: index, blind: false }));
  const places: Place[] = signed;
  let left = BLIND_TRIES;
  for (const at of starts) {
    if (left === 0) break;
    if (!mayBeDeflate(text, at)) continue;
    places.push({ at, blind: true });
    left--;
  }
  return places;
}

/** A last block, compressed; a text that is readable as it stands is not tried. */
function mayBeDeflate(text: string, at: number): boolean {
  const kind = text.charCodeAt(at) & 7;
  if (kind === FIXED) return /[^\x09-\x7e]/.test(text.slice(at, at + 16));
  return kind === DYNAMIC && hasCodeLengths(text, at);
}

/** The first three bits of a last block with fixed and with dynamic codes (RFC 1951, 3.2.3). */
const FIXED = 3;
const DYNAMIC = 5;

/** Whether a dynamic block begins with a complete code for code lengths, which chance hardly ever does. */
function hasCodeLengths(text: string, at: number): boolean {
  const count = bitsAt(text, at, 13, 4) + 4;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const length = bitsAt(text, at, 17 + 3 * i, 3);
    if (length > 0) sum += 1 << (7 - length);
  }
  return sum === 1 << 7;
}

/** Bits of a stream that begins at a place, lowest first; behind the end of the text they are 0. */
function bitsAt(text: string, at: number, from: number, count: number): number {
  const byte = at + (from >> 3);
  const word = text.charCodeAt(byte) | (text.charCodeAt(byte + 1) << 8);
  return (word >> (from & 7)) & ((1 << count) - 1);
}

/** How many characters of a skeleton lie between two places that are remembered. */
const STRIDE = 1024;

/** Everything but letters and digits left out: sees through separators, quotes and operators of every kind. */
export function skeletonOf(text: string): Rewritten {
  const out = new Uint8Array(text.length);
  const places: number[] = [];
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (!isAlphanumeric(code)) continue;
    if (length % STRIDE === 0) places.push(at);
    out[length++] = code;
  }
  return {
    text: toLatin1(out.subarray(0, length)),
    starts: [0],
    origin: (offset) =>
      placeInText(text, places[Math.floor(offset / STRIDE)] ?? text.length, offset % STRIDE),
  };
}

function isAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
}

/** The place of the letter or digit that comes `count` letters or digits after `from`. */
function placeInText(text: string, from: number, count: number): number {
  let at = from;
  for (let left = count; at < text.length; at++) {
    if (isAlphanumeric(text.charCodeAt(at)) && left-- === 0) return at;
  }
  return at;
}

function reversed(text: string): Rewritten {
  return rewritten(reverse(text), [{ start: 0, at: Math.max(0, text.length - 1), scale: -1 }]);
}

export const DECODERS: readonly Decoder[] = [
  { step: "base64", decode: decodeBase64 },
  { step: "hex", decode: decodeHex },
  { step: "hex", decode: decodeByteArray },
  { step: "url", decode: (text) => decodeAround(text, "%", PERCENT, ([match]) => percentDecode(match)) },
  { step: "escape", decode: (text) => decodeAround(text, "\\", ESCAPE, unescape) },
  { step: "shell", decode: (text) => decodeAround(text, "\\", SHELL, unshell) },
  { step: "concat", decode: (text) => decodeConcat(text) },
  { step: "interleave", decode: decodeInterleaved },
  { step: "wrap", decode: (text) => decodeMatches(text, WRAPPED, unwrap) },
  { step: "utf16", decode: (text) => (text.includes("\0") ? decodeMatches(text, WIDE, narrow) : null) },
  { step: "deflate", decode: inflateAll },
  { step: "reverse", decode: reversed },
];

function percentDecode(encoded: string): string {
  return encoded.replace(/%(..)/g, (_, pair: string) => String.fromCharCode(Number.parseInt(pair, 16)));
}

function decodeConcat(text: string): Rewritten | null {
  const windows = windowsAround(text, JOINT, REACH);
  return windows.length > 0 ? rewrite(text, JOINT, () => "", windows) : null;
}
