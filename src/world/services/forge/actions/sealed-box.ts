/**
 * libsodium's sealed boxes: X25519, then XSalsa20-Poly1305 with the nonce blake2b-24(ephemeral key ‖ recipient's key).
 * https://doc.libsodium.org/public-key_cryptography/sealed_boxes
 */
import { hsalsa, xsalsa20poly1305 } from "@noble/ciphers/salsa.js";
import { pow } from "@noble/curves/abstract/modular.js";
import { montgomery } from "@noble/curves/abstract/montgomery.js";
import { blake2b } from "@noble/hashes/blake2.js";
import { concat, fromLatin1 } from "../../../../base/bytes.ts";

/** Modulus of Curve25519. */
const P = 2n ** 255n - 19n;

/**
 * X25519 (RFC 7748) by itself: noble's ready one comes with Ed25519, which draws chance as it loads, and this loads while
 * a world is entered (attempt/preload.ts).
 */
const x25519 = montgomery({
  P,
  type: "x25519",
  powPminus2: (x) => pow(x, P - 2n, P),
  adjustScalarBytes: (bytes: Uint8Array) => {
    bytes[0] = (bytes[0] as number) & 248;
    bytes[31] = ((bytes[31] as number) & 127) | 64;
    return bytes;
  },
});

const KEY_BYTES = 32;
const TAG_BYTES = 16;
const NONCE_BYTES = 24;

export function publicKeyOf(secretKey: Uint8Array): Uint8Array {
  return x25519.getPublicKey(secretKey);
}

/** `ephemeral`: 32 bytes that nobody else knows, used once. */
export function seal(message: Uint8Array, recipient: Uint8Array, ephemeral: Uint8Array): Uint8Array {
  const sender = publicKeyOf(ephemeral);
  const box = xsalsa20poly1305(sharedKey(ephemeral, recipient), nonceOf(sender, recipient));
  return concat([sender, box.encrypt(message)]);
}

/** Null where it was not sealed for this key, or was changed. */
export function open(sealed: Uint8Array, secretKey: Uint8Array): Uint8Array | null {
  if (sealed.length < KEY_BYTES + TAG_BYTES) return null;
  const sender = sealed.subarray(0, KEY_BYTES);
  try {
    const nonce = nonceOf(sender, publicKeyOf(secretKey));
    return xsalsa20poly1305(sharedKey(secretKey, sender), nonce).decrypt(sealed.subarray(KEY_BYTES));
  } catch {
    return null;
  }
}

function nonceOf(sender: Uint8Array, recipient: Uint8Array): Uint8Array {
  return blake2b(concat([sender, recipient]), { dkLen: NONCE_BYTES });
}

/** As crypto_box_beforenm: the curve's point goes through HSalsa20 with a nonce of zeros. */
function sharedKey(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array {
  const point = x25519.getSharedSecret(secretKey, publicKey);
  const out = new Uint32Array(KEY_BYTES / 4);
  hsalsa(words(fromLatin1("expand 32-byte k")), words(point), new Uint32Array(4), out);
  return new Uint8Array(out.buffer);
}

/** Little-endian, as every machine that runs this. */
function words(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(new Uint8Array(bytes).buffer);
}
