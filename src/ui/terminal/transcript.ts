/** What happened in the terminal as text: one entry per command. Pure; `transcriptView.ts` shows it. */

export interface TranscriptItem {
  readonly id: number;
  /** Both "" for output that belongs to no command. */
  readonly prompt: string;
  readonly command: string;
  /** Finished lines, without control characters. */
  readonly done: string;
  /** The line being printed; it may hold carriage returns and backspaces still. */
  readonly open: string;
  /** Lines that were dropped at the front because the output is very long. */
  readonly dropped: number;
  /** null while the command runs. */
  readonly exitCode: number | null;
  /** Virtual time at which it ran, ms since 1970; null where it is not known. */
  readonly atMs: number | null;
}

export interface Transcript {
  readonly items: readonly TranscriptItem[];
  readonly next: number;
}

export const EMPTY: Transcript = { items: [], next: 1 };

/** Older entries leave the list. */
const MOST_ITEMS = 500;
/** Characters of output kept per entry. */
const MOST_TEXT = 100_000;

export function begin(transcript: Transcript, prompt: string, command: string): Transcript {
  const item = { prompt, command, done: "", open: "", dropped: 0, exitCode: null, atMs: null };
  const items = [...transcript.items, { id: transcript.next, ...item }].slice(-MOST_ITEMS);
  return { items, next: transcript.next + 1 };
}

/** The entry that output goes to: the last one, while its command runs. */
export function running(transcript: Transcript): TranscriptItem | null {
  const last = transcript.items.at(-1);
  return last && last.exitCode === null ? last : null;
}

const SEQUENCE = /\u001b\[[\d;:]*[A-Za-z@]/g;

/** What a line shows once carriage returns and backspaces have moved over it. Columns are taken as UTF-16 units. */
export function settled(line: string): string {
  if (!/[\r\b]/.test(line)) return line;
  const shown: string[] = [];
  let at = 0;
  for (const char of line) {
    if (char === "\r") at = 0;
    else if (char === "\b") at = Math.max(0, at - 1);
    else shown[at++] = char;
  }
  return shown.join("");
}

/** Adds sanitized output. */
export function append(transcript: Transcript, text: string): Transcript {
  const open = running(transcript) ? transcript : begin(transcript, "", "");
  const item = open.items.at(-1) as TranscriptItem;
  const lines = (item.open + text.replace(SEQUENCE, "").replace(/\r\n/g, "\n")).split("\n");
  const last = lines.pop() as string;
  const done = item.done + lines.map((line) => `${settled(line)}\n`).join("");
  return withLast(open, trimmed({ ...item, done, open: last.slice(-MOST_TEXT) }));
}

/** Marks the running command as ended. */
export function end(transcript: Transcript, exitCode: number, atMs: number | null): Transcript {
  const item = running(transcript);
  return item ? withLast(transcript, { ...item, exitCode, atMs }) : transcript;
}

function withLast(transcript: Transcript, item: TranscriptItem): Transcript {
  return { ...transcript, items: [...transcript.items.slice(0, -1), item] };
}

function trimmed(item: TranscriptItem): TranscriptItem {
  if (item.done.length <= MOST_TEXT * 2) return item;
  const from = item.done.indexOf("\n", item.done.length - MOST_TEXT) + 1;
  return {
    ...item,
    done: item.done.slice(from),
    dropped: item.dropped + countLines(item.done.slice(0, from)),
  };
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** The output of an entry as text, without a line end at its end. */
export function outputOf(item: TranscriptItem): string {
  return item.open === "" ? item.done.replace(/\n$/, "") : item.done + settled(item.open);
}

export function lineCount(item: TranscriptItem): number {
  return item.dropped + countLines(item.done) + (item.open === "" ? 0 : 1);
}
