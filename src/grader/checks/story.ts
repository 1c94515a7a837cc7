import * as z from "zod/mini";
import type { CheckKind } from "../check.ts";
import { fail, pass, unconfirmed } from "../check.ts";
import { evidenceOf, isWell } from "../story.ts";

const options = z.strictObject({
  story: z.string(),
  /** One play may answer several checks: then only what it found counts, and of that only these. */
  unless: z.optional(z.array(z.string()).check(z.minLength(1))),
});

/** Others try, in a fork: an honest person must succeed, an attacker must gain nothing. */
export const story: CheckKind<z.infer<typeof options>> = {
  kind: "story",
  about:
    "Played in a fork, an honest-… or audit-… story exits 0, a hostile-… story exits otherwise; with `unless: [KEY…]` it found none of these, however it exits. A story that a limit ends says nothing.",
  options,
  judge: async (scene, { story: file, unless }) => {
    const outcome = await scene.play(file);
    const { broken, found } = outcome;
    const evidence = evidenceOf(outcome, unless);
    if (broken !== null) return unconfirmed([...evidence, { surface: "story", at: `${file}: ${broken}` }]);
    const well = unless ? !found.some(({ key }) => unless.includes(key)) : isWell(outcome);
    return well ? pass() : fail(evidence);
  },
};
