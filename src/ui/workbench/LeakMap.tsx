import { Fragment } from "preact";
import type { Evidence } from "../../worker/protocol.ts";
import { useBench, type Bench } from "./bench.ts";
import { Tag } from "./EvidenceLink.tsx";
import { Mark, type Found } from "./Mark.tsx";
import { BackToCheck, FullButton, Panel } from "./Panel.tsx";
import { placesText, surfaceGroups, type SurfaceRow } from "./surfaces.ts";
import { clockText } from "./timescale.ts";
import { UpperTitle } from "./UpperTitle.tsx";

const SPOKEN: Readonly<Record<Found, string>> = {
  both: "found by engine and trace",
  trace: "found by the trace",
  engine: "found by the engine",
};

function foundBy(places: readonly Evidence[]): Found | null {
  const kinds = new Set(places.flatMap(({ by }) => by ?? []));
  if (kinds.size === 0) return null;
  return kinds.size > 1 || kinds.has("both") ? "both" : ([...kinds][0] as Found);
}

function numberOf(bench: Bench, row: SurfaceRow): number | undefined {
  const all = bench.diagnoses.value.flatMap(({ evidence }) => evidence);
  return all.find(({ evidence }) => evidence.surface === row.id)?.number;
}

function Row({ row, searched }: { readonly row: SurfaceRow; readonly searched: boolean }) {
  const bench = useBench();
  const found = foundBy(row.places);
  const number = numberOf(bench, row);
  const shown = bench.shown.value?.evidence.surface === row.id && bench.shownIn.value === "map";
  const count = row.places.length;
  return (
    <tr data-found={found !== null} data-shown={shown} data-surface={row.id} tabIndex={-1}>
      <th scope="row">{row.name}</th>
      <td class="cell">
        {found && (
          <Mark found={found} label={`${SPOKEN[found]}, ${count} ${count === 1 ? "place" : "places"}`} />
        )}
        {!found &&
          (searched ? (
            <span aria-label="searched, no copy" role="img">
              –
            </span>
          ) : (
            <span aria-label="not searched yet" role="img">
              ·
            </span>
          ))}
      </td>
      <td class="place">
        <code>{placesText(row.places)}</code>
        {number !== undefined && <Tag number={number} />}
      </td>
    </tr>
  );
}

export function LeakMapTable() {
  const bench = useBench();
  const run = bench.session.checkRuns.value.at(-1);
  const groups = surfaceGroups(run?.grade ?? null, bench.page.surfaces);
  const surfaces = groups.flatMap(({ rows }) => rows).filter(({ places }) => places.length > 0).length;
  return (
    <table class="map-table">
      <caption class="sr-only">Where copies were found, by surface</caption>
      <colgroup>
        <col class="map-surface" />
        <col class="map-cell" />
        <col />
      </colgroup>
      <thead class="sr-only">
        <tr>
          <th scope="col">Surface</th>
          <th scope="col">Copies</th>
          <th scope="col">Places</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group, i) => (
          <Fragment key={group.name}>
            <tr class="group">
              <th scope="rowgroup" colSpan={i === 0 ? 1 : 3}>
                {group.name}
              </th>
              {i === 0 && (
                <td colSpan={2}>
                  {run
                    ? `copies in ${surfaces} ${surfaces === 1 ? "surface" : "surfaces"}`
                    : "not searched yet"}
                </td>
              )}
            </tr>
            {group.rows.map((row) => (
              <Row key={row.id} row={row} searched={run !== undefined} />
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

export function LeakMap() {
  const bench = useBench();
  const run = bench.session.checkRuns.value.at(-1);
  const groups = surfaceGroups(run?.grade ?? null, bench.page.surfaces);
  const since = run && clockText(run.atMs - bench.session.startMs.value);
  return (
    <Panel
      id="map"
      class="map"
      head={
        <>
          <UpperTitle id="map" />
          <span class="spring" />
          <BackToCheck panel="map" />
          {since ? (
            <span class="map-head">trace as of T+{since}</span>
          ) : (
            <span class="map-head">
              <Mark found="engine" /> engine <Mark found="trace" /> trace
            </span>
          )}
          <FullButton id="map" />
        </>
      }
    >
      <div class="scroll" data-focus tabIndex={0} role="group" aria-label="Leak map">
        <LeakMapTable />
        {!run ? (
          <p class="note">Copies are marked when checks run.</p>
        ) : (
          groups.length === 0 && <p class="note">The checks showed no copy.</p>
        )}
      </div>
    </Panel>
  );
}
