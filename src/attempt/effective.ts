/** Which inputs of a log count, once those taken back are gone. */
import type { Entry } from "./input.ts";

/** A hint stays opened and an undo stays made: neither can be taken back. */
export function isUndoable(entry: Entry): boolean {
  return entry.input.kind !== "undo" && entry.input.kind !== "hint";
}

/** The entries that shape the state, in order; undos that were refused must be left out before. */
export function effectiveEntries(entries: readonly Entry[]): Entry[] {
  let kept: Entry[] = [];
  for (const entry of entries) {
    if (entry.input.kind === "undo") kept = takeBack(kept, entry.input.count);
    else if (isUndoable(entry)) kept.push(entry);
  }
  return kept;
}

/**
 * Without the last `count` inputs. What only makes sense together goes together: a line with its replies, edits,
 * close and interrupt, and with whatever was done while it waited.
 */
export function takeBack(kept: readonly Entry[], count: number): Entry[] {
  let end = Math.max(0, kept.length - count);
  for (let i = end; i < kept.length; i++) end = Math.min(end, lineOf(kept, i));
  return kept.slice(0, end);
}

/** The index of the line that an entry belongs to; its own where it stands alone. */
function lineOf(entries: readonly Entry[], index: number): number {
  const { input } = entries[index] as Entry;
  const waiting =
    input.kind === "reply" || input.kind === "close" || input.kind === "edit" ? input.waiting : undefined;
  const found = waiting
    ? entries.findIndex(({ seq }) => seq === waiting.line)
    : input.kind === "interrupt"
      ? entries.findLastIndex(
          (entry, i) => i < index && entry.input.kind === "line" && entry.input.terminal === input.terminal,
        )
      : index;
  return found < 0 ? index : Math.min(found, index);
}

/** The work count at which the line at `index` was interrupted while busy; infinity where it was not. */
export function interruptOf(entries: readonly Entry[], index: number): number {
  const line = entries[index]?.input;
  if (line?.kind !== "line") return Number.POSITIVE_INFINITY;
  for (const { input } of entries.slice(index + 1)) {
    if (input.kind === "interrupt" && input.terminal === line.terminal)
      return input.work > 0 ? input.work : Number.POSITIVE_INFINITY;
    if (
      input.kind === "line" ||
      input.kind === "request" ||
      input.kind === "advance" ||
      input.kind === "undo"
    )
      break;
  }
  return Number.POSITIVE_INFINITY;
}
