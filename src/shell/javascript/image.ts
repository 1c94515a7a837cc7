/**
 * What every program finds is evaluated once: here is what that changed in QuickJS's memory. An engine that made the same
 * calls up to there has everything at the same addresses, so that it can take the changes over.
 */
import { invariant } from "../../base/invariant.ts";

/** Pages that changed, by where they lie. */
export interface Image {
  readonly bytes: number;
  readonly pages: ReadonlyMap<number, Uint8Array>;
}

const PAGE_BYTES = 4096;

/** Runs something and returns what it changed. */
export function imageOf(memory: WebAssembly.Memory, run: () => void): Image {
  const before = new Uint8Array(memory.buffer.slice(0));
  run();
  const after = new Uint8Array(memory.buffer);
  const pages = new Map<number, Uint8Array>();
  for (let at = 0; at < after.length; at += PAGE_BYTES)
    if (differ(before, after, at)) pages.set(at, after.slice(at, at + PAGE_BYTES));
  return { bytes: after.length, pages };
}

function differ(before: Uint8Array, after: Uint8Array, from: number): boolean {
  for (let at = from; at < from + PAGE_BYTES; at++) if (before[at] !== after[at]) return true;
  return false;
}

export function takeImage(memory: WebAssembly.Memory, { bytes, pages }: Image): void {
  invariant(memory.buffer.byteLength === bytes, "an image is for a memory of its own size");
  const all = new Uint8Array(memory.buffer);
  for (const [at, content] of pages) all.set(content, at);
}
