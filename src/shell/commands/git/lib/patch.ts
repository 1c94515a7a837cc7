/** A changed file as patch text: https://git-scm.com/docs/git-diff#generate_patch_text_with_p */
import type { GitContext } from "just-git";
import { absent, type Change, contentOf, idOf, type Side } from "./change.ts";
import { type Hunk, hunkHeader, type HunkOptions, hunks } from "./hunks.ts";
import { isBinary } from "./lines.ts";
import { abbreviate, modeText, ZERO_ID } from "./objects.ts";
import { quotePath, quotePrefixed } from "./quotePath.ts";

export interface PatchOptions extends HunkOptions {
  /** Full ids on the index line. */
  readonly fullIndex?: boolean;
  /** Digits of ids; 7 unless told. */
  readonly abbrev?: number;
  /** Treat binary content as text (-a). */
  readonly text?: boolean;
  /** "a/" and "b/" unless told. */
  readonly prefixes?: readonly [string, string];
}

/** The hunks of a change; null where either side is binary. */
export async function changeHunks(
  repo: GitContext,
  change: Change,
  options: PatchOptions = {},
): Promise<Hunk[] | null> {
  const [a, b] = await Promise.all([contentOf(repo, change.old), contentOf(repo, change.new)]);
  if (!options.text && (isBinary(a) || isBinary(b))) return null;
  return hunks(a, b, options);
}

/** The patch of one changed file as a byte string; "" where the options hide every difference. */
export async function patchText(
  repo: GitContext,
  change: Change,
  options: PatchOptions = {},
): Promise<string> {
  if (change.status === "U") return `* Unmerged path ${quotePath(change.new.path)}\n`;
  if (change.status === "T") {
    const gone: Change = { status: "D", old: change.old, new: absent(change.old.path) };
    const born: Change = { status: "A", old: absent(change.new.path), new: change.new };
    return (await patchText(repo, gone, options)) + (await patchText(repo, born, options));
  }
  const ids: Ids = [await idOf(repo, change.old), await idOf(repo, change.new)];
  const head = await headerLines(repo, change, ids, options);
  if (ids[0] === ids[1] && change.old.mode !== 0 && change.new.mode !== 0) return lines(head);
  const found = await changeHunks(repo, change, options);
  if (found === null)
    return lines([
      ...head,
      `Binary files ${sideName(change, 0, options)} and ${sideName(change, 1, options)} differ`,
    ]);
  if (found.length === 0) return hidden(change) ? "" : lines(head);
  return lines([
    ...head,
    ...fileLines(change, options),
    ...found.flatMap((hunk) => [hunkHeader(hunk), ...hunk.lines]),
  ]);
}

type Ids = readonly [string, string];

/** Only white space differs and nothing else is worth a header. */
function hidden(change: Change): boolean {
  return change.status === "M" && change.old.mode === change.new.mode;
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join("");
}

async function headerLines(
  repo: GitContext,
  change: Change,
  ids: Ids,
  options: PatchOptions,
): Promise<string[]> {
  const [a, b] = options.prefixes ?? ["a/", "b/"];
  const { old: before, new: after } = change;
  const names = [
    before.mode === 0 ? after.path : before.path,
    after.mode === 0 ? before.path : after.path,
  ] as const;
  const out = [`diff --git ${quotePrefixed(a, names[0])} ${quotePrefixed(b, names[1])}`];
  if (before.mode === 0) out.push(`new file mode ${modeText(after.mode)}`);
  else if (after.mode === 0) out.push(`deleted file mode ${modeText(before.mode)}`);
  else if (before.mode !== after.mode)
    out.push(`old mode ${modeText(before.mode)}`, `new mode ${modeText(after.mode)}`);
  if (change.status === "R" || change.status === "C") {
    const verb = change.status === "R" ? "rename" : "copy";
    out.push(`similarity index ${change.score ?? 0}%`);
    out.push(`${verb} from ${quotePath(before.path)}`, `${verb} to ${quotePath(after.path)}`);
  }
  if (ids[0] !== ids[1]) {
    const mode = before.mode === after.mode ? ` ${modeText(after.mode)}` : "";
    out.push(`index ${await shortId(repo, ids[0], options)}..${await shortId(repo, ids[1], options)}${mode}`);
  }
  return out;
}

export async function shortId(
  repo: GitContext,
  id: string,
  options: { fullIndex?: boolean; abbrev?: number },
): Promise<string> {
  if (options.fullIndex) return id;
  const digits = options.abbrev ?? 7;
  return id === ZERO_ID ? id.slice(0, digits) : abbreviate(repo, id, digits);
}

function sideName(change: Change, which: 0 | 1, options: PatchOptions): string {
  const side: Side = which === 0 ? change.old : change.new;
  return side.mode === 0 ? "/dev/null" : quotePrefixed((options.prefixes ?? ["a/", "b/"])[which], side.path);
}

/** A tab ends a name with spaces, so that patch(1) finds its end. */
function fileLines(change: Change, options: PatchOptions): string[] {
  const line = (mark: string, name: string) => `${mark} ${name}${name.includes(" ") ? "\t" : ""}`;
  return [line("---", sideName(change, 0, options)), line("+++", sideName(change, 1, options))];
}
