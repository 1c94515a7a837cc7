/** Diagnoses of lost work and of what the forge has. */
import * as z from "zod/mini";
import { lostBase, lostWork } from "../checks/workKept.ts";
import type { DiagnosisKind } from "../check.ts";
import { copiesOn, evidenceOf } from "../evidence.ts";
import { tipOf } from "../work.ts";

const onBranch = z.strictObject({ branch: z.string(), base: z.string() });

/** The branch does not build on its base any more. {count}: clean commits that are gone. */
export const historyLost: DiagnosisKind<z.infer<typeof onBranch>> = {
  kind: "history-lost",
  about: "A branch no longer builds on its base, or is gone.",
  options: onBranch,
  placeholders: [],
  recognise: async (scene, options) => {
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
    const copies = copiesOn(scene.copies, credential, ["remote"]);
    const [first] = copies;
    if (!first) return null;
    const pushes = scene.world.events.filter((event) => event.kind === "push.accepted" && event.data["repository"] === repository);
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
    if (copiesOn(scene.copies, credential, ["remote"]).length > 0) return null;
    const there = scene.world.forge.branch(repository, branch);
    if (there !== null && there === tipOf(scene.repository, branch)) return null;
    const state = there === null ? "has no such branch yet" : `is at ${there.slice(0, 7)}`;
    return { values: { state }, evidence: [{ surface: "remote", at: `${repository}: ${branch} ${state}` }] };
  },
};

const unmended = z.strictObject({ branch: z.string(), file: z.string(), reads: z.string() });

/** The tainted file is gone or does not read the value from elsewhere. */
export const notMended: DiagnosisKind<z.infer<typeof unmended>> = {
  kind: "not-mended",
  about: "The newest tree of a branch lacks the file, or its text does not match the pattern.",
  options: unmended,
  placeholders: ["commit"],
  recognise: async (scene, { branch, file, reads }) => {
    const { repository } = scene;
    const tip = tipOf(repository, branch);
    if (!repository || !tip) return null;
    const entry = (await repository.files((await repository.commit(tip))?.tree ?? "")).get(file);
    const object = entry ? await repository.object(entry.id) : null;
    if (object && new RegExp(reads).test(new TextDecoder().decode(object.bytes))) return null;
    return { values: { commit: tip.slice(0, 7) }, evidence: [{ surface: "objects.reachable", at: `${branch} ${tip.slice(0, 7)} ${file}`, path: file, object: tip }] };
  },
};
