/**
 * Who talks in a terminal: the learner at the prompt, a running command, a `read` that waits, the pager. Owns the line
 * editor and the order of what comes from the page; knows nothing of the DOM.
 *
 * Keys wait in one queue and go to whoever reads next, as on a real terminal: what is typed while a command runs
 * reaches the prompt, the waiting `read` or the pager that comes after it.
 */
import type { IMarker, Terminal } from "@xterm/xterm";
import type { Completion, Prompt, TranscriptEntry } from "../../worker/protocol.ts";
import { complete, listing } from "./completion.ts";
import type { Key } from "./keys.ts";
import { EventQueue, lastLines } from "./eventQueue.ts";
import type { Line } from "./layout.ts";
import { continued, newLine, paste, press, withHistory, type Effect, type LineEditor } from "./lineEditor.ts";
import { fits, openPager, paint, pressPager, resizePager, type Pager } from "./pager.ts";
import { cleanPaste } from "./paste.ts";
import { CLEAN, sanitize } from "./sanitize.ts";
import { Screen } from "./screen.ts";
import { commandLine, replyLine } from "./shownLine.ts";
import { append, begin, EMPTY, end, lineCount, outputOf, running, type Transcript } from "./transcript.ts";
import type { TerminalWords } from "./words.ts";

/** What the terminal asks of the page. */
export interface TerminalPorts {
  /** A complete command. The page applies it, calls `output` meanwhile and `prompt` at the end. A rejection gives the line back. */
  submit(text: string): Promise<void>;
  parse(text: string): Promise<"complete" | "incomplete" | "invalid">;
  /** Candidates at a cursor (UTF-16 offset). */
  complete(text: string, cursor: number): Promise<Completion>;
  /** The answer to `ask`; null is end of file (Ctrl-D). */
  reply(text: string | null): void;
  /** Ctrl-C while a command runs or waits. Every press is passed on. */
  interrupt(): void;
  /** Content of `~/.bash_history`, oldest first; asked for at every prompt. */
  history(): Promise<readonly string[]>;
  /** Ctrl-D at an empty prompt: the learner wants out of the terminal. */
  leave(): void;
}

/** Who hears of changes. */
export interface Audience {
  transcript(transcript: Transcript): void;
  /** To be spoken once, politely. */
  announce(text: string): void;
  /** The command whose first row has this marker ran at this virtual time. */
  timed(marker: IMarker, atMs: number): void;
}

export interface Ended {
  readonly exitCode: number;
  /** Virtual time at which the command ran, ms since 1970. */
  readonly atMs: number;
}

const isInterrupt = (key: Key) => "name" in key && key.name === "ctrl-c";
const textOf = (key: Key) => ("text" in key ? key.text : null);

type Typed = { readonly key: Key } | { readonly paste: string };
type Stream = "stdout" | "stderr";

/** What of xterm is used here. */
type Surface = Pick<Terminal, "write" | "resize" | "rows" | "cols" | "buffer" | "registerMarker">;

/** Up to this many lines of output are spoken in full. */
const SPOKEN_LINES = 6;
const SPOKEN_TEXT = 600;
const MOST_LISTED = 200;
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const SEQUENCE = /\u001b\[[\d;:]*[A-Za-z@]/g;
/** Keys after which the line holds a text that the learner did not type. */
const RECALLS = new Set(["up", "down", "ctrl-p", "ctrl-n", "ctrl-r", "alt-<", "alt->"]);

export class Dialogue {
  readonly #screen: Screen;
  readonly #surface: Surface;
  readonly #ports: TerminalPorts;
  readonly #audience: Audience;
  readonly #words: TerminalWords;
  readonly #lines: () => number;
  readonly #events: EventQueue;
  #editor: LineEditor = newLine("command");
  /** Who reads keys, apart from the pager. `held`: a parse or completion is under way. */
  #reader: "nobody" | "command" | "reply" = "nobody";
  #held = false;
  /** A command has the terminal: Ctrl-C belongs to it. */
  #runs = false;
  #prompt: Prompt | null = null;
  /** First row of the command that runs. */
  #marker: IMarker | null = null;
  /** What `read` asks, and the kill buffer as it was before: a silent reply must not get into it. */
  #asked = { prompt: "", silent: false, killed: "" };
  #typed: Typed[] = [];
  #pager: Pager | null = null;
  #furthest = 0;
  #pagerClosed: () => void = () => {};
  #sanitizers = { stdout: CLEAN, stderr: CLEAN };
  #transcript: Transcript = EMPTY;
  /** Counts resets; what was begun before one is ignored after it. */
  #epoch = 0;

  constructor(
    surface: Surface,
    ports: TerminalPorts,
    audience: Audience,
    words: TerminalWords,
    scrollback: number,
  ) {
    this.#surface = surface;
    this.#screen = new Screen(surface);
    this.#ports = ports;
    this.#audience = audience;
    this.#words = words;
    this.#lines = () => scrollback + surface.rows;
    this.#events = new EventQueue(
      (text, done) => this.#between(text, done),
      () => this.#read(),
      this.#lines,
    );
  }

  /** Whether a pager is open. */
  get paging(): boolean {
    return this.#pager !== null;
  }

  key(key: Key): void {
    this.#typed.push({ key });
    this.#read();
  }

  paste(text: string): void {
    this.#typed.push({ paste: text });
    this.#read();
  }

  /** Output of the running command. `paged`: one such call is one pager, if it does not fit the screen. */
  output(stream: Stream, text: string, paged: boolean): void {
    const [after, safe] = sanitize(this.#sanitizers[stream], text);
    this.#sanitizers = { ...this.#sanitizers, [stream]: after };
    this.#record(append(this.#transcript, safe));
    if (paged) this.#events.run((done) => this.#page(safe, done));
    else this.#events.print(safe);
  }

  /** The `clear` command: screen and scrollback. */
  clear(): void {
    this.#events.run((done) => this.#between("\u001b[H\u001b[2J\u001b[3J", done));
  }

  /** The shell is ready for a command. `ended` says how the last one did. */
  prompt(prompt: Prompt, ended: Ended | null): void {
    this.#runs = false;
    if (running(this.#transcript)) {
      // A command without an end was not run.
      this.#record(end(this.#transcript, ended?.exitCode ?? 1, ended?.atMs ?? null));
      this.#speak(ended?.exitCode ?? 0);
    }
    this.#sanitizers = { stdout: CLEAN, stderr: CLEAN };
    if (ended) this.#events.run((done) => this.#stamp(ended.atMs, done));
    this.#events.run((done) => this.#showPrompt(prompt, "", done));
    this.#refreshHistory();
  }

  /** Once the screen has caught up, the row of the command that just ended is known. */
  #stamp(atMs: number, done: () => void): void {
    this.#screen.write("", () => {
      if (this.#marker) this.#audience.timed(this.#marker, atMs);
      this.#marker = null;
      done();
    });
  }

  /** The running command reads a line. */
  ask(prompt: string, silent: boolean): void {
    this.#runs = false;
    this.#audience.announce(prompt === "" ? this.#words.waiting : prompt);
    this.#events.run((done) => {
      this.#begin(() => {
        const [, safe] = sanitize(CLEAN, prompt);
        const { history, killed } = this.#editor;
        this.#asked = { prompt: safe.replace(SEQUENCE, "").replace(/\r\n/g, "\n"), silent, killed };
        this.#reader = "reply";
        this.#editor = newLine("reply", history, silent ? "" : killed);
        this.#draw();
        done();
      });
    });
  }

  /** Shows earlier commands again. */
  restore(entries: readonly TranscriptEntry[]): void {
    if (entries.length === 0) return;
    for (const entry of entries) {
      const [, safe] = sanitize(CLEAN, entry.output.map((part) => part.text).join(""));
      const started = begin(this.#transcript, entry.prompt.text, entry.text);
      this.#transcript = end(append(started, safe), entry.exitCode, entry.atMs);
      this.#events.run((done) => {
        this.#restoreOne(entry, safe);
        done();
      });
    }
    this.#record(this.#transcript);
    this.#audience.announce(this.#words.restored(entries.length));
  }

  #restoreOne({ prompt, text, atMs }: TranscriptEntry, output: string): void {
    const line = commandLine(prompt.text, { text, cursor: 0, search: null });
    this.#screen.finish(line, "", (above) => {
      const marker = this.#surface.registerMarker(-above);
      if (marker) this.#audience.timed(marker, atMs);
    });
    this.#screen.write(`${lastLines(output, this.#lines())}\u001b[0m`);
    // What follows output without a line end begins on a row of its own here.
    if (output !== "" && !output.endsWith("\n")) this.#screen.write("\r\n");
  }

  /** Empties everything, as before the first prompt. */
  reset(): void {
    this.#epoch += 1;
    this.#reader = "nobody";
    this.#held = false;
    this.#runs = false;
    this.#pager = null;
    this.#events.reset();
    // Before the first prompt it was typed ahead, for that prompt.
    if (this.#prompt !== null) this.#typed = [];
    this.#marker = null;
    this.#sanitizers = { stdout: CLEAN, stderr: CLEAN };
    this.#record(EMPTY);
    this.#screen.erase();
    this.#screen.write("\u001b[0m\u001b[H\u001b[2J\u001b[3J");
  }

  resize(columns: number, rows: number): void {
    this.#screen.resize(columns, rows, () => this.#line());
    if (this.#pager === null) return;
    const before = this.#pager;
    this.#pager = resizePager(before, columns, rows);
    this.#screen.write(paint(before, this.#pager, this.#furthest, this.#words.pagerHelp));
  }

  #record(transcript: Transcript): void {
    this.#transcript = transcript;
    this.#audience.transcript(transcript);
  }

  /** Says the output of the command that just ended: once, and a long one as a count. */
  #speak(exitCode: number): void {
    const item = this.#transcript.items.at(-1);
    if (!item) return;
    const output = outputOf(item);
    const long = lineCount(item) > SPOKEN_LINES || output.length > SPOKEN_TEXT;
    const spoken = long ? this.#words.lines(lineCount(item)) : output;
    const code = exitCode === 0 ? "" : this.#words.exit(exitCode);
    const text = [spoken, code].filter((part) => part !== "").join("\n");
    if (text !== "") this.#audience.announce(text);
  }

  /** Writes a text; a line that is being edited moves below it. */
  #between(text: string, done: () => void): void {
    if (this.#reader === "nobody") {
      this.#screen.write(text, done);
      return;
    }
    this.#screen.erase();
    this.#screen.write(text);
    this.#begin(() => {
      this.#draw();
      done();
    });
  }

  #showPrompt(prompt: Prompt, text: string, done: () => void): void {
    this.#prompt = prompt;
    if (this.#reader === "command") {
      this.#draw();
      return done();
    }
    if (this.#reader === "reply") {
      this.#screen.finish(this.#currentLine());
      this.#endReply();
      this.#runs = false;
    }
    this.#screen.write("\u001b[0m");
    this.#begin(() => {
      this.#reader = "command";
      this.#editor = paste(newLine("command", this.#editor.history, this.#editor.killed), text);
      this.#draw();
      done();
    });
  }

  /** The next line begins where the output so far ends. */
  #begin(then: () => void): void {
    const epoch = this.#epoch;
    this.#screen.begin(() => {
      if (epoch === this.#epoch) then();
    });
  }

  #refreshHistory(): void {
    const epoch = this.#epoch;
    const take = (history: readonly string[]) => {
      if (epoch === this.#epoch) this.#editor = withHistory(this.#editor, history);
    };
    this.#ports.history().then(take, () => {});
  }

  // The pager.

  #page(text: string, done: () => void): void {
    const { cols, rows } = this.#surface;
    if (this.#reader !== "nobody" || fits(text, cols, rows)) return this.#between(text, done);
    const epoch = this.#epoch;
    this.#screen.write("", () => {
      if (epoch !== this.#epoch) return;
      if (this.#surface.buffer.active.cursorX > 0) this.#screen.write("\r\n");
      this.#pager = openPager(text, cols, rows);
      this.#furthest = 0;
      this.#pagerClosed = done;
      this.#screen.write(paint(null, this.#pager, 0, this.#words.pagerHelp));
      this.#audience.announce(this.#words.pagerOpened(this.#pager.content.lines.length));
      this.#read();
    });
  }

  #pagerKey(before: Pager, key: Key): void {
    const pager = pressPager(before, key);
    if (pager.done) {
      this.#pager = null;
      this.#screen.write("\r\u001b[K");
      this.#pagerClosed();
      return;
    }
    this.#screen.write(paint(before, pager, this.#furthest, this.#words.pagerHelp));
    this.#pager = pager;
    this.#furthest = Math.max(this.#furthest, pager.top);
  }

  // Keys.

  #read(): void {
    let drawn = true;
    while (this.#typed.length > 0) {
      if (this.#pager !== null) this.#toPager(this.#pager, this.#typed.shift() as Typed);
      else if (this.#reader !== "nobody" && !this.#held && !this.#events.busy)
        drawn = this.#lineKey(this.#typed.shift() as Typed);
      else break;
    }
    if (!drawn && this.#reader !== "nobody") this.#draw();
    if (this.#runs && this.#pager === null) this.#interruptFromQueue();
  }

  /** Ctrl-C that was pressed before the page had answered. */
  #interruptFromQueue(): void {
    const at = this.#typed.findLastIndex((typed) => "key" in typed && isInterrupt(typed.key));
    if (at === -1) return;
    this.#typed = this.#typed.slice(at + 1);
    this.#ports.interrupt();
  }

  #toPager(pager: Pager, typed: Typed): void {
    const text =
      "paste" in typed ? (pager.entry === null ? "" : cleanPaste(typed.paste, false)) : textOf(typed.key);
    if (text === null) return this.#pagerKey(pager, (typed as { key: Key }).key);
    const [first, ...rest] = [...text];
    this.#typed.unshift(...rest.map((char) => ({ key: { text: char } })));
    if (first !== undefined) this.#pagerKey(pager, { text: first });
  }

  /** Applies a key to the line; false while the change is not on the screen. */
  #lineKey(typed: Typed): boolean {
    if ("paste" in typed) {
      this.#editor = paste(this.#editor, typed.paste);
      return false;
    }
    const { editor, effect } = press(this.#editor, typed.key);
    const recalled = "name" in typed.key ? RECALLS.has(typed.key.name) : editor.search !== null;
    if (recalled && editor.text !== this.#editor.text) this.#audience.announce(editor.text);
    this.#editor = editor;
    if (effect === null || effect.do === "bell") return false;
    this.#draw();
    this.#perform(effect);
    return true;
  }

  #perform(effect: Effect): void {
    switch (effect.do) {
      case "submit":
        return this.#reader === "reply" ? this.#reply(effect.text) : this.#submit(effect.text);
      case "eof":
        return this.#reader === "reply" ? this.#reply(null) : this.#ports.leave();
      case "interrupt":
        return this.#interrupt();
      case "complete":
        return this.#complete(effect.list);
      case "clear":
        this.#screen.erase();
        this.#held = true;
        this.#screen.write("\u001b[2J\u001b[H");
        return this.#begin(() => {
          this.#held = false;
          this.#draw();
          this.#read();
        });
      case "bell":
        return;
    }
  }

  /** Waits for the page; keys wait meanwhile. */
  #await<T>(answer: Promise<T>, then: (value: T | null) => void): void {
    const epoch = this.#epoch;
    this.#held = true;
    const settle = (value: T | null) => {
      if (epoch !== this.#epoch) return;
      this.#held = false;
      then(value);
      this.#read();
    };
    answer.then(settle, () => settle(null));
  }

  #submit(text: string): void {
    if (text.trim() === "") return this.#freshLine("");
    this.#await(this.#ports.parse(text), (verdict) => {
      if (verdict !== "incomplete") return this.#run(text);
      this.#editor = continued(this.#editor);
      this.#draw();
    });
  }

  #run(text: string): void {
    this.#screen.finish(this.#currentLine(), "", (above) => {
      this.#marker = this.#surface.registerMarker(-above);
    });
    this.#reader = "nobody";
    this.#runs = true;
    this.#record(begin(this.#transcript, this.#prompt?.text ?? "", text));
    const history = [...this.#editor.history, text];
    this.#editor = newLine("command", history, this.#editor.killed);
    const epoch = this.#epoch;
    this.#ports.submit(text).catch((error: unknown) => {
      if (epoch === this.#epoch) this.#giveBack(text, error);
    });
  }

  /** The page could not take the command: says why and puts it back. */
  #giveBack(text: string, error: unknown): void {
    const reason = this.#words.notRun(error instanceof Error ? error.message : String(error));
    this.#runs = false;
    this.#record(end(append(this.#transcript, reason), 1, null));
    this.#audience.announce(reason);
    this.#refreshHistory();
    const prompt = this.#prompt as Prompt;
    this.#events.print(sanitize(CLEAN, `${reason}\n`)[1]);
    this.#events.run((done) => this.#showPrompt(prompt, text, done));
  }

  #reply(text: string | null): void {
    const { prompt, silent } = this.#asked;
    this.#screen.finish(this.#currentLine());
    this.#record(append(this.#transcript, `${prompt}${silent || text === null ? "" : text}\n`));
    this.#endReply();
    this.#ports.reply(text);
  }

  #interrupt(): void {
    if (this.#reader === "command") return this.#freshLine("^C");
    this.#screen.finish(this.#currentLine(), "^C");
    this.#record(append(this.#transcript, `${this.#asked.prompt}^C\n`));
    this.#endReply();
    this.#ports.interrupt();
  }

  #endReply(): void {
    const { history, killed } = this.#editor;
    this.#editor = newLine("command", history, this.#asked.silent ? this.#asked.killed : killed);
    this.#reader = "nobody";
    this.#runs = true;
  }

  /** Gives the line up and shows the prompt again. */
  #freshLine(mark: string): void {
    this.#screen.finish(this.#currentLine(), mark);
    this.#reader = "nobody";
    const prompt = this.#prompt as Prompt;
    this.#events.run((done) => this.#showPrompt(prompt, "", done));
  }

  #complete(list: boolean): void {
    const { text, cursor } = this.#editor;
    this.#await(this.#ports.complete(text, cursor), (completion) => {
      if (completion === null) return;
      const { editor, listed } = complete(this.#editor, completion, list);
      if (editor.text !== text) this.#audience.announce(editor.text);
      this.#editor = editor;
      if (listed.length === 0) return this.#draw();
      this.#list(listed);
    });
  }

  #list(candidates: readonly string[]): void {
    const shown = candidates.slice(0, MOST_LISTED).map((name) => name.replace(UNSAFE, "\ufffd"));
    const rows = listing(shown, this.#surface.cols);
    if (candidates.length > MOST_LISTED)
      rows.push(this.#words.moreCandidates(candidates.length - MOST_LISTED));
    this.#screen.list(this.#currentLine(), rows);
    const spoken = shown.slice(0, 20).join(", ");
    this.#audience.announce(`${this.#words.candidates(candidates.length)}: ${spoken}`);
  }

  #draw(): void {
    const line = this.#line();
    if (line) this.#screen.draw(line);
  }

  #line(): Line | null {
    return this.#reader === "nobody" ? null : this.#currentLine();
  }

  #currentLine(): Line {
    if (this.#reader === "reply") return replyLine(this.#asked.prompt, this.#asked.silent, this.#editor);
    return commandLine(this.#prompt?.text ?? "", this.#editor);
  }
}
