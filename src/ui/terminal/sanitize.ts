/**
 * Terminal output is hostile text. What comes out here may reach the screen: printable characters, colours, basic cursor
 * movement and erasing, carriage return, backspace, tab and line ends (as CR LF). Everything else is removed: titles,
 * links, clipboard access, device strings and queries, modes, the alternate screen, resets, bells.
 * Grammar: https://www.ecma-international.org/publications-and-standards/standards/ecma-48/ and
 * https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
 */
import { safeSgr } from "./sgr.ts";

/** Carried from one chunk to the next. */
export interface Sanitizer {
  /**
   * `text`; `escape` after ESC; `designation` inside an ESC sequence with intermediate bytes; `csi` inside a control
   * sequence, whose characters so far are in `held`; `string` inside a control string.
   */
  readonly state: "text" | "escape" | "designation" | "csi" | "string";
  readonly held: string;
}

export const CLEAN: Sanitizer = { state: "text", held: "" };

/** Longer sequences are dropped whole. */
const LONGEST = 64;

/** Cursor movement, erasing and editing in the line: one or two small numbers, no private marks. */
const MOVEMENT = /^\d{0,4}(;\d{0,4})?[ABCDEFGHf@PX]$/;
const ERASURE = /^[012]?[JK]$/;
const COLOUR = /^[\d;:]*m$/;

function safeCsi(body: string): string {
  if (COLOUR.test(body)) return safeSgr(body.slice(0, -1));
  return MOVEMENT.test(body) || ERASURE.test(body) ? `\u001b[${body}` : "";
}

/** Marks that reorder what is shown would let a line look different from what it is. */
function shown(char: string, code: number): string {
  const reorders = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
  return reorders ? "\ufffd" : char;
}

const inText = (out = ""): readonly [Sanitizer, string] => [CLEAN, out];
const into = (state: Sanitizer["state"], held = ""): readonly [Sanitizer, string] => [{ state, held }, ""];

/** Eight-bit control characters stand for ESC and the character 64 below. */
function control(code: number): readonly [Sanitizer, string] {
  switch (code) {
    case 0x08:
    case 0x09:
    case 0x0d:
      return inText(String.fromCharCode(code));
    case 0x0a:
    case 0x0b:
    case 0x0c:
      return inText("\r\n");
    case 0x1b:
      return into("escape");
    case 0x9b:
      return into("csi");
    case 0x90:
    case 0x98:
    case 0x9d:
    case 0x9e:
    case 0x9f:
      return into("string");
    default:
      return inText();
  }
}

function escape(char: string, code: number): readonly [Sanitizer, string] {
  if (char === "[") return into("csi");
  if ("]PX^_".includes(char)) return into("string");
  if (code >= 0x20 && code <= 0x2f) return into("designation");
  return code < 0x20 || code >= 0x80 ? control(code) : inText();
}

function csi(held: string, char: string, code: number): readonly [Sanitizer, string] {
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return control(code);
  if (code > 0x7e) return inText(char);
  if (code >= 0x40) return inText(held.length < LONGEST ? safeCsi(held + char) : "");
  return into("csi", held.length < LONGEST ? held + char : held);
}

/** Control strings also end at a line end, so that an unfinished one hides no more than the rest of its line. */
function string(code: number): readonly [Sanitizer, string] {
  if (code === 0x0a) return control(code);
  if (code === 0x1b) return into("escape");
  return code === 0x07 || code === 0x18 || code === 0x1a || code === 0x9c ? inText() : into("string");
}

function step(from: Sanitizer, char: string, code: number): readonly [Sanitizer, string] {
  switch (from.state) {
    case "text":
      return code < 0x20 || (code >= 0x7f && code < 0xa0) ? control(code) : inText(shown(char, code));
    case "escape":
      return escape(char, code);
    case "designation":
      if (code >= 0x20 && code <= 0x2f) return into("designation");
      return code < 0x20 ? control(code) : inText();
    case "csi":
      return csi(from.held, char, code);
    case "string":
      return string(code);
  }
}

// Runs of ordinary characters, taken at once: most output is nothing else.
const PLAIN = /[^\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/y;

/** The safe part of a chunk and the state for the next. */
export function sanitize(from: Sanitizer, chunk: string): readonly [Sanitizer, string] {
  const out: string[] = [];
  let sanitizer = from;
  for (let i = 0; i < chunk.length;) {
    if (sanitizer.state === "text") {
      PLAIN.lastIndex = i;
      const plain = PLAIN.exec(chunk)?.[0];
      if (plain !== undefined) {
        out.push(plain);
        i += plain.length;
        continue;
      }
    }
    const [after, text] = step(sanitizer, chunk.charAt(i), chunk.charCodeAt(i));
    if (text !== "") out.push(text);
    sanitizer = after;
    i += 1;
  }
  return [sanitizer, out.join("")];
}
