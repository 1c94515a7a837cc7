/** Checksums that real tokens carry, so that planted ones can be given wrong ones and tests can prove it. */

/** CRC-32 as in zip and gzip (RFC 1952). */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

const BECH32_GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const;
export const BECH32_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/** Whether the last six characters of a lower-case Bech32 text are its checksum (BIP 173). */
export function isBech32(human: string, data: string): boolean {
  const codes = [...human].map((character) => character.charCodeAt(0));
  const values = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
  for (const character of data) values.push(BECH32_ALPHABET.indexOf(character));
  const sum = values.reduce((state, value) => {
    const top = state >>> 25;
    const next = (((state & 0x1ffffff) << 5) ^ value) >>> 0;
    return BECH32_GENERATOR.reduce((mixed, word, i) => ((top >> i) & 1 ? (mixed ^ word) >>> 0 : mixed), next);
  }, 1);
  return sum === 1;
}
