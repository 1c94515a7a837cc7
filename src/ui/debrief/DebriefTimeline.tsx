/** Your run above the waterline, the real incident below it, on one scale of minutes. */
import type { ComponentChildren } from "preact";
import { useText } from "../text/context.ts";
import type { IncidentView } from "../../worker/protocol.ts";
import { useBench } from "../workbench/bench.ts";
import { Axis, Band, Breaks, Labels, lanesOf, Marks, TimelineList } from "../workbench/Timeline.tsx";
import type { KeyBand, TimelineItem } from "../workbench/timeline-items.ts";
import {
  clockText,
  percent,
  placeLabels,
  timescale,
  type Labelled,
  type Placed,
  type Timescale,
} from "../workbench/timescale.ts";
import { useWidth } from "../workbench/use-width.ts";

interface DebriefTimelineProps {
  readonly items: readonly TimelineItem[];
  readonly bands: readonly KeyBand[];
  readonly nowMs: number;
  readonly real: { readonly incident: IncidentView; readonly items: readonly TimelineItem[] } | null;
}

const OWN = new Set(["act", "checks", "run"]);
const LANES = 3;
/** Of words below the line, at most. */
const ROWS = 7;
const LETTERS = 48;

function labelsOf(items: readonly TimelineItem[], scale: Timescale) {
  return items.map(({ key, atMs, what, kind }) => ({
    key,
    share: scale.at(atMs),
    text: what,
    strong: kind === "attacker" || kind === "checks",
    // Acts stand nearest to their marks; check runs have a flag that reaches above them.
    fromRow: kind === "checks" ? 1 : 0,
  }));
}

/** The last first: each earlier one then finds the next row free for its words and its stem. */
function lastFirst(items: readonly TimelineItem[]): readonly TimelineItem[] {
  return [...items].sort(
    (a, b) => Number(b.kind === "attacker") - Number(a.kind === "attacker") || b.atMs - a.atMs,
  );
}

interface PlacedProps {
  readonly labels: readonly (Labelled & { readonly strong: boolean })[];
  readonly placed: ReadonlyMap<string, Placed>;
}

/** A thin line from each mark to its words. */
function Stems({ labels, placed }: PlacedProps) {
  return (
    <>
      {labels.map(({ key, share }) => {
        const place = placed.get(key);
        return (
          place && (
            <span
              key={key}
              class="label-stem"
              data-side={place.side}
              data-row={place.row}
              style={{ left: percent(share) }}
            />
          )
        );
      })}
    </>
  );
}

interface BelowProps {
  readonly labels: PlacedProps["labels"];
  readonly width: number;
  readonly kind: string;
  readonly children: ComponentChildren;
}

/** What attackers did always has its words: where there is no other way, stems pass behind those of others. */
function placedBelow(labels: BelowProps["labels"], width: number): ReadonlyMap<string, Placed> {
  const place = (stems: boolean) =>
    placeLabels(labels, { width, rows: ROWS, sides: ["right", "left"], letters: LETTERS, stems });
  const apart = place(true);
  return labels.every(({ key, strong }) => !strong || apart.has(key)) ? apart : place(false);
}

/** Words beside marks and in the rows below, of which there are as many as are needed. */
function Below({ labels, width, kind, children }: BelowProps) {
  const placed = placedBelow(labels, width);
  const rows = 1 + Math.max(0, ...[...placed.values()].map(({ row }) => row));
  return (
    <div class="debrief-row" data-row={kind} style={{ "--rows": rows }}>
      <Stems labels={labels} placed={placed} />
      {children}
      <Labels labels={labels} placed={placed} />
    </div>
  );
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
  );
  const placed = placeLabels(labels, {
    width,
    rows: 3,
    sides: ["centre", "left", "right"],
    letters: 26,
    stems: true,
  });
  return (
    <div class="debrief-row" data-row="own">
      <Stems labels={labels} placed={placed} />
      <Labels labels={labels} placed={placed} />
      <Marks items={items} scale={scale} />
    </div>
  );
}

/** Everybody else in this run; what attackers did gets its words first. */
function Others({ items, scale, width }: SideProps) {
  return (
    <Below labels={labelsOf(lastFirst(items), scale)} width={width} kind="others">
      <Marks items={items} scale={scale} />
    </Below>
  );
}

function Real({ items, scale, width }: SideProps) {
  const timed = lastFirst(items).map((item) => ({ ...item, what: `${clockText(item.atMs)} ${item.what}` }));
  return (
    <Below labels={labelsOf(timed, scale)} width={width} kind="real">
      <Marks items={items} scale={scale} />
    </Below>
  );
}

export function DebriefTimeline({ items, bands, nowMs, real }: DebriefTimelineProps) {
  const t = useText();
  const bench = useBench();
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
      {/* Where there is no room for the picture, the words stand open. */}
      <details class="debrief-text" open={bench.width.value === "reading"}>
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
