/** Zip files that the forge gives: logs and artifacts. */
import { unzipSync } from "fflate";
import type { GhCall } from "./call.ts";

/** Null where it is no zip, or one that would grow beyond all measure. */
export function unzipped(call: GhCall, bytes: Uint8Array): ReadonlyMap<string, Uint8Array> | null {
  const limit = call.context.limits.maxStringLength;
  let total = 0;
  try {
    const files = unzipSync(bytes, {
      filter: ({ originalSize }) => {
        total += originalSize;
        return total <= limit;
      },
    });
    return total > limit ? null : new Map(Object.entries(files));
  } catch {
    return null;
  }
}
