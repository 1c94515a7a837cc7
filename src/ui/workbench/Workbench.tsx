import { TextContext, useText } from "../text/context.ts";
import { TourCard } from "../tour/TourCard.tsx";
import { said } from "../text/said.ts";
import { Banners } from "./Banners.tsx";
import { BenchContext, useBench, type Bench } from "./bench.ts";
import { Brief } from "./Brief.tsx";
import { Checks } from "./Checks.tsx";
import { ClockStrip } from "./ClockStrip.tsx";
import { EditorPanel } from "./EditorPanel.tsx";
import { GitGraph } from "./GitGraph.tsx";
import { Header } from "./Header.tsx";
import { Later, loadDebrief, loadDialogs } from "./Later.tsx";
import { LeakMap } from "./LeakMap.tsx";
import { Tabs, type PanelTab } from "./Panel.tsx";
import { keepSizes, MIN, sizesOf, type PanelSizes } from "./panel-sizes.ts";
import { Reading } from "./Reading.tsx";
import { Splitter } from "./Splitter.tsx";
import { TerminalPanel } from "./TerminalPanel.tsx";
import { Toasts } from "./Toasts.tsx";

const LEFT_TABS: readonly PanelTab[] = [
  { id: "brief", label: said("Brief"), icon: "brief" },
  { id: "checks", label: said("Checks"), icon: "check" },
];

function resize(bench: Bench, change: Partial<PanelSizes>): void {
  bench.sizes.value = { ...bench.sizes.value, ...change };
  keepSizes(bench.page.id, bench.sizes.value);
}

function extent(id: string, side: "clientWidth" | "clientHeight"): number {
  return (typeof document === "undefined" ? null : document.getElementById(id))?.[side] ?? 796;
}

/** A rule between two columns. */
function ColumnRule({ side }: { readonly side: "left" | "right" }) {
  const bench = useBench();
  const t = useText();
  return (
    <Splitter
      label={side === "left" ? t("Width of brief and checks") : t("Width of graph and map")}
      orientation="vertical"
      controls={`column-${side}`}
      value={bench.sizes.value[side]}
      min={MIN.width}
      max={() => Math.max(MIN.width, Math.floor(extent("main", "clientWidth") * 0.4))}
      reversed={side === "right"}
      onChange={(pixels) => resize(bench, { [side]: pixels })}
      onReset={() => resize(bench, { [side]: sizesOf(bench.page.layout)[side] })}
    />
  );
}

/** A rule between two panels of a column; the size is kept as a share. */
function RowRule({
  part,
  column,
  label,
}: {
  readonly part: "brief" | "upper" | "graph";
  readonly column: string;
  readonly label: string;
}) {
  const bench = useBench();
  const whole = extent(column, "clientHeight");
  return (
    <Splitter
      label={label}
      orientation="horizontal"
      controls={column}
      value={Math.round(bench.sizes.value[part] * whole)}
      min={MIN.height}
      max={() => extent(column, "clientHeight") - MIN.height}
      onChange={(pixels) =>
        resize(bench, { [part]: Math.max(0.001, pixels / extent(column, "clientHeight")) })
      }
      onReset={() => resize(bench, { [part]: sizesOf(bench.page.layout)[part] })}
    />
  );
}

function CurrentTask() {
  const { page } = useBench();
  const t = useText();
  return <p class="current-task">{t("{n} tasks; the brief lists them", { n: page.tasks.length })}</p>;
}

function LeftColumn() {
  const bench = useBench();
  const t = useText();
  const tabs = bench.width.value === "middle" || bench.width.value === "one";
  return (
    <div class="column left" id="column-left" data-tab={tabs ? bench.left.value : "both"}>
      {tabs && (
        <div class="panel-head">
          <Tabs
            label={t("Lab")}
            tabs={LEFT_TABS.map((tab) => ({ ...tab, label: t(tab.label) }))}
            selected={bench.left.value}
            controls={`panel-${bench.left.value}`}
            onSelect={(id) => (bench.left.value = id as "brief" | "checks")}
          />
        </div>
      )}
      {tabs && bench.left.value === "checks" && <CurrentTask />}
      <Brief />
      {!tabs && <RowRule part="brief" column="column-left" label={t("Height of the brief")} />}
      <Checks />
    </div>
  );
}

function RightColumn() {
  const t = useText();
  return (
    <div class="column right" id="column-right">
      <GitGraph />
      <RowRule part="graph" column="column-right" label={t("Height of the git graph")} />
      <LeakMap />
    </div>
  );
}

function Panels() {
  const bench = useBench();
  const t = useText();
  const wide = bench.width.value === "wide" || bench.width.value === "compact";
  return (
    <main class="panels" id="main" data-full={bench.full.value ?? undefined}>
      <LeftColumn />
      <ColumnRule side="left" />
      <div class="column middle" id="column-middle">
        <EditorPanel />
        <RowRule part="upper" column="column-middle" label={t("Height of the editor")} />
        <TerminalPanel />
      </div>
      {wide && <ColumnRule side="right" />}
      {wide && <RightColumn />}
    </main>
  );
}

function LiveRegions() {
  const bench = useBench();
  return (
    <>
      <p class="sr-only" role="status">
        {bench.said.value}
      </p>
      <p class="sr-only" role="alert">
        {bench.refused.value}
      </p>
    </>
  );
}

function sizeVariables({ left, right, brief, upper, graph, tree }: PanelSizes): Record<string, string> {
  const share = (part: number) => `${(100 * part).toFixed(2)}%`;
  return {
    "--left": `${left}px`,
    "--right": `${right}px`,
    "--brief": share(brief),
    "--upper": share(upper),
    "--graph": share(graph),
    "--tree": `${tree}px`,
  };
}

function Shell() {
  const bench = useBench();
  const t = useText();
  const reading = bench.width.value === "reading";
  return (
    <div
      class="wb"
      data-width={bench.width.value}
      data-drawer={bench.drawer.value}
      data-story={bench.story.value}
      style={sizeVariables(bench.sizes.value)}
    >
      {reading ? (
        <a class="skip" href="#main">
          {t("Skip to the content")}
        </a>
      ) : (
        <a class="skip" href="#panel-terminal">
          {t("Skip to the terminal")}
        </a>
      )}
      <Header />
      <Banners />
      {reading ? (
        <Reading />
      ) : (
        <>
          <Panels />
          <ClockStrip />
        </>
      )}
      {bench.story.value === "debrief" && <Later load={loadDebrief} />}
      {bench.dialog.value && <Later load={loadDialogs} />}
      <Toasts />
      <TourCard />
      <LiveRegions />
    </div>
  );
}

export function Workbench({ bench }: { readonly bench: Bench }) {
  return (
    <BenchContext.Provider value={bench}>
      <TextContext.Provider value={bench.t}>
        <Shell />
      </TextContext.Provider>
    </BenchContext.Provider>
  );
}
