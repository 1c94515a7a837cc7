/**
 * A viewer for long output with the keys of less. It behaves as git runs it, `less -FRX`: what fits the screen is
 * printed, longer text is paged, and the last page stays on the screen and in the scrollback after q, so that a commit
 * id can still be read while the next command is typed. Keys: https://greenwoodsoftware.com/less/
 */
import type { Key } from "./keys.ts";
import { styledRows, type StyledRow, type StyledText } from "./styledRows.ts";

export interface Pager {
  /** Sanitized. */
  readonly source: string;
  readonly content: StyledText;
  readonly columns: number;
  /** Rows of the screen; the last one is the status line. */
  readonly height: number;
  /** Index of the first row shown. */
  readonly top: number;
  /** The search being typed, with its / or ?; null when none is. */
  readonly entry: string | null;
  readonly query: string;
  readonly backward: boolean;
  /** Shown in the status line until the next key. */
  readonly message: "none" | "not-found" | "help";
  readonly done: boolean;
}

/** Whether a text needs no pager: with the prompt below it fits the screen. */
export function fits(source: string, columns: number, height: number): boolean {
  // A quick answer for the very long, before anything is laid out.
  let lines = 0;
  for (let at = source.indexOf("\n"); at !== -1; at = source.indexOf("\n", at + 1)) {
    if (++lines >= height) return false;
  }
  return styledRows(source, columns).rows.length < height;
}

export function openPager(source: string, columns: number, height: number): Pager {
  const content = styledRows(source, columns);
  const rest = { top: 0, entry: null, query: "", backward: false, message: "help", done: false } as const;
  return { source, content, columns, height, ...rest };
}

const page = (pager: Pager) => Math.max(1, pager.height - 1);
const lastTop = (pager: Pager) => Math.max(0, pager.content.rows.length - page(pager));

function to(pager: Pager, top: number): Pager {
  return { ...pager, top: Math.max(0, Math.min(top, lastTop(pager))) };
}

/** The same place in the text on a screen of another size. */
export function resizePager(pager: Pager, columns: number, height: number): Pager {
  const line = pager.content.rows[pager.top]?.line ?? 0;
  const content = styledRows(pager.source, columns);
  const top = content.rows.findIndex((row) => row.line === line);
  return to({ ...pager, content, columns, height }, top);
}

const MOVES: Readonly<Record<string, (pager: Pager) => Pager>> = {
  " ": (pager) => to(pager, pager.top + page(pager)),
  b: (pager) => to(pager, pager.top - page(pager)),
  d: (pager) => to(pager, pager.top + (page(pager) >> 1)),
  u: (pager) => to(pager, pager.top - (page(pager) >> 1)),
  j: (pager) => to(pager, pager.top + 1),
  k: (pager) => to(pager, pager.top - 1),
  g: (pager) => to(pager, 0),
  G: (pager) => to(pager, lastTop(pager)),
  "/": (pager) => ({ ...pager, entry: "/" }),
  "?": (pager) => ({ ...pager, entry: "?" }),
  n: (pager) => search(pager, pager.backward, true),
  N: (pager) => search(pager, !pager.backward, true),
  h: (pager) => ({ ...pager, message: "help" }),
  q: (pager) => ({ ...pager, done: true }),
};

/** Other keys for the same moves. */
const SAME: Readonly<Record<string, string>> = {
  "page-down": " ",
  "ctrl-f": " ",
  "ctrl-v": " ",
  f: " ",
  "page-up": "b",
  "ctrl-b": "b",
  "alt-v": "b",
  down: "j",
  enter: "j",
  "ctrl-n": "j",
  "ctrl-e": "j",
  e: "j",
  up: "k",
  "ctrl-p": "k",
  "ctrl-y": "k",
  y: "k",
  "ctrl-d": "d",
  "ctrl-u": "u",
  home: "g",
  "<": "g",
  end: "G",
  ">": "G",
  Q: "q",
  // less goes on after Ctrl-C; a learner who presses it wants out.
  "ctrl-c": "q",
};

/** One key; text comes one character at a time. Keys without a meaning change nothing. */
export function pressPager(pager: Pager, key: Key): Pager {
  if (pager.entry !== null) return typeEntry(pager, pager.entry, key);
  const pressed = "text" in key ? key.text : key.name;
  const name = Object.hasOwn(SAME, pressed) ? (SAME[pressed] as string) : pressed;
  const move = Object.hasOwn(MOVES, name) ? MOVES[name] : undefined;
  const quiet: Pager = { ...pager, message: "none" };
  return move ? move(quiet) : quiet;
}

function typeEntry(pager: Pager, entry: string, key: Key): Pager {
  if ("text" in key) return { ...pager, entry: entry + key.text };
  if (key.name === "backspace") {
    return { ...pager, entry: entry.length === 1 ? null : [...entry].slice(0, -1).join("") };
  }
  if (key.name === "ctrl-c" || key.name === "escape" || key.name === "ctrl-g")
    return { ...pager, entry: null };
  if (key.name !== "enter") return pager;
  const typed = entry.slice(1);
  const backward = entry.startsWith("?");
  const asked = { ...pager, entry: null, backward, query: typed === "" ? pager.query : typed };
  return search(asked, backward, typed === "");
}

/** A regular expression as less takes it, or the text itself where it is none. Upper and lower case differ. */
export function pattern(query: string): RegExp | null {
  if (query === "") return null;
  try {
    return new RegExp(query, "gu");
  } catch {
    return new RegExp(query.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "gu");
  }
}

/** Goes to the next line that matches. A repeated search leaves out the line at the top. */
function search(pager: Pager, backward: boolean, again: boolean): Pager {
  const wanted = pattern(pager.query);
  if (wanted === null) return { ...pager, message: "not-found" };
  const { lines, rows } = pager.content;
  const here = rows[pager.top]?.line ?? 0;
  const step = backward ? -1 : 1;
  for (let line = again || backward ? here + step : here; line >= 0 && line < lines.length; line += step) {
    if ((lines[line] as string).search(wanted) === -1) continue;
    return to(
      pager,
      rows.findIndex((row) => row.line === line),
    );
  }
  return { ...pager, message: "not-found" };
}

const RESET = "\u001b[0m";
const INVERSE = "\u001b[7m";

/** A row with every match inverted. Both run over the same plain text, so offsets can be compared. */
function rowInk(row: StyledRow | undefined, line: string, wanted: RegExp | null): string {
  if (row === undefined) return "~";
  const matches = wanted === null ? [] : [...line.matchAll(wanted)].filter((match) => match[0] !== "");
  let out = "";
  let offset = row.offset;
  for (const { text, style } of row.spans) {
    const cuts = new Set([offset, offset + text.length]);
    for (const match of matches) cuts.add(match.index).add(match.index + match[0].length);
    const edges = [...cuts].filter((at) => at >= offset && at <= offset + text.length).sort((a, b) => a - b);
    for (let i = 0; i + 1 < edges.length; i++) {
      const [from, until] = [edges[i] as number, edges[i + 1] as number];
      const hit = matches.some((match) => match.index <= from && until <= match.index + match[0].length);
      out += RESET + style + (hit ? INVERSE : "") + text.slice(from - offset, until - offset);
    }
    offset += text.length;
  }
  return out + RESET;
}

/** What the status line says. `help` explains the keys. */
export function status(pager: Pager, help: string): string {
  if (pager.entry !== null) return pager.entry.slice(-Math.max(1, pager.columns - 2));
  const end = pager.top >= lastTop(pager);
  const place = end ? `${INVERSE}(END)${RESET}` : ":";
  if (pager.message === "not-found")
    return `${INVERSE}${"Pattern not found".slice(0, pager.columns - 1)}${RESET}`;
  const room = pager.message === "help" && help.length + 8 < pager.columns;
  return room ? `${place}  \u001b[90m${help}${RESET}\u001b[${help.length + 2}D` : place;
}

function inks(pager: Pager, from: number, to: number): string[] {
  const wanted = pattern(pager.query);
  return Array.from({ length: to - from }, (_, i) => {
    const row = pager.content.rows[from + i];
    return rowInk(row, pager.content.lines[row?.line ?? 0] ?? "", wanted);
  });
}

/**
 * The terminal text that leads from one state on the screen to the next. Going forward lets the screen scroll, so that
 * what was read gets into the scrollback once; every other change repaints the screen. `before` is null at first.
 */
export function paint(before: Pager | null, pager: Pager, furthest: number, help: string): string {
  const statusLine = `\r\u001b[K${status(pager, help)}`;
  const rows = (from: number, until: number) =>
    inks(pager, from, until)
      .map((row) => `\r\u001b[K${row}\r\n`)
      .join("");
  const sameLook = before !== null && before.content === pager.content && before.query === pager.query;
  if (before === null) return rows(0, page(pager)) + statusLine;
  if (sameLook && before.top === pager.top) return statusLine;
  const steps = pager.top - before.top;
  if (sameLook && steps > 0 && steps <= page(pager) && before.top === furthest) {
    return rows(before.top + page(pager), pager.top + page(pager)) + statusLine;
  }
  return `\u001b[H${rows(pager.top, pager.top + page(pager))}${statusLine}\u001b[J`;
}
