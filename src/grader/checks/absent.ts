import * as z from "zod/mini";
import type { CheckKind } from "../check.ts";
import { fail, pass, unconfirmed } from "../check.ts";
import { copiesOn, evidenceOf, unsearchedOn } from "../evidence.ts";
import { surface } from "../surface.ts";

const options = z.strictObject({
  credential: z.string(),
  surfaces: z.array(surface).check(z.minLength(1)),
});

/** The trace finds no form of the credential on these surfaces. */
export const absent: CheckKind<z.infer<typeof options>> = {
  kind: "absent",
  about: "No form of a credential, raw or encoded, is on any of the surfaces.",
  options,
  judge: async (scene, { credential, surfaces }) => {
    const copies = await copiesOn(scene, credential, surfaces);
    if (copies.length > 0) return fail(copies.map(evidenceOf));
    const unsearched = await unsearchedOn(scene, surfaces);
    return unsearched.length > 0
      ? unconfirmed(
          unsearched.map(({ surface: where, place }) => ({
            surface: where,
            at: `${place}: too large or damaged to search`,
          })),
        )
      : pass();
  },
};
