import { addressIn } from "../text/address.ts";
import type { Text } from "../text/text.ts";

/** Where a lab stands, in the language of the page. */
export function labAddress(t: Text, lab: string, query = ""): string {
  return addressIn(t.language, `/labs/${lab}/${query && `?${query}`}`);
}
