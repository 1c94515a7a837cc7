/** What the workbench knows of progress: the path that it is on, why the lab was opened, where it was left. */
import { signal, type Signal } from "@preact/signals";
import type { Catalog } from "./catalog.ts";
import { EMPTY } from "./page-state.ts";
import type { Kept, ProgressStore } from "./progress.ts";
import type { Purpose, Visit } from "./result.ts";

/** The paths that a lab is on, and their labs. */
export type Paths = Pick<Catalog, "labs" | "paths">;

export interface BenchProgress {
  readonly kept: Signal<Kept>;
  readonly paths: Signal<Paths>;
  /** The path that counts; null where the lab is on none. */
  readonly path: Signal<string | null>;
  readonly purpose: Signal<Purpose>;
  /** Where an earlier visit ended, and how many commands stood then. */
  readonly left: Signal<Visit | null>;
  readonly lasts: Signal<ProgressStore["lasts"]>;
}

export function createBenchProgress(): BenchProgress {
  return {
    kept: signal(EMPTY),
    paths: signal<Paths>({ labs: [], paths: [] }),
    path: signal<string | null>(null),
    purpose: signal<Purpose>("lab"),
    left: signal<Visit | null>(null),
    lasts: signal<ProgressStore["lasts"]>("stored"),
  };
}
