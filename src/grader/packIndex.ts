/** Object ids of a pack index, version 2: https://git-scm.com/docs/gitformat-pack */
import { toHex } from "../base/bytes.ts";

const FANOUT = 8;
const IDS = FANOUT + 256 * 4;

/** None where the file is no such index; as many as it has room for where it promises more. */
export function packedIds(bytes: Uint8Array): string[] {
  if (bytes.length < IDS) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== 0xff744f63 || view.getUint32(4) !== 2) return [];
  const count = Math.min(view.getUint32(IDS - 4), Math.floor((bytes.length - IDS) / 20));
  return Array.from({ length: count }, (_, i) => toHex(bytes.subarray(IDS + 20 * i, IDS + 20 * i + 20)));
}
