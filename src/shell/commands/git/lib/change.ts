/** One changed file of a comparison: the pairs that every diff format is made from. */
import type { GitContext } from "just-git";
import { fromUtf8, toLatin1 } from "../../../../base/bytes.ts";
import { GITLINK_MODE, hashObject, LINK_MODE, readObject } from "./objects.ts";

export type Status = "A" | "C" | "D" | "M" | "R" | "T" | "U";

/** One side of a pair. An absent file has mode 0. */
export interface Side {
  readonly path: string;
  readonly mode: number;
  /** Null where the content is in the working tree and was not hashed. */
  readonly id: string | null;
  /** Absolute path of the file, where the working tree holds the content. */
  readonly file?: string;
}

export interface Change {
  readonly status: Status;
  readonly old: Side;
  readonly new: Side;
  /** Similarity of a rename or copy, 0–100. */
  readonly score?: number;
}

export function absent(path: string): Side {
  return { path, mode: 0, id: null };
}

const KIND = 0o170000;

/** The status that two sides of one path make; null where they are equal. */
export function changeOf(before: Side, after: Side): Change | null {
  if (before.mode === 0 && after.mode === 0) return null;
  if (before.mode === 0) return { status: "A", old: before, new: after };
  if (after.mode === 0) return { status: "D", old: before, new: after };
  if ((before.mode & KIND) !== (after.mode & KIND)) return { status: "T", old: before, new: after };
  if (before.mode === after.mode && before.id === after.id && before.id !== null) return null;
  return { status: "M", old: before, new: after };
}

/** The content as a byte string; "" for an absent side. */
export async function contentOf(repo: GitContext, side: Side): Promise<string> {
  return toLatin1(await bytesOf(repo, side));
}

export async function bytesOf(repo: GitContext, side: Side): Promise<Uint8Array> {
  if (side.mode === 0) return new Uint8Array(0);
  if (side.mode === GITLINK_MODE) return fromUtf8(`Subproject commit ${side.id ?? ""}\n`);
  if (side.file !== undefined) return worktreeBytes(repo, side.file, side.mode);
  if (side.id === null) return new Uint8Array(0);
  return (await readObject(repo, side.id))?.content ?? new Uint8Array(0);
}

export async function worktreeBytes(
  repo: Pick<GitContext, "fs">,
  file: string,
  mode: number,
): Promise<Uint8Array> {
  if (mode === LINK_MODE) return fromUtf8((await repo.fs.readlink?.(file)) ?? "");
  return repo.fs.readFileBuffer(file);
}

/** The id of a side's content, computed where it is not known. */
export async function idOf(repo: GitContext, side: Side): Promise<string> {
  if (side.mode === 0) return "0".repeat(40);
  return side.id ?? hashObject("blob", await bytesOf(repo, side));
}
