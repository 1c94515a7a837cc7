/** The places of one cell, and how a find that only the trace made is decoded. */
import { useEffect, useRef } from "preact/hooks";
import { useText } from "../text/context.ts";
import type { Evidence } from "../../worker/protocol.ts";
import { useBench } from "./bench.ts";
import { Breakable } from "./Breakable.tsx";
import { DecodeLadder } from "./DecodeLadder.tsx";
import { showEvidence } from "./evidence.ts";
import { Tag } from "./EvidenceLink.tsx";
import { Icon } from "./Icon.tsx";
import type { MapCell } from "./map-model.ts";

interface MapDetailsProps {
  readonly title: string;
  readonly cell: MapCell;
  readonly onClose: () => void;
}

export function MapDetails({ title, cell, onClose }: MapDetailsProps) {
  const t = useText();
  const section = useRef<HTMLElement>(null);
  const { width } = useBench();
  // In one long page what was asked for comes into view; beside the grid, which it shortens, the cell stays in view.
  useEffect(() => {
    const seen = width.value === "reading" ? section.current : document.activeElement;
    seen?.scrollIntoView({ block: "nearest" });
  }, [title]);
  const decoded = cell.places.find(
    ({ by, steps }) => by === "trace" && steps !== undefined && steps.length > 0,
  );
  return (
    <section class="map-details" aria-label={title} ref={section}>
      <div class="map-details-head">
        <h3>{title}</h3>
        <button type="button" class="icon-button" aria-label={t("Close the places")} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <ul>
        {cell.places.map((evidence) => (
          <PlaceRow key={evidence.at} evidence={evidence} />
        ))}
      </ul>
      {decoded && <DecodeLadder steps={decoded.steps ?? []} credential={cell.column} off={cell.off} />}
    </section>
  );
}

function PlaceRow({ evidence }: { readonly evidence: Evidence }) {
  const bench = useBench();
  const t = useText();
  const all = bench.diagnoses.value.flatMap((it) => it.evidence);
  const same = all.find((it) => it.evidence.surface === evidence.surface && it.evidence.at === evidence.at);
  return (
    <li>
      {same && <Tag number={same.number} />}
      <code>
        <Breakable text={evidence.at} />
      </code>
      <button
        type="button"
        class="link-button"
        aria-label={t("Show {place}", { place: evidence.at })}
        onClick={() => void showEvidence(bench, same ?? { number: 0, evidence })}
      >
        {t("Show")} <Icon name="chevronRight" />
      </button>
    </li>
  );
}
