/** The picture of lab time; TimelineList says the same in words, and what finds no place here stands only there. */
import type { ComponentChildren } from "preact";
import type { HealthView } from "../../worker/protocol.ts";
import { inline } from "../prose/markdown.tsx";
import { useText } from "../text/context.ts";
import type { Text } from "../text/text.ts";
import { EventGlyph } from "./EventGlyph.tsx";
import { Health } from "./Health.tsx";
import { WHO, type KeyBand, type TimelineItem } from "./timeline-items.ts";
import {
  clockText,
  covered,
  percent,
  placeLabels,
  textWidth,
  timescale,
  type Labelled,
  type Placed,
  type Timescale,
} from "./timescale.ts";
import { useWidth } from "./use-width.ts";

interface LabelsProps {
  readonly labels: readonly (Labelled & { readonly strong?: boolean })[];
  readonly placed: ReadonlyMap<string, Placed>;
}

/** Words beside marks, where they found a place. */
export function Labels({ labels, placed }: LabelsProps) {
  return (
    <>
      {labels.map(({ key, share, strong }) => {
        const place = placed.get(key);
        return (
          place && (
            <span
              key={key}
              class="event-label"
              data-side={place.side}
              data-row={place.row}
              data-strong={strong}
              style={{ left: percent(share) }}
            >
              {place.text}
            </span>
          )
        );
      })}
    </>
  );
}

export function Marks({
  items,
  scale,
}: {
  readonly items: readonly TimelineItem[];
  readonly scale: Timescale;
}) {
  const lastChecks = new Map(
    items.flatMap(({ kind, atMs, key }) => (kind === "checks" ? [[atMs, key]] : [])),
  );
  // Flags of one moment would cover each other.
  const shown = items.filter(({ kind, atMs, key }) => kind !== "checks" || lastChecks.get(atMs) === key);
  return (
    <>
      {shown.map(({ key, kind, atMs, untilMs, what }) =>
        kind === "run" ? (
          <RunBar key={key} atMs={atMs} untilMs={untilMs ?? scale.endMs} scale={scale} />
        ) : (
          <span
            key={key}
            class="event-mark"
            data-kind={kind}
            title={what}
            style={{ left: percent(scale.at(atMs)) }}
          >
            <EventGlyph kind={kind} />
          </span>
        ),
      )}
    </>
  );
}

interface RunBarProps {
  readonly atMs: number;
  readonly untilMs: number;
  readonly scale: Timescale;
}

function RunBar({ atMs, untilMs, scale }: RunBarProps) {
  const left = scale.at(atMs);
  return <span class="run-bar" style={{ left: percent(left), width: percent(scale.at(untilMs) - left) }} />;
}

export function Breaks({ scale }: { readonly scale: Timescale }) {
  return (
    <>
      {scale.breaks.map((share) => (
        <svg
          key={share}
          class="time-break"
          style={{ left: percent(share) }}
          width="18"
          height="14"
          viewBox="0 0 18 14"
        >
          <path class="cut" d="M2 7h14" />
          <path d="M4 12L8 2M10 12l4-10" />
        </svg>
      ))}
    </>
  );
}

interface AxisProps {
  readonly scale: Timescale;
  readonly width: number;
  readonly taken?: Parameters<typeof placeLabels>[1]["taken"];
}

/** As many ticks as there is room for times; their times where nothing else stands. */
export function Axis({ scale, width, taken = [] }: AxisProps) {
  const all = scale.ticks.map((ms) => ({ key: String(ms), share: scale.at(ms), text: clockText(ms) }));
  const line = { width, rows: 1, sides: ["centre"] } as const;
  // As in less room than there is: gaps between times are wider than those within words.
  const apart = placeLabels(all, { ...line, width: width * 0.7 });
  const ticks = all.filter(({ key }) => apart.has(key));
  const placed = placeLabels(ticks, { ...line, taken });
  return (
    <>
      {ticks.map(({ key, share, text }) => (
        <span class="tick" key={key} style={{ left: percent(share) }}>
          {placed.has(key) && text}
        </span>
      ))}
    </>
  );
}

function Now({ share }: { readonly share: number }) {
  const t = useText();
  return (
    <span class="now" style={{ left: percent(share) }}>
      {t("now")}
    </span>
  );
}

/** Bands of keys, each on the first lane that is free at its time; more than there is room for stand in the list only. */
export function lanesOf(
  bands: readonly KeyBand[],
  lanes: number,
  endMs: number,
): ReadonlyMap<string, number> {
  const free = Array.from({ length: lanes }, () => -Infinity);
  const lane = new Map<string, number>();
  for (const band of [...bands].sort((a, b) => a.fromMs - b.fromMs)) {
    const found = free.findIndex((until) => until <= band.fromMs);
    if (found < 0) continue;
    lane.set(band.key, found);
    free[found] = band.toMs ?? endMs;
  }
  return lane;
}

interface BandProps {
  readonly band: KeyBand;
  readonly lane: number;
  readonly scale: Timescale;
  readonly width: number;
  readonly nowMs: number;
  /** Where a line stands that no words may cross. */
  readonly lineMs?: number;
}

function bandWords(t: Text, { name, fromMs, toMs, made }: KeyBand, nowMs: number): readonly string[] {
  const time = clockText((toMs ?? nowMs) - fromMs);
  if (toMs === null) return [made ? t("{name}, new, works", { name }) : t("{name} works", { name }), name];
  return [
    t("{name} worked for whoever held it, {time} in all", { name, time }),
    t("{name}, {time}", { name, time }),
    name,
  ];
}

/** What fits stands inside; a live band says what it is beside its open end, or on it where nothing is beside. */
export function Band({ band, lane, scale, width, nowMs, lineMs }: BandProps) {
  const t = useText();
  const left = scale.at(band.fromMs);
  const right = scale.at(band.toMs ?? nowMs);
  const words = bandWords(t, band, nowMs);
  const inside =
    band.toMs === null ? undefined : words.find((text) => textWidth(text) + 14 < (right - left) * width);
  const line = scale.at(lineMs ?? 0);
  const between = words.find((text) => line > right && textWidth(text) + 14 < (line - right) * width);
  const beside =
    inside === undefined ? (between ?? words[0]) : t("off since {time}", { time: clockText(band.toMs ?? 0) });
  const crosses = line > right && (line - right) * width < textWidth(beside ?? "") + 14;
  const from = crosses ? line : right;
  const fits = beside !== undefined && textWidth(beside) < (1 - from) * width - 18;
  const on =
    band.toMs === null && !fits
      ? words.find((text) => textWidth(text) + 24 < (right - left) * width)
      : undefined;
  return (
    <>
      <span
        class="key-band"
        data-live={band.toMs === null}
        data-lane={lane}
        style={{ left: percent(left), width: percent(Math.max(0.004, right - left)) }}
      >
        {inside}
        {on !== undefined && <span class="key-on">{on}</span>}
      </span>
      {fits && (
        <span
          class="key-beside"
          data-lane={lane}
          style={{ left: `max(${percent(from)}, calc(${percent(left)} + 14px))` }}
        >
          {beside}
        </span>
      )}
    </>
  );
}

export interface TimelineProps {
  readonly items: readonly TimelineItem[];
  readonly nowMs: number;
}

/** Up to now; across the whole strip once the last check has passed. */
function WaterLine({ share, whole }: { readonly share: number; readonly whole: boolean }) {
  return <div class="water-line" data-whole={whole} style={{ width: whole ? "100%" : percent(share) }} />;
}

interface StripProps extends TimelineProps {
  readonly whole: boolean;
}

const ABOVE: ReadonlySet<TimelineItem["kind"]> = new Set(["act", "checks", "run"]);

export function scaleOf(items: readonly TimelineItem[], nowMs: number): Timescale {
  const of = (ahead: boolean) =>
    items.filter(({ kind }) => (kind === "ahead") === ahead).map(({ atMs }) => atMs);
  return timescale(nowMs, { moments: of(false), ahead: of(true) });
}

function labelsOf(items: readonly TimelineItem[], scale: Timescale): (Labelled & { strong: boolean })[] {
  return items.map(({ key, atMs, kind, what }) => ({
    key,
    share: scale.at(atMs),
    text: what,
    tail: kind === "ahead" ? `, ${clockText(atMs)}` : "",
    strong: kind === "checks",
  }));
}

/** One line: your acts above, everybody else below. */
export function CalmTimeline({ items, nowMs, whole }: StripProps) {
  const [ref, width] = useWidth();
  const scale = scaleOf(items, nowMs);
  const below = items.filter(({ kind }) => !ABOVE.has(kind));
  const labels = labelsOf(below, scale);
  const placed = placeLabels(labels, { width, rows: 1, sides: ["right", "left"], letters: 24 });
  return (
    <div class="timeline" data-kind="calm" aria-hidden="true" ref={ref}>
      <WaterLine share={scale.at(nowMs)} whole={whole} />
      <Axis scale={scale} width={width} taken={covered(labels, placed, width)} />
      <Breaks scale={scale} />
      <div class="row-above">
        <Marks items={items.filter(({ kind }) => ABOVE.has(kind))} scale={scale} />
      </div>
      <div class="row-below">
        <Marks items={below} scale={scale} />
        <Labels labels={labels} placed={placed} />
      </div>
      <Now share={scale.at(nowMs)} />
    </div>
  );
}

function Row({
  name,
  kind,
  children,
}: {
  readonly name: string;
  readonly kind: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class="race-row" data-row={kind}>
      <span class="lane-name">{name}</span>
      <div class="row-line">
        <div class="row-inner">{children}</div>
      </div>
    </div>
  );
}

interface RaceProps extends StripProps {
  readonly bands: readonly KeyBand[];
  readonly health: readonly HealthView[];
  readonly startMs: number;
}

/** Newest words first: they are what is being looked for. */
function actLabels(items: readonly TimelineItem[], scale: Timescale) {
  const above = items.filter(({ kind }) => kind === "act" || kind === "checks");
  const newest = [...above].sort(
    (a, b) => Number(b.kind === "checks") - Number(a.kind === "checks") || b.atMs - a.atMs,
  );
  return labelsOf(newest, scale);
}

/** Four rows under each other: you, keys, others, health. */
export function RaceTimeline({ items, nowMs, whole, bands, health, startMs }: RaceProps) {
  const t = useText();
  const [ref, width] = useWidth();
  const scale = scaleOf(items, nowMs);
  const above = items.filter(({ kind }) => ABOVE.has(kind));
  const below = items.filter(({ kind }) => !ABOVE.has(kind));
  const acts = actLabels(items, scale);
  const others = labelsOf(below, scale);
  const lanes = lanesOf(bands, 2, nowMs + 1);
  const now = scale.at(nowMs) * width;
  const placedActs = placeLabels(acts, {
    width,
    rows: 1,
    sides: ["centre", "left", "right"],
    taken: [[now - 8, now + 36]],
    letters: 24,
  });
  const placedOthers = placeLabels(others, {
    width,
    rows: 2,
    sides: ["right", "left"],
    taken: [[now - 2, now + 4]],
    letters: 24,
  });
  return (
    <div class="timeline" data-kind="race" data-health={health.length > 0} aria-hidden="true">
      <Row name={t("You")} kind="you">
        <Labels labels={acts} placed={placedActs} />
        <Marks items={above} scale={scale} />
      </Row>
      <Row name={t("Keys¦credentials")} kind="keys">
        {bands.map((band) => {
          const lane = lanes.get(band.key);
          const at = { scale, width, nowMs, lineMs: nowMs };
          return lane !== undefined && <Band key={band.key} band={band} lane={lane} {...at} />;
        })}
      </Row>
      <Row name={t("Others")} kind="others">
        <Marks items={below} scale={scale} />
        <Labels labels={others} placed={placedOthers} />
      </Row>
      {health.length > 0 && (
        <Row name={health[0]?.service ?? ""} kind="health">
          {health.slice(0, 1).map((it) => (
            <Health
              key={it.service}
              health={it}
              scale={scale}
              startMs={startMs}
              nowMs={nowMs}
              width={width}
            />
          ))}
        </Row>
      )}
      <div class="race-line" ref={ref}>
        <WaterLine share={scale.at(nowMs)} whole={whole} />
        <Breaks scale={scale} />
        <Axis scale={scale} width={width} />
        <Now share={scale.at(nowMs)} />
      </div>
    </div>
  );
}

/** In the order of time: when, who, what, and how it ended. */
export function TimelineList({ items, nowMs }: TimelineProps) {
  const t = useText();
  return (
    <ol class="timeline-list" aria-label={t("Timeline")}>
      {items.map((item) => (
        <li key={item.key} data-kind={item.kind}>
          <span class="time">T+{clockText(item.atMs)}</span> <span class="who">{t(WHO[item.kind])}</span>{" "}
          <span class="what">
            {item.typed ? <code>{item.what}</code> : item.what}
            {item.result !== "" && (
              <span class="result">: {item.kind === "checks" ? inline(item.result) : item.result}</span>
            )}
            {item.kind === "ahead" && (
              <span class="result">: {t("known, in {time}", { time: clockText(item.atMs - nowMs) })}</span>
            )}
          </span>
        </li>
      ))}
      {items.length === 0 && <li>{t("Nothing has happened yet.")}</li>}
    </ol>
  );
}
