/**
 * The text of an attempt file: the header on the first line, then one entry or state digest per line, and after the end
 * remarks that say after which inputs the page ran the checks.
 */
import { checkRemark } from "../../report/moments.ts";
import type { Entry, Header, Input } from "../../worker/protocol.ts";

export function attemptText(
  header: Header,
  entries: readonly Entry[],
  digests: readonly (readonly [seq: number, digest: string])[] = [],
  checked: readonly number[] = [],
): string {
  const known = new Map(digests);
  const after = (seq: number) => (known.has(seq) ? [{ seq, digest: known.get(seq) }] : []);
  const lines = [
    header,
    ...after(0),
    ...entries.flatMap((entry) => [entry, ...after(entry.seq)]),
    { end: entries.length },
    ...[...new Set(checked)].map(checkRemark),
  ];
  return lines.map((value) => `${JSON.stringify(value)}\n`).join("");
}

/** A name that sorts by lab and tells two seeds apart. */
export function attemptFileName(header: Header): string {
  return `${header.lab}-${header.seed}.attempt`;
}

/** Whether entries are numbered 1, 2, 3 … without a hole. */
export function isWhole(entries: readonly Entry[]): boolean {
  return entries.every((entry, index) => entry.seq === index + 1);
}

function isAct(input: Input): boolean {
  return input.kind !== "hint" && input.kind !== "undo";
}

/** The acts that still count, oldest first: no hints, no undos, nothing that an undo took back. */
export function standingActs(entries: readonly Entry[]): readonly Entry[] {
  const standing: Entry[] = [];
  for (const entry of entries) {
    if (entry.input.kind === "undo") standing.length = keptBy(standing, entry.input.count);
    else if (isAct(entry.input)) standing.push(entry);
  }
  return standing;
}

/** How many of these an undo of `count` leaves: a line goes together with its answers, as in the core. */
function keptBy(standing: readonly Entry[], count: number): number {
  let end = Math.max(0, standing.length - count);
  while (end > 0 && end < standing.length && answersLine((standing[end] as Entry).input)) end -= 1;
  return end;
}

function answersLine(input: Input): boolean {
  return (
    input.kind === "reply" ||
    input.kind === "close" ||
    input.kind === "interrupt" ||
    (input.kind === "edit" && input.waiting !== undefined)
  );
}

/** How many acts an undo must take back to stand just before input `seq`. */
export function actsSince(entries: readonly Entry[], seq: number): number {
  return standingActs(entries).filter((entry) => entry.seq >= seq).length;
}

/** How many hints are open (0–3), and whether an act followed the last one: only then the next may open. */
export function hintsOpen(entries: readonly Entry[]): { readonly open: number; readonly nextReady: boolean } {
  const last = entries.findLast((entry) => entry.input.kind === "hint");
  if (!last || last.input.kind !== "hint") return { open: 0, nextReady: true };
  const acted = entries.some((entry) => entry.seq > last.seq && isAct(entry.input));
  return { open: last.input.hint, nextReady: acted };
}
