/**
 * The line editor: what a key does to the line being typed. Pure: a state and a key give the next state and at most one
 * effect for the view. Keys follow Readline's Emacs mode (https://www.gnu.org/software/bash/manual/html_node/Command-Line-Editing.html),
 * except that a line may span several rows, all of which can be edited.
 */
import {
  above,
  below,
  blankStart,
  lineEnd,
  lineStart,
  next,
  previous,
  snap,
  wordEnd,
  wordStart,
} from "./boundaries.ts";
import type { Key } from "./keys.ts";
import { cleanPaste } from "./paste.ts";

export interface LineEditor {
  /** A command may have several lines, history and completion; a reply (to `read`) is one line without either. */
  readonly kind: "command" | "reply";
  readonly text: string;
  /** UTF-16 offset into the text, always on a grapheme boundary. */
  readonly cursor: number;
  /** The last killed text, which Ctrl-Y brings back. */
  readonly killed: string;
  readonly undo: readonly Snapshot[];
  /** Oldest first. */
  readonly history: readonly string[];
  /** Index of the shown history entry; `history.length` is the new line. */
  readonly place: number;
  /** Edited entries by index, kept until the line is submitted. */
  readonly drafts: Readonly<Record<number, string>>;
  readonly search: Search | null;
  /** What the previous key did, where the next one depends on it. */
  readonly last: "typed" | "killed" | "completed" | null;
  /** Escape was pressed: the next character counts as pressed with Alt. */
  readonly escaped: boolean;
}

export interface Snapshot {
  readonly text: string;
  readonly cursor: number;
}

/** An incremental reverse search in progress. The editor's text shows the match. */
export interface Search {
  readonly query: string;
  readonly failed: boolean;
  /** The editor before the search, for Ctrl-G. */
  readonly from: LineEditor;
}

export type Effect =
  /** Enter. The view asks whether the text is complete and otherwise calls `continued`. */
  | { readonly do: "submit"; readonly text: string }
  /** Ctrl-D on an empty line. */
  | { readonly do: "eof" }
  /** Ctrl-C. */
  | { readonly do: "interrupt" }
  /** Tab; `list` on the second in a row. */
  | { readonly do: "complete"; readonly list: boolean }
  /** Ctrl-L. */
  | { readonly do: "clear" }
  /** The key has nothing to do here. */
  | { readonly do: "bell" };

export interface Step {
  readonly editor: LineEditor;
  readonly effect: Effect | null;
}

/** An empty line. `killed` carries the kill buffer over from the line before. */
export function newLine(kind: LineEditor["kind"], history: readonly string[] = [], killed = ""): LineEditor {
  const place = history.length;
  const none = { undo: [], drafts: {}, search: null, last: null, escaped: false };
  return { kind, text: "", cursor: 0, killed, history, place, ...none };
}

/** Takes a new history over, unless the learner is just moving in the old one. */
export function withHistory(editor: LineEditor, history: readonly string[]): LineEditor {
  if (editor.search !== null || editor.place !== editor.history.length) return editor;
  return { ...editor, history, place: history.length, drafts: {} };
}

type Last = LineEditor["last"];
type Command = (editor: LineEditor, last: Last) => Step;

const still = (editor: LineEditor): Step => ({ editor, effect: null });
const bell = (editor: LineEditor): Step => ({ editor, effect: { do: "bell" } });

function change(editor: LineEditor, text: string, cursor: number): LineEditor {
  const undo = [...editor.undo, { text: editor.text, cursor: editor.cursor }];
  // What is put together may form a grapheme with its neighbour (a combining mark): the cursor goes behind it.
  const behind = snap(text, cursor) === cursor ? cursor : next(text, cursor);
  return { ...editor, text, cursor: behind, undo };
}

function splice(editor: LineEditor, from: number, to: number, text: string): LineEditor {
  return change(editor, editor.text.slice(0, from) + text + editor.text.slice(to), from + text.length);
}

/** Inserts a text at the cursor as one change. */
export function insert(editor: LineEditor, text: string): LineEditor {
  return text === "" ? editor : { ...splice(editor, editor.cursor, editor.cursor, text), last: null };
}

/** Inserts a pasted text: never run, control characters removed. */
export function paste(editor: LineEditor, text: string): LineEditor {
  const base = editor.search === null ? editor : accept(editor);
  return insert(base, cleanPaste(text, editor.kind === "command"));
}

/** After Enter on an unfinished command: a new row at the end. */
export function continued(editor: LineEditor): LineEditor {
  return insert({ ...editor, cursor: editor.text.length }, "\n");
}

/** Puts a text in place of what stands between an offset and the cursor. */
export function replaceBefore(editor: LineEditor, start: number, text: string): LineEditor {
  return splice(editor, start, editor.cursor, text);
}

function type(editor: LineEditor, text: string, last: Last): LineEditor {
  const typed = splice(editor, editor.cursor, editor.cursor, text);
  return { ...typed, undo: last === "typed" ? editor.undo : typed.undo, last: "typed" };
}

function move(to: (text: string, at: number) => number): Command {
  return (editor) => still({ ...editor, cursor: to(editor.text, editor.cursor) });
}

function remove(to: (text: string, at: number) => number): Command {
  return (editor) => {
    const [from, end] = [editor.cursor, to(editor.text, editor.cursor)].sort((a, b) => a - b) as [
      number,
      number,
    ];
    return from === end ? bell(editor) : still(splice(editor, from, end, ""));
  };
}

/** Like `remove`, but kept for Ctrl-Y; kills in a row are kept together. */
function kill(to: (text: string, at: number) => number): Command {
  return (editor, last) => {
    const end = to(editor.text, editor.cursor);
    if (end === editor.cursor) return bell(editor);
    const forward = end > editor.cursor;
    const [from, until] = forward ? [editor.cursor, end] : [end, editor.cursor];
    const piece = editor.text.slice(from, until);
    const before = last === "killed" ? editor.killed : "";
    const killed = forward ? before + piece : piece + before;
    return still({ ...splice(editor, from, until, ""), killed, last: "killed" });
  };
}

// At an edge of a row these take the line end itself, so that rows of one command can be joined.
const toLineStart = (text: string, at: number) =>
  at === lineStart(text, at) ? Math.max(0, at - 1) : lineStart(text, at);
const toLineEnd = (text: string, at: number) =>
  at === lineEnd(text, at) ? Math.min(text.length, at + 1) : lineEnd(text, at);

const yank: Command = (editor) =>
  editor.killed === "" ? bell(editor) : still(insert(editor, editor.killed));

const undo: Command = (editor) => {
  const snapshot = editor.undo.at(-1);
  return snapshot ? still({ ...editor, ...snapshot, undo: editor.undo.slice(0, -1) }) : bell(editor);
};

const transpose: Command = (editor) => {
  const { text, cursor } = editor;
  const end = cursor === lineEnd(text, cursor) ? cursor : next(text, cursor);
  const middle = previous(text, end);
  const start = previous(text, middle);
  if (start < lineStart(text, cursor) || start === middle || middle === end) return bell(editor);
  return still(splice(editor, start, end, text.slice(middle, end) + text.slice(start, middle)));
};

function recall(place: (editor: LineEditor) => number): Command {
  return (editor) => {
    const to = place(editor);
    if (to < 0 || to > editor.history.length || to === editor.place) return bell(editor);
    const drafts = { ...editor.drafts, [editor.place]: editor.text };
    const text = drafts[to] ?? editor.history[to] ?? "";
    return still({ ...editor, text, cursor: text.length, place: to, drafts, undo: [] });
  };
}

const older = recall((editor) => editor.place - 1);
const newer = recall((editor) => editor.place + 1);

/** Up and down move between the rows of a command first, then through history. */
function vertical(row: (text: string, at: number) => number | null, otherwise: Command): Command {
  return (editor, last) => {
    const cursor = row(editor.text, editor.cursor);
    return cursor === null ? otherwise(editor, last) : still({ ...editor, cursor });
  };
}

const submit: Command = (editor) => ({ editor, effect: { do: "submit", text: editor.text } });

const deleteOrEnd: Command = (editor, last) =>
  editor.text === "" ? { editor, effect: { do: "eof" } } : remove(next)(editor, last);

const complete: Command = (editor, last) => ({
  editor: { ...editor, last: "completed" },
  effect: { do: "complete", list: last === "completed" },
});

const EDITING: Readonly<Record<string, Command>> = {
  enter: submit,
  "ctrl-c": (editor) => ({ editor, effect: { do: "interrupt" } }),
  "ctrl-d": deleteOrEnd,
  "ctrl-l": (editor) => ({ editor, effect: { do: "clear" } }),
  left: move(previous),
  "ctrl-b": move(previous),
  right: move(next),
  "ctrl-f": move(next),
  home: move(lineStart),
  "ctrl-a": move(lineStart),
  end: move(lineEnd),
  "ctrl-e": move(lineEnd),
  "ctrl-left": move(wordStart),
  "alt-left": move(wordStart),
  "alt-b": move(wordStart),
  "ctrl-right": move(wordEnd),
  "alt-right": move(wordEnd),
  "alt-f": move(wordEnd),
  backspace: remove(previous),
  delete: remove(next),
  "ctrl-u": kill(toLineStart),
  "ctrl-k": kill(toLineEnd),
  "ctrl-w": kill(blankStart),
  "alt-backspace": kill(wordStart),
  "alt-d": kill(wordEnd),
  "ctrl-delete": kill(wordEnd),
  "ctrl-y": yank,
  "ctrl-t": transpose,
  "ctrl-_": undo,
};

const COMMAND: Readonly<Record<string, Command>> = {
  ...EDITING,
  tab: complete,
  up: vertical(above, older),
  down: vertical(below, newer),
  "ctrl-p": older,
  "ctrl-n": newer,
  "alt-<": recall(() => 0),
  "alt->": recall((editor) => editor.history.length),
  "ctrl-r": (editor) => still({ ...editor, search: { query: "", failed: false, from: editor } }),
};

const REPLY: Readonly<Record<string, Command>> = {
  ...EDITING,
  tab: (editor, last) => still(type(editor, "\t", last)),
};

/** One key. */
export function press(editor: LineEditor, key: Key): Step {
  if (editor.search !== null) return pressInSearch(editor, editor.search, key);
  const { last } = editor;
  const base: LineEditor = { ...editor, last: null, escaped: false };
  if ("text" in key && !(editor.escaped && key.text.length === 1)) return still(type(base, key.text, last));
  const name = "text" in key ? `alt-${key.text}` : editor.escaped ? `alt-${key.name}` : key.name;
  if (name === "escape") return still({ ...base, escaped: true });
  const bindings = editor.kind === "command" ? COMMAND : REPLY;
  const command = Object.hasOwn(bindings, name) ? bindings[name] : undefined;
  return command ? command(base, last) : bell(base);
}

function accept(editor: LineEditor): LineEditor {
  const from = editor.search?.from;
  if (!from || editor.place === from.place) return { ...editor, search: null };
  return { ...editor, drafts: { ...from.drafts, [from.place]: from.text }, undo: [], search: null };
}

/** The newest entry at or before `start` that contains the query and is not what is shown already. */
function find(editor: LineEditor, query: string, start: number, not: string | null): LineEditor | null {
  for (let place = start; place >= 0; place--) {
    const text = editor.history[place];
    if (text === undefined || text === not || !text.includes(query)) continue;
    return { ...editor, text, place, cursor: snap(text, text.lastIndexOf(query)) };
  }
  return null;
}

function searched(editor: LineEditor, query: string, start: number, not: string | null): Step {
  const { from } = editor.search as Search;
  const found = query === "" ? null : find(editor, query, start, not);
  const failed = query !== "" && found === null;
  const step = still({ ...(found ?? editor), search: { query, failed, from } });
  return failed ? { ...step, effect: { do: "bell" } } : step;
}

function pressInSearch(editor: LineEditor, search: Search, key: Key): Step {
  const newest = editor.history.length - 1;
  if ("text" in key) return searched(editor, search.query + key.text, Math.min(editor.place, newest), null);
  switch (key.name) {
    case "ctrl-r":
      return searched(editor, search.query, editor.place - 1, editor.text);
    case "backspace": {
      const query = search.query.slice(0, previous(search.query, search.query.length));
      const { text, cursor, place } = search.from;
      return searched({ ...editor, text, cursor, place }, query, newest, null);
    }
    case "ctrl-g":
      return still({ ...search.from, last: null });
    case "escape":
      return still(accept(editor));
    default:
      return press(accept(editor), key);
  }
}
