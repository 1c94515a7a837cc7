import { useBench, type ReadingTab } from "./bench.ts";
import { Brief } from "./Brief.tsx";
import { Checks } from "./Checks.tsx";
import { ClockStrip } from "./ClockStrip.tsx";
import { saveAttempt } from "./commands.ts";
import { Icon, type IconName } from "./Icon.tsx";
import { LeakMap } from "./LeakMap.tsx";
import { TimelineList } from "./Timeline.tsx";

const TABS: readonly (readonly [ReadingTab, string, IconName])[] = [
  ["brief", "Brief", "brief"],
  ["checks", "Checks", "check"],
  ["map", "Leak map", "map"],
  ["timeline", "Timeline", "clock"],
];

function TerminalNotice() {
  const bench = useBench();
  return (
    <section class="reading-notice" aria-label="Terminal">
      <Icon name="phone" />
      <div>
        <p>
          <strong>The terminal needs a wider screen,</strong> 720 pixels or more. Here you can read and see
          results.
        </p>
        <button type="button" class="button" onClick={() => saveAttempt(bench)}>
          <Icon name="save" /> Take the attempt to a computer
        </button>
      </div>
    </section>
  );
}

/** Below 720 px: nothing to type in, everything to read. */
export function Reading() {
  const bench = useBench();
  const tab = bench.reading.value;
  return (
    <>
      <ClockStrip />
      <main class="reading" id="main">
        <TerminalNotice />
        {tab === "brief" && <Brief />}
        {tab === "checks" && <Checks />}
        {tab === "map" && <LeakMap />}
        {tab === "timeline" && (
          <section aria-label="Timeline">
            <h2 class="reading-title">Timeline</h2>
            <TimelineList />
          </section>
        )}
      </main>
      <nav class="bottom-bar" aria-label="Sections">
        {TABS.map(([id, label, icon]) => (
          <button
            type="button"
            aria-current={id === tab ? "page" : undefined}
            onClick={() => (bench.reading.value = id)}
          >
            <Icon name={icon} size={20} />
            {label}
          </button>
        ))}
      </nav>
    </>
  );
}
