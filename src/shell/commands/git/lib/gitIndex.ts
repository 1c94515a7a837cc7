/**
 * The index file (`.git/index`): entries sorted by path bytes, then stage.
 * Imitates https://git-scm.com/docs/index-format (versions 2 and 3, without extensions).
 */
import { sha1 } from "@noble/hashes/legacy.js";
import { fromHex, toHex, toLatin1 } from "../../../../base/bytes.ts";
import type { GitCall } from "../call.ts";

export interface IndexEntry {
  readonly path: string;
  /** 0o100644, 0o100755, 0o120000, 0o160000. */
  readonly mode: number;
  readonly oid: string;
  /** 0 merged; 1 base, 2 ours, 3 theirs. */
  readonly stage: number;
  /** What the file looked like when it was staged; size and time 0 where unknown. */
  readonly size: number;
  readonly mtimeMs: number;
  /** `git add -N`: the path is announced, its content is not. */
  readonly intentToAdd?: boolean;
}

export interface GitIndex {
  readonly entries: readonly IndexEntry[];
  /** When the file was written, ms; an entry that is not older has to be compared by content. */
  readonly writtenMs: number;
}

type Fs = GitCall["fs"];

const EXTENDED = 0x4000;
const INTENT_TO_ADD = 0x2000;

/** Order of paths by UTF-8 bytes. */
export function comparePaths(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return surrogateLast(x) - surrogateLast(y);
  }
  return a.length - b.length;
}

/** UTF-16 puts surrogates before U+E000; UTF-8 puts what they encode after everything else. */
function surrogateLast(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

export function sortEntries(entries: readonly IndexEntry[]): IndexEntry[] {
  return [...entries].sort((a, b) => comparePaths(a.path, b.path) || a.stage - b.stage);
}

/** Reads `.git/index`; an absent file is an empty index. */
export async function readIndex(fs: Fs, gitDir: string): Promise<GitIndex> {
  const path = `${gitDir}/index`;
  if (!(await fs.exists(path))) return { entries: [], writtenMs: 0 };
  const [bytes, stat] = await Promise.all([fs.readFileBuffer(path), fs.stat(path)]);
  const writtenMs = stat.mtime.getTime();
  // A file as new as the index may have changed since: size 0 says that only its content can tell, in later indexes too.
  const entries = decodeIndex(bytes).map((entry) =>
    entry.mtimeMs >= writtenMs ? { ...entry, size: 0 } : entry,
  );
  return { entries, writtenMs };
}

export async function writeIndex(fs: Fs, gitDir: string, entries: readonly IndexEntry[]): Promise<void> {
  await fs.writeFile(`${gitDir}/index`, encodeIndex(sortEntries(entries)));
}

const ASCII = /^[\x01-\x7f]*$/;
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Throws where the bytes are no index of version 2 or 3. */
export function decodeIndex(bytes: Uint8Array): IndexEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || view.getUint32(0) !== 0x44495243) throw new Error("index file corrupt");
  const count = view.getUint32(8);
  const entries: IndexEntry[] = [];
  const text = toLatin1(bytes);
  let at = 12;
  for (let i = 0; i < count; i++) {
    const flags = view.getUint16(at + 60);
    const extended = (flags & EXTENDED) !== 0 ? view.getUint16(at + 62) : 0;
    const start = at + ((flags & EXTENDED) !== 0 ? 64 : 62);
    const end = text.indexOf("\0", start);
    const path = text.slice(start, end);
    entries.push({
      path: ASCII.test(path) ? path : decoder.decode(bytes.subarray(start, end)),
      mode: view.getUint32(at + 24),
      oid: toHex(bytes.subarray(at + 40, at + 60)),
      stage: (flags >> 12) & 3,
      size: view.getUint32(at + 36),
      mtimeMs: view.getUint32(at + 8) * 1000 + Math.floor(view.getUint32(at + 12) / 1e6),
      ...((extended & INTENT_TO_ADD) !== 0 ? { intentToAdd: true } : {}),
    });
    at += (end - at + 8) & ~7;
  }
  return entries;
}

export function encodeIndex(entries: readonly IndexEntry[]): Uint8Array {
  const version = entries.some((entry) => entry.intentToAdd) ? 3 : 2;
  const names = entries.map((entry) => encoder.encode(entry.path));
  const sizes = entries.map((entry, i) => (headerSize(entry) + (names[i] as Uint8Array).length + 8) & ~7);
  const bytes = new Uint8Array(12 + sizes.reduce((sum, size) => sum + size, 0) + 20);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x44495243);
  view.setUint32(4, version);
  view.setUint32(8, entries.length);
  let at = 12;
  for (const [i, entry] of entries.entries()) {
    encodeEntry(view, bytes, at, entry, names[i] as Uint8Array);
    at += sizes[i] as number;
  }
  bytes.set(sha1(bytes.subarray(0, at)), at);
  return bytes;
}

function headerSize(entry: IndexEntry): number {
  return entry.intentToAdd ? 64 : 62;
}

function encodeEntry(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  entry: IndexEntry,
  name: Uint8Array,
): void {
  for (const field of [at, at + 8]) {
    view.setUint32(field, Math.floor(entry.mtimeMs / 1000));
    view.setUint32(field + 4, (entry.mtimeMs % 1000) * 1e6);
  }
  view.setUint32(at + 24, entry.mode);
  view.setUint32(at + 36, entry.size);
  bytes.set(fromHex(entry.oid).subarray(0, 20), at + 40);
  view.setUint16(
    at + 60,
    (entry.stage << 12) | Math.min(name.length, 0xfff) | (entry.intentToAdd ? EXTENDED : 0),
  );
  if (entry.intentToAdd) view.setUint16(at + 62, INTENT_TO_ADD);
  bytes.set(name, at + headerSize(entry));
}
