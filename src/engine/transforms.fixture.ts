/** The transforms that the trace must see through, the way somebody applies them. For tests. */
import { deflateSync, gzipSync, zlibSync } from "fflate";
import { fromLatin1, toBase64, toHex, toLatin1 } from "../base/bytes.ts";

/** Works on byte strings; `choice` selects a variant. Null where the transform cannot be applied to this text. */
export type Transform = (text: string, choice: number) => string | null;

const hexOf = (character: string) => character.charCodeAt(0).toString(16).padStart(2, "0");

function base64(text: string, choice: number): string {
  // A prefix of 0, 1 or 2 characters moves the value against the groups of three.
  const encoded = toBase64(fromLatin1(["", "k", "k="][choice % 3] + text));
  return choice & 4 ? encoded.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "") : encoded;
}

function hex(text: string, choice: number): string {
  const encoded = toHex(fromLatin1(text));
  return choice & 1 ? encoded.toUpperCase() : encoded;
}

function url(text: string, choice: number): string {
  const reserved = choice & 1 ? /[^]/g : /[^A-Za-z0-9_.~-]/g;
  return text.replace(
    reserved,
    (character) => `%${choice & 2 ? hexOf(character).toUpperCase() : hexOf(character)}`,
  );
}

function json(text: string, choice: number): string {
  const reserved = choice & 1 ? /[^]/g : /["\\/\x00-\x1f\x7f-\xff]/g;
  return text.replace(reserved, (character) => {
    const short = { '"': '\\"', "\\": "\\\\", "/": "\\/", "\n": "\\n", "\t": "\\t" }[character];
    return short && !(choice & 1) ? short : `\\u00${hexOf(character)}`;
  });
}

function shell(text: string, choice: number): string {
  // As `printf %q` does: what cannot be shown is written in hex.
  if (choice % 3 === 0 || /[^ -~]/.test(text))
    return text.replace(/[^]/g, (character) => `\\x${hexOf(character)}`);
  if (choice % 3 === 1)
    return text.replace(/[^]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`);
  return text.replace(/[^A-Za-z0-9_./:=+@%-]/g, (character) => `\\${character}`);
}

function reverse(text: string): string {
  return [...text].reverse().join("");
}

function deflate(text: string, choice: number): string {
  return toLatin1((choice & 1 ? zlibSync : gzipSync)(fromLatin1(text)));
}

/** Without header or checksum; only to be recognised where a decoded text begins. */
export function rawDeflate(text: string): string {
  return toLatin1(deflateSync(fromLatin1(text)));
}

function utf16(text: string, choice: number): string {
  return text.replace(/[^]/g, (character) => (choice & 1 ? `\0${character}` : `${character}\0`));
}

function interleave(text: string, choice: number): string {
  const separators = [" ", "-", "\n", ".", "_", ", ", ":", "|", " - ", "\t"];
  return text.split("").join(separators[choice % separators.length] as string);
}

function concat(text: string, choice: number): string | null {
  const quote = ['"', "'", "`"].find((candidate) => !text.includes(candidate));
  if (!quote) return null;
  const joint = [" + ", ".", "\n    ", " & ", " .. ", ", "][choice % 6] as string;
  const pieces = text.match(/[^]{1,9}/g) as string[];
  return pieces.map((piece) => quote + piece + quote).join(joint);
}

export const TRANSFORMS: Readonly<Record<string, Transform>> = {
  base64,
  hex,
  url,
  json,
  shell,
  reverse,
  deflate,
  utf16,
  interleave,
  concat,
};
