/** What a panel asks one address for: still looking, without an answer, or there. */
import { useState } from "preact/hooks";
import { jsonOf, useLook } from "../forge/looking.ts";

export type Asked<T> =
  | { readonly state: "looking" }
  | { readonly state: "failed"; readonly again: () => void }
  | { readonly state: "there"; readonly value: T };

/** `again` asks once more; what follows a # is not sent. */
export function useAsked<T>(url: string): Asked<T> {
  const [times, setTimes] = useState(0);
  const looks = useLook([times === 0 ? url : `${url}#${times}`]);
  if (looks === null) return { state: "looking" };
  const value = jsonOf<T>(looks[0]);
  return value === null ? { state: "failed", again: () => setTimes(times + 1) } : { state: "there", value };
}
