/** A remote repository, however it is reached. */
import type { GitContext } from "just-git";

export interface RemoteRef {
  /** `refs/heads/main`; HEAD stands apart. */
  readonly name: string;
  readonly id: string;
}

export interface Advertisement {
  /** Sorted by name. */
  readonly refs: readonly RemoteRef[];
  /** `target` is the branch that HEAD names, null where it is detached or unknown; `id` is null where that branch is unborn. */
  readonly head: { readonly id: string | null; readonly target: string | null } | null;
  /** What annotated tags point at, by full ref name. */
  readonly peeled: ReadonlyMap<string, string>;
}

/** One ref to change; the zero id stands for absence. */
export interface RefCommand {
  readonly name: string;
  readonly oldId: string;
  readonly newId: string;
}

export interface PushReport {
  /** What the other side says to people. */
  readonly messages: string;
  /** By ref name: null where it was changed, else the reason. */
  readonly results: ReadonlyMap<string, string | null>;
}

export interface Connection {
  readonly advertisement: Advertisement;
  /**
   * Copies everything that the wanted ids need and returns what the other side says to people. With `depth`, history
   * is cut after so many commits, which `.git/shallow` records.
   */
  fetch(into: GitContext, wants: readonly string[], depth?: number): Promise<string>;
  push(from: GitContext, commands: readonly RefCommand[]): Promise<PushReport>;
}

export type Service = "git-upload-pack" | "git-receive-pack";

export const NO_ACCESS =
  "fatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.\n";
