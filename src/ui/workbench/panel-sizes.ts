/** How wide and high the panels are, kept per lab in the browser. Pixels, except shares of a column (0–1). */

export interface PanelSizes {
  readonly left: number;
  readonly right: number;
  /** Share of the left column that the brief takes; of the middle the upper panel; of the right the graph. */
  readonly brief: number;
  readonly upper: number;
  readonly graph: number;
  readonly tree: number;
}

export const DEFAULT_SIZES: PanelSizes = {
  left: 328,
  right: 420,
  brief: 0.46,
  upper: 0.44,
  graph: 0.63,
  tree: 168,
};
/** A pipeline wants height; its terminal is a few lines. */
export function sizesOf(layout: string): PanelSizes {
  return layout === "pipeline" ? { ...DEFAULT_SIZES, upper: 0.7 } : DEFAULT_SIZES;
}

export const COMPACT_SIZES: Pick<PanelSizes, "left" | "right"> = { left: 304, right: 376 };
export const MIN = { width: 260, height: 120 } as const;

const KEY = "leaklab/panels/";

export function readSizes(lab: string): Partial<PanelSizes> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY + lab) ?? "{}");
    if (typeof stored !== "object" || stored === null) return {};
    const numbers = Object.entries(stored).filter(
      ([key, value]) =>
        key in DEFAULT_SIZES && typeof value === "number" && Number.isFinite(value) && value > 0,
    );
    return Object.fromEntries(numbers) as Partial<PanelSizes>;
  } catch {
    return {};
  }
}

export function keepSizes(lab: string, sizes: PanelSizes): void {
  try {
    localStorage.setItem(KEY + lab, JSON.stringify(sizes));
  } catch {
    // Without storage the panels start as designed next time.
  }
}
