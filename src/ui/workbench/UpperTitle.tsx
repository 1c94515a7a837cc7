import { useText } from "../text/context.ts";
import { said } from "../text/said.ts";
import { toolsHere, useBench, type Bench, type UpperTab } from "./bench.ts";
import { PanelTitle, Tabs, type PanelTab } from "./Panel.tsx";

const TABS: readonly (PanelTab & { readonly id: UpperTab })[] = [
  { id: "editor", label: said("Editor"), icon: "editor" },
  { id: "forge", label: said("Forge"), icon: "pull" },
  { id: "pipeline", label: said("Pipeline"), icon: "pipeline" },
  { id: "cloud", label: said("Cloud"), icon: "cloud" },
  { id: "store", label: said("Store"), icon: "key" },
  { id: "people", label: said("People"), icon: "people" },
  { id: "status", label: said("Health"), icon: "pulse" },
  { id: "graph", label: said("Git graph"), icon: "graph" },
  { id: "map", label: said("Leak map"), icon: "map" },
];

export function isNarrow(bench: Bench): boolean {
  return bench.width.value === "middle" || bench.width.value === "one";
}

/** The tabs of the upper middle: tools, and on narrower windows what stands at the right of wider ones. */
export function upperTabs(bench: Bench): readonly (PanelTab & { readonly id: UpperTab })[] {
  const here: readonly UpperTab[] = [
    ...toolsHere(bench),
    ...(isNarrow(bench) ? (["graph", "map"] as const) : []),
  ];
  return here.flatMap((id) => TABS.find((tab) => tab.id === id) ?? []).map((tab) => counted(bench, tab));
}

/** Beside people stands how much of what they wrote is unread. */
function counted<T extends PanelTab>(bench: Bench, tab: T): T {
  const { mail, chat } = bench.people.unread.value;
  return tab.id === "people" && mail + chat > 0 ? { ...tab, count: mail + chat } : tab;
}

/** The title of a panel, as one of the tabs where it shares its place with others. */
export function UpperTitle({ id }: { readonly id: UpperTab }) {
  const bench = useBench();
  const t = useText();
  const tabs = upperTabs(bench).map((tab) => ({ ...tab, label: t(tab.label) }));
  const own = TABS.find((tab) => tab.id === id) as PanelTab;
  if (tabs.length < 2 || !tabs.some((tab) => tab.id === id))
    return <PanelTitle icon={own.icon}>{t(own.label)}</PanelTitle>;
  // Each of these panels has its own row of tabs: focus goes over to the one that comes.
  const select = (next: string) => {
    bench.upper.value = next as UpperTab;
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`#panel-${next} [data-tab="${next}"]`)?.focus(),
    );
  };
  return <Tabs label={t("Tools")} tabs={tabs} selected={id} controls={`panel-${id}`} onSelect={select} />;
}
