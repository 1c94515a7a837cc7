/** Notes of objects: https://git-scm.com/docs/git-notes */
import { toUtf8 } from "../../../../base/bytes.ts";
import type { GitCall } from "../call.ts";
import { compareText, readCommit, readObject, treeFiles } from "./objects.ts";
import { resolveRef } from "./refs.ts";
import type { Repository } from "./repository.ts";

export interface Note {
  /** The object that is annotated. */
  readonly object: string;
  /** The blob of the note. */
  readonly blob: string;
}

/** The reference that notes commands work on, in full. */
export function notesRef(call: Pick<GitCall, "env">, repo: Repository, given?: string): string {
  const name =
    given ?? call.env.get("GIT_NOTES_REF") ?? repo.config.get("core.notesRef") ?? "refs/notes/commits";
  return expandNotesRef(name);
}

export function expandNotesRef(name: string): string {
  if (name.startsWith("refs/notes/")) return name;
  return name.startsWith("notes/") ? `refs/${name}` : `refs/notes/${name}`;
}

/** Sorted by the annotated object; fan-out directories are joined. */
export async function readNotes(repo: Repository, ref: string): Promise<Note[]> {
  const at = await resolveRef(repo, ref);
  const commit = at && (await readCommit(repo, at.id));
  if (!commit) return [];
  const notes: Note[] = [];
  for await (const file of treeFiles(repo, commit.tree)) {
    const object = file.path.replaceAll("/", "");
    if (/^[0-9a-f]{40}$/.test(object)) notes.push({ object, blob: file.id });
  }
  return notes.sort((a, b) => compareText(a.object, b.object));
}

export type NotesOf = (id: string) => Promise<{ readonly header: string; readonly text: string }[]>;

/** Shows the notes of some references below commits. */
export async function notesDisplay(
  repo: Repository,
  refs: readonly string[],
  defaultRef: string,
): Promise<NotesOf> {
  const all = await Promise.all(
    refs.map(async (ref) => ({
      ref,
      notes: new Map((await readNotes(repo, ref)).map((note) => [note.object, note.blob])),
    })),
  );
  return async (id) => {
    const found: { header: string; text: string }[] = [];
    for (const { ref, notes } of all) {
      const blob = notes.get(id);
      const raw = blob === undefined ? null : await readObject(repo, blob);
      if (raw && raw.content.length > 0)
        found.push({
          header:
            ref === defaultRef && ref === "refs/notes/commits"
              ? "Notes:"
              : `Notes (${ref.replace(/^refs\/notes\//, "")}):`,
          text: toUtf8(raw.content),
        });
    }
    return found;
  };
}
