/**
 * The terminal as a list that assistive technology can read: one item per command. Always in the document; seen only
 * when "Text view" is on. Everything is set as text, never as markup.
 */
import { lineCount, outputOf, type Transcript, type TranscriptItem } from "./transcript.ts";
import type { TerminalWords } from "./words.ts";

/** Output of a running command reaches the list this often, at most. Milliseconds. */
const PACE = 60;

interface Shown {
  readonly element: HTMLLIElement;
  readonly output: HTMLPreElement;
  readonly dropped: HTMLParagraphElement;
  readonly result: HTMLParagraphElement;
  item: TranscriptItem | null;
}

export class TranscriptView {
  readonly #document: Document;
  readonly #words: TerminalWords;
  readonly #time: (atMs: number) => string;
  readonly #region: HTMLElement;
  readonly #list: HTMLOListElement;
  readonly #spoken: HTMLElement;
  readonly #shown = new Map<number, Shown>();
  #latest: Transcript | null = null;
  #seen = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `time` words a virtual time, for instance "T+1:15". */
  constructor(host: HTMLElement, label: string, words: TerminalWords, time: (atMs: number) => string) {
    this.#document = host.ownerDocument;
    this.#words = words;
    this.#time = time;
    this.#region = this.#document.createElement("div");
    this.#region.className = "terminal-text terminal-unseen";
    this.#region.setAttribute("role", "group");
    this.#region.setAttribute("aria-label", `${label}: ${words.list}`);
    this.#list = this.#document.createElement("ol");
    // The role is repeated because lists without markers lose it in WebKit.
    this.#list.setAttribute("role", "list");
    this.#region.append(this.#list);
    this.#spoken = this.#document.createElement("div");
    this.#spoken.className = "terminal-unseen";
    this.#spoken.setAttribute("role", "status");
    this.#spoken.setAttribute("aria-live", "polite");
    host.append(this.#region, this.#spoken);
  }

  /** Shows the list in place of the screen, or hides it from sight. */
  show(on: boolean): void {
    this.#seen = on;
    this.#region.classList.toggle("terminal-unseen", !on);
    // A region that scrolls must be reachable by keyboard.
    if (on) this.#region.tabIndex = 0;
    else this.#region.removeAttribute("tabindex");
    if (on) this.#region.scrollTop = this.#region.scrollHeight;
  }

  focus(): void {
    this.#region.focus();
  }

  update(transcript: Transcript): void {
    this.#latest = transcript;
    const last = transcript.items.at(-1);
    const pressing = last === undefined || last.exitCode !== null || !this.#shown.has(last.id);
    if (pressing) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), PACE);
  }

  /** A new element each time: the same words twice in a row are two announcements. */
  announce(text: string): void {
    const words = this.#document.createElement("p");
    words.textContent = text;
    this.#spoken.replaceChildren(words);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#region.remove();
    this.#spoken.remove();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const items = this.#latest?.items ?? [];
    const kept = new Set(items.map((item) => item.id));
    for (const [id, shown] of this.#shown) {
      if (kept.has(id)) continue;
      shown.element.remove();
      this.#shown.delete(id);
    }
    const follows = this.#seen && this.#atEnd();
    for (const item of items) this.#put(item);
    if (follows) this.#region.scrollTop = this.#region.scrollHeight;
  }

  #atEnd(): boolean {
    const { scrollTop, clientHeight, scrollHeight } = this.#region;
    return scrollTop + clientHeight >= scrollHeight - 4;
  }

  #put(item: TranscriptItem): void {
    const shown = this.#shown.get(item.id) ?? this.#add(item);
    if (shown.item === item) return;
    shown.item = item;
    const output = outputOf(item);
    shown.output.textContent = output;
    shown.output.hidden = output === "";
    shown.dropped.textContent = this.#words.leftOut(item.dropped);
    shown.dropped.hidden = item.dropped === 0;
    shown.result.textContent = this.#result(item);
    shown.element.dataset["exitCode"] = item.exitCode === null ? "" : String(item.exitCode);
    shown.element.dataset["lines"] = String(lineCount(item));
  }

  #result(item: TranscriptItem): string {
    if (item.exitCode === null) return item.command === "" ? "" : this.#words.running;
    const time = item.atMs === null ? [] : [this.#time(item.atMs)];
    return [this.#words.exit(item.exitCode), ...time].join(", ");
  }

  #add(item: TranscriptItem): Shown {
    const element = this.#document.createElement("li");
    const output = this.#document.createElement("pre");
    const dropped = this.#text("p", "terminal-text-dropped", "");
    const result = this.#text("p", "terminal-text-result", "");
    if (item.command !== "") {
      const command = this.#text("p", "terminal-text-command", "");
      command.append(
        this.#text("span", "terminal-text-prompt", item.prompt),
        this.#text("code", "", item.command),
      );
      element.append(command);
    }
    element.append(dropped, output, result);
    this.#list.append(element);
    const shown: Shown = { element, output, dropped, result, item: null };
    this.#shown.set(item.id, shown);
    return shown;
  }

  #text<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, text: string) {
    const element = this.#document.createElement(name);
    if (className !== "") element.className = className;
    element.textContent = text;
    return element;
  }
}
