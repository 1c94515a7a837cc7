/** The rows of the leak map: surfaces as the grader names them, grouped by who holds them. */
import type { Evidence, Grade } from "../../worker/protocol.ts";

export interface SurfaceRow {
  readonly id: string;
  readonly name: string;
  /** Each place once, in the order of the checks. */
  readonly places: readonly Evidence[];
}

export interface SurfaceGroup {
  readonly name: string;
  readonly rows: readonly SurfaceRow[];
}

const GROUPS: readonly (readonly [string, readonly (readonly [id: string, name: string])[]])[] = [
  [
    "On this machine",
    [
      ["worktree", "Working tree"],
      ["index", "Index"],
      ["objects.reachable", "Branch commits"],
      ["stash", "Stash"],
      ["reflog", "Reflog"],
      ["objects.unreachable", "Unreachable objects"],
      ["tags", "Tags"],
      ["notes", "Notes"],
      ["shell.history", "Shell history"],
      ["git.files", "Other files of git"],
      ["disk", "Rest of the disk"],
    ],
  ],
  ["On the forge", [["remote", "Remote repository"]]],
];

export function surfaceName(id: string): string {
  return GROUPS.flatMap(([, rows]) => rows).find(([known]) => known === id)?.[1] ?? id;
}

/** Evidence that is a copy of a credential; other evidence points at what is missing or broken. */
export function copiesIn(grade: Grade | null): readonly Evidence[] {
  const all = [...(grade?.checks ?? []), ...(grade?.diagnoses ?? [])].flatMap(({ evidence }) => evidence);
  return all.filter(({ by }) => by !== undefined);
}

function placesOf(grade: Grade, id: string): readonly Evidence[] {
  const places = new Map(
    copiesIn(grade).flatMap((item) => (item.surface === id ? [[item.at, item] as const] : [])),
  );
  return [...places.values()];
}

/** A surface that the table does not know gets a row of its own, under its own name. */
export function surfaceGroups(grade: Grade | null): readonly SurfaceGroup[] {
  const known = new Set(GROUPS.flatMap(([, rows]) => rows.map(([id]) => id)));
  const seen = copiesIn(grade).map(({ surface }) => surface);
  const others = [...new Set(seen.filter((id) => !known.has(id)))].map((id) => [id, id] as const);
  const groups = others.length > 0 ? [...GROUPS, ["Elsewhere", others] as const] : GROUPS;
  return groups.map(([name, rows]) => ({
    name,
    rows: rows.map(([id, title]) => ({ id, name: title, places: grade ? placesOf(grade, id) : [] })),
  }));
}

/** "8e1f04c .env:3 and 2 more" */
export function placesText(places: readonly Evidence[]): string {
  const first = places[0];
  if (!first) return "";
  return places.length === 1 ? first.at : `${first.at} and ${places.length - 1} more`;
}
