/** Inflating whole zlib streams (RFC 1950). */
import { unzlibSync } from "fflate";

export interface Inflated {
  readonly bytes: Uint8Array;
  /** How much of the input belongs to the stream. */
  readonly read: number;
}

/** What fflate's `unzlibSync` gives, its errors included. */
export function inflateZlib(deflated: Uint8Array): Uint8Array {
  return inflateStream(deflated)?.bytes ?? unzlibSync(deflated);
}

/**
 * The stream that an input begins with, as a pack has one after another; null where it is broken. fflate reserves 128 kB
 * for each stream, or three times of all that follows, and cannot tell where it ends.
 */
export function inflateStream(input: Uint8Array): Inflated | null {
  const [cmf = 0, flg = 0] = input;
  if ((cmf & 15) !== 8 || cmf >> 4 > 7 || (cmf * 256 + flg) % 31 !== 0 || (flg & 32) !== 0) return null;
  const stream = new Stream(input, 2);
  if (!stream.run() || stream.end + CHECKSUM > input.length) return null;
  return { bytes: stream.out.slice(0, stream.size), read: stream.end + CHECKSUM };
}

const CHECKSUM = 4;
/** Codes that are as short are decoded in one look. */
const QUICK_BITS = 9;
const LONGEST_CODE = 15;
const LEAST_ROOM = 512;
/** What one block's lengths are written in, in this order: RFC 1951, 3.2.7. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

interface Codes {
  /** By the next bits: symbol * 16 + length of its code; 0 where the code is longer. */
  readonly quick: Uint16Array;
  readonly counts: Uint16Array;
  /** Symbols by code. */
  readonly symbols: Uint16Array;
}

/** Reads blocks of deflate (RFC 1951). All of it answers false for input that is broken or ends too early. */
class Stream {
  readonly #input: Uint8Array;
  #at: number;
  #bits = 0;
  #count = 0;
  #broken = false;
  out = new Uint8Array(LEAST_ROOM);
  size = 0;

  constructor(input: Uint8Array, at: number) {
    this.#input = input;
    this.#at = at;
  }

  /** Where the input goes on: bytes that were only looked at are given back. */
  get end(): number {
    return this.#at - (this.#count >> 3);
  }

  run(): boolean {
    for (let last = 0; last === 0;) {
      last = this.#take(1);
      const kind = this.#take(2);
      if (this.#broken || kind === 3) return false;
      if (kind === 0) this.#stored();
      else if (kind === 1) this.#coded(FIXED, FIXED_DISTANCES);
      else this.#dynamic();
      if (this.#broken) return false;
    }
    return true;
  }

  #fill(): void {
    while (this.#count <= 16 && this.#at < this.#input.length) {
      this.#bits |= (this.#input[this.#at++] as number) << this.#count;
      this.#count += 8;
    }
  }

  #take(length: number): number {
    if (this.#count < length) this.#fill();
    if (this.#count < length) this.#broken = true;
    const value = this.#bits & ((1 << length) - 1);
    this.#drop(length);
    return value;
  }

  #drop(length: number): void {
    this.#bits >>>= length;
    this.#count -= length;
    if (this.#count < 0) this.#broken = true;
  }

  #room(more: number): void {
    if (this.size + more <= this.out.length) return;
    const larger = new Uint8Array(Math.max(this.out.length * 2, this.size + more));
    larger.set(this.out.subarray(0, this.size));
    this.out = larger;
  }

  #stored(): void {
    this.#at = this.end;
    this.#bits = this.#count = 0;
    const length = this.#take(16);
    if (length !== (~this.#take(16) & 0xffff) || this.end + length > this.#input.length) this.#broken = true;
    if (this.#broken) return;
    const from = this.end;
    this.#at = from + length;
    this.#bits = this.#count = 0;
    this.#room(length);
    this.out.set(this.#input.subarray(from, this.#at), this.size);
    this.size += length;
  }

  #dynamic(): void {
    const literals = this.#take(5) + 257;
    const distances = this.#take(5) + 1;
    const given = this.#take(4) + 4;
    const lengths = new Uint8Array(320);
    for (let i = 0; i < given; i++) lengths[ORDER[i] as number] = this.#take(3);
    const codes = codesOf(lengths.subarray(0, 19));
    lengths.fill(0);
    for (let i = 0; i < literals + distances && !this.#broken;) {
      const symbol = codes ? this.#symbol(codes) : -1;
      if (symbol < 0) this.#broken = true;
      else if (symbol < 16) lengths[i++] = symbol;
      else {
        const again =
          symbol === 16 ? this.#take(2) + 3 : symbol === 17 ? this.#take(3) + 3 : this.#take(7) + 11;
        if ((symbol === 16 && i === 0) || i + again > literals + distances) this.#broken = true;
        else lengths.fill(symbol === 16 ? (lengths[i - 1] as number) : 0, i, i + again);
        i += again;
      }
    }
    const [first, second] = [
      codesOf(lengths.subarray(0, literals)),
      codesOf(lengths.subarray(literals, literals + distances)),
    ];
    if (!first || !second) this.#broken = true;
    else if (!this.#broken) this.#coded(first, second);
  }

  #coded(literals: Codes, distances: Codes): void {
    for (;;) {
      const symbol = this.#symbol(literals);
      if (symbol < 0 || symbol > 285) this.#broken = true;
      if (this.#broken || symbol === 256) return;
      if (symbol < 256) {
        this.#room(1);
        this.out[this.size++] = symbol;
      } else this.#repeat(this.#length(symbol - 257), this.#distance(this.#symbol(distances)));
    }
  }

  /** -1 where no symbol has the code. */
  #symbol({ quick, counts, symbols }: Codes): number {
    if (this.#count < LONGEST_CODE) this.#fill();
    const found = quick[this.#bits & ((1 << QUICK_BITS) - 1)] as number;
    if (found > 0) {
      this.#drop(found & 15);
      return found >> 4;
    }
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= LONGEST_CODE; length++) {
      code |= (this.#bits >> (length - 1)) & 1;
      const count = counts[length] as number;
      if (code - first < count) {
        this.#drop(length);
        return symbols[index + code - first] as number;
      }
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return -1;
  }

  /** RFC 1951, 3.2.5. */
  #length(code: number): number {
    if (code === 28) return 258;
    const extra = code < 8 ? 0 : (code >> 2) - 1;
    return 3 + (extra === 0 ? code : (4 + (code & 3)) << extra) + this.#take(extra);
  }

  #distance(code: number): number {
    if (code < 0 || code > 29) return 0;
    const extra = code < 4 ? 0 : (code >> 1) - 1;
    return 1 + (extra === 0 ? code : (2 + (code & 1)) << extra) + this.#take(extra);
  }

  #repeat(length: number, distance: number): void {
    if (distance === 0 || distance > this.size) this.#broken = true;
    if (this.#broken) return;
    this.#room(length);
    for (let i = 0; i < length; i++, this.size++)
      this.out[this.size] = this.out[this.size - distance] as number;
  }
}

/** Canonical codes (RFC 1951, 3.2.2); null where there are more codes than such lengths can have. */
function codesOf(lengths: Uint8Array): Codes | null {
  const counts = new Uint16Array(LONGEST_CODE + 1);
  for (let symbol = 0; symbol < lengths.length; symbol++) (counts[lengths[symbol] as number] as number)++;
  counts[0] = 0;
  const offsets = new Uint16Array(LONGEST_CODE + 2);
  const next = new Uint16Array(LONGEST_CODE + 2);
  let left = 1;
  for (let length = 1; length <= LONGEST_CODE; length++) {
    const count = counts[length] as number;
    left = left * 2 - count;
    if (left < 0) return null;
    offsets[length + 1] = (offsets[length] as number) + count;
    next[length + 1] = ((next[length] as number) + count) << 1;
  }
  const symbols = new Uint16Array(lengths.length);
  const quick = new Uint16Array(1 << QUICK_BITS);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol] as number;
    if (length === 0) continue;
    symbols[offsets[length] as number] = symbol;
    offsets[length] = (offsets[length] as number) + 1;
    const code = next[length] as number;
    next[length] = code + 1;
    if (length > QUICK_BITS) continue;
    let reversed = 0;
    for (let i = 0; i < length; i++) reversed |= ((code >> i) & 1) << (length - 1 - i);
    for (let bits = reversed; bits < quick.length; bits += 1 << length) quick[bits] = (symbol << 4) | length;
  }
  return { quick, counts, symbols };
}

/** RFC 1951, 3.2.6. */
const FIXED = codesOf(
  Uint8Array.from({ length: 288 }, (_, symbol) =>
    symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
  ),
) as Codes;
const FIXED_DISTANCES = codesOf(new Uint8Array(30).fill(5)) as Codes;
