/** A diagnosis that a story found: it says so itself with `found KEY name=value…`. */
import * as z from "zod/mini";
import type { DiagnosisKind } from "../check.ts";
import { evidenceOf } from "../story.ts";

const options = z.strictObject({ story: z.string(), found: z.string() });

export const told: DiagnosisKind<z.infer<typeof options>> = {
  kind: "told",
  about:
    "A story, played in a fork, told it with `found KEY name=value…`; the names may stand in the message.",
  options,
  placeholders: [],
  recognise: async (scene, { story, found: key }) => {
    const outcome = await scene.play(story);
    const first = outcome.found.find((item) => item.key === key);
    return first ? { values: first.values, evidence: evidenceOf(outcome, [key]) } : null;
  },
};
