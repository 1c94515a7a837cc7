/** What a cell of the leak map shows; the cell says it in words. */
import { Hatch, Mark } from "./Mark.tsx";
import type { MapCell } from "./map-model.ts";

export function MapMark({ cell: { state, off } }: { readonly cell: Pick<MapCell, "state" | "off"> }) {
  if (state === "away") return <Hatch />;
  if (state === "unsearched") return <span aria-hidden="true">·</span>;
  if (state === "none") return <span aria-hidden="true">–</span>;
  // Nobody says that this was searched.
  if (state === "unshown") return <span />;
  return <Mark found={state} off={off} />;
}
