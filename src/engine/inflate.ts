/** Inflating what may be broken, hostile or followed by something else: what came out until then, within a limit. */
import { Inflate, inflateSync } from "fflate";
import { concat } from "../base/bytes.ts";

/** A slice can grow at most 1032-fold, so one push stays below 5 MB. https://www.zlib.net/zlib_tech.html */
const SLICE = 4096;
/** Most of what only looks like deflate fails within this. */
const FIRST_SLICE = 256;
/** A stored block of 64 KB gives nothing before its last byte; longer silence means that the stream has ended. */
const SILENCE = 17;

export interface Inflated {
  readonly bytes: Uint8Array;
  /** False where the limit cut the output short. */
  readonly complete: boolean;
  /** True where the last block was read to its end. */
  readonly ended: boolean;
  /** How much was read, for counting work. */
  readonly read: number;
}

/** fflate's own note that the last block has been read; without it only silence tells. */
function hasEnded(stream: Inflate): boolean {
  const { s: state } = stream as unknown as { readonly s?: { readonly f?: number; readonly l?: unknown } };
  return Boolean(state?.f) && !state?.l;
}

/** fflate's error for input that ends too early: https://github.com/101arrowz/fflate/blob/master/docs/variables/FlateErrorCode.md */
const UNEXPECTED_END = 0;

/** What a short stream may grow to without a stream's window; a longer one takes the long way. */
const ROOM = 16 * FIRST_SLICE;

const NOTHING: Inflated = { bytes: new Uint8Array(), complete: true, ended: false, read: 0 };

/**
 * The first slice without a stream and its window, and without the stack that an error records: nearly everything that
 * is tried is no deflate, or short. Null where the stream must tell. What does not fit into the buffer is dropped.
 */
function inflateAtOnce(deflated: Uint8Array, limit: number, whole: boolean): Inflated | null {
  const short = deflated.length <= FIRST_SLICE;
  const out = new Uint8Array(short ? ROOM : FIRST_SLICE);
  const depth = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    const bytes = inflateSync(deflated.subarray(0, FIRST_SLICE), { out });
    const all = short && bytes.length < out.length && bytes.length <= limit;
    return all ? { bytes: bytes.slice(), complete: true, ended: true, read: deflated.length } : null;
  } catch (error) {
    const { code } = error as { code?: number };
    const fails = code === UNEXPECTED_END ? whole && short : code !== undefined;
    return fails && limit >= 0 ? NOTHING : null;
  } finally {
    Error.stackTraceLimit = depth;
  }
}

/**
 * Raw deflate (RFC 1951). Errors and truncation end the output; they are not reported.
 * @param whole nothing but a stream that ends is wanted: a short one that does not may come out empty
 */
export function inflateRaw(deflated: Uint8Array, limit: number, whole = false): Inflated {
  const known = inflateAtOnce(deflated, limit, whole);
  if (known) return known;
  const chunks: Uint8Array[] = [];
  let size = 0;
  let silent = 0;
  const stream = new Inflate((chunk) => {
    silent = chunk.length === 0 ? silent + 1 : 0;
    size += chunk.length;
    if (chunk.length > 0) chunks.push(chunk);
  });
  let at = 0;
  try {
    while (at < deflated.length && size <= limit && silent < SILENCE && !hasEnded(stream)) {
      const end = at + (at === 0 ? FIRST_SLICE : SLICE);
      stream.push(deflated.subarray(at, end));
      at = end;
    }
  } catch {
    // Not deflate, or no longer: what came out before stands.
  }
  const bytes = concat(chunks);
  const complete = size <= limit;
  return {
    bytes: complete ? bytes : bytes.subarray(0, limit),
    complete,
    ended: hasEnded(stream),
    read: Math.min(at, deflated.length),
  };
}

/** The length of a gzip header (RFC 1952), or null where there is none. */
export function gzipHeader(bytes: Uint8Array): number | null {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) return null;
  const flags = bytes[3] ?? 0;
  let at = 10;
  if (flags & 4) at += 2 + (bytes[at] ?? 0) + ((bytes[at + 1] ?? 0) << 8);
  if (flags & 8) at = afterZero(bytes, at);
  if (flags & 16) at = afterZero(bytes, at);
  if (flags & 2) at += 2;
  return at < bytes.length ? at : null;
}

function afterZero(bytes: Uint8Array, from: number): number {
  const zero = bytes.indexOf(0, from);
  return zero < 0 ? bytes.length : zero + 1;
}

/** The length of a zlib header (RFC 1950) without preset dictionary, or null where there is none. */
export function zlibHeader(bytes: Uint8Array): number | null {
  const cmf = bytes[0] ?? 0;
  const flg = bytes[1] ?? 0;
  return (cmf & 15) === 8 && cmf >> 4 <= 7 && (cmf * 256 + flg) % 31 === 0 && (flg & 32) === 0 ? 2 : null;
}
