import type { ComponentChildren } from "preact";
import { useText } from "../text/context.ts";
import { useBench, type PanelId } from "./bench.ts";
import { Icon, type IconName } from "./Icon.tsx";
import { panelInText, PANELS } from "./panels.ts";

export interface PanelTab {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  readonly count?: number;
}

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly PanelTab[];
  readonly selected: string;
  readonly controls: string;
  readonly onSelect: (id: string) => void;
}

/** Tabs with roving focus; arrow keys select. */
export function Tabs({ label, tabs, selected, controls, onSelect }: TabsProps) {
  const move = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const here = tabs.findIndex(({ id }) => id === selected);
    const next = tabs[(here + step + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    onSelect(next.id);
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={move}>
      {tabs.map((tab) => (
        <button
          type="button"
          role="tab"
          class="tab"
          data-tab={tab.id}
          aria-selected={tab.id === selected}
          aria-controls={controls}
          tabIndex={tab.id === selected ? 0 : -1}
          onClick={() => onSelect(tab.id)}
        >
          <Icon name={tab.icon} />
          {tab.label}
          {tab.count !== undefined && <span class="count">{tab.count}</span>}
        </button>
      ))}
    </div>
  );
}

export function PanelTitle({
  icon,
  children,
}: {
  readonly icon: IconName;
  readonly children: ComponentChildren;
}) {
  return (
    <h2 class="tab" data-selected>
      <Icon name={icon} />
      {children}
    </h2>
  );
}

export function FullButton({ id }: { readonly id: PanelId }) {
  const bench = useBench();
  const t = useText();
  const full = bench.full.value === id;
  return (
    <button
      type="button"
      class="icon-button"
      aria-pressed={full}
      aria-label={t("Fill the window with {panel}", { panel: panelInText(t, id) })}
      onClick={() => (bench.full.value = full ? null : id)}
    >
      <Icon name="expand" />
    </button>
  );
}

/** "Back to check" where evidence was shown. */
export function BackToCheck({ panel }: { readonly panel: PanelId }) {
  const bench = useBench();
  const t = useText();
  const shown = bench.shown.value;
  if (!shown || bench.shownIn.value !== panel) return null;
  const back = () => {
    bench.shown.value = null;
    bench.left.value = "checks";
    bench.reading.value = "checks";
    requestAnimationFrame(() => document.getElementsByName(`evidence-${shown.number}`)[0]?.focus());
  };
  return (
    <button type="button" class="link-button" onClick={back}>
      <Icon name="chevronLeft" /> {t("Back to check")}
    </button>
  );
}

interface PanelProps {
  readonly id: PanelId;
  readonly label?: string;
  readonly class?: string;
  readonly head?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Panel({ id, label, class: name = "", head, children }: PanelProps) {
  const bench = useBench();
  const t = useText();
  return (
    <section
      id={`panel-${id}`}
      class={`panel ${name}`}
      aria-label={label ?? t(PANELS[id])}
      tabIndex={-1}
      data-active={bench.active.value === id}
      data-full={bench.full.value === id}
      onFocusIn={() => enter(bench, id)}
    >
      {head && <div class="panel-head">{head}</div>}
      {children}
    </section>
  );
}

function enter(bench: ReturnType<typeof useBench>, id: PanelId): void {
  if (bench.active.value === id) return;
  bench.cameFrom.value = bench.active.value;
  bench.active.value = id;
}
