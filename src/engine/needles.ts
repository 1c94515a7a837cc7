/** Planted values as the trace looks for them. */
import { fromUtf8, toLatin1 } from "../base/bytes.ts";
import { invariant } from "../base/invariant.ts";

/** A value that must be found wherever it is. One credential may have several (an id and a key). */
export interface Needle {
  readonly credential: string;
  readonly value: string;
}

/** A needle in the forms that are searched for; texts are byte strings (one character per byte). */
export interface PreparedNeedle {
  readonly credential: string;
  readonly raw: string;
  readonly reversed: string;
  /** Letters and digits only; empty where too few are left to be sure. */
  readonly skeleton: string;
}

/** Shorter or more regular values would be found where nobody put them. */
const SHORTEST = 20;
const FEWEST_DISTINCT = 10;
const SHORTEST_SKELETON = 16;

export function prepareNeedles(needles: readonly Needle[]): readonly PreparedNeedle[] {
  return needles.map(({ credential, value }) => {
    invariant(
      value.length >= SHORTEST && new Set(value).size >= FEWEST_DISTINCT,
      `the value of ${credential} is not random enough to be searched for`,
    );
    const raw = toLatin1(fromUtf8(value));
    const skeleton = raw.replace(/[^A-Za-z0-9]+/g, "");
    return {
      credential,
      raw,
      reversed: reverse(raw),
      skeleton: skeleton.length >= SHORTEST_SKELETON ? skeleton : "",
    };
  });
}

export function reverse(text: string): string {
  const bytes = new Uint8Array(text.length);
  for (let i = 0, last = text.length - 1; i <= last; i++) bytes[i] = text.charCodeAt(last - i);
  return toLatin1(bytes);
}
