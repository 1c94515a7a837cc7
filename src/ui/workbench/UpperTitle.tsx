import { toolsOf, useBench, type Bench, type UpperTab } from "./bench.ts";
import { PanelTitle, Tabs, type PanelTab } from "./Panel.tsx";

const TABS: readonly (PanelTab & { readonly id: UpperTab })[] = [
  { id: "editor", label: "Editor", icon: "editor" },
  { id: "forge", label: "Forge", icon: "pull" },
  { id: "pipeline", label: "Pipeline", icon: "pipeline" },
  { id: "people", label: "People", icon: "people" },
  { id: "graph", label: "Git graph", icon: "graph" },
  { id: "map", label: "Leak map", icon: "map" },
];

export function isNarrow(bench: Bench): boolean {
  return bench.width.value === "middle" || bench.width.value === "one";
}

/** The tabs of the upper middle: tools, and on narrower windows what stands at the right of wider ones. */
export function upperTabs(bench: Bench): readonly (PanelTab & { readonly id: UpperTab })[] {
  const here: readonly string[] = [...toolsOf(bench.page), ...(isNarrow(bench) ? ["graph", "map"] : [])];
  return TABS.filter(({ id }) => here.includes(id));
}

/** The title of a panel, as one of the tabs where it shares its place with others. */
export function UpperTitle({ id }: { readonly id: UpperTab }) {
  const bench = useBench();
  const tabs = upperTabs(bench);
  const own = TABS.find((tab) => tab.id === id) as PanelTab;
  if (tabs.length < 2 || !tabs.some((tab) => tab.id === id))
    return <PanelTitle icon={own.icon}>{own.label}</PanelTitle>;
  // Each of these panels has its own row of tabs: focus goes over to the one that comes.
  const select = (next: string) => {
    bench.upper.value = next as UpperTab;
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`#panel-${next} [data-tab="${next}"]`)?.focus(),
    );
  };
  return <Tabs label="Tools" tabs={tabs} selected={id} controls={`panel-${id}`} onSelect={select} />;
}
