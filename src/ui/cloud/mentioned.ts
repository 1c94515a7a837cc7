/** What the evidence that "Show" pointed at speaks of in this panel. */
import { useEffect, useRef } from "preact/hooks";
import { useBench } from "../workbench/bench.ts";
import { cloudMention, type CloudMention } from "./cloud-place.ts";

export function useMentioned(): Partial<CloudMention> & { readonly number: number | null } {
  const { shown, shownIn } = useBench();
  const item = shownIn.value === "cloud" ? shown.value : null;
  return item === null ? { number: null } : { ...cloudMention(item.evidence.at), number: item.number };
}

/** What evidence speaks of gets the focus as soon as it is there: the panel may still have been looking. */
export function useShownFocus<T extends HTMLElement>(shown: boolean) {
  const ref = useRef<T>(null);
  useEffect(() => {
    if (!shown) return;
    ref.current?.scrollIntoView({ block: "nearest" });
    ref.current?.focus({ preventScroll: true });
  }, [shown]);
  return ref;
}
