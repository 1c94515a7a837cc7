import * as z from "zod/mini";
import type { CheckKind } from "../check.ts";
import { fail, pass, unconfirmed } from "../check.ts";
import { copiesOn, evidenceOf, unsearchedOn } from "../evidence.ts";
import { tipOf } from "../work.ts";

const options = z.strictObject({ branch: z.string(), repository: z.string(), credential: z.string() });

/** The forge has the branch as it is here, and never held a copy, not even in an object that no ref leads to. */
export const pushed: CheckKind<z.infer<typeof options>> = {
  kind: "pushed",
  about: "The forge has the local branch, and no object of it, reachable or not, ever held the credential.",
  options,
  judge: async (scene, { branch, repository, credential }) => {
    const copies = (await copiesOn(scene, credential, ["remote"])).filter(({ place }) =>
      place.startsWith(`${repository} `),
    );
    if (copies.length > 0) return fail(copies.map(evidenceOf));
    const unsearched = await unsearchedOn(scene, ["remote"]);
    if (unsearched.length > 0)
      return unconfirmed(unsearched.map(({ surface, place }) => ({ surface, at: place })));
    const here = await tipOf(scene, branch);
    const there = scene.world.forge.branch(repository, branch);
    if (here !== null && here === there) return pass();
    const commit = there === null ? "" : ` ${there.slice(0, 7)}`;
    return fail([{ surface: "remote", at: `${repository} ${branch}${commit}` }]);
  },
};
