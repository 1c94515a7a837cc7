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
  [
    "On the forge",
    [
      ["remote", "Remote repository"],
      ["pulls", "Pull request refs"],
      ["forge.text", "Issues and comments"],
      ["releases", "Releases"],
      ["ci.logs", "Logs of runs"],
      ["ci.summaries", "Summaries of runs"],
      ["ci.artifacts", "Artifacts"],
      ["ci.caches", "Caches"],
      ["audit", "Audit log"],
    ],
  ],
  [
    "Elsewhere",
    [
      ["mail", "Mail"],
      ["runner.disk", "Disks of own runners"],
    ],
  ],
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

/** "fork:aya" → "Fork of aya"; others under their own name. */
function titleOf(id: string): string {
  const [kind, owner] = id.split(":");
  if (kind === "fork") return `Fork of ${owner}`;
  return kind === "clone" ? `Machine of ${owner}` : id;
}

/** The surfaces that a lab's checks search, and whatever else a copy was found on. */
export function surfaceGroups(grade: Grade | null, searched: readonly string[]): readonly SurfaceGroup[] {
  const wanted = new Set([...searched, ...copiesIn(grade).map(({ surface }) => surface)]);
  const known = new Set(GROUPS.flatMap(([, rows]) => rows.map(([id]) => id)));
  const others = [...wanted].filter((id) => !known.has(id)).map((id) => [id, titleOf(id)] as const);
  return GROUPS.map(([name, rows]) => [name, name === "Elsewhere" ? [...rows, ...others] : rows] as const)
    .map(([name, rows]) => ({
      name,
      rows: rows
        .filter(([id]) => wanted.has(id))
        .map(([id, title]) => ({ id, name: title, places: grade ? placesOf(grade, id) : [] })),
    }))
    .filter(({ rows }) => rows.length > 0);
}

/** "8e1f04c .env:3 and 2 more" */
export function placesText(places: readonly Evidence[]): string {
  const first = places[0];
  if (!first) return "";
  return places.length === 1 ? first.at : `${first.at} and ${places.length - 1} more`;
}
