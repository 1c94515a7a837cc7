/** Where a credential can be found. */

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
  "remote",
  "shell.history",
  "disk",
] as const;
export type Surface = (typeof SURFACES)[number];

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
  read(): Promise<Uint8Array>;
}

/** A copy of a planted credential. */
export interface Copy {
  readonly surface: Surface;
  readonly place: string;
  readonly credential: string;
  readonly path: string;
  readonly line: number;
  readonly object?: string;
  /** What must be undone to see it; empty where it stands in the open. */
  readonly steps: readonly string[];
  readonly foundBy: { readonly engine: boolean; readonly trace: boolean };
}
