/** What a terminal showed, kept for scrollback and for a page that is opened again. Bounded: nobody reads megabytes. */
import type { Prompt } from "./prompt.ts";
import type { OutputPart } from "./terminals.ts";

export interface TranscriptEntry {
  readonly seq: number;
  readonly terminal: number;
  readonly prompt: Prompt;
  readonly text: string;
  readonly output: readonly OutputPart[];
  readonly exitCode: number;
  readonly atMs: number;
}

const ENTRIES = 300;
/** Characters of output of one entry: its end is kept. */
const LONGEST = 64 << 10;
/** Characters of output of all entries. */
const ALL = 1 << 20;

/** The transcript with one more entry, the oldest ones dropped where it grows too long. */
export function withEntry(transcript: readonly TranscriptEntry[], entry: TranscriptEntry): TranscriptEntry[] {
  const all = [...transcript, { ...entry, output: endOf(entry.output) }];
  let first = all.length;
  for (let room = ALL; first > 0 && all.length - first < ENTRIES; first -= 1) {
    room -= lengthOf((all[first - 1] as TranscriptEntry).output);
    if (room < 0) break;
  }
  return all.slice(first);
}

function lengthOf(output: readonly OutputPart[]): number {
  return output.reduce((sum, { text }) => sum + text.length, 0);
}

function endOf(output: readonly OutputPart[]): OutputPart[] {
  const kept: OutputPart[] = [];
  let room = LONGEST;
  for (const { stream, text } of output.toReversed()) {
    if (room <= 0) break;
    kept.unshift({ stream, text: text.slice(-room) });
    room -= text.length;
  }
  return kept;
}
