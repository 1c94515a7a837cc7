/**
 * A terminal on the page: xterm, the line editor behind it, the list that assistive technology reads, and the keys
 * around them. Styles: terminal.css.
 *
 * F6, Shift-F6, the other function keys, Shift-Tab, Ctrl-Enter, Ctrl-Shift-digit and Ctrl-` are never consumed.
 */
import { FitAddon } from "@xterm/addon-fit";
import { Terminal, type IMarker } from "@xterm/xterm";
import type { Prompt, TranscriptEntry } from "../../worker/protocol.ts";
import { cellWidths } from "./cells.ts";
import { Dialogue, type Ended, type TerminalPorts } from "./dialogue.ts";
import { FindBar } from "./findBar.ts";
import { keysOf } from "./keys.ts";
import { shortcutOf, type Shortcut } from "./shortcuts.ts";
import { terminalTheme } from "./theme.ts";
import { showTime } from "./timeMark.ts";
import { TranscriptView } from "./transcriptView.ts";
import { english, type TerminalWords } from "./words.ts";

export type { Ended, TerminalPorts, TerminalWords };

export interface TerminalOptions {
  /** An element with a size of its own and `position: relative` (class `terminal-host` gives both). */
  readonly host: HTMLElement;
  readonly ports: TerminalPorts;
  /** Name of this terminal for assistive technology, for instance "Terminal 1". */
  readonly label: string;
  /** Words a virtual time (ms since 1970), for instance "T+1:15". */
  readonly time: (atMs: number) => string;
  readonly words?: TerminalWords;
  /** Pixels; 9 to 28. The page remembers what `onFontSize` says. */
  readonly fontSize?: number;
  readonly onFontSize?: (pixels: number) => void;
  /** Rows kept above the screen. */
  readonly scrollback?: number;
}

const USUAL_SIZE = 13;
const SMALLEST = 9;
const LARGEST = 28;
const SCROLLBACK = 5000;
const FONT =
  '"Atkinson Hyperlegible Mono Variable", ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace';
/** A host smaller than this is folded away. Pixels. */
const LEAST = 40;

export class TerminalView {
  readonly #host: HTMLElement;
  readonly #screen: HTMLElement;
  readonly #term: Terminal;
  readonly #fit = new FitAddon();
  readonly #dialogue: Dialogue;
  readonly #text: TranscriptView;
  readonly #find: FindBar;
  readonly #words: TerminalWords;
  readonly #onFontSize: (pixels: number) => void;
  readonly #sizes: ResizeObserver;
  readonly #themes: MutationObserver;
  readonly #away = new AbortController();
  #textOn = false;

  constructor(options: TerminalOptions) {
    const { host, ports, label, time, words = english, scrollback = SCROLLBACK } = options;
    this.#host = host;
    this.#words = words;
    this.#onFontSize = options.onFontSize ?? (() => {});
    this.#screen = host.ownerDocument.createElement("div");
    this.#screen.className = "terminal-screen";
    host.append(this.#screen);
    this.#term = this.#open(label, scrollback, clampSize(options.fontSize ?? USUAL_SIZE));
    this.#text = new TranscriptView(host, label, words, time);
    this.#find = new FindBar(host, this.#term, words);
    const audience = {
      transcript: this.#text.update.bind(this.#text),
      announce: this.#text.announce.bind(this.#text),
      timed: (marker: IMarker, atMs: number) => showTime(this.#term, marker, time(atMs)),
    };
    this.#dialogue = new Dialogue(this.#term, ports, audience, words, scrollback);
    this.#listen();
    this.#sizes = new ResizeObserver(() => this.fit());
    this.#sizes.observe(this.#screen);
    this.#themes = new MutationObserver(() => this.refreshTheme());
    this.#themes.observe(host.ownerDocument.documentElement, { attributes: true });
    this.#whenFontsCome();
    this.fit();
  }

  /** Output of the running command; hostile text. One call with `paged` is one pager, if it is taller than the screen. */
  output(stream: "stdout" | "stderr", text: string, paged = false): void {
    this.#dialogue.output(stream, text, paged);
  }

  /** The `clear` command. */
  clear(): void {
    this.#dialogue.clear();
  }

  /** Shows the prompt. `ended` closes the command that ran; null at first and after `restore`. */
  prompt(prompt: Prompt, ended: Ended | null = null): void {
    this.#dialogue.prompt(prompt, ended);
  }

  /** The running command waits for a line; it arrives at `ports.reply`. `silent`: nothing typed is shown or kept. */
  ask(prompt: string, silent: boolean): void {
    this.#dialogue.ask(prompt, silent);
  }

  /** Shows the commands of an attempt again, before the first `prompt`. */
  restore(entries: readonly TranscriptEntry[]): void {
    this.#dialogue.restore(entries);
  }

  /** Empties screen, scrollback, text view and everything typed, as before the first `prompt`. */
  reset(): void {
    this.#dialogue.reset();
  }

  /** Puts a text on the line as if it had been pasted: it does not run. */
  insert(text: string): void {
    this.#dialogue.paste(text);
  }

  focus(): void {
    if (this.#textOn) this.#text.focus();
    else this.#term.focus();
  }

  /** Shows the list of commands in place of the screen, or the screen again. */
  setTextView(on: boolean): void {
    this.#textOn = on;
    this.#screen.classList.toggle("terminal-unseen", on);
    // Nobody should type into what cannot be seen.
    this.#screen.inert = on;
    this.#text.show(on);
    if (!on) this.fit();
  }

  /** Fits rows and columns to the host. Called on its own whenever the host changes size. */
  fit(): void {
    if (this.#screen.clientWidth < LEAST || this.#screen.clientHeight < LEAST) return;
    const size = this.#fit.proposeDimensions();
    if (size && size.cols > 1 && size.rows > 1) this.#dialogue.resize(size.cols, size.rows);
  }

  /** Reads the colours again. Called on its own when the document element's attributes or the system's theme change. */
  refreshTheme(): void {
    this.#term.options.theme = this.#theme();
  }

  /** Opens the search over screen and scrollback (Ctrl-Shift-F). */
  find(): void {
    this.#find.open();
  }

  setFontSize(pixels: number): void {
    const size = clampSize(pixels);
    if (size === this.#term.options.fontSize) return;
    this.#term.options.fontSize = size;
    this.fit();
    this.#onFontSize(size);
  }

  dispose(): void {
    this.#away.abort();
    this.#sizes.disconnect();
    this.#themes.disconnect();
    this.#text.dispose();
    this.#term.dispose();
    this.#host.replaceChildren();
  }

  #open(label: string, scrollback: number, fontSize: number): Terminal {
    const term = new Terminal({
      allowProposedApi: true,
      cursorBlink: false,
      cursorInactiveStyle: "outline",
      drawBoldTextInBrightColors: false,
      fontFamily: FONT,
      fontSize,
      fontWeight: 450,
      fontWeightBold: 650,
      lineHeight: 1.25,
      minimumContrastRatio: 7,
      scrollback,
      scrollOnEraseInDisplay: true,
      theme: this.#theme(),
    });
    term.unicode.register(cellWidths as Parameters<typeof term.unicode.register>[0]);
    term.unicode.activeVersion = cellWidths.version;
    term.loadAddon(this.#fit);
    term.open(this.#screen);
    term.textarea?.setAttribute("aria-label", `${label}. ${this.#words.input}`);
    return term;
  }

  #theme() {
    const style = getComputedStyle(this.#host);
    return terminalTheme((property) => style.getPropertyValue(property));
  }

  #listen(): void {
    const { signal } = this.#away;
    this.#term.onData((data) => {
      for (const key of keysOf(data)) this.#dialogue.key(key);
    });
    this.#term.attachCustomKeyEventHandler((event) => this.#pass(event));
    // Ours before xterm's: a paste is inserted as text, whatever it holds.
    this.#screen.addEventListener("paste", (event) => this.#paste(event), { capture: true, signal });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.refreshTheme(), {
      signal,
    });
    matchMedia("(prefers-contrast: more)").addEventListener("change", () => this.refreshTheme(), { signal });
  }

  #paste(event: ClipboardEvent): void {
    event.stopImmediatePropagation();
    // What brings nothing is left to the browser, which has nothing to insert either.
    if (!event.clipboardData?.types.length) return;
    event.preventDefault();
    const text = event.clipboardData.getData("text/plain");
    if (text !== "") this.#dialogue.paste(text);
    this.#term.scrollToBottom();
  }

  /** Whether xterm handles a key. What it does not handle reaches the page. */
  #pass(event: KeyboardEvent): boolean {
    if (event.isComposing || event.keyCode === 229) return true;
    const shortcut = shortcutOf(event);
    if (shortcut === "shell") return true;
    if (shortcut === "page") return false;
    event.preventDefault();
    event.stopPropagation();
    if (event.type === "keydown") this.#act(shortcut);
    return false;
  }

  #act(shortcut: Exclude<Shortcut, "shell" | "page">): void {
    const size = this.#term.options.fontSize ?? USUAL_SIZE;
    switch (shortcut) {
      case "copy":
        return this.#copy();
      case "find":
        return this.find();
      case "larger":
        return this.setFontSize(size + 1);
      case "smaller":
        return this.setFontSize(size - 1);
      case "usual-size":
        return this.setFontSize(USUAL_SIZE);
    }
  }

  #copy(): void {
    const text = this.#term.getSelection();
    if (text === "") return;
    const copied = () => this.#text.announce(this.#words.copied);
    // The clipboard interface is missing on plain http; the copy event, which xterm answers, is not.
    const old = () => {
      if (this.#host.ownerDocument.execCommand("copy")) copied();
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(copied, old);
    else old();
  }

  /** Cells were measured with a stand-in font; measured again once ours is here. */
  #whenFontsCome(): void {
    const { fonts } = this.#host.ownerDocument;
    const measure = () => {
      if (this.#away.signal.aborted) return;
      this.#term.options.fontFamily = "monospace";
      this.#term.options.fontFamily = FONT;
      this.fit();
    };
    fonts.load(`${USUAL_SIZE}px ${FONT}`).then(measure, () => {});
  }
}

function clampSize(pixels: number): number {
  return Math.min(LARGEST, Math.max(SMALLEST, Math.round(pixels)));
}
