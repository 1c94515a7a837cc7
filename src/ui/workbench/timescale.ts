/** Lab time on a line: how much of it is shown, where the marks stand, how it is written. */

const STEPS_S = [60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 86400] as const;

export interface Timescale {
  readonly endMs: number;
  readonly ticks: readonly number[];
  /** Share of the width (0–1) at which a moment stands, in ms since the start of the lab. */
  at(ms: number): number;
}

/** Shows at least eight minutes, and always a quarter more than has passed. */
export function timescale(elapsedMs: number): Timescale {
  const endMs = Math.max(8.25 * 60_000, elapsedMs * 1.25);
  const stepMs = 1000 * (STEPS_S.find((step) => endMs / 1000 / step <= 10) ?? 86400);
  const ticks = Array.from({ length: Math.floor(endMs / stepMs) + 1 }, (_, i) => i * stepMs);
  return { endMs, ticks, at: (ms) => Math.min(1, Math.max(0, ms / endMs)) };
}

/** "3:15", "1:02:00". */
export function clockText(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(s / 3600);
  const rest = `${hours > 0 ? two(Math.floor(s / 60) % 60) : Math.floor(s / 60)}:${two(s % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
