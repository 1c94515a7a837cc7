/** Diagnoses of a branch that was mended at the wrong place. */
import * as z from "zod/mini";
import type { DiagnosisKind } from "../check.ts";
import { copiesOn, evidenceOf } from "../evidence.ts";
import type { Repository } from "../repository.ts";
import type { Scene } from "../scene.ts";
import { introductions } from "../introductions.ts";
import type { Copy } from "../surface.ts";
import { ancestors, holdsCopy, startTipOf, tipOf } from "../work.ts";

/** "1 commit", "3 commits". */
function commits(count: number): string {
  return count === 1 ? "1 commit" : `${count} commits`;
}

const options = z.strictObject({ credential: z.string(), branch: z.string() });
type Options = z.infer<typeof options>;

interface Buried {
  readonly tip: string;
  /** The newest commit of the branch that brings a copy in. */
  readonly commit: string;
  /** How many commits it lies below the tip. */
  readonly depth: number;
  readonly copies: readonly Copy[];
}

/** The newest tree is clean, an older commit is not. */
async function buried(scene: Scene, { credential, branch }: Options): Promise<Buried | null> {
  const { repository, memory } = scene;
  const tip = await tipOf(scene, branch);
  const copies = await copiesOn(scene, credential, ["objects.reachable"]);
  if (!repository || !tip || copies.length === 0 || (await treeHolds(scene, repository, tip))) return null;
  const dirty = new Set(copies.map((copy) => copy.object));
  const line = [...(await ancestors(repository, tip))];
  for (const [depth, commit] of line.entries()) {
    const brings =
      (await introductions(repository, memory, commit)).some(({ blob }) => dirty.has(blob)) ||
      dirty.has(commit);
    if (brings) return { tip, commit, depth, copies };
  }
  return null;
}

async function treeHolds(scene: Scene, repository: Repository, tip: string): Promise<boolean> {
  for (const entry of (await repository.filesOf(tip)).values()) {
    if (await holdsCopy(scene, repository, entry.id)) return true;
  }
  return false;
}

/** Whether the newest commit of the start was replaced by one on the same parent. */
async function amended(scene: Scene, branch: string): Promise<boolean> {
  const { repository, startRepository } = scene;
  const before = startTipOf(scene, branch);
  const now = await tipOf(scene, branch);
  if (!before || !now || !repository || before === now) return false;
  const parent = (await startRepository?.commit(before))?.parents[0];
  return parent !== undefined && (await repository.commit(now))?.parents[0] === parent;
}

/** A commit on top takes the value out again: {commit} below still has it. */
export const buriedCopy: DiagnosisKind<Options> = {
  kind: "buried-copy",
  about:
    "The newest tree of a branch is clean, but a commit below it is not; the newest commit was not merely amended.",
  options,
  placeholders: ["commit", "count"],
  recognise: async (scene, chosen) => {
    const found = await buried(scene, chosen);
    if (!found || (await amended(scene, chosen.branch))) return null;
    return {
      values: { commit: found.commit.slice(0, 7), count: commits(found.depth) },
      evidence: found.copies.map(evidenceOf),
    };
  },
};

/** Only the newest commit was rewritten: the value came in {count} commits earlier. */
export const amendedOnly: DiagnosisKind<Options> = {
  kind: "amended-only",
  about: "The newest commit was replaced on the same parent, and the value came in earlier.",
  options,
  placeholders: ["commit", "count"],
  recognise: async (scene, chosen) => {
    const found = await buried(scene, chosen);
    if (!found || !(await amended(scene, chosen.branch))) return null;
    return {
      values: { commit: found.commit.slice(0, 7), count: commits(found.depth) },
      evidence: found.copies.map(evidenceOf),
    };
  },
};

/** The newest tree of the branch itself has a copy. */
export const tipCopy: DiagnosisKind<Options> = {
  kind: "tip-copy",
  about: "The newest tree of a branch holds a copy.",
  options,
  placeholders: ["commit", "place"],
  recognise: async (scene, { credential, branch }) => {
    const { repository } = scene;
    const tip = await tipOf(scene, branch);
    if (!repository || !tip || !(await treeHolds(scene, repository, tip))) return null;
    const copies = await copiesOn(scene, credential, ["objects.reachable"]);
    return {
      values: { commit: tip.slice(0, 7), place: copies[0]?.path ?? "" },
      evidence: copies.map(evidenceOf),
    };
  },
};

/** Something beside the branch leads to a copy: {place} is the first. */
export const otherRef: DiagnosisKind<Options> = {
  kind: "other-ref",
  about:
    "A tag, a note, another branch or the name of a ref holds a copy that the branch itself does not lead to.",
  options,
  placeholders: ["place", "count"],
  recognise: async (scene, { credential, branch }) => {
    const tip = await tipOf(scene, branch);
    const own = tip === null ? new Set<string>() : await scene.repository?.closure([tip]);
    const all = await copiesOn(scene, credential, ["objects.reachable", "tags", "notes"]);
    const copies = all.filter(({ object }) => object === undefined || !own?.has(object));
    const [first] = copies;
    return first
      ? { values: { place: first.place, count: String(copies.length) }, evidence: copies.map(evidenceOf) }
      : null;
  },
};
