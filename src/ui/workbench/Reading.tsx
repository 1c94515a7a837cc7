import { useText } from "../text/context.ts";
import { said } from "../text/said.ts";
import { useBench, type ReadingTab } from "./bench.ts";
import { Brief } from "./Brief.tsx";
import { Checks } from "./Checks.tsx";
import { ClockStrip } from "./ClockStrip.tsx";
import { saveAttempt } from "./commands.ts";
import { Icon, type IconName } from "./Icon.tsx";
import { LeakMap } from "./LeakMap.tsx";
import { TimelineList } from "./Timeline.tsx";
import { useTimeline } from "./use-timeline.ts";

const TABS: readonly (readonly [ReadingTab, string, IconName])[] = [
  ["brief", said("Brief"), "brief"],
  ["checks", said("Checks"), "check"],
  ["map", said("Leak map"), "map"],
  ["timeline", said("Timeline"), "clock"],
];

function TerminalNotice() {
  const bench = useBench();
  const t = useText();
  return (
    <section class="reading-notice" aria-label={t("Terminal")}>
      <Icon name="phone" />
      <div>
        <p>
          <strong>{t("The terminal needs a wider screen, 720 pixels or more.")}</strong>{" "}
          {t("Here you can read and see results.")}
        </p>
        <button type="button" class="button" onClick={() => saveAttempt(bench)}>
          <Icon name="save" /> {t("Take the attempt to a computer")}
        </button>
      </div>
    </section>
  );
}

function TimelineTab() {
  const t = useText();
  const { items, nowMs } = useTimeline();
  return (
    <section aria-label={t("Timeline")}>
      <h2 class="reading-title">{t("Timeline")}</h2>
      <TimelineList items={items} nowMs={nowMs} />
    </section>
  );
}

/** Below 720 px: nothing to type in, everything to read. */
export function Reading() {
  const bench = useBench();
  const t = useText();
  const tab = bench.reading.value;
  return (
    <>
      <ClockStrip />
      <main class="reading" id="main">
        <TerminalNotice />
        {tab === "brief" && <Brief />}
        {tab === "checks" && <Checks />}
        {tab === "map" && <LeakMap />}
        {tab === "timeline" && <TimelineTab />}
      </main>
      <nav class="bottom-bar" aria-label={t("Sections")}>
        {TABS.map(([id, label, icon]) => (
          <button
            type="button"
            aria-current={id === tab ? "page" : undefined}
            onClick={() => (bench.reading.value = id)}
          >
            <Icon name={icon} size={20} />
            {t(label)}
          </button>
        ))}
      </nav>
    </>
  );
}
