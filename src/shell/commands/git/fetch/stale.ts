/** Which refs a pruning fetch removes. */
import type { Ref } from "../lib/refs.ts";
import type { Advertisement } from "../lib/transport/connection.ts";
import { unmapRef, type Refspec } from "../lib/transport/refspec.ts";

/** Local refs that a refspec would fill and whose source the other side no longer has. */
export function staleRefs(
  local: readonly Ref[],
  advertised: Advertisement,
  specs: readonly Refspec[],
): Ref[] {
  const there = new Set(advertised.refs.map((ref) => ref.name));
  return local.filter((ref) => {
    if (ref.target !== undefined) return false;
    const sources = specs.map((spec) => unmapRef(spec, ref.name)).filter((name) => name !== null);
    return sources.length > 0 && !sources.some((name) => there.has(name));
  });
}
