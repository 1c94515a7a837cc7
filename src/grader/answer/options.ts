/** Options that the check `answer` and the diagnosis `answered` share, and how both look. */
import * as z from "zod/mini";
import type { Scene } from "../scene.ts";
import { parsed, readAnswer, remembered, type Row } from "./document.ts";

const share = z.number().check(z.minimum(0), z.maximum(1));

const part = z.strictObject({
  at: z._default(z.string(), ""),
  key: z.optional(z.array(z.string()).check(z.minLength(1))),
  not: z.optional(z.string()),
  recall: z.optional(share),
  precision: z.optional(share),
  least: z.optional(z.int().check(z.nonnegative())),
  fields: z.optional(
    z.record(
      z.string(),
      z.union([
        z.enum(["same", "any", "set", "holds", "filled"]),
        z.strictObject({ near: z.number().check(z.nonnegative()) }),
      ]),
    ),
  ),
});

/** Options of the check; its diagnoses read them too. */
export const answerOptions = z.strictObject({
  /** Below the working tree, or from the root. A file .md is read as its front matter. */
  file: z.string(),
  /** The story that tells the truth with `truth`. */
  story: z.string(),
  parts: z.array(part).check(z.minLength(1)),
});

export interface Looked {
  /** Why there is no answer to read; null where there is one. */
  readonly unread: string | null;
  readonly answer: Row;
  /** Null where the story came to no truth; `untold` says why. */
  readonly truth: Row | null;
  readonly untold: string;
}

export async function look(scene: Scene, { file, story }: { file: string; story: string }): Promise<Looked> {
  const path = file.startsWith("/") ? file : `${scene.work}/${file}`;
  const { documents } = scene.memory;
  const answer = readAnswer(scene.world.laptop, path, documents);
  const outcome = await scene.play(story);
  const { broken, truth } = outcome;
  const known =
    broken ?? (truth === null ? "told no truth" : remembered(documents, outcome, () => parsed(truth)));
  return {
    unread: typeof answer === "string" ? answer : null,
    answer: typeof answer === "string" ? {} : answer,
    truth: typeof known === "string" ? null : known,
    untold: typeof known === "string" ? known : "",
  };
}
