/** Chance of commands. It comes from Web Crypto, which the realm makes the world's own stream. */

/** Fills the bytes and returns them; at most 65 536 at once are asked for. */
export function randomBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 65_536) {
    // oxlint-disable-next-line no-restricted-globals -- replaced by the realm
    crypto.getRandomValues(bytes.subarray(at, Math.min(length, at + 65_536)));
  }
  return bytes;
}

/** A whole number, 0 ≤ n < limit, limit < 2³². */
export function randomBelow(limit: number): number {
  return new DataView(randomBytes(4).buffer).getUint32(0) % limit;
}

/** A version 4 UUID. @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-4 */
export function randomUuid(): string {
  // oxlint-disable-next-line no-restricted-globals -- replaced by the realm
  return crypto.randomUUID();
}
