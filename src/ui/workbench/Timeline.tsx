import { useBench } from "./bench.ts";
import { timelineItems, type TimelineItem } from "./timeline-items.ts";
import { clockText, timescale } from "./timescale.ts";

const SHAPES: Readonly<Record<TimelineItem["who"], string>> = {
  you: "M5 1l5 9H0z",
  checks: "M1 12V1h9L8 4l2 3H1",
  colleague: "M5 1a4.5 4.5 0 100 9 4.5 4.5 0 000-9z",
  provider: "M1 1h9v9H1z",
  forge: "M1 1h9v9H1z",
  attacker: "M5 0l5 5.5L5 11 0 5.5z",
};

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}

/** The picture; TimelineList says the same in words. */
export function Timeline({
  items,
  nowMs,
}: {
  readonly items: readonly TimelineItem[];
  readonly nowMs: number;
}) {
  const scale = timescale(nowMs);
  return (
    <div class="timeline" aria-hidden="true">
      <div class="water-line" style={{ width: percent(scale.at(nowMs)) }} />
      {scale.ticks.map((ms) => (
        <span class="tick" key={ms} style={{ left: percent(scale.at(ms)) }}>
          {clockText(ms)}
        </span>
      ))}
      {items.map((item) => (
        <svg
          key={item.key}
          class="event"
          data-who={item.who}
          data-now={item.atMs === nowMs}
          style={{ left: percent(scale.at(item.atMs)) }}
          width="11"
          height="13"
          viewBox="-0.5 -0.5 11 13"
        >
          <path d={SHAPES[item.who]} />
        </svg>
      ))}
      <span class="now" style={{ left: percent(scale.at(nowMs)) }}>
        now
      </span>
    </div>
  );
}

export function TimelineList({ hidden = false }: { readonly hidden?: boolean }) {
  const { session } = useBench();
  const items = timelineItems(session);
  return (
    <ol class={hidden ? "sr-only" : "timeline-list"} aria-label="Timeline">
      {items.map((item) => (
        <li key={item.key}>
          <span class="time">T+{clockText(item.atMs)}</span> <span class="who">{item.who}</span>{" "}
          <span>{item.what}</span>
        </li>
      ))}
      {items.length === 0 && <li>Nothing has happened yet.</li>}
    </ol>
  );
}
