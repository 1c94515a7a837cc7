import { useBench } from "./bench.ts";
import { Icon } from "./Icon.tsx";
import { Panel } from "./Panel.tsx";
import { Timeline, TimelineList } from "./Timeline.tsx";
import { timelineItems } from "./timeline-items.ts";
import { clockText } from "./timescale.ts";

const SAVED = {
  saved: "Saved in this browser",
  blocked: "Not saved",
  full: "Newest part not saved",
  evicted: "Saved again",
} as const;

function SavedBadge() {
  const { session } = useBench();
  const state = session.storage.value ?? "saved";
  const good = state === "saved" || state === "evicted";
  return (
    <div class="badge" data-tone={good ? "plain" : "notyet"}>
      <Icon name={good ? "saved" : "warn"} />
      <strong>{SAVED[state]}</strong>
    </div>
  );
}

function headAndRest(text: string): readonly [string, string] {
  const [head = "", ...rest] = text.split(/\n+|(?<=\.)\s+/);
  return [head.replace(/\.$/, ""), rest.join(" ").replace(/\.$/, "")];
}

export function ClockStrip() {
  const bench = useBench();
  const { session, page } = bench;
  const nowMs = session.clockMs.value - session.startMs.value;
  const next = session.view.value?.ahead[0];
  const [head, rest] = headAndRest(page.ahead);
  return (
    <Panel id="clock" class="clock-strip">
      <div class="clock">
        <span class="clock-time">T+{clockText(nowMs)}</span>
        <span class="clock-note">moves only when you act</span>
      </div>
      <Timeline items={timelineItems(session)} nowMs={nowMs} />
      <TimelineList hidden />
      <div class="ahead">
        <strong>{next ? `Next known event in ${clockText(next.atMs - session.clockMs.value)}` : head}</strong>
        <span>{next ? next.what : rest}</span>
      </div>
      <SavedBadge />
    </Panel>
  );
}
