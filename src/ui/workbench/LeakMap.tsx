/**
 * Where each credential lies: a grid of surfaces and credentials. With one credential the places stand beside the marks;
 * with several a cell opens what it holds below the grid.
 */
import { signal } from "@preact/signals";
import { Fragment } from "preact";
import { useMemo, useRef } from "preact/hooks";
import { useText } from "../text/context.ts";
import { said } from "../text/said.ts";
import type { Text } from "../text/text.ts";
import { useBench, type Bench, type Numbered } from "./bench.ts";
import { Breakable } from "./Breakable.tsx";
import { showEvidence } from "./evidence.ts";
import { Tag } from "./EvidenceLink.tsx";
import { MapDetails } from "./MapDetails.tsx";
import { MapMark } from "./MapMark.tsx";
import { leakMap, OTHER, type LeakMapModel, type MapCell, type MapColumn, type MapRow } from "./map-model.ts";
import { MapKey } from "./MapKey.tsx";
import { BackToCheck, FullButton, Panel } from "./Panel.tsx";
import { surfaceTitle } from "./surfaces.ts";
import { clockText } from "./timescale.ts";
import { UpperTitle } from "./UpperTitle.tsx";

/** What assistive technology hears of a cell. */
const SPOKEN: Readonly<Record<MapCell["state"], string>> = {
  both: said("found by engine and trace"),
  trace: said("found by the trace only"),
  engine: said("found by the engine only"),
  none: said("searched, no copy"),
  unshown: said("no copy shown"),
  unsearched: said("not searched yet"),
  away: said("out of reach"),
};

export function columnName(t: Text, { id }: Pick<MapColumn, "id">): string {
  return id === OTHER ? t("other findings") : id;
}

export function rowName(t: Text, { id, holder }: Pick<MapRow, "id" | "holder">): string {
  return holder ?? surfaceTitle(t, id);
}

function spoken(t: Text, row: MapRow, cell: MapCell): string {
  const value = cell.off ? `, ${t("the value is off")}` : "";
  const places = cell.places.length === 0 ? "" : `, ${t.many(cell.places.length, "{n} place", "{n} places")}`;
  const name = columnName(t, { id: cell.column });
  return `${name}, ${rowName(t, row)}: ${t(SPOKEN[cell.state])}${value}${places}`;
}

export function useLeakMap(): LeakMapModel {
  const { page, session, feedback } = useBench();
  const run = session.checkRuns.value.at(-1);
  const keys = session.view.value?.keys ?? [];
  const taken = feedback.aftermath.value?.taken;
  return leakMap({ page, grade: run?.grade ?? null, atMs: run?.atMs ?? 0, keys, ...(taken && { taken }) });
}

/** The number that a diagnosis gave to something in this cell. */
function numberOf(bench: Bench, surface: string, cell: MapCell): number | undefined {
  const all = bench.diagnoses.value.flatMap(({ evidence }) => evidence);
  return all.find(
    ({ evidence }) => evidence.surface === surface && cell.places.some(({ at }) => at === evidence.at),
  )?.number;
}

/** Evidence that no diagnosis numbered is shown without a number. */
export function numbered(bench: Bench, evidence: Numbered["evidence"]): Numbered {
  const all = bench.diagnoses.value.flatMap((it) => it.evidence);
  const same = all.find((it) => it.evidence.surface === evidence.surface && it.evidence.at === evidence.at);
  return same ?? { number: 0, evidence };
}

/** The cell that arrow keys stand on, and the one whose places are shown. */
interface Place {
  readonly row: string;
  readonly column: string;
}

const samePlace = (one: Place | null, row: MapRow, cell: MapCell) =>
  one?.row === row.id && one.column === cell.column;

interface GridState {
  readonly at: { value: Place | null };
  readonly open: { value: Place | null };
}

interface CellProps {
  readonly row: MapRow;
  readonly cell: MapCell;
  readonly state: GridState;
  readonly first: boolean;
}

function Cell({ row, cell, state, first }: CellProps) {
  const bench = useBench();
  const t = useText();
  const number = numberOf(bench, row.id, cell);
  const here = state.at.value ? samePlace(state.at.value, row, cell) : first;
  const open = samePlace(state.open.value, row, cell);
  const label = spoken(t, row, cell) + (number === undefined ? "" : `, ${t("evidence {n}", { n: number })}`);
  const place = { row: row.id, column: cell.column };
  const press = () => {
    state.at.value = place;
    if (cell.places.length > 0) state.open.value = open ? null : place;
  };
  return (
    <td
      class="cell"
      data-cell={`${row.id} ${cell.column}`}
      data-evidence={number !== undefined}
      data-open={open}
      data-places={cell.places.length > 0}
      tabIndex={here ? 0 : -1}
      aria-label={label}
      aria-selected={open}
      onClick={press}
      onFocus={() => (state.at.value = place)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        press();
      }}
    >
      <MapMark cell={cell} />
      {number !== undefined && <Tag number={number} />}
    </td>
  );
}

/** Of the only credential: the first place, and how many more there are. */
function Places({ row, state }: { readonly row: MapRow; readonly state: GridState }) {
  const bench = useBench();
  const t = useText();
  const [cell] = row.cells;
  const first = cell?.places[0];
  if (!cell || !first) return <td class="place" />;
  const more = cell.places.length - 1;
  const open = samePlace(state.open.value, row, cell);
  return (
    <td class="place">
      <button
        type="button"
        class="place-button"
        aria-label={t("Show {place}", { place: first.at })}
        onClick={() => void showEvidence(bench, numbered(bench, first))}
      >
        <code>
          <Breakable text={first.at} />
        </code>
      </button>
      {more > 0 && (
        <button
          type="button"
          class="link-button more"
          aria-expanded={open}
          onClick={() => (state.open.value = open ? null : { row: row.id, column: cell.column })}
        >
          {t("and {n} more", { n: more })}
        </button>
      )}
    </td>
  );
}

function State({ works }: { readonly works: boolean | null }) {
  const t = useText();
  if (works === null) return null;
  return (
    <span class="column-state" data-works={works}>
      <i aria-hidden="true" /> {works ? t("live") : t("off")}
    </span>
  );
}

/** "stagingDb, live, in 3 surfaces" */
function Summary({ map }: { readonly map: LeakMapModel }) {
  const t = useText();
  const [column] = map.columns;
  if (!map.searched) return <>{t("not searched yet")}</>;
  if (map.surfaces === 0) return <>{t("no copy shown")}</>;
  const places = t.many(map.surfaces, "in {n} surface", "in {n} surfaces");
  if (!column || column.id === OTHER) return <>{t("copies {places}", { places })}</>;
  return (
    <>
      <code data-works={column.works}>{column.id}</code>
      {column.works !== null && `, ${column.works ? t("live") : t("off")}`}, {places}
    </>
  );
}

function Head({ map }: { readonly map: LeakMapModel }) {
  const t = useText();
  const single = map.columns.length === 1;
  return (
    <thead class={single ? "sr-only" : undefined}>
      <tr>
        <th scope="col">
          <span class="sr-only">{t("Surface")}</span>
        </th>
        {map.columns.map((column) => (
          <th scope="col" class="credential" key={column.id}>
            <span class="credential-name">
              <Breakable text={columnName(t, column)} />
            </span>
            <State works={column.works} />
          </th>
        ))}
        {single && <th scope="col">{t("Places")}</th>}
      </tr>
    </thead>
  );
}

const STEPS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Arrow keys go from cell to cell; Tab leaves the grid. */
function moveIn(table: HTMLTableElement, event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const cell = (event.target as HTMLElement).closest<HTMLElement>("td.cell");
  if (!step || !cell) return;
  event.preventDefault();
  const rows = [...table.querySelectorAll("tr[data-surface]")].map((row) => [
    ...row.querySelectorAll<HTMLElement>("td.cell"),
  ]);
  const y = rows.findIndex((row) => row.includes(cell));
  const x = rows[y]?.indexOf(cell) ?? 0;
  rows[y + step[0]]?.[x + step[1]]?.focus();
}

interface TableProps {
  readonly map: LeakMapModel;
  readonly state: GridState;
}

function Rows({ map, state }: TableProps) {
  const { shown, shownIn } = useBench();
  const t = useText();
  const single = map.columns.length === 1;
  const first = map.groups[0]?.rows[0];
  return (
    <>
      {map.groups.map((group, i) => (
        <Fragment key={group.name}>
          <tr class="group">
            <th scope="rowgroup" colSpan={single && i === 0 ? 1 : map.columns.length + (single ? 2 : 1)}>
              {t(group.name)}
            </th>
            {single && i === 0 && (
              <td colSpan={2}>
                <Summary map={map} />
              </td>
            )}
          </tr>
          {group.rows.map((row) => (
            <tr
              key={row.id}
              data-surface={row.id}
              data-found={row.cells.some(({ places }) => places.length > 0)}
              data-shown={shown.value?.evidence.surface === row.id && shownIn.value === "map"}
              tabIndex={-1}
            >
              <th scope="row">{rowName(t, row)}</th>
              {row.cells.map((cell, x) => (
                <Cell key={cell.column} {...{ row, cell, state }} first={row === first && x === 0} />
              ))}
              {single && <Places row={row} state={state} />}
            </tr>
          ))}
        </Fragment>
      ))}
    </>
  );
}

function Table({ map, state }: TableProps) {
  const t = useText();
  const ref = useRef<HTMLTableElement>(null);
  const single = map.columns.length === 1;
  return (
    <table
      class="map-table"
      data-single={single}
      role="grid"
      ref={ref}
      aria-label={t("Where copies were found, by surface")}
      onKeyDown={(event) => ref.current && moveIn(ref.current, event)}
    >
      <colgroup>
        <col class="map-surface" />
        {map.columns.map(({ id }) => (
          <col class="map-cell" key={id} />
        ))}
        {single && <col />}
      </colgroup>
      <Head map={map} />
      <tbody>
        <Rows map={map} state={state} />
      </tbody>
    </table>
  );
}

/** How much there is to wait for: copies of what opens nothing can. */
function Notes({ map }: { readonly map: LeakMapModel }) {
  const t = useText();
  const cells = map.groups.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
  const off = cells.filter((cell) => cell.off).reduce((sum, { places }) => sum + places.length, 0);
  const live = cells.filter((cell) => !cell.off).reduce((sum, { places }) => sum + places.length, 0);
  if (!map.searched) return <p class="note">{t("Copies are marked when checks run.")}</p>;
  if (live + off === 0) {
    const searched = cells.some(({ state }) => state === "none");
    return (
      <p class="note">
        {searched ? t("The checks showed no copy.") : t("These checks do not show where copies lie.")}
      </p>
    );
  }
  if (live > 0) return null;
  return (
    <p class="note">
      {t.many(
        off,
        "{n} copy of a value that opens nothing. It can wait.",
        "{n} copies of values that open nothing. They can wait.",
      )}
    </p>
  );
}

function AsOf() {
  const { session } = useBench();
  const t = useText();
  const run = session.checkRuns.value.at(-1);
  if (!run) return null;
  return (
    <span class="map-head">
      {t("trace as of T+{time}", { time: clockText(run.atMs - session.startMs.value) })}
    </span>
  );
}

export function LeakMap() {
  const t = useText();
  const map = useLeakMap();
  const state = useMemo<GridState>(
    () => ({ at: signal<Place | null>(null), open: signal<Place | null>(null) }),
    [],
  );
  const open = state.open.value;
  const row = map.groups.flatMap(({ rows }) => rows).find(({ id }) => id === open?.row);
  const cell = row?.cells.find(({ column }) => column === open?.column);
  return (
    <Panel
      id="map"
      class="map"
      head={
        <>
          <UpperTitle id="map" />
          <span class="spring" />
          <BackToCheck panel="map" />
          <AsOf />
          <MapKey />
          <FullButton id="map" />
        </>
      }
    >
      <div class="scroll" data-focus tabIndex={0} role="group" aria-label={t("Leak map")}>
        <Table map={map} state={state} />
        <Notes map={map} />
      </div>
      {row && cell && cell.places.length > 0 && (
        <MapDetails
          title={t("{credential}, {surface}", {
            credential: columnName(t, { id: cell.column }),
            surface: rowName(t, row),
          })}
          cell={cell}
          onClose={() => (state.open.value = null)}
        />
      )}
    </Panel>
  );
}
