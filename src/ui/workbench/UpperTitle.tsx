import { useBench, type UpperTab } from "./bench.ts";
import { PanelTitle, Tabs, type PanelTab } from "./Panel.tsx";

const TABS: readonly PanelTab[] = [
  { id: "editor", label: "Editor", icon: "editor" },
  { id: "graph", label: "Git graph", icon: "graph" },
  { id: "map", label: "Leak map", icon: "map" },
];

/** The title of a panel that is a tab of the upper middle on narrower windows. */
export function UpperTitle({ id }: { readonly id: UpperTab }) {
  const bench = useBench();
  const own = TABS.find((tab) => tab.id === id) as PanelTab;
  if (bench.width.value !== "middle" && bench.width.value !== "one") {
    return <PanelTitle icon={own.icon}>{own.label}</PanelTitle>;
  }
  // Each of these panels has its own row of tabs: focus goes over to the one that comes.
  const select = (next: string) => {
    bench.upper.value = next as UpperTab;
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`#panel-${next} [data-tab="${next}"]`)?.focus(),
    );
  };
  return <Tabs label="Tools" tabs={TABS} selected={id} controls={`panel-${id}`} onSelect={select} />;
}
