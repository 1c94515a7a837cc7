/** Parts of the page that load when they are first asked for: nobody waits for the debrief to see a prompt. */
import type { ComponentType } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { useText } from "../text/context.ts";

interface Loaded {
  /** Null where it could not be fetched. */
  readonly Part: ComponentType | null;
}

export const loadDebrief = async () => (await import("../debrief/Debrief.tsx")).Debrief;
export const loadDialogs = async () => (await import("./Dialogs.tsx")).Dialogs;

export function Later({ load }: { readonly load: () => Promise<ComponentType> }) {
  const t = useText();
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const fetchPart = (): void =>
    void load().then(
      (Part) => setLoaded({ Part }),
      () => setLoaded({ Part: null }),
    );
  useLayoutEffect(fetchPart, [load]);
  if (!loaded) return null;
  if (loaded.Part) return <loaded.Part />;
  return (
    <p class="empty" role="alert">
      {t("This panel could not be loaded.")}{" "}
      <button type="button" class="button" onClick={fetchPart}>
        {t("Try again")}
      </button>
    </p>
  );
}
