/**
 * Stands where a library of the core imports `node:zlib`. Pure code: deflate gives the same bytes in every host,
 * which Node's zlib and a browser's CompressionStream do not.
 */
import {
  deflateSync as rawDeflate,
  gunzipSync as gunzip,
  gzipSync as gzip,
  inflateSync as rawInflate,
} from "fflate";
import { Buffer } from "buffer";
import { deflateZlib } from "../base/deflate.ts";
import { inflateStream, inflateZlib } from "../base/inflate.ts";

interface ZlibOptions {
  readonly level?: number;
  readonly maxOutputLength?: number;
  /** Answers with the engine too, which tells how much of the input was read. */
  readonly info?: boolean;
}

type Level = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

function level(options?: ZlibOptions): { level: Level } {
  const wanted = options?.level ?? 6;
  return { level: (wanted < 0 ? 6 : Math.min(wanted, 9)) as Level };
}

function bounded(bytes: Uint8Array, options?: ZlibOptions): Buffer {
  if (options?.maxOutputLength !== undefined && bytes.length > options.maxOutputLength) {
    throw Object.assign(new RangeError("Cannot create a Buffer larger than the limit"), {
      code: "ERR_BUFFER_TOO_LARGE",
    });
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export const deflateSync = (data: Uint8Array, options?: ZlibOptions) =>
  bounded(deflateZlib(data, level(options).level));
/** With `info`: https://nodejs.org/docs/latest/api/zlib.html#class-options */
export const inflateSync = (data: Uint8Array, options?: ZlibOptions) => {
  if (!options?.info) return bounded(inflateZlib(data), options);
  const stream = inflateStream(data);
  // What is broken fails with its own error.
  const { bytes, read } = stream ?? { bytes: inflateZlib(data), read: data.length };
  return { buffer: bounded(bytes, options), engine: { bytesWritten: read } };
};
export const deflateRawSync = (data: Uint8Array, options?: ZlibOptions) =>
  bounded(rawDeflate(data, level(options)));
export const inflateRawSync = (data: Uint8Array, options?: ZlibOptions) => bounded(rawInflate(data), options);
/** The gzip header carries no time: the same input gives the same bytes. */
export const gzipSync = (data: Uint8Array, options?: ZlibOptions) =>
  bounded(gzip(data, { ...level(options), mtime: 0 }));
export const gunzipSync = (data: Uint8Array, options?: ZlibOptions) => bounded(gunzip(data), options);
export const unzipSync = gunzipSync;

export const constants = {
  Z_BEST_SPEED: 1,
  Z_BEST_COMPRESSION: 9,
  Z_DEFAULT_COMPRESSION: -1,
  Z_SYNC_FLUSH: 2,
  Z_FINISH: 4,
};

export default {
  deflateSync,
  inflateSync,
  deflateRawSync,
  inflateRawSync,
  gzipSync,
  gunzipSync,
  unzipSync,
  constants,
};
