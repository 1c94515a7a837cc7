import * as z from "zod/mini";
import type { CheckKind } from "../check.ts";
import { fail, pass, unconfirmed } from "../check.ts";
import { isWell } from "../story.ts";

const options = z.strictObject({ story: z.string() });

/** Others try, in a fork: an honest person must succeed, an attacker must gain nothing. */
export const story: CheckKind<z.infer<typeof options>> = {
  kind: "story",
  about:
    "Played in a fork, an honest-… or audit-… story exits 0, a hostile-… story exits otherwise. A story that a limit ends says nothing.",
  options,
  judge: async (scene, { story: file }) => {
    const outcome = await scene.play(file);
    const { broken, evidence } = outcome;
    if (broken !== null) return unconfirmed([...evidence, { surface: "story", at: `${file}: ${broken}` }]);
    return isWell(outcome) ? pass() : fail(evidence);
  },
};
