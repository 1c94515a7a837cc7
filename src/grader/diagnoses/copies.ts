/** Diagnoses that name where a copy still is. */
import * as z from "zod/mini";
import type { DiagnosisKind, Recognised } from "../check.ts";
import { copiesOn, evidenceOf } from "../evidence.ts";
import { surface, type Copy } from "../surface.ts";

const options = z.strictObject({
  credential: z.string(),
  surfaces: z.array(surface).check(z.minLength(1)),
});

/** A copy is on one of the surfaces: {place} is the first, {count} how many, {object} its object, {path} its file. */
export const copyThere: DiagnosisKind<z.infer<typeof options>> = {
  kind: "copy-there",
  about: "A copy is on one of the surfaces.",
  options,
  placeholders: ["place", "count", "object", "path"],
  recognise: async (scene, { credential, surfaces }) => named(await copiesOn(scene, credential, surfaces)),
};

function named(copies: readonly Copy[]): Recognised | null {
  const [first] = copies;
  if (!first) return null;
  const values = {
    place: first.place,
    count: String(copies.length),
    object: (first.object ?? "").slice(0, 7),
    path: first.path,
  };
  return { values, evidence: copies.map(evidenceOf) };
}
