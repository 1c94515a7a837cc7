/** Object ids of a pack index, version 2: https://git-scm.com/docs/gitformat-pack */
import { toHex } from "../base/bytes.ts";

const FANOUT = 8;
const IDS = FANOUT + 256 * 4;

export function packedIds(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < IDS || view.getUint32(0) !== 0xff744f63 || view.getUint32(4) !== 2) return [];
  const count = view.getUint32(IDS - 4);
  return Array.from({ length: count }, (_, i) => toHex(bytes.subarray(IDS + 20 * i, IDS + 20 * i + 20))).filter((id) => id.length === 40);
}
