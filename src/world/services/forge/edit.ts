/**
 * What a text once said. The forge keeps every version of an edited text, and shows them to everybody who can read it.
 * https://docs.github.com/en/communities/moderating-comments-and-conversations/tracking-changes-in-a-comment
 */
export interface Edit {
  /** From 1 within its text; the first is the text as it was written. */
  readonly number: number;
  readonly by: string;
  readonly atMs: number;
  /** What it said from then on. Null where somebody deleted this version from the history. */
  readonly text: string | null;
  readonly deletedBy: string | null;
}

/** Something with a text that somebody wrote and may edit. */
export interface Written {
  readonly author: string;
  readonly body: string | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** Empty where it was never edited. */
  readonly edits: readonly Edit[];
}

/** The fields of a text that now says something else. */
export function edited(
  it: Written,
  body: string | null,
  by: string,
  atMs: number,
): Pick<Written, "body" | "updatedAtMs" | "edits"> {
  if (body === it.body) return { body, updatedAtMs: atMs, edits: it.edits };
  const before: readonly Edit[] =
    it.edits.length > 0
      ? it.edits
      : [{ number: 1, by: it.author, atMs: it.createdAtMs, text: it.body ?? "", deletedBy: null }];
  const edit: Edit = { number: before.length + 1, by, atMs, text: body ?? "", deletedBy: null };
  return { body, updatedAtMs: atMs, edits: [...before, edit] };
}

/** The history without what one version said; the current text is no history and stays. Null where there is no such version. */
export function withoutEdit(it: Written, number: number, by: string): readonly Edit[] | null {
  const known = it.edits.some((edit) => edit.number === number && edit.text !== null);
  if (!known || number === it.edits.length) return null;
  return it.edits.map((edit) => (edit.number === number ? { ...edit, text: null, deletedBy: by } : edit));
}
