/** Inflating whole zlib streams (RFC 1950). */
import { unzlibSync } from "fflate";

/** Most text shrinks less than this; what shrinks more is inflated a second time into a buffer that grows. */
const RATIO = 12;
const LEAST = 1024;
/** Longer input gains nothing from a guess. */
const SHORT = 65_536;
/** The rest of a pack comes along with each of its objects: most are smaller than this, whatever follows. */
const SMALL = 8192;

/**
 * What fflate's `unzlibSync` gives, its errors included. fflate reserves 128 kB for every stream of unknown size, which
 * costs more than inflating a small one: here it gets a buffer of likely size first.
 */
export function inflateZlib(deflated: Uint8Array): Uint8Array {
  const likely = deflated.length * RATIO + LEAST;
  return (
    guessed(deflated, Math.min(likely, SMALL)) ??
    (likely > SMALL && deflated.length <= SHORT ? guessed(deflated, likely) : null) ??
    unzlibSync(deflated)
  );
}

/** Null where the guess was too small or the stream is broken. */
function guessed(deflated: Uint8Array, size: number): Uint8Array | null {
  const out = new Uint8Array(size);
  try {
    const bytes = unzlibSync(deflated, { out });
    return bytes.length < out.length ? bytes.slice() : null;
  } catch {
    return null;
  }
}
