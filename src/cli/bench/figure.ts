/** One measured figure. */
export interface Figure {
  readonly id: string;
  readonly value: number;
  readonly unit: "ms" | "s" | "kB" | "MB" | "ratio" | "count" | "per second";
  /** Null where the figure is only for comparison. */
  readonly goal: number | null;
  readonly ok: boolean;
  /** How to make this figure alone. */
  readonly command: string;
}

export function figure(id: string, value: number, unit: Figure["unit"], goal: number | null): Figure {
  const rounded = Math.round(value * 100) / 100;
  const ok = goal === null || (unit === "per second" ? rounded >= goal : rounded <= goal);
  return {
    id,
    value: rounded,
    unit,
    goal,
    ok,
    command: `npm run -s leaklab -- bench ${id.split("/")[0] ?? id}`,
  };
}

/** Value below which a share of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);
export const p95 = (samples: readonly number[]): number => quantile(samples, 0.95);

/** Milliseconds that something took. */
export async function timed(run: () => Promise<unknown> | unknown): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}
