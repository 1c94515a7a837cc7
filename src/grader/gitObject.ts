/** Git objects as the grader reads them: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
import { concat, fromUtf8, toHex, toLatin1, toUtf8 } from "../base/bytes.ts";
import { sha1 } from "../base/digest.ts";

export type ObjectType = "blob" | "tree" | "commit" | "tag";

export interface GitObject {
  readonly id: string;
  readonly type: ObjectType;
  readonly bytes: Uint8Array;
}

export interface TreeEntry {
  readonly mode: string;
  readonly name: string;
  readonly id: string;
}

export interface Commit {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: string;
  readonly committerTimeS: number;
  readonly message: string;
}

export const SUBTREE = "40000";
/** A commit of another repository: https://git-scm.com/docs/gitsubmodules */
export const SUBMODULE = "160000";

/** The id that a content has. */
export function idOf(type: ObjectType, bytes: Uint8Array): string {
  return sha1(wrapped(type, bytes));
}

/** With the header under which it is hashed and stored. */
export function wrapped(type: ObjectType, bytes: Uint8Array): Uint8Array {
  return concat([fromUtf8(`${type} ${bytes.length}\0`), bytes]);
}

/** https://www.rfc-editor.org/rfc/rfc1950#section-9 */
export function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

/** Ids that an object names: parents and tree, entries, tagged object. Submodule commits are elsewhere. */
export function linksOf(object: GitObject): string[] {
  if (object.type === "tree")
    return parseTree(object.bytes)
      .filter((entry) => entry.mode !== SUBMODULE)
      .map((entry) => entry.id);
  if (object.type === "blob") return [];
  const header = toLatin1(object.bytes).split("\n\n", 1)[0] as string;
  return [...header.matchAll(/^(?:tree|parent|object) ([0-9a-f]{40})$/gm)].map((match) => match[1] as string);
}

/** Entries up to the first that is broken. */
export function parseTree(bytes: Uint8Array): TreeEntry[] {
  const entries: TreeEntry[] = [];
  let at = 0;
  while (at < bytes.length) {
    const space = bytes.indexOf(0x20, at);
    const zero = bytes.indexOf(0, space);
    if (space < 0 || zero < 0 || zero + 21 > bytes.length) break;
    entries.push({
      mode: toLatin1(bytes.subarray(at, space)),
      name: toUtf8(bytes.subarray(space + 1, zero)),
      id: toHex(bytes.subarray(zero + 1, zero + 21)),
    });
    at = zero + 21;
  }
  return entries;
}

export function parseCommit(object: GitObject): Commit {
  const text = toUtf8(object.bytes);
  const end = text.indexOf("\n\n");
  const header = end < 0 ? text : text.slice(0, end);
  return {
    id: object.id,
    tree: /^tree ([0-9a-f]{40})/m.exec(header)?.[1] ?? "",
    parents: [...header.matchAll(/^parent ([0-9a-f]{40})/gm)].map((match) => match[1] as string),
    author: /^author (.*?) </m.exec(header)?.[1] ?? "",
    committerTimeS: Number(/^committer .*> (\d+) /m.exec(header)?.[1] ?? 0),
    message: end < 0 ? "" : text.slice(end + 2),
  };
}
