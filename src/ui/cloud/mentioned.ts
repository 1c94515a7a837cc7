/** What the evidence that "Show" pointed at speaks of in this panel. */
import { useBench } from "../workbench/bench.ts";
import { cloudMention, type CloudMention } from "./cloud-place.ts";

export function useMentioned(): Partial<CloudMention> & { readonly number: number | null } {
  const { shown, shownIn } = useBench();
  const item = shownIn.value === "cloud" ? shown.value : null;
  return item === null ? { number: null } : { ...cloudMention(item.evidence.at), number: item.number };
}
