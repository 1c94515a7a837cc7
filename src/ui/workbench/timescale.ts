/** Lab time on a line: how much of it is shown, where it is cut short, where marks and labels stand, how it is written. */

const MINUTE = 60_000;
const STEPS_S = [15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 86400] as const;
/** At least so much is shown. */
const LEAST_MS = 8.25 * MINUTE;
/** Nothing shorter is cut out. */
const LONG_MS = 4 * MINUTE;
/** What a cut is as wide as, at least. */
const CUT_MS = 30_000;
/** Room beside a moment before time is cut. */
const ROOM_MS = 45_000;
const MOST_TICKS = 10;

/** A stretch of time and the stretch of the line on which it stands (0–1). In a cut one, time runs faster. */
export interface Piece {
  readonly fromMs: number;
  readonly toMs: number;
  readonly from: number;
  readonly to: number;
  readonly cut: boolean;
}

export interface Timescale {
  readonly endMs: number;
  readonly pieces: readonly Piece[];
  readonly ticks: readonly number[];
  /** Shares of the width at which empty time was left out. */
  readonly breaks: readonly number[];
  /** Share of the width (0–1) at which a moment stands, in ms since the start of the lab. */
  at(ms: number): number;
}

export interface Shown {
  /** What stands on the line, in any order. */
  readonly moments?: readonly number[];
  /** What is known to come. */
  readonly ahead?: readonly number[];
  /** How much of the end may be empty: a strip looks ahead, a picture of the past does not. */
  readonly leastMs?: number;
}

/** Shows at least eight minutes, a quarter more than has passed, and what is known to come; empty time is cut. */
export function timescale(
  elapsedMs: number,
  { moments = [], ahead = [], leastMs = LEAST_MS }: Shown = {},
): Timescale {
  const last = Math.max(0, ...ahead);
  const endMs = Math.max(leastMs, leastMs > 0 ? elapsedMs * 1.25 : elapsedMs, last > 0 ? last + ROOM_MS : 0);
  const anchors = [...new Set([0, elapsedMs, ...moments, ...ahead])].filter((ms) => ms >= 0 && ms <= endMs);
  const cuts = cutsBetween(
    anchors.sort((a, b) => a - b),
    elapsedMs,
  );
  const pieces = piecesOf(endMs, cuts);
  return {
    endMs,
    pieces,
    ticks: ticksOf(pieces),
    breaks: pieces.filter(({ cut }) => cut).map(({ from, to }) => (from + to) / 2),
    at: (ms) => shareOf(pieces, Math.min(endMs, Math.max(0, ms))),
  };
}

type Cut = readonly [fromMs: number, toMs: number];

/** Gaps that take more room than a third of everything else lose their middle. */
function cutsBetween(anchors: readonly number[], nowMs: number): Cut[] {
  const gaps = anchors.slice(1).map((to, i) => [anchors[i] ?? 0, to] as const);
  const whole = (anchors.at(-1) ?? 0) - (anchors[0] ?? 0);
  return gaps.flatMap(([from, to]): Cut[] => {
    const rest = whole - (to - from);
    if (to - from <= Math.max(LONG_MS, rest / 3)) return [];
    const room = from === nowMs ? Math.min((to - from) / 3, Math.max(ROOM_MS, nowMs / 2)) : ROOM_MS;
    return to - ROOM_MS - (from + room) > CUT_MS ? [[from + room, to - ROOM_MS]] : [];
  });
}

function piecesOf(endMs: number, cuts: readonly Cut[]): Piece[] {
  const left = cuts.reduce((sum, [from, to]) => sum - (to - from), endMs);
  const cutMs = Math.max(CUT_MS, left * 0.04);
  const whole = left + cuts.length * cutMs;
  const pieces: Piece[] = [];
  const add = (fromMs: number, toMs: number, cut: boolean) => {
    const from = pieces.at(-1)?.to ?? 0;
    const to = from + (cut ? cutMs : toMs - fromMs) / whole;
    if (toMs > fromMs) pieces.push({ fromMs, toMs, from, to, cut });
  };
  let fromMs = 0;
  for (const [from, to] of cuts) {
    add(fromMs, from, false);
    add(from, to, true);
    fromMs = to;
  }
  add(fromMs, endMs, false);
  return pieces;
}

function shareOf(pieces: readonly Piece[], ms: number): number {
  const piece = pieces.find(({ toMs }) => ms <= toMs) ?? pieces.at(-1);
  if (!piece) return 0;
  return piece.from + ((piece.to - piece.from) * (ms - piece.fromMs)) / (piece.toMs - piece.fromMs);
}

function ticksOf(pieces: readonly Piece[]): number[] {
  const shown = pieces.filter(({ cut }) => !cut);
  const whole = shown.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  const stepMs = 1000 * (STEPS_S.find((step) => step >= 60 && whole / 1000 / step <= MOST_TICKS) ?? 86400);
  return shown.flatMap(({ fromMs, toMs }) => {
    const first = Math.ceil(fromMs / stepMs);
    const count = Math.max(0, Math.floor(toMs / stepMs) - first + 1);
    return Array.from({ length: count }, (_, i) => (first + i) * stepMs);
  });
}

/** A mark with words beside it. Shares of the width; pixels for what has a size. */
export interface Labelled {
  readonly key: string;
  readonly share: number;
  readonly text: string;
  /** Stands behind the text, however short that is cut. */
  readonly tail?: string;
  /** Nearer rows are not for this one. */
  readonly fromRow?: number;
}

interface Place {
  readonly side: "right" | "left" | "centre";
  readonly row: number;
}

export interface Placed extends Place {
  readonly text: string;
}

interface Line {
  readonly width: number;
  readonly rows: number;
  readonly sides: readonly Place["side"][];
  /** In every row: what stands there already, in pixels. */
  readonly taken?: readonly Span[];
  /** To so many letters words may be cut, where there is no room for more. */
  readonly letters?: number;
  /** Whether a line leads from each label to its mark, through the rows between. */
  readonly stems?: boolean;
}

/** An estimate that errs on the wide side: 12 px, as drawn. */
const CHARACTER_PX = 6.1;
const MARK_PX = 9;
const GAP_PX = 6;
const STEM_PX = 4;
/** Every line has so much room before its start. */
const MARGIN_PX = 16;
/** Longer words are not for a picture. */
const MOST_LETTERS = 60;

export function textWidth(text: string): number {
  return text.length * CHARACTER_PX;
}

/** At most so many letters, ending with a word. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  const space = cut.lastIndexOf(" ");
  return `${cut.slice(0, space > most / 2 ? space : undefined).replace(/[\s.,:;(-]+$/, "")}…`;
}

interface Standing {
  readonly key: string;
  readonly row: number;
  readonly span: Span;
  readonly stem?: boolean;
}

/** Marks of one moment share a stem. */
function clash(one: Standing, other: Standing): boolean {
  if (one.stem && other.stem && one.span[0] === other.span[0]) return false;
  return one.row === other.row && one.key !== other.key && !apart(one.span, other.span);
}

function around(x: number, px: number): Span {
  return [x - px, x + px];
}

function markOf({ key, share }: Labelled, width: number): Standing {
  return { key, row: 0, span: around(share * width, MARK_PX) };
}

/**
 * Where labels stand so that none covers another or another's mark, the earlier ones first: cut short, and then as long
 * as the room allows. What finds no place on any side in any row is missing here: it is in the text view only.
 */
export function placeLabels(
  labels: readonly Labelled[],
  { width, rows, sides, taken = [], letters = MOST_LETTERS, stems = false }: Line,
): Map<string, Placed> {
  const lines = Array.from({ length: rows }, (_, row) => row);
  const above = sides.includes("centre");
  const standing: Standing[] = lines.flatMap((row) => taken.map((span) => ({ key: "", row, span })));
  if (!above) standing.push(...labels.map((label) => markOf(label, width)));
  const placed = new Map<string, Placed>();
  const put = ({ key, share, text: whole, tail = "" }: Labelled, most: number, { row, side }: Place) => {
    const text = shortened(whole, most) + tail;
    const x = share * width;
    const span = spanOf(x, textWidth(text), side);
    const stem = stems ? lines.slice(above ? 0 : 1, row) : [];
    const all: Standing[] = [
      { key, row, span },
      ...stem.map((at) => ({ key, row: at, span: around(x, STEM_PX), stem: true })),
    ];
    const fits = span[0] >= -MARGIN_PX && span[1] <= width;
    if (!fits || all.some((one) => standing.some((other) => clash(one, other)))) return false;
    standing.push(...all);
    return placed.set(key, { row, side, text });
  };
  for (const label of labels) {
    const places = lines.slice(label.fromRow).flatMap((row) => sides.map((side) => ({ row, side })));
    places.some((place) => put(label, letters, place));
  }
  for (const label of labels) {
    const place = placed.get(label.key);
    let most = Math.min(MOST_LETTERS, label.text.length);
    while (place && most > letters && !put(label, most, place)) most -= 4;
  }
  return placed;
}

/** What placed labels and their marks cover in the first row, in pixels. */
export function covered(
  labels: readonly Labelled[],
  placed: ReadonlyMap<string, Placed>,
  width: number,
): Span[] {
  return labels.flatMap((label) => {
    const place = placed.get(label.key);
    const { span } = markOf(label, width);
    return place?.row === 0 ? [span, spanOf(label.share * width, textWidth(place.text), place.side)] : [span];
  });
}

export type Span = readonly [from: number, to: number];

function spanOf(x: number, width: number, side: Place["side"]): Span {
  if (side === "centre") return [x - width / 2 - GAP_PX / 2, x + width / 2 + GAP_PX / 2];
  return side === "right"
    ? [x + MARK_PX, x + MARK_PX + width + GAP_PX]
    : [x - MARK_PX - width - GAP_PX, x - MARK_PX];
}

function apart(one: Span, other: Span): boolean {
  return one[1] <= other[0] || other[1] <= one[0];
}

/** A share of the width, for CSS. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}

/** "3:15", "1:02:00". */
export function clockText(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(s / 3600);
  const rest = `${hours > 0 ? two(Math.floor(s / 60) % 60) : Math.floor(s / 60)}:${two(s % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** One command takes so long. */
const TICK_MS = 15_000;

/** How many more commands run before a moment; at least the one that is typed next. */
export function commandsUntil(ms: number): number {
  return Math.max(1, Math.floor(ms / TICK_MS));
}
