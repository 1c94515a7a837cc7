/** The search field over the terminal. */
import type { Terminal } from "@xterm/xterm";
import { findMatches, type BufferRow, type Match } from "./find.ts";
import type { TerminalWords } from "./words.ts";

function bufferRows(term: Terminal): BufferRow[] {
  const buffer = term.buffer.active;
  return Array.from({ length: buffer.length }, (_, y) => {
    const line = buffer.getLine(y);
    const cells = [];
    for (let x = 0; x < term.cols; x++) {
      const cell = line?.getCell(x);
      const width = cell?.getWidth() ?? 1;
      if (width > 0) cells.push({ text: cell?.getChars() || " ", column: x, width });
    }
    return { cells, isWrapped: line?.isWrapped ?? false };
  });
}

export class FindBar {
  readonly #term: Terminal;
  readonly #words: TerminalWords;
  readonly #bar: HTMLElement;
  readonly #field: HTMLInputElement;
  readonly #count: HTMLElement;
  #matches: Match[] = [];
  #at = 0;

  constructor(host: HTMLElement, term: Terminal, words: TerminalWords) {
    this.#term = term;
    this.#words = words;
    const document = host.ownerDocument;
    this.#bar = document.createElement("div");
    this.#bar.className = "terminal-find";
    this.#bar.setAttribute("role", "search");
    this.#bar.hidden = true;
    this.#field = document.createElement("input");
    this.#field.type = "text";
    this.#field.spellcheck = false;
    this.#field.setAttribute("aria-label", words.find);
    this.#field.placeholder = words.find;
    this.#count = document.createElement("span");
    this.#count.setAttribute("role", "status");
    const previous = this.#button(words.findPrevious, () => this.#go(-1));
    const next = this.#button(words.findNext, () => this.#go(1));
    const close = this.#button(words.findClose, () => this.close());
    this.#bar.append(this.#field, this.#count, previous, next, close);
    this.#field.addEventListener("input", () => this.#search());
    this.#bar.addEventListener("keydown", (event) => this.#key(event));
    host.append(this.#bar);
  }

  open(): void {
    this.#bar.hidden = false;
    this.#field.focus();
    this.#field.select();
    this.#search();
  }

  close(): void {
    this.#bar.hidden = true;
    this.#matches = [];
    this.#term.focus();
  }

  #button(name: string, act: () => void): HTMLButtonElement {
    const button = this.#bar.ownerDocument.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", act);
    return button;
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && event.target === this.#field) this.#go(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Begins at the newest match: what was just printed is what one looks for. */
  #search(): void {
    this.#matches = findMatches(bufferRows(this.#term), this.#term.cols, this.#field.value);
    this.#at = this.#matches.length - 1;
    this.#show();
  }

  #go(step: number): void {
    if (this.#matches.length === 0) return;
    this.#at = (this.#at + step + this.#matches.length) % this.#matches.length;
    this.#show();
  }

  #show(): void {
    const match = this.#matches[this.#at];
    if (match) {
      this.#term.select(match.column, match.row, match.length);
      this.#term.scrollToLine(Math.max(0, match.row - (this.#term.rows >> 1)));
      this.#count.textContent = this.#words.findCount(this.#at + 1, this.#matches.length);
    } else {
      this.#term.clearSelection();
      this.#count.textContent = this.#field.value === "" ? "" : this.#words.findNone;
    }
  }
}
