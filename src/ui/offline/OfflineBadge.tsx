/** Whether LeakLab works without a network, in the clock strip. Not a live region: it changes by itself. */
import { useEffect, useState } from "preact/hooks";
import { useText } from "../text/context.ts";
import { Icon } from "../workbench/Icon.tsx";
import { followOffline } from "./page.ts";
import type { Offline } from "./state.ts";
import { offlineWords } from "./words.ts";

/** `otherwise` is said while nothing is known. */
export function OfflineBadge({ otherwise }: { readonly otherwise: string }) {
  const t = useText();
  const [state, setState] = useState<Offline>({ at: "unknown" });
  useEffect(() => followOffline().subscribe(setState), []);
  const away = state.at === "partly";
  return (
    <div class="badge" data-tone={away ? "notyet" : "plain"} data-offline={state.at}>
      <Icon name={away ? "warn" : "saved"} />
      <strong>{offlineWords(t, state) ?? otherwise}</strong>
    </div>
  );
}
