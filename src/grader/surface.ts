/**
 * Where a credential can be found. Variables and functions of a running shell are no surface: they end with it, and
 * what a shell reads at its start (~/.bashrc) is a file.
 */
import * as z from "zod/mini";

export const SURFACES = [
  "worktree",
  "index",
  "objects.reachable",
  "stash",
  "tags",
  "notes",
  "reflog",
  "objects.unreachable",
  "git.files",
  "shell.history",
  "disk",
  /** Every repository of the forge that is no fork: all refs, and objects that none leads to. */
  "remote",
  /** What only refs/pull/* of those still lead to. */
  "pulls",
  "forge.text",
  "ci.logs",
  "ci.summaries",
  "ci.artifacts",
  "ci.caches",
  "releases",
  "mail",
  /** Every version of every message. */
  "chat",
  /** Incidents of the status page, with every update. */
  "status",
  "runner.disk",
  "audit",
] as const;

/** `fork:OWNER`: what refs of that owner's forks lead to. `clone:PERSON`: that person's machine. */
export type Surface = (typeof SURFACES)[number] | `fork:${string}` | `clone:${string}`;

const NAMED = /^(?:fork|clone):[\w-]+$/;

export const surface = z
  .string()
  .check(
    z.refine((text) => isSurface(text), `must be one of ${SURFACES.join(", ")}, fork:OWNER, clone:PERSON`),
  ) as unknown as z.ZodMiniType<Surface>;

function isSurface(text: string): text is Surface {
  return (SURFACES as readonly string[]).includes(text) || NAMED.test(text);
}

/** One thing on a surface that may hold a value. */
export interface Item {
  readonly surface: Surface;
  /** The place as a person would write it, without line: "stash@{0} 8e1f04c .env". */
  readonly place: string;
  /** Names the content: an object id, or a digest. */
  readonly content: string;
  /** File name for the engine's rules. */
  readonly path: string;
  readonly object?: string;
  /** The git directory whose object database the item is of, as an object or as a file that holds objects. */
  readonly repository?: string;
  /** Its meaning is searched elsewhere: here it is looked at as it lies only. */
  readonly shallow?: boolean;
  /** Null where it is damaged. */
  read(): Promise<Uint8Array | null>;
}

/** A place that could not be searched to the end: absence is not proven there. */
export interface Unsearched {
  readonly surface: Surface;
  readonly place: string;
  readonly path: string;
}

/** A copy of a planted credential. */
export interface Copy {
  readonly surface: Surface;
  readonly place: string;
  readonly credential: string;
  readonly path: string;
  readonly line: number;
  /** Where it ends, when it goes over several lines. */
  readonly lastLine?: number;
  readonly object?: string;
  /** What must be undone to see it; empty where it stands in the open. */
  readonly steps: readonly string[];
  readonly foundBy: { readonly engine: boolean; readonly trace: boolean };
}
