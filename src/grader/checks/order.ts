import * as z from "zod/mini";
import type { CheckKind } from "../check.ts";
import { fail, pass } from "../check.ts";
import { labTime } from "../clockFace.ts";
import { describe, firstTime, moment } from "../moment.ts";

const options = z.strictObject({
  first: moment,
  next: moment,
  /** At least so many seconds lie between them. */
  apart: z.optional(z.int().check(z.positive())),
});

export const order: CheckKind<z.infer<typeof options>> = {
  kind: "order",
  about: "`first` became true before `next` did, where told at least `apart` seconds before; both did.",
  options,
  judge: async ({ world }, { first, next, apart }) => {
    const [a, b] = [firstTime(world, first), firstTime(world, next)];
    if (a === null || b === null)
      return fail([{ surface: "order", at: describe(a === null ? first : next) }]);
    if (b > a && b - a >= (apart ?? 0) * 1000) return pass();
    return fail([
      { surface: "order", at: `${describe(first)} ${labTime(a)}, ${describe(next)} ${labTime(b)}` },
    ]);
  },
};
