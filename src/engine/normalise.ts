/**
 * Makes content readable for the engine, whose patterns refuse a token that is glued to a letter: a colour code, the
 * `\n` of a JSON string and `%3D` all end in one. Containers are opened first (unpack.ts), then each part is read in
 * several ways. The trace does its own decoding.
 */
import { toLatin1, toUtf8 } from "../base/bytes.ts";
import { rewrite, type Rewritten } from "./rewritten.ts";
import { unpack, UNPACK_LIMITS, type UnpackLimits } from "./unpack.ts";

/** One way to read one part. */
export interface Layer {
  /** Containers and names from the outside in; empty for the content itself. */
  readonly part: readonly string[];
  /** The bytes of a container as they are; its members are layers of their own, and come before. */
  readonly container: boolean;
  /** "utf-8" or "latin-1", then what was undone, for example "utf-8 log json". */
  readonly reading: string;
  readonly text: string;
  /** The offset in the decoded text of the part, before anything was undone. */
  origin(offset: number): number;
  /** The line (from 1) of the part in which an offset of `text` lies. */
  line(offset: number): number;
}

export interface Normalised {
  readonly layers: readonly Layer[];
  /** False where a limit was reached. */
  readonly complete: boolean;
}

/** Escape sequences of ECMA-48: control sequences, operating system commands, two-character escapes. */
const ANSI = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])/g;
/** The time that runners, containers and loggers put before each line. */
const TIMESTAMP =
  /^\uFEFF?(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?|\[\d\d:\d\d:\d\d(?:\.\d{1,9})?\])[ \t]/gm;
const JSON_ESCAPE = /\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g;
const PERCENT = /(?:%[0-9a-fA-F]{2})+/g;

const JSON_CHARACTERS: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

function percentDecode(encoded: string): string {
  return toUtf8(Uint8Array.from(encoded.slice(1).split("%"), (pair) => Number.parseInt(pair, 16)));
}

function jsonDecode(match: RegExpExecArray): string {
  const [, unit, character = ""] = match;
  return unit ? String.fromCharCode(Number.parseInt(unit, 16)) : (JSON_CHARACTERS[character] ?? character);
}

interface Undoing {
  readonly name: string;
  readonly regex: RegExp;
  readonly replace: (match: RegExpExecArray) => string;
}

/** In this order; JSON and URL twice, because one often holds the other. */
const UNDOINGS: readonly Undoing[] = [
  { name: "ansi", regex: ANSI, replace: () => "" },
  { name: "log", regex: TIMESTAMP, replace: () => "" },
  { name: "json", regex: JSON_ESCAPE, replace: jsonDecode },
  { name: "url", regex: PERCENT, replace: ([encoded]) => percentDecode(encoded) },
  { name: "json", regex: JSON_ESCAPE, replace: jsonDecode },
  { name: "url", regex: PERCENT, replace: ([encoded]) => percentDecode(encoded) },
];

function applied(before: Rewritten, { regex, replace }: Undoing): Rewritten | null {
  regex.lastIndex = 0;
  if (!regex.test(before.text)) return null;
  const after = rewrite(before.text, regex, replace);
  return { ...after, origin: (offset) => before.origin(after.origin(offset)) };
}

function lineFinder(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

/** A text as it stands, then each time that something more can be undone. */
export function readings(
  text: string,
  charset: string,
  part: readonly string[] = [],
  container = false,
): Layer[] {
  const lineOf = lineFinder(text);
  let current: Rewritten = { text, starts: [0], origin: (offset) => offset };
  let reading = charset;
  const layer = ({ text: now, origin }: Rewritten): Layer => {
    return { part, container, reading, text: now, origin, line: (offset) => lineOf(origin(offset)) };
  };
  const layers = [layer(current)];
  for (const undoing of UNDOINGS) {
    const next = applied(current, undoing);
    if (!next) continue;
    current = next;
    reading = `${reading} ${undoing.name}`;
    layers.push(layer(current));
  }
  return layers;
}

function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80);
}

/** All layers of some content: members before their container, plain reading first. */
export function normalise(bytes: Uint8Array, limits: UnpackLimits = UNPACK_LIMITS): Normalised {
  const { parts, complete } = unpack(bytes, limits);
  const layers = parts.flatMap(({ path, bytes: content, container }) => {
    const utf8 = readings(toUtf8(content), "utf-8", path, container);
    return isAscii(content) ? utf8 : [...utf8, ...readings(toLatin1(content), "latin-1", path, container)];
  });
  return { layers, complete };
}
