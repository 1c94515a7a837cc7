/** Where the jobs of a run stand in its graph: a column per depth of `needs`, in the order of the file. */

export interface GraphJob {
  readonly id: number;
  readonly key: string;
  readonly needs: readonly string[];
}

export interface PlacedJob<T extends GraphJob> {
  readonly job: T;
  readonly column: number;
  readonly row: number;
}

export interface JobGraphLayout<T extends GraphJob> {
  readonly jobs: readonly PlacedJob<T>[];
  /** Indexes into `jobs`. */
  readonly edges: readonly { readonly from: number; readonly to: number }[];
  readonly columns: number;
  readonly rows: number;
}

export function layoutJobs<T extends GraphJob>(jobs: readonly T[]): JobGraphLayout<T> {
  const depth = new Map<string, number>();
  const depthOf = (key: string, trail: ReadonlySet<string>): number => {
    const known = depth.get(key);
    if (known !== undefined) return known;
    const needs = jobs.filter((job) => job.key === key).flatMap((job) => job.needs);
    const before = needs
      .filter((need) => !trail.has(need))
      .map((need) => depthOf(need, new Set([...trail, key])) + 1);
    depth.set(key, Math.max(0, ...before));
    return depth.get(key) as number;
  };
  const filled: number[] = [];
  const placed = jobs.map((job) => {
    const column = depthOf(job.key, new Set([job.key]));
    const row = filled[column] ?? 0;
    filled[column] = row + 1;
    return { job, column, row };
  });
  const edges = placed.flatMap(({ job }, to) =>
    placed.flatMap((other, from) => (job.needs.includes(other.job.key) ? [{ from, to }] : [])),
  );
  return {
    jobs: placed,
    edges,
    columns: filled.length,
    rows: Math.max(0, ...filled.map((count) => count ?? 0)),
  };
}
