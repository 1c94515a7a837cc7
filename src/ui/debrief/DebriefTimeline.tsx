/** Your run above the waterline, the real incident below it, on one scale of minutes. */
import { useText } from "../text/context.ts";
import type { IncidentView } from "../../worker/protocol.ts";
import {
  Axis,
  Band,
  Breaks,
  Labels,
  lanesOf,
  Marks,
  shortened,
  TimelineList,
} from "../workbench/Timeline.tsx";
import type { KeyBand, TimelineItem } from "../workbench/timeline-items.ts";
import { clockText, placeLabels, timescale, type Timescale } from "../workbench/timescale.ts";
import { useWidth } from "../workbench/use-width.ts";

interface DebriefTimelineProps {
  readonly items: readonly TimelineItem[];
  readonly bands: readonly KeyBand[];
  readonly nowMs: number;
  readonly real: { readonly incident: IncidentView; readonly items: readonly TimelineItem[] } | null;
}

const OWN = new Set(["act", "checks", "run"]);
const LANES = 3;

function labelsOf(items: readonly TimelineItem[], scale: Timescale, most: number) {
  return items.map(({ key, atMs, what, kind }) => ({
    key,
    share: scale.at(atMs),
    text: shortened(what, most),
    strong: kind === "attacker" || kind === "checks",
  }));
}

interface SideProps {
  readonly items: readonly TimelineItem[];
  readonly scale: Timescale;
  readonly width: number;
}

/** Acts in words where there is room, check runs first. */
function Own({ items, scale, width }: SideProps) {
  const first = [...items].sort((a, b) => Number(b.kind === "checks") - Number(a.kind === "checks"));
  const labels = labelsOf(
    first.filter(({ kind }) => kind !== "run"),
    scale,
    26,
  );
  return (
    <div class="debrief-row" data-row="own">
      <Labels
        labels={labels}
        placed={placeLabels(labels, { width, rows: 2, sides: ["centre", "left", "right"] })}
      />
      <Marks items={items} scale={scale} />
    </div>
  );
}

/** Everybody else in this run; what attackers did gets its words first. */
function Others({ items, scale, width }: SideProps) {
  const first = [...items].sort((a, b) => Number(b.kind === "attacker") - Number(a.kind === "attacker"));
  const labels = labelsOf(first, scale, 48);
  return (
    <div class="debrief-row" data-row="others">
      <Marks items={items} scale={scale} />
      <Labels labels={labels} placed={placeLabels(labels, { width, rows: 4, sides: ["right", "left"] })} />
    </div>
  );
}

function Real({ items, scale, width }: SideProps) {
  const labels = labelsOf(items, scale, 60).map((label, i) => ({
    ...label,
    text: `${clockText(items[i]?.atMs ?? 0)} ${label.text}`,
  }));
  return (
    <div class="debrief-row" data-row="real">
      <Marks items={items} scale={scale} />
      <Labels labels={labels} placed={placeLabels(labels, { width, rows: 4, sides: ["right", "left"] })} />
    </div>
  );
}

export function DebriefTimeline({ items, bands, nowMs, real }: DebriefTimelineProps) {
  const t = useText();
  const [ref, width] = useWidth(1100);
  const past = items.filter(({ kind }) => kind !== "ahead");
  const below = real?.items ?? [];
  const endMs = Math.max(60_000, nowMs, ...below.map(({ atMs }) => atMs)) * 1.04;
  const scale = timescale(endMs, { moments: [...past, ...below].map(({ atMs }) => atMs), leastMs: 0 });
  const lanes = lanesOf(bands, LANES, nowMs + 1);
  const part = { scale, width };
  return (
    <>
      <div class="debrief-picture" aria-hidden="true">
        <p class="side-name">{t("You")}</p>
        <div class="debrief-lines" ref={ref}>
          <Own items={past.filter(({ kind }) => OWN.has(kind))} {...part} />
          <div
            class="debrief-row"
            data-row="keys"
            data-lanes={Math.max(0, ...lanes.values()) + (lanes.size > 0 ? 1 : 0)}
          >
            {bands.map((band) => {
              const lane = lanes.get(band.key);
              return (
                lane !== undefined && <Band key={band.key} band={band} lane={lane} nowMs={nowMs} {...part} />
              );
            })}
          </div>
          <Others items={past.filter(({ kind }) => !OWN.has(kind))} {...part} />
          {real && (
            <div class="debrief-below">
              <Real items={real.items} {...part} />
              <p class="side-name">{real.incident.title}</p>
            </div>
          )}
          <div class="debrief-axis">
            <Breaks scale={scale} />
            <Axis scale={scale} width={width} />
          </div>
        </div>
      </div>
      <details class="debrief-text">
        <summary>{t("Both timelines as text")}</summary>
        <h3>{t("You")}</h3>
        <TimelineList items={past} nowMs={nowMs} />
        {real && (
          <>
            <h3>{real.incident.title}</h3>
            <TimelineList items={real.items} nowMs={nowMs} />
          </>
        )}
      </details>
    </>
  );
}
