/** Virtual time. It moves only by what learners do. */

/** A top-level statement, or a change made in a panel, costs this much. */
export const TICK_MS = 15_000;

/** When every world begins: a Tuesday morning, 2026-03-03 09:00 UTC. */
export const START_MS = Date.UTC(2026, 2, 3, 9, 0, 0);

export class Clock {
  #nowMs: number;

  constructor(nowMs: number = START_MS) {
    this.#nowMs = nowMs;
  }

  /** ms since 1970. */
  now(): number {
    return this.#nowMs;
  }

  advance(ms: number): void {
    this.#nowMs += ms;
  }

  set(ms: number): void {
    this.#nowMs = Math.max(this.#nowMs, ms);
  }
}
