/**
 * A picture with a palette: its surfaces as they are, the shades at the edges of letters as the nearest colour that is
 * there already, which is within the tolerance of the comparison. Baselines stay small enough for a repository.
 * https://www.w3.org/TR/png-3/
 */
import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const CHANNELS: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

function chunksOf(png: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({
      type: png.toString("latin1", at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + length),
    });
    at += length + 12;
  }
  return chunks;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** Undoes the filters of the rows, in place. */
function unfilter(rows: Buffer, stride: number, pixel: number): void {
  for (let row = 0; row * (stride + 1) < rows.length; row++) {
    const start = row * (stride + 1) + 1;
    const filter = rows[start - 1];
    for (let i = 0; i < stride; i++) {
      const left = i >= pixel ? (rows[start + i - pixel] as number) : 0;
      const up = row > 0 ? (rows[start + i - stride - 1] as number) : 0;
      const corner = row > 0 && i >= pixel ? (rows[start + i - stride - 1 - pixel] as number) : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter as number] ?? 0;
      rows[start + i] = ((rows[start + i] as number) + guess) & 0xff;
    }
  }
}

const PALETTE = 256;
/** Nearer than this, by the root of the squares of the channels, a rare colour becomes the one that is kept. */
const NEAR = 36;
/** Share of the picture from which on a colour is kept whatever is near it. */
const COMMON = 0.001;

const channels = (colour: number) => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff] as const;

function distance(one: number, other: number): number {
  const [a, b] = [channels(one), channels(other)];
  return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
}

function nearestOf(kept: readonly number[], colour: number): readonly [place: number, distance: number] {
  let [place, least] = [0, Infinity];
  for (const [i, it] of kept.entries()) {
    const away = distance(it, colour);
    if (away < least) [place, least] = [i, away];
  }
  return [place, least];
}

/** The colours that are kept, the commonest first, and for every colour the place of the nearest of them. */
function paletteOf(counts: ReadonlyMap<number, number>, pixels: number) {
  const kept: number[] = [];
  const places = new Map<number, number>();
  for (const [colour, count] of [...counts].toSorted(([, a], [, b]) => b - a)) {
    const [nearest, away] = nearestOf(kept, colour);
    const own = kept.length < PALETTE && (away > NEAR ** 2 || count > pixels * COMMON);
    places.set(colour, own ? kept.push(colour) - 1 : nearest);
  }
  return { kept, places };
}

/** Every picture that a browser takes: eight bits a channel, not interlaced. */
export function smallPng(png: Buffer): Buffer {
  const chunks = chunksOf(png);
  const header = Buffer.from((chunks[0] as Chunk).data);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const pixel = CHANNELS[header[9] as number];
  if (pixel === undefined || header[8] !== 8 || header[12] !== 0) return png;
  const rows = inflateSync(
    Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data)),
  );
  unfilter(rows, width * pixel, pixel);
  const colours = new Uint32Array(width * height).map((_, i) => {
    const at = Math.floor(i / width) * (width * pixel + 1) + 1 + (i % width) * pixel;
    return rows.readUIntBE(at, 3);
  });
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const { kept, places } = paletteOf(counts, width * height);
  const out = Buffer.alloc(height * (width + 1));
  colours.forEach((colour, i) => {
    out[Math.floor(i / width) * (width + 1) + 1 + (i % width)] = places.get(colour) as number;
  });
  header[9] = 3;
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(kept.flatMap((colour) => channels(colour)))),
    chunk("IDAT", deflateSync(out, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
