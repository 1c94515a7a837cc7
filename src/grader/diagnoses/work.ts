/** Diagnoses of lost work and of what the forge has. */
import * as z from "zod/mini";
import { lostBase, lostWork, unmended } from "../checks/workKept.ts";
import type { DiagnosisKind } from "../check.ts";
import { copiesOn, evidenceOf } from "../evidence.ts";
import { tipOf } from "../work.ts";

const onBranch = z.strictObject({ branch: z.string(), base: z.string() });

/** There is no such branch any more, here or on the forge. */
export const branchGone: DiagnosisKind<z.infer<typeof onBranch>> = {
  kind: "branch-gone",
  about: "There is no branch of that name any more.",
  options: onBranch,
  placeholders: [],
  recognise: async (scene, options) => {
    const evidence = (await tipOf(scene, options.branch)) === null ? await lostBase(scene, options) : [];
    return evidence.length > 0 ? { values: {}, evidence } : null;
  },
};

/** The branch does not build on its base any more. */
export const historyLost: DiagnosisKind<z.infer<typeof onBranch>> = {
  kind: "history-lost",
  about: "A branch no longer builds on its base.",
  options: onBranch,
  placeholders: [],
  recognise: async (scene, options) => {
    if ((await tipOf(scene, options.branch)) === null) return null;
    const evidence = await lostBase(scene, options);
    return evidence.length > 0 ? { values: {}, evidence } : null;
  },
};

/** The branch builds on its base, but clean work is missing: {place} is the first. */
export const workLost: DiagnosisKind<z.infer<typeof onBranch>> = {
  kind: "work-lost",
  about: "A branch builds on its base, but some clean contribution is missing.",
  options: onBranch,
  placeholders: ["place"],
  recognise: async (scene, options) => {
    if ((await lostBase(scene, options)).length > 0) return null;
    const evidence = await lostWork(scene, options);
    return evidence[0] ? { values: { place: evidence[0].at }, evidence } : null;
  },
};

const published = z.strictObject({ credential: z.string(), repository: z.string() });

/** The forge holds, or held, a copy. Only going back to before the push mends it here. */
export const publishedCopy: DiagnosisKind<z.infer<typeof published>> = {
  kind: "published-copy",
  about: "An object on the forge holds a copy. Offers to go back to before the push.",
  options: published,
  placeholders: ["place"],
  recognise: async (scene, { credential, repository }) => {
    const copies = await copiesOn(scene, credential, ["remote"]);
    const [first] = copies;
    if (!first) return null;
    const pushes = scene.world.events.filter(
      (event) => event.kind === "push.accepted" && event.data["repository"] === repository,
    );
    // What the forge's own inspection did not see (an encoded value) came with some push too: the latest is the safe guess.
    const push = pushes.find((event) => event.data["exposed"] === true) ?? pushes.at(-1);
    const recognised = { values: { place: first.place }, evidence: copies.map(evidenceOf) };
    return push ? { ...recognised, undoTo: push.seq } : recognised;
  },
};

const unpushed = z.strictObject({ credential: z.string(), repository: z.string(), branch: z.string() });

/** The forge has no such branch, or another state of it than is here. */
export const notPushed: DiagnosisKind<z.infer<typeof unpushed>> = {
  kind: "not-pushed",
  about: "The forge does not have the branch as it is here.",
  options: unpushed,
  placeholders: ["state"],
  recognise: async (scene, { credential, repository, branch }) => {
    if ((await copiesOn(scene, credential, ["remote"])).length > 0) return null;
    const there = scene.world.forge.branch(repository, branch);
    if (there !== null && there === (await tipOf(scene, branch))) return null;
    const state = there === null ? "has no such branch yet" : `is at ${there.slice(0, 7)}`;
    const commit = there === null ? "" : ` ${there.slice(0, 7)}`;
    return { values: { state }, evidence: [{ surface: "remote", at: `${repository} ${branch}${commit}` }] };
  },
};

const readsFile = z.strictObject({ branch: z.string(), file: z.string(), reads: z.string() });

/** The tainted file is gone or does not read the value from elsewhere. */
export const notMended: DiagnosisKind<z.infer<typeof readsFile>> = {
  kind: "not-mended",
  about:
    "The newest tree of a branch lacks the file, its code does not match the pattern, or it holds a copy.",
  options: readsFile,
  placeholders: ["commit"],
  recognise: async (scene, options) => {
    const tip = await tipOf(scene, options.branch);
    const evidence = await unmended(scene, options);
    return tip && evidence.length > 0 ? { values: { commit: tip.slice(0, 7) }, evidence } : null;
  },
};
