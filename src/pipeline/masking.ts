/**
 * Which texts a log hides, exactly as the real runner decides it, and nothing more: a value in another form (base64 of
 * base64, wrapped lines, hex, reversed, one field of a structured secret) stays readable, as in life.
 * https://github.com/actions/runner/blob/main/src/Sdk/DTLogging/Logging/SecretMasker.cs
 * https://github.com/actions/runner/blob/main/src/Sdk/DTLogging/Logging/ValueEncoders.cs
 */
import { fromUtf8, toBase64 } from "../base/bytes.ts";

type Encoder = (value: string) => string;

/** In the order of HostContext.cs. An empty result counts for nothing. */
const ENCODERS: readonly Encoder[] = [
  (value) => shiftedBase64(value, 0),
  (value) => shiftedBase64(value, 1),
  (value) => shiftedBase64(value, 2),
  commandLineArgument,
  expressionString,
  jsonString,
  uriData,
  xmlData,
  withoutDoubleQuotes,
  beforeAmpersand,
  afterAmpersand,
];

/** Letters, digits and what no encoder but base64 touches. */
const PLAIN = /^[\w.~-]+$/;

/** Shorter sections of a value around an ampersand stay readable. */
const SHORTEST_SECTION = 6;
/** A quoted value of this length or less keeps its quotes. */
const LONGEST_QUOTED = 8;

/** The value itself and every form of it that the runner hides. */
export function maskedForms(value: string): string[] {
  // Most values are tokens, in which only base64 changes anything.
  if (PLAIN.test(value)) return plainForms(value);
  const forms = [value, ...ENCODERS.map((encode) => encode(value))];
  return [...new Set(forms)].filter((form) => form !== "");
}

function plainForms(value: string): string[] {
  const bytes = fromUtf8(value);
  const encoded = [0, 1, 2].map((shift) => toBase64(bytes.length > shift ? bytes.subarray(shift) : bytes));
  return [...new Set([value, ...encoded])];
}

/**
 * What a secret is hidden as: its whole value and each of its lines, since output is read line by line.
 * https://github.com/actions/runner/blob/main/src/Runner.Worker/Worker.cs (InitializeSecretMasker)
 */
export function secretMasks(value: string): string[] {
  const whole = value.trim();
  return [...new Set([whole, ...linesOf(whole)])].filter((mask) => mask !== "");
}

/** What `::add-mask::` hides: the value as it is, and each of its lines. */
export function addedMasks(value: string): string[] {
  return [...new Set([value, ...linesOf(value)])].filter((mask) => mask !== "");
}

function linesOf(value: string): string[] {
  return value.split(/[\r\n]/).map((line) => line.trim());
}

export class Masker {
  readonly #hidden = new Set<string>();

  constructor(masks: readonly string[] = []) {
    for (const mask of masks) this.add(mask);
  }

  add(value: string): void {
    for (const form of maskedForms(value)) this.#hidden.add(form);
  }

  /** Each stretch of hidden text becomes one `***`; stretches that overlap or touch become one together. */
  mask(text: string): string {
    const found = [...this.#hidden].flatMap((hidden) => positions(text, hidden)).sort((a, b) => a[0] - b[0]);
    let shown = "";
    let at = 0;
    for (let i = 0; i < found.length;) {
      const [start, firstEnd] = found[i++] as Stretch;
      let end = firstEnd;
      for (; i < found.length && (found[i] as Stretch)[0] <= end; i++)
        end = Math.max(end, (found[i] as Stretch)[1]);
      shown += `${text.slice(at, start)}***`;
      at = end;
    }
    return shown + text.slice(at);
  }
}

type Stretch = readonly [start: number, end: number];

function positions(text: string, hidden: string): Stretch[] {
  const found: Stretch[] = [];
  for (let at = text.indexOf(hidden); at >= 0; at = text.indexOf(hidden, at + 1))
    found.push([at, at + hidden.length]);
  return found;
}

/** Base64 of the value as it comes out where one or two bytes stand before it. */
function shiftedBase64(value: string, shift: number): string {
  const bytes = fromUtf8(value);
  return toBase64(bytes.length > shift ? bytes.subarray(shift) : bytes);
}

function commandLineArgument(value: string): string {
  return value.replaceAll('"', '\\"');
}

function expressionString(value: string): string {
  return value.replaceAll("'", "''");
}

/** As Newtonsoft.Json writes it: beside what JSON asks for, three line separators are escaped. */
function jsonString(value: string): string {
  const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value)
    .slice(1, -1)
    .replace(/[\u0085\u2028\u2029]/g, escape);
}

/** RFC 3986: everything but letters, digits and -._~ is escaped. */
function uriData(value: string): string {
  const byte = (code: number) => {
    const character = String.fromCharCode(code);
    return /[\w.~-]/.test(character) ? character : `%${code.toString(16).toUpperCase().padStart(2, "0")}`;
  };
  return Array.from(fromUtf8(value), byte).join("");
}

const XML = { "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", "&": "&amp;" } as const;

function xmlData(value: string): string {
  return value.replace(/[<>"'&]/g, (character) => XML[character as keyof typeof XML]);
}

function withoutDoubleQuotes(value: string): string {
  const quoted = value.length > LONGEST_QUOTED && value.startsWith('"') && value.endsWith('"');
  return quoted ? value.slice(1, -1) : "";
}

/** PowerShell colours the place of an error and so cuts a value in two at an ampersand. */
function beforeAmpersand(value: string): string {
  const plus = value.indexOf("&+");
  const end = plus >= 0 ? plus + 2 : value.lastIndexOf("&") + 1;
  return end >= SHORTEST_SECTION ? value.slice(0, end) : "";
}

function afterAmpersand(value: string): string {
  if (!value.includes("&")) return "";
  const plus = value.indexOf("&+");
  const section = plus >= 0 ? value.slice(plus + 3) : value.slice(value.lastIndexOf("&") + 1);
  return section.length >= SHORTEST_SECTION ? section : "";
}
