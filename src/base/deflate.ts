/** Deflating into zlib streams (RFC 1950), with the same bytes in every host. */
import { zlibSync } from "fflate";

type Level = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** Longer input is worth codes of its own. */
const SHORT = 4096;
const LEAST_MATCH = 4;
const LONGEST_MATCH = 258;
const HASH_BITS = 10;

/**
 * A zlib stream of one block or more. fflate reserves 250 kB and counts codes for whatever it deflates, which costs far
 * more than the few hundred bytes that most git objects have: short input gets the fixed codes of RFC 1951.
 */
export function deflateZlib(bytes: Uint8Array, level: Level = 6): Uint8Array {
  return level === 0 || bytes.length > SHORT ? zlibSync(bytes, { level }) : deflateShort(bytes, level);
}

function deflateShort(bytes: Uint8Array, level: Level): Uint8Array {
  // Two for the header, nine bits for a literal at most, three bits and seven for the block, four for the checksum.
  const out = new Uint8Array(9 + Math.ceil((bytes.length * 9) / 8));
  out[0] = 0x78;
  out[1] = level < 2 ? 0x01 : level < 6 ? 0x5e : level < 9 ? 0x9c : 0xda;
  let at = writeBlock(bytes, out, 2);
  const sum = adler32(bytes);
  for (let shift = 24; shift >= 0; shift -= 8) out[at++] = sum >>> shift;
  return out.slice(0, at);
}

/** One last block with fixed codes (RFC 1951, 3.2.6), repetitions found greedily; returns where it ends. */
function writeBlock(bytes: Uint8Array, out: Uint8Array, start: number): number {
  const newest = new Int16Array(1 << HASH_BITS).fill(-1);
  let at = start;
  let bits = 3;
  let count = 3;
  const put = (value: number, length: number) => {
    bits |= value << count;
    for (count += length; count >= 8; count -= 8) {
      out[at++] = bits;
      bits >>>= 8;
    }
  };
  for (let i = 0; i < bytes.length;) {
    const slot = hashAt(bytes, i);
    const match = newest[slot] as number;
    newest[slot] = i;
    const length = match < 0 ? 0 : matching(bytes, match, i);
    if (length < LEAST_MATCH) put(CODES[bytes[i] as number] as number, lengthOfCode(bytes[i++] as number));
    else {
      putLength(put, length);
      putDistance(put, i - match);
      i += length;
    }
  }
  put(CODES[256] as number, 7);
  if (count > 0) out[at++] = bits;
  return at;
}

function hashAt(bytes: Uint8Array, i: number): number {
  const word =
    (bytes[i] as number) |
    ((bytes[i + 1] ?? 0) << 8) |
    ((bytes[i + 2] ?? 0) << 16) |
    ((bytes[i + 3] ?? 0) << 24);
  return Math.imul(word, 0x9e3779b1) >>> (32 - HASH_BITS);
}

function matching(bytes: Uint8Array, a: number, b: number): number {
  const most = Math.min(LONGEST_MATCH, bytes.length - b);
  let length = 0;
  while (length < most && bytes[a + length] === bytes[b + length]) length++;
  return length;
}

type Put = (value: number, length: number) => void;

/** RFC 1951, 3.2.5: eight lengths without extra bits, then four for each number of them. */
function putLength(put: Put, length: number): void {
  const [code, extra, rest] = length === LONGEST_MATCH ? [28, 0, 0] : grouped(length - 3, 4);
  put(CODES[257 + code] as number, lengthOfCode(257 + code));
  put(rest, extra);
}

/** The same with two distances for each number of extra bits. */
function putDistance(put: Put, distance: number): void {
  const [code, extra, rest] = grouped(distance - 1, 2);
  put(reversed(code, 5), 5);
  put(rest, extra);
}

function grouped(value: number, each: 2 | 4): [code: number, extra: number, rest: number] {
  if (value < 2 * each) return [value, 0, 0];
  const extra = 31 - Math.clz32(value / each);
  return [extra * each + (value >> extra), extra, value & ((1 << extra) - 1)];
}

/** RFC 1951, 3.2.6. */
function lengthOfCode(symbol: number): number {
  return symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8;
}

/** The code of each symbol, as it lies in the stream: its first bit lowest. */
const CODES = Uint16Array.from({ length: 288 }, (_, symbol) => {
  const first = symbol < 144 ? 0x30 : symbol < 256 ? 0x190 - 144 : symbol < 280 ? -256 : 0xc0 - 280;
  return reversed(first + symbol, lengthOfCode(symbol));
});

function reversed(code: number, length: number): number {
  let out = 0;
  for (let i = 0; i < length; i++) out |= ((code >> i) & 1) << (length - 1 - i);
  return out;
}

/** RFC 1950, 8.2; no more than `SHORT` bytes, so that no sum overflows. */
function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a += byte;
    b += a;
  }
  return (((b % 65521) << 16) | (a % 65521)) >>> 0;
}
