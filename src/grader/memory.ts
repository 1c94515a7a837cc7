/** What the grader remembers between checks. Objects never change, so each is read and searched once in its life. */
import { sha256 } from "../base/digest.ts";
import type { ScanMemory } from "../engine/engine.ts";
import type { Traced } from "../engine/trace.ts";
import type { Unpacked } from "../engine/unpack.ts";
import type { Credential } from "../world/credential.ts";
import type { Row } from "./answer/document.ts";
import { idOf } from "./gitObject.ts";
import type { ObjectMemory } from "./objectStore.ts";

/** So many other sets of needles are remembered. */
const MOST_SETS = 8;

export interface GraderMemory {
  readonly objects: ObjectMemory;
  readonly scans: ScanMemory;
  /** Trace results by content, of one set of needles. */
  readonly traces: Map<string, Traced>;
  /** The same of other sets of needles, by the digest of the set: see `tracesOf`. */
  readonly otherTraces: Map<string, Map<string, Traced>>;
  /** Files that a commit introduced, by commit id. */
  readonly introductions: Map<string, readonly Introduction[]>;
  /** SHA-256 of bytes that lie on a disk, which never change in place. */
  readonly contents: WeakMap<Uint8Array, string>;
  /** Blob ids of such bytes. */
  readonly blobs: WeakMap<Uint8Array, string>;
  /** What containers of such bytes hold, and logs without what loggers add. */
  readonly unpacked: WeakMap<Uint8Array, Unpacked>;
  readonly plain: WeakMap<Uint8Array, Uint8Array>;
  /** Records of tables, written out. */
  readonly records: WeakMap<object, { readonly content: string; readonly bytes: Uint8Array }>;
  /** Structured answers and truths as they were read, by the bytes of a file or by the outcome of a story. */
  readonly documents: WeakMap<object, Row | string>;
}

/** A file's content that a commit has and its first parent has not. */
export interface Introduction {
  readonly path: string;
  readonly blob: string;
}

export function graderMemory(): GraderMemory {
  return {
    objects: new Map(),
    scans: new Map(),
    traces: new Map(),
    otherTraces: new Map(),
    introductions: new Map(),
    contents: new WeakMap(),
    blobs: new WeakMap(),
    unpacked: new WeakMap(),
    plain: new WeakMap(),
    records: new WeakMap(),
    documents: new WeakMap(),
  };
}

/** Trace results of another set of credentials than the planted ones; the last few sets are remembered. */
export function tracesOf({ otherTraces }: GraderMemory, sought: readonly Credential[]): Map<string, Traced> {
  const set = sha256(sought.map(({ id, parts }) => `${id} ${parts.join(" ")}`).join("\n"));
  const known = otherTraces.get(set) ?? new Map<string, Traced>();
  otherTraces.delete(set);
  otherTraces.set(set, known);
  if (otherTraces.size > MOST_SETS) otherTraces.delete(otherTraces.keys().next().value ?? set);
  return known;
}

/** Names a content on a disk. */
export function contentOf({ contents }: GraderMemory, bytes: Uint8Array): string {
  return remember(contents, bytes, sha256);
}

/** The id that a file on a disk has as a blob. */
export function blobOf({ blobs }: GraderMemory, bytes: Uint8Array): string {
  return remember(blobs, bytes, (content) => idOf("blob", content));
}

function remember(
  known: WeakMap<Uint8Array, string>,
  bytes: Uint8Array,
  make: (bytes: Uint8Array) => string,
): string {
  const found = known.get(bytes) ?? make(bytes);
  known.set(bytes, found);
  return found;
}
