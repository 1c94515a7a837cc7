/** Which inputs of a log count, once those taken back are gone. */
import type { Entry } from "./input.ts";

/** A hint stays opened and an undo stays made: neither can be taken back. */
export function isUndoable(entry: Entry): boolean {
  return entry.input.kind !== "undo" && entry.input.kind !== "hint";
}

/** The entries that shape the state, in order. */
export function effectiveEntries(entries: readonly Entry[]): Entry[] {
  return entries.reduce<Entry[]>((kept, entry) => {
    if (entry.input.kind === "undo") return takeBack(kept, entry.input.count);
    return entry.input.kind === "hint" ? kept : [...kept, entry];
  }, []);
}

/**
 * Without the last `count` inputs. What only makes sense together goes together: a line with its replies, edits,
 * close and interrupt.
 */
export function takeBack(kept: readonly Entry[], count: number): Entry[] {
  let end = Math.max(0, kept.length - count);
  while (end > 0 && end < kept.length && belongsToLine(kept[end] as Entry)) end -= 1;
  return kept.slice(0, end);
}

function belongsToLine({ input }: Entry): boolean {
  if (input.kind === "edit") return input.waiting !== undefined;
  return input.kind === "reply" || input.kind === "close" || input.kind === "interrupt";
}

/** The work count at which the line at `index` was interrupted while busy; infinity where it was not. */
export function interruptOf(entries: readonly Entry[], index: number): number {
  const line = entries[index]?.input;
  if (line?.kind !== "line") return Number.POSITIVE_INFINITY;
  for (let i = index + 1; i < entries.length; i++) {
    const input = (entries[i] as Entry).input;
    if (input.kind === "interrupt") return input.terminal === line.terminal && input.work > 0 ? input.work : Number.POSITIVE_INFINITY;
    if (!belongsToLine(entries[i] as Entry)) break;
  }
  return Number.POSITIVE_INFINITY;
}
