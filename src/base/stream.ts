/**
 * Named sources of chance. Each consumer has a stream of its own, derived from seed and name, so that a new
 * consumer never shifts the numbers of another. The whole state of a stream is its position.
 */
import { sha256Bytes } from "./digest.ts";

const WORDS_PER_BLOCK = 8;

export class Stream {
  readonly #prefix: string;
  #position: number;
  #block: DataView | null = null;
  #blockIndex = -1;

  constructor(seed: number, name: string, position = 0) {
    this.#prefix = `${seed}/${name}/`;
    this.#position = position;
  }

  /** How many numbers were drawn. */
  get position(): number {
    return this.#position;
  }

  /** The next number, 0 ≤ n < 2³². */
  uint32(): number {
    const index = Math.floor(this.#position / WORDS_PER_BLOCK);
    if (this.#block === null || index !== this.#blockIndex) {
      this.#block = new DataView(sha256Bytes(this.#prefix + index).buffer);
      this.#blockIndex = index;
    }
    const word = this.#block.getUint32((this.#position % WORDS_PER_BLOCK) * 4);
    this.#position += 1;
    return word;
  }

  /** 0 ≤ x < 1 with 32 bits of chance. */
  float(): number {
    return this.uint32() / 2 ** 32;
  }

  /** A whole number, 0 ≤ n < limit. */
  below(limit: number): number {
    return Math.floor(this.float() * limit);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.uint32() & 0xff);
  }

  /** A text of characters of an alphabet. */
  text(length: number, alphabet: string): string {
    return Array.from({ length }, () => alphabet.charAt(this.below(alphabet.length))).join("");
  }
}

/** All streams of one world; positions are part of the world's state. */
export class Streams {
  readonly #seed: number;
  readonly #streams = new Map<string, Stream>();

  constructor(seed: number, positions: Readonly<Record<string, number>> = {}) {
    this.#seed = seed;
    for (const [name, position] of Object.entries(positions)) {
      this.#streams.set(name, new Stream(seed, name, position));
    }
  }

  get(name: string): Stream {
    let stream = this.#streams.get(name);
    if (!stream) this.#streams.set(name, (stream = new Stream(this.#seed, name)));
    return stream;
  }

  positions(): Record<string, number> {
    const entries = [...this.#streams].map(([name, stream]) => [name, stream.position] as const);
    return Object.fromEntries(
      entries.filter(([, position]) => position > 0).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  }
}
