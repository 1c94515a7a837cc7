/** The index (staging area), versions 2 to 4: https://git-scm.com/docs/index-format */
import { toHex, toUtf8 } from "../base/bytes.ts";

export interface IndexEntry {
  readonly path: string;
  readonly id: string;
  readonly mode: number;
  /** 0 normal; 1 base, 2 ours, 3 theirs in a conflict. */
  readonly stage: number;
}

const FIXED = 62;

/** Entries up to the first that is broken; none where the file is no index. */
export function parseIndex(bytes: Uint8Array): IndexEntry[] {
  if (bytes.length < 12 || toUtf8(bytes.subarray(0, 4)) !== "DIRC") return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(4);
  const entries: IndexEntry[] = [];
  let at = 12;
  let previous = "";
  for (let n = view.getUint32(8); n > 0 && at + FIXED <= bytes.length; n--) {
    const flags = view.getUint16(at + 60);
    const start = at + FIXED + (version >= 3 && flags & 0x4000 ? 2 : 0);
    const name = version === 4 ? compressedName(bytes, start, previous) : plainName(bytes, start);
    if (name.end <= start) break;
    entries.push({
      path: name.path,
      id: toHex(bytes.subarray(at + 40, at + 60)),
      mode: view.getUint32(at + 24),
      stage: (flags >> 12) & 3,
    });
    previous = name.path;
    // The entry is padded with NULs to a multiple of eight bytes, one at least.
    at = version === 4 ? name.end : at + ((name.end - 1 - at + 8) & ~7);
  }
  return entries;
}

/** `end` is one past the NUL that ends the name. */
function plainName(bytes: Uint8Array, start: number): { path: string; end: number } {
  const zero = bytes.indexOf(0, start);
  if (zero < 0) return { path: "", end: -1 };
  return { path: toUtf8(bytes.subarray(start, zero)), end: zero + 1 };
}

function compressedName(bytes: Uint8Array, start: number, previous: string): { path: string; end: number } {
  let at = start;
  let byte = bytes[at++] ?? 0;
  let strip = byte & 0x7f;
  while (byte & 0x80) {
    byte = bytes[at++] ?? 0;
    strip = ((strip + 1) << 7) | (byte & 0x7f);
  }
  const rest = plainName(bytes, at);
  return { path: previous.slice(0, previous.length - strip) + rest.path, end: rest.end };
}
