/** The ustar interchange format. @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06 */
import { concat, fromUtf8, toUtf8 } from "./bytes.ts";

export interface Member {
  readonly kind: "file" | "directory" | "link";
  /** Without a slash at its end. */
  readonly name: string;
  readonly mode: number;
  readonly mtimeS: number;
  readonly owner: string;
  readonly uid: number;
  /** Of a link; else "". */
  readonly target: string;
  readonly bytes: Uint8Array;
}

const BLOCK = 512;
/** Archives are filled up to whole records. */
const RECORD = 20 * BLOCK;
const TYPES = { file: "0", directory: "5", link: "2" } as const;

export function writeArchive(members: readonly Member[]): Uint8Array {
  const parts = members.flatMap((member) => [
    ...longName(member),
    header(member),
    member.bytes,
    padding(member.bytes.length, BLOCK),
  ]);
  const length = parts.reduce((sum, part) => sum + part.length, 0) + 2 * BLOCK;
  return concat([...parts, new Uint8Array(2 * BLOCK), padding(length, RECORD)]);
}

function padding(length: number, unit: number): Uint8Array {
  return new Uint8Array((unit - (length % unit)) % unit);
}

function storedName({ kind, name }: Member): string {
  return kind === "directory" ? `${name}/` : name;
}

/** GNU's way to names over 100 bytes: a member of type L whose content is the name. */
function longName(member: Member): Uint8Array[] {
  const name = fromUtf8(storedName(member));
  if (name.length <= 100) return [];
  const content = concat([name, new Uint8Array(1)]);
  const fields = {
    name: fromUtf8("././@LongLink"),
    mode: 0,
    uid: 0,
    size: content.length,
    mtimeS: 0,
    type: "L",
    target: "",
    owner: "root",
  };
  return [block(fields), content, padding(content.length, BLOCK)];
}

function header(member: Member): Uint8Array {
  return block({
    ...member,
    name: fromUtf8(storedName(member)).subarray(0, 100),
    size: member.bytes.length,
    type: TYPES[member.kind],
  });
}

interface Fields {
  readonly name: Uint8Array;
  readonly mode: number;
  readonly uid: number;
  readonly size: number;
  readonly mtimeS: number;
  readonly type: string;
  readonly target: string;
  readonly owner: string;
}

function block(fields: Fields): Uint8Array {
  const bytes = new Uint8Array(BLOCK);
  const put = (at: number, data: Uint8Array | string) =>
    bytes.set(typeof data === "string" ? fromUtf8(data) : data, at);
  const octal = (at: number, width: number, value: number) =>
    put(at, `${value.toString(8).padStart(width - 1, "0")}\0`);
  put(0, fields.name);
  octal(100, 8, fields.mode);
  octal(108, 8, fields.uid);
  octal(116, 8, fields.uid);
  octal(124, 12, fields.size);
  octal(136, 12, fields.mtimeS);
  put(148, "        ");
  put(156, fields.type);
  put(157, fromUtf8(fields.target).subarray(0, 100));
  put(257, "ustar  \0");
  put(265, fields.owner);
  put(297, fields.owner);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, "0")}\0 `);
  return bytes;
}

/** Members until the archive ends or something is not a header. */
export function* readMembers(archive: Uint8Array): Generator<Member> {
  let long: string | null = null;
  for (let at = 0; at + BLOCK <= archive.length;) {
    const head = archive.subarray(at, at + BLOCK);
    if (!isHeader(head)) return;
    const size = number(head, 124, 12);
    const bytes = archive.subarray(at + BLOCK, at + BLOCK + size);
    const type = String.fromCharCode(head[156] as number);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    if (type === "L") long = text(bytes, 0, bytes.length);
    else if (type === "x" || type === "g") long = paxPath(bytes) ?? long;
    else {
      const member = memberOf(head, type, bytes, long);
      long = null;
      if (member) yield member;
    }
  }
}

function memberOf(head: Uint8Array, type: string, bytes: Uint8Array, long: string | null): Member | null {
  const kind =
    type === "5" ? "directory" : type === "2" ? "link" : type === "0" || type === "\0" ? "file" : null;
  if (!kind) return null;
  const prefix = toUtf8(head.subarray(257, 263)) === "ustar\0" ? text(head, 345, 155) : "";
  const name = long ?? (prefix ? `${prefix}/` : "") + text(head, 0, 100);
  return {
    kind,
    name: name.replace(/\/+$/, ""),
    mode: number(head, 100, 8) & 0o7777,
    mtimeS: number(head, 136, 12),
    owner: text(head, 265, 32) || String(number(head, 108, 8)),
    uid: number(head, 108, 8),
    target: kind === "link" ? text(head, 157, 100) : "",
    bytes: kind === "file" ? bytes : new Uint8Array(),
  };
}

/** The `path` record of an extended header: `LENGTH path=NAME\n`. */
function paxPath(bytes: Uint8Array): string | null {
  return /\d+ path=([^\n]*)\n/.exec(toUtf8(bytes))?.[1] ?? null;
}

function text(bytes: Uint8Array, at: number, width: number): string {
  const field = bytes.subarray(at, at + width);
  const end = field.indexOf(0);
  return toUtf8(end < 0 ? field : field.subarray(0, end));
}

function number(bytes: Uint8Array, at: number, width: number): number {
  return Number.parseInt(text(bytes, at, width).trim() || "0", 8) || 0;
}

function isHeader(head: Uint8Array): boolean {
  if (head[0] === 0) return false;
  const sum = head.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  return sum === number(head, 148, 8);
}
