/** What is going to happen: one queue, ordered by time, then by the order of scheduling. */

export interface Scheduled {
  readonly atMs: number;
  readonly sequence: number;
  /** Names who handles it, then what: "forge/purge", "pipeline/step". */
  readonly kind: string;
  /** Plain data. */
  readonly payload: Readonly<Record<string, string | number | boolean>>;
}

export class Queue {
  #items: Scheduled[];
  #next: number;

  constructor(items: readonly Scheduled[] = [], next = 1) {
    this.#items = [...items];
    this.#next = next;
  }

  schedule(atMs: number, kind: string, payload: Scheduled["payload"] = {}): void {
    this.#items.push({ atMs, sequence: this.#next++, kind, payload });
    this.#items.sort((a, b) => a.atMs - b.atMs || a.sequence - b.sequence);
  }

  /** Takes out the first item that is due at this time. */
  takeDue(nowMs: number): Scheduled | null {
    const first = this.#items[0];
    if (!first || first.atMs > nowMs) return null;
    this.#items.shift();
    return first;
  }

  data(): { items: readonly Scheduled[]; next: number } {
    return { items: [...this.#items], next: this.#next };
  }
}
