import type * as z from "zod/mini";
import { compare } from "../answer/compare.ts";
import { answerOptions, look } from "../answer/options.ts";
import type { CheckKind } from "../check.ts";
import { fail, pass, unconfirmed } from "../check.ts";

export const answer: CheckKind<z.infer<typeof answerOptions>> = {
  kind: "answer",
  about:
    "A `file` that the learner wrote (YAML, or the front matter of a .md) agrees with what a `story` tells with `truth`. Each of `parts` compares rows `at` a place, found again by `key`: at least `recall` of the true ones, `precision` of true ones among those given, none of those at `not`, `least` rows found, and `fields` that are the same, any of a list, an equal set, a set that holds the truth's, filled, or `{near: SECONDS}`.",
  options: answerOptions,
  judge: async (scene, { parts, ...where }) => {
    const { unread, answer: given, truth, untold } = await look(scene, where);
    if (truth === null) return unconfirmed([{ surface: "story", at: `${where.story}: ${untold}` }]);
    if (unread !== null) return fail([{ surface: "worktree", at: `${where.file}: ${unread}` }]);
    const wrong = parts.filter((it) => !compare(given, truth, it).well);
    return wrong.length === 0
      ? pass()
      : fail(wrong.map(({ at }) => ({ surface: "worktree", at: at ? `${where.file}: ${at}` : where.file })));
  },
};
