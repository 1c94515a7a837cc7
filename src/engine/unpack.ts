/**
 * Opens containers: zlib (loose git objects), gzip, tar, zip, and one inside another. Work is limited; what does not
 * fit is left out and said so.
 */
import { toLatin1 } from "../base/bytes.ts";
import { gzipHeader, inflateRaw, zlibHeader } from "./inflate.ts";
import { isTarHeader, readTar } from "./tar.ts";

export interface Part {
  /** Containers and names from the outside in, for example ["gzip", "package/.npmrc"]; empty for the bytes given. */
  readonly path: readonly string[];
  readonly bytes: Uint8Array;
  /** True for the bytes of a container itself: something may hide between, before or behind its members. */
  readonly container: boolean;
}

export interface Unpacked {
  /** Members come before their container. */
  readonly parts: readonly Part[];
  /** False where a limit was reached. */
  readonly complete: boolean;
}

export interface UnpackLimits {
  /** All unpacked bytes together. */
  readonly bytes: number;
  readonly parts: number;
  readonly depth: number;
}

export const UNPACK_LIMITS: UnpackLimits = { bytes: 64 * 2 ** 20, parts: 5000, depth: 4 };

interface Work {
  readonly limits: UnpackLimits;
  readonly parts: Part[];
  bytes: number;
  complete: boolean;
}

export function unpack(bytes: Uint8Array, limits: UnpackLimits = UNPACK_LIMITS): Unpacked {
  const work: Work = { limits, parts: [], bytes: 0, complete: true };
  open(work, [], bytes);
  return { parts: work.parts, complete: work.complete };
}

function open(work: Work, path: readonly string[], bytes: Uint8Array): void {
  const members = path.length <= 2 * work.limits.depth ? membersOf(work, bytes) : null;
  for (const { name, bytes: content } of members ?? []) open(work, [...path, name], content);
  if (work.parts.length < work.limits.parts) work.parts.push({ path, bytes, container: members !== null });
  else work.complete = false;
}

interface Member {
  readonly name: string;
  readonly bytes: Uint8Array;
}

function membersOf(work: Work, bytes: Uint8Array): Member[] | null {
  const gzip = gzipHeader(bytes);
  if (gzip !== null) return [{ name: "gzip", bytes: spend(work, bytes.subarray(gzip)) }];
  if (isTarHeader(bytes))
    return [...readTar(bytes)].map(({ path, bytes: file }) => ({ name: path, bytes: file }));
  const zip = zipMembers(work, bytes);
  if (zip) return zip;
  const zlib = zlibHeader(bytes);
  const inflated = zlib === null ? null : spend(work, bytes.subarray(zlib));
  return inflated && inflated.length > 0 ? [gitObject(inflated)] : null;
}

function spend(work: Work, deflated: Uint8Array): Uint8Array {
  const { bytes, complete } = inflateRaw(deflated, Math.max(0, work.limits.bytes - work.bytes));
  work.bytes += bytes.length;
  work.complete &&= complete;
  return bytes;
}

/** https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_object_storage */
function gitObject(bytes: Uint8Array): Member {
  const header = /^(blob|tree|commit|tag) \d+\0/.exec(toLatin1(bytes.subarray(0, 32)));
  return header
    ? { name: `git ${header[1]}`, bytes: bytes.subarray(header[0].length) }
    : { name: "zlib", bytes };
}

/** By the central directory, as unzip does. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
function zipMembers(work: Work, bytes: Uint8Array): Member[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 22 || view.getUint32(0, true) !== 0x04034b50) return null;
  let end = bytes.length - 22;
  while (end > Math.max(0, bytes.length - 65_600) && view.getUint32(end, true) !== 0x06054b50) end--;
  const members: Member[] = [];
  for (let at = view.getUint32(end + 16, true); at + 46 <= bytes.length;) {
    if (view.getUint32(at, true) !== 0x02014b50) break;
    const [nameLength, extra, comment] = [28, 30, 32].map((i) => view.getUint16(at + i, true)) as [
      number,
      number,
      number,
    ];
    const name = toLatin1(bytes.subarray(at + 46, at + 46 + nameLength));
    const data = zipData(work, view, bytes, at);
    if (data) members.push({ name, bytes: data });
    at += 46 + nameLength + extra + comment;
  }
  return members.length > 0 ? members : null;
}

function zipData(work: Work, view: DataView, bytes: Uint8Array, entry: number): Uint8Array | null {
  const local = view.getUint32(entry + 42, true);
  if (local + 30 > bytes.length || view.getUint32(local, true) !== 0x04034b50) return null;
  const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const stored = bytes.subarray(from, from + view.getUint32(entry + 20, true));
  const method = view.getUint16(entry + 10, true);
  return method === 0 ? stored : method === 8 ? spend(work, stored) : null;
}
