/**
 * The leak map as data: which credential lies on which surface, as far as the checks have shown. Before checks have run
 * nothing is marked, and what a check withholds never comes here: the grade does not carry it.
 */
import type { Aftermath, Evidence, Grade, KeyView, LabPage } from "../../worker/protocol.ts";
import { copiesIn, isNamedSurface, SURFACE_GROUPS } from "./surfaces.ts";

/** `none`: searched, no copy. `unshown`: the checks showed none. `unsearched`: not yet. `away`: nobody can search it. */
export type CellState = "both" | "trace" | "engine" | "none" | "unshown" | "unsearched" | "away";

export interface MapCell {
  readonly column: string;
  readonly state: CellState;
  /** The value opens nothing any more. */
  readonly off: boolean;
  /** Each place once, in the order of the checks. */
  readonly places: readonly Evidence[];
}

/** Findings that are no planted value, and copies of what was made on the way. */
export const OTHER = "other";

export interface MapColumn {
  readonly id: string;
  /** Null: nobody asked yet, or there is no telling. */
  readonly works: boolean | null;
}

export interface MapRow {
  readonly id: string;
  /** Whose place it is, where it is an attacker's. */
  readonly holder: string | null;
  readonly cells: readonly MapCell[];
}

export interface MapGroup {
  readonly name: string;
  readonly rows: readonly MapRow[];
}

export interface LeakMapModel {
  readonly columns: readonly MapColumn[];
  readonly groups: readonly MapGroup[];
  /** Surfaces with at least one copy. */
  readonly surfaces: number;
  readonly searched: boolean;
}

export interface MapFacts {
  readonly page: Pick<LabPage, "planted" | "traced" | "surfaces" | "services">;
  readonly grade: Grade | null;
  /** When the checks ran. */
  readonly atMs: number;
  readonly keys: readonly KeyView[];
  /** After passing: who took a copy away. */
  readonly taken?: Aftermath["taken"];
}

/** Where a lab's checks name no surface: what every lab with these services has. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  "": ["worktree", "index", "objects.reachable", "stash", "reflog", "objects.unreachable"],
  forge: ["remote", "pulls", "forge.text"],
  pipeline: ["ci.logs", "ci.summaries", "ci.artifacts", "ci.caches"],
  mail: ["mail"],
  chat: ["chat"],
};

export function leakMap(facts: MapFacts): LeakMapModel {
  const { page, grade, taken = [] } = facts;
  const copies = copiesIn(grade);
  const columns = columnsOf(facts, copies);
  const own = copies.map((copy) => ({ copy, column: columnOf(copy, page.planted, columns) }));
  const rowOf = (id: string): MapRow => ({
    id,
    holder: null,
    cells: columns.map((column) => cellOf(facts, id, column, own)),
  });
  const groups = groupsOf(surfacesOf(page, copies)).map(({ name, ids }) => ({ name, rows: ids.map(rowOf) }));
  const holders = holdersOf(taken, columns);
  const all = holders.length === 0 ? groups : withElsewhere(groups, holders);
  return {
    columns,
    groups: all.filter(({ rows }) => rows.length > 0),
    surfaces: new Set(copies.map(({ surface }) => surface)).size,
    searched: grade !== null,
  };
}

/** Whether a credential worked at a moment; null where nothing is known of it. */
export function worksAt(keys: readonly KeyView[], id: string, atMs: number): boolean | null {
  const key = keys.find((it) => it.id === id);
  if (!key) return null;
  return key.worked.some(({ fromMs, toMs }) => fromMs <= atMs && (toMs === null || toMs > atMs));
}

/** What open checks search for by name, and what evidence names; in the order of the lab. */
function columnsOf({ page, grade, keys, atMs }: MapFacts, copies: readonly Evidence[]): MapColumn[] {
  const named = new Set([
    ...page.traced.map(({ credential }) => credential),
    ...copies.flatMap(({ credential }) => credential ?? []),
  ]);
  const planted = page.planted.filter((id) => named.has(id));
  const columns = planted.map((id) => ({ id, works: grade ? worksAt(keys, id, atMs) : null }));
  const rest = copies.some((copy) => columnOf(copy, page.planted, columns) === OTHER);
  return rest || columns.length === 0 ? [...columns, { id: OTHER, works: null }] : columns;
}

/** A copy that does not say of what it is belongs to the only credential that there is. */
function columnOf(
  { credential }: Evidence,
  planted: readonly string[],
  columns: readonly MapColumn[],
): string {
  const known = columns.filter(({ id }) => id !== OTHER);
  if (credential === undefined) return known.length === 1 ? (known[0]?.id ?? OTHER) : OTHER;
  return planted.includes(credential) ? credential : OTHER;
}

interface Owned {
  readonly copy: Evidence;
  readonly column: string;
}

function cellOf(
  { page, grade }: MapFacts,
  surface: string,
  { id, works }: MapColumn,
  own: readonly Owned[],
): MapCell {
  const here = own.filter(({ copy, column }) => copy.surface === surface && column === id);
  const places = [...new Map(here.map(({ copy }) => [copy.at, copy])).values()];
  const traced = page.traced.some(
    ({ credential, surfaces }) => credential === id && surfaces.includes(surface),
  );
  const empty = grade === null ? "unsearched" : traced ? "none" : "unshown";
  return { column: id, state: foundBy(places) ?? empty, off: works === false, places };
}

function foundBy(places: readonly Evidence[]): "both" | "trace" | "engine" | null {
  const kinds = new Set(places.flatMap(({ by }) => by ?? []));
  if (kinds.size === 0) return null;
  return kinds.size > 1 || kinds.has("both") ? "both" : ([...kinds][0] ?? null);
}

function surfacesOf(
  { surfaces, services }: MapFacts["page"],
  copies: readonly Evidence[],
): ReadonlySet<string> {
  const usual = ["", ...services].flatMap((service) => USUAL[service] ?? []);
  return new Set([...(surfaces.length > 0 ? surfaces : usual), ...copies.map(({ surface }) => surface)]);
}

const ELSEWHERE = SURFACE_GROUPS.at(-1)?.[0] ?? "";

function groupsOf(wanted: ReadonlySet<string>): { name: string; ids: string[] }[] {
  const others = [...wanted].filter((id) => !isNamedSurface(id));
  return SURFACE_GROUPS.map(([name, rows]) => ({
    name,
    ids: [...rows.flatMap(([id]) => (wanted.has(id) ? id : [])), ...(name === ELSEWHERE ? others : [])],
  }));
}

function holdersOf(taken: NonNullable<MapFacts["taken"]>, columns: readonly MapColumn[]): MapRow[] {
  return [...new Set(taken.map(({ who }) => who))].map((who) => ({
    id: `taken:${who}`,
    holder: who,
    cells: columns.map(({ id, works }) => ({
      column: id,
      state: taken.some((it) => it.who === who && it.credential === id) ? "away" : "unshown",
      off: works === false,
      places: [],
    })),
  }));
}

function withElsewhere(groups: readonly MapGroup[], holders: readonly MapRow[]): MapGroup[] {
  return groups.map((group) =>
    group.name === ELSEWHERE ? { ...group, rows: [...group.rows, ...holders] } : group,
  );
}
