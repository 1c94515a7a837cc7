import * as z from "zod/mini";
import type { CheckKind } from "../check.ts";
import { fail, pass } from "../check.ts";
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
    const missing = a === null ? first : b === null ? next : null;
    if (missing) return fail([{ surface: "order", at: `${describe(missing)}: not yet` }]);
    const between = (b as number) - (a as number);
    if (between > 0 && between >= (apart ?? 0) * 1000) return pass();
    if (between > 0)
      return fail([
        {
          surface: "order",
          at: `${describe(next)} came ${Math.floor(between / 1000)} s after ${describe(first)}`,
        },
      ]);
    return fail([{ surface: "order", at: `${describe(next)} came before ${describe(first)}` }]);
  },
};
