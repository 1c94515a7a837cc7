/** What `git fsck` finds wrong inside objects: https://git-scm.com/docs/git-fsck#_fsck_messages */
import { toUtf8 } from "../../../../base/bytes.ts";
import { compareText, isTree, parseTree, type ObjectType } from "./objects.ts";

export interface Complaint {
  readonly level: "error" | "warning";
  /** `treeNotSorted: not properly sorted` */
  readonly text: string;
}

/** @param strict warnings count as errors */
export function checkObject(type: ObjectType, content: Uint8Array, strict: boolean): Complaint[] {
  const found =
    type === "tree"
      ? checkTree(content)
      : type === "commit"
        ? checkCommit(toUtf8(content))
        : type === "tag"
          ? checkTag(toUtf8(content))
          : [];
  return strict ? found.map((complaint) => ({ ...complaint, level: "error" })) : found;
}

const error = (text: string): Complaint => ({ level: "error", text });
const warning = (text: string): Complaint => ({ level: "warning", text });

function checkTree(content: Uint8Array): Complaint[] {
  const entries = parseTree(content);
  const names = new Set<string>();
  const has = (test: (entry: (typeof entries)[0]) => boolean) => entries.some(test);
  const key = (entry: (typeof entries)[0]) => (isTree(entry.mode) ? `${entry.name}/` : entry.name);
  const unsorted = entries.some(
    (entry, i) => i > 0 && compareText(key(entries[i - 1] as (typeof entries)[0]), key(entry)) > 0,
  );
  const duplicate = has((entry) => names.size === names.add(entry.name).size);
  return [
    ...(has((entry) => /^0+$/.test(entry.id))
      ? [warning("nullSha1: contains entries pointing to null sha1")]
      : []),
    ...(has((entry) => entry.name.includes("/")) ? [warning("fullPathname: contains full pathnames")] : []),
    ...(has((entry) => entry.name === "") ? [warning("emptyName: contains empty pathname")] : []),
    ...(has((entry) => entry.name === ".") ? [warning("hasDot: contains '.'")] : []),
    ...(has((entry) => entry.name === "..") ? [warning("hasDotdot: contains '..'")] : []),
    ...(has((entry) => entry.name.toLowerCase() === ".git") ? [warning("hasDotgit: contains '.git'")] : []),
    ...(zeroPadded(content) ? [warning("zeroPaddedFilemode: contains zero-padded file modes")] : []),
    ...(duplicate ? [error("duplicateEntries: contains duplicate file entries")] : []),
    ...(unsorted ? [error("treeNotSorted: not properly sorted")] : []),
  ];
}

function zeroPadded(content: Uint8Array): boolean {
  for (let at = 0; at < content.length;) {
    if (content[at] === 0x30) return true;
    const zero = content.indexOf(0, at);
    if (zero < 0) return false;
    at = zero + 21;
  }
  return false;
}

const ID = "[0-9a-f]{40}";

function checkCommit(text: string): Complaint[] {
  const lines = text.split("\n");
  if (!lines[0]?.startsWith("tree ")) return [error("missingTree: invalid format - expected 'tree' line")];
  if (!new RegExp(`^tree ${ID}$`).test(lines[0]))
    return [error("badTreeSha1: invalid 'tree' line format - bad sha1")];
  let at = 1;
  for (; lines[at]?.startsWith("parent "); at++) {
    if (!new RegExp(`^parent ${ID}$`).test(lines[at] as string))
      return [error("badParentSha1: invalid 'parent' line format - bad sha1")];
  }
  for (const who of ["author", "committer"]) {
    const line = lines[at++] ?? "";
    if (!line.startsWith(`${who} `))
      return [
        error(`missing${who === "author" ? "Author" : "Committer"}: invalid format - expected '${who}' line`),
      ];
    const complaint = checkPerson(line.slice(who.length + 1));
    if (complaint) return [complaint];
  }
  return [];
}

function checkPerson(text: string): Complaint | null {
  const line = "invalid author/committer line - ";
  if (text.startsWith("<")) return error(`missingNameBeforeEmail: ${line}missing space before email`);
  if (!text.includes("<")) return error(`missingEmail: ${line}missing email`);
  if (!/ </.test(text)) return error(`missingSpaceBeforeEmail: ${line}missing space before email`);
  const after = /^[^<]*<[^<>]*>(.*)$/.exec(text);
  if (!after) return error(`badEmail: ${line}bad email`);
  if (!(after[1] as string).startsWith(" "))
    return error(`missingSpaceBeforeDate: ${line}missing space before date`);
  if (!/^ \d+ /.test(after[1] as string)) return error(`badDate: ${line}bad date`);
  return /^ \d+ [+-]\d{4}$/.test(after[1] as string) ? null : error(`badTimezone: ${line}bad time zone`);
}

function checkTag(text: string): Complaint[] {
  const lines = text.split("\n");
  if (!new RegExp(`^object ${ID}$`).test(lines[0] ?? ""))
    return [error("missingObject: invalid format - expected 'object' line")];
  if (!lines[1]?.startsWith("type "))
    return [error("missingTypeEntry: invalid format - expected 'type' line")];
  if (!lines[2]?.startsWith("tag ")) return [error("missingTagEntry: invalid format - expected 'tag' line")];
  return [];
}
