/** Surfaces as the grader names them: their names for people, and who holds them. */
import { said } from "../text/said.ts";
import type { Text } from "../text/text.ts";
import type { Evidence, Grade } from "../../worker/protocol.ts";

type Rows = readonly (readonly [id: string, name: string])[];

/** In the order of the map. */
export const SURFACE_GROUPS: readonly (readonly [name: string, rows: Rows])[] = [
  [
    said("On this machine"),
    [
      ["worktree", said("Working tree")],
      ["index", said("Index")],
      ["objects.reachable", said("Branch commits")],
      ["stash", said("Stash")],
      ["reflog", said("Reflog")],
      ["objects.unreachable", said("Unreachable objects")],
      ["tags", said("Tags")],
      ["notes", said("Notes")],
      ["shell.history", said("Shell history")],
      ["git.files", said("Other files of git")],
      ["disk", said("Rest of the disk")],
    ],
  ],
  [
    said("On the forge"),
    [
      ["remote", said("Remote repository")],
      ["pulls", said("Pull request refs")],
      ["forge.text", said("Issues and comments")],
      ["releases", said("Releases")],
      ["ci.logs", said("Logs of runs")],
      ["ci.summaries", said("Summaries of runs")],
      ["ci.artifacts", said("Artifacts")],
      ["ci.caches", said("Caches")],
      ["audit", said("Audit log")],
    ],
  ],
  [
    said("Elsewhere"),
    [
      ["mail", said("Mail")],
      ["chat", said("Chat")],
      ["status", said("Status page")],
      ["runner.disk", said("Disks of own runners")],
    ],
  ],
];

const NAMES: ReadonlyMap<string, string> = new Map(SURFACE_GROUPS.flatMap(([, rows]) => rows));

export function isNamedSurface(id: string): boolean {
  return NAMES.has(id);
}

/** In the language of the page: "Stash", "Fork of aya", "Machine of teo"; what nobody named, by its id. */
export function surfaceTitle(t: Text, id: string): string {
  const name = NAMES.get(id);
  if (name !== undefined) return t(name);
  const [kind, owner = ""] = id.split(":");
  if (kind === "fork") return t("Fork of {owner}", { owner });
  return kind === "clone" ? t("Machine of {owner}", { owner }) : id;
}

export function surfaceName(id: string): string {
  return NAMES.get(id) ?? id;
}

/** Evidence that is a copy of a credential; other evidence points at what is missing or broken. */
export function copiesIn(grade: Grade | null): readonly Evidence[] {
  const all = [...(grade?.checks ?? []), ...(grade?.diagnoses ?? [])].flatMap(({ evidence }) => evidence);
  return all.filter(({ by }) => by !== undefined);
}
