/** What a cell of the leak map shows; the cell says it in words. */
import { Hatch, Mark } from "./Mark.tsx";
import type { MapCell } from "./map-model.ts";

export function MapMark({ cell: { state, off } }: { readonly cell: Pick<MapCell, "state" | "off"> }) {
  if (state === "away") return <Hatch />;
  if (state === "unsearched") return <span aria-hidden="true">·</span>;
  if (state === "none" || state === "unshown") return <span aria-hidden="true">–</span>;
  return <Mark found={state} off={off} />;
}
