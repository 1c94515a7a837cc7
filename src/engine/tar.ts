/** Reads tar archives (ustar, with GNU and pax members skipped). https://www.gnu.org/software/tar/manual/html_node/Standard.html */
import { toLatin1, toUtf8 } from "../base/bytes.ts";

export interface TarFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const BLOCK = 512;

function field(header: Uint8Array, from: number, length: number): string {
  const bytes = header.subarray(from, from + length);
  const end = bytes.indexOf(0);
  return toUtf8(end < 0 ? bytes : bytes.subarray(0, end));
}

function octal(header: Uint8Array, from: number, length: number): number {
  return Number.parseInt(field(header, from, length).trim() || "0", 8);
}

/** A header carries the sum of its own bytes, its checksum field counted as spaces. */
export function isTarHeader(header: Uint8Array): boolean {
  if (header.length < BLOCK || header[0] === 0) return false;
  let sum = 8 * 32;
  for (let i = 0; i < BLOCK; i++) if (i < 148 || i >= 156) sum += header[i] as number;
  return sum === octal(header, 148, 8);
}

function pathOf(header: Uint8Array): string {
  const ustar = toLatin1(header.subarray(257, 262)) === "ustar";
  const prefix = ustar ? field(header, 345, 155) : "";
  return (prefix === "" ? "" : `${prefix}/`) + field(header, 0, 100);
}

/** Regular files in archive order; stops at the first thing that is no header. */
export function* readTar(bytes: Uint8Array): Generator<TarFile> {
  for (let at = 0; at + BLOCK <= bytes.length;) {
    const header = bytes.subarray(at, at + BLOCK);
    if (!isTarHeader(header)) return;
    const size = octal(header, 124, 12);
    if (!Number.isSafeInteger(size) || size < 0) return;
    const type = header[156];
    at += BLOCK;
    if (type === 0 || type === 0x30 || type === 0x37)
      yield { path: pathOf(header), bytes: bytes.subarray(at, at + size) };
    at += Math.ceil(size / BLOCK) * BLOCK;
  }
}
