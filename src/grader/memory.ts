/** What the grader remembers between checks. Objects never change, so each is read and searched once in its life. */
import type { ScanMemory } from "../engine/engine.ts";
import type { Traced } from "../engine/trace.ts";
import type { ObjectMemory } from "./repository.ts";

export interface GraderMemory {
  readonly objects: ObjectMemory;
  readonly scans: ScanMemory;
  /** Trace results by content id, of one set of needles. */
  readonly traces: Map<string, Traced>;
  /** Files that a commit introduced, by commit id. */
  readonly introductions: Map<string, readonly Introduction[]>;
}

/** A file's content that a commit has and its first parent has not. */
export interface Introduction {
  readonly path: string;
  readonly blob: string;
}

export function graderMemory(): GraderMemory {
  return { objects: new Map(), scans: new Map(), traces: new Map(), introductions: new Map() };
}
