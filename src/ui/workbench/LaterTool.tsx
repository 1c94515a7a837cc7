/** Tools that load when they are first looked at: nobody waits for the forge to see a prompt. */
import type { ComponentType } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useText } from "../text/context.ts";
import { useBench, type Tool } from "./bench.ts";
import { focusPanel } from "./panels.ts";
import { ToolPanel } from "./ToolPanel.tsx";

export type LaterToolId = Exclude<Tool, "editor">;

const LOAD: Readonly<Record<LaterToolId, () => Promise<ComponentType>>> = {
  forge: async () => (await import("../forge/ForgePanel.tsx")).ForgePanel,
  pipeline: async () => (await import("../forge/PipelinePanel.tsx")).PipelinePanel,
  cloud: async () => (await import("../cloud/CloudPanel.tsx")).CloudPanel,
  store: async () => (await import("../store/StorePanel.tsx")).StorePanel,
  people: async () => (await import("../people/PeoplePanel.tsx")).PeoplePanel,
  status: async () => (await import("../status/StatusPanel.tsx")).StatusPanel,
};

interface Loaded {
  readonly id: LaterToolId;
  /** Null where it could not be fetched. */
  readonly Tool: ComponentType | null;
}

/** Until the tool is there, its panel says so and holds the focus for it. */
export function LaterTool({ id }: { readonly id: LaterToolId }) {
  const bench = useBench();
  const t = useText();
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const focused = useRef<"tab" | "panel" | null>(null);
  const load = (): void => {
    const arrive = (Tool: ComponentType | null): void => {
      focused.current = focusedPart(id);
      setLoaded({ id, Tool });
    };
    LOAD[id]().then(arrive, () => arrive(null));
  };
  useLayoutEffect(load, [id]);
  useLayoutEffect(() => {
    if (focused.current === "panel") focusPanel(bench, id);
    if (focused.current === "tab")
      document.querySelector<HTMLElement>(`#panel-${id} [data-tab="${id}"]`)?.focus();
    focused.current = null;
  }, [loaded]);
  const here = loaded?.id === id ? loaded : null;
  if (here?.Tool) return <here.Tool />;
  return (
    <ToolPanel id={id}>
      {here ? (
        <p class="empty">
          {t("This panel could not be loaded.")}{" "}
          <button type="button" class="button" onClick={load}>
            {t("Try again")}
          </button>
        </p>
      ) : (
        <p class="empty">{t("Loading")}</p>
      )}
    </ToolPanel>
  );
}

/** Which part of the waiting panel has the focus, so that the real one takes it over. */
function focusedPart(id: LaterToolId): "tab" | "panel" | null {
  const focus = document.activeElement;
  if (!focus || !document.getElementById(`panel-${id}`)?.contains(focus)) return null;
  return focus.matches('[role="tab"]') ? "tab" : "panel";
}
