/** The places of one cell, and how a find that only the trace made is decoded. */
import { useEffect, useRef } from "preact/hooks";
import { useText } from "../text/context.ts";
import type { Evidence } from "../../worker/protocol.ts";
import { useBench } from "./bench.ts";
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
  // It opens below the grid: what was asked for comes into view.
  useEffect(() => section.current?.scrollIntoView({ block: "nearest" }), [title]);
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
      <code>{evidence.at}</code>
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
