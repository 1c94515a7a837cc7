/** Synchronous digests: Web Crypto is asynchronous and absent on insecure origins. */
import { sha1 as nobleSha1 } from "@noble/hashes/legacy.js";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { fromUtf8, toHex } from "./bytes.ts";

function bytesOf(data: Uint8Array | string): Uint8Array {
  return typeof data === "string" ? fromUtf8(data) : data;
}

/** SHA-1 as 40 hex digits; a string is taken as UTF-8. */
export function sha1(data: Uint8Array | string): string {
  return toHex(nobleSha1(bytesOf(data)));
}

/** SHA-256 as 64 hex digits; a string is taken as UTF-8. */
export function sha256(data: Uint8Array | string): string {
  return toHex(nobleSha256(bytesOf(data)));
}

export function sha256Bytes(data: Uint8Array | string): Uint8Array {
  return nobleSha256(bytesOf(data));
}
