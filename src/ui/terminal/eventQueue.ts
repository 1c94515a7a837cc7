/** What comes from the page, one after the other: output waits while a pager is open, prompts wait for output. */

type Event = { readonly text: string[] } | { readonly run: (done: () => void) => void };

/** Above this many characters only the last lines of waiting output are kept: the rest would be scrolled out anyway. */
const MOST_WAITING = 4_000_000;

export class EventQueue {
  readonly #write: (text: string, done: () => void) => void;
  readonly #idle: () => void;
  readonly #lines: () => number;
  #events: Event[] = [];
  #busy = false;
  /** Counts resets; an event that ends after one ends nothing. */
  #epoch = 0;

  /** `write` shows output; `idle` is called after every event; `lines` tells how many lines can be seen at all. */
  constructor(write: (text: string, done: () => void) => void, idle: () => void, lines: () => number) {
    this.#write = write;
    this.#idle = idle;
    this.#lines = lines;
  }

  /** Whether an event is under way. */
  get busy(): boolean {
    return this.#busy;
  }

  run(run: (done: () => void) => void): void {
    this.#events.push({ run });
    this.#next();
  }

  /** Output that waits is put together, so that a flood is written in few pieces. */
  print(text: string): void {
    if (text === "") return;
    const last = this.#events.at(-1);
    if (last && "text" in last) last.text.push(text);
    else this.#events.push({ text: [text] });
    this.#next();
  }

  reset(): void {
    this.#epoch += 1;
    this.#events = [];
    this.#busy = false;
  }

  #next(): void {
    while (!this.#busy) {
      const event = this.#events.shift();
      if (!event) return;
      const epoch = this.#epoch;
      this.#busy = true;
      const done = () => {
        if (epoch !== this.#epoch) return;
        this.#busy = false;
        this.#next();
        this.#idle();
      };
      if ("run" in event) event.run(done);
      else this.#write(this.#joined(event.text), done);
    }
  }

  #joined(parts: readonly string[]): string {
    const text = parts.join("");
    return text.length > MOST_WAITING ? lastLines(text, this.#lines()) : text;
  }
}

/** The last `count` lines of a text. */
export function lastLines(text: string, count: number): string {
  let at = text.length;
  for (let i = 0; i <= count; i++) {
    at = text.lastIndexOf("\n", at - 1);
    if (at <= 0) return text;
  }
  return text.slice(at + 1);
}
