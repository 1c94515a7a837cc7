/** What the badge says, in workbench and footer alike. */
import type { Text } from "../text/text.ts";
import type { Offline } from "./state.ts";

/** Null where there is nothing to say. */
export function offlineWords(t: Text, state: Offline): string | null {
  switch (state.at) {
    case "unknown":
      return null;
    case "filling":
      return t("Getting ready, {done} of {all}", state);
    case "kept":
      return t("Saved, works offline");
    case "offline":
      return t("Offline");
    case "partly":
      return t("Offline, {done} of {all} files are here", state);
    case "newer":
      return t("New version from the next lab on");
  }
}
