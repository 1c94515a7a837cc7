/**
 * `refs/pull/N/head` and `refs/pull/N/merge`: everybody may fetch them, nobody may push them.
 * https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/reviewing-changes-in-pull-requests/checking-out-pull-requests-locally
 */
import type { Forge } from "../forge.ts";
import type { Repository } from "../model.ts";
import { objectsOf } from "./objects.ts";

export const PULL_REFS = "refs/pull/";

export function isHiddenRef(name: string): boolean {
  return name.startsWith(PULL_REFS);
}

export interface PullRefs {
  readonly head: string | null;
  /** Null where the two do not merge, or are merged already. */
  readonly merge: string | null;
}

export function pullRefName(number: number, end: keyof PullRefs): string {
  return `${PULL_REFS}${number}/${end}`;
}

/** Sets those that are given; null removes. The head may be of a fork: its objects are in the network's pool. */
export function setPullRefs(
  forge: Forge,
  repository: Repository,
  number: number,
  refs: Partial<PullRefs>,
): void {
  const objects = objectsOf(forge, repository);
  for (const end of ["head", "merge"] as const) {
    const id = refs[end];
    if (id !== undefined) objects.setRef(pullRefName(number, end), id);
  }
}

export function pullRefs(forge: Forge, repository: Repository, number: number): PullRefs {
  const objects = objectsOf(forge, repository);
  return { head: objects.ref(pullRefName(number, "head")), merge: objects.ref(pullRefName(number, "merge")) };
}
