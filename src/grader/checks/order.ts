import * as z from "zod/mini";
import type { CheckKind } from "../check.ts";
import { fail, pass } from "../check.ts";
import { describe, firstTime, moment } from "../moment.ts";

const options = z.strictObject({ first: moment, next: moment });

export const order: CheckKind<z.infer<typeof options>> = {
  kind: "order",
  about: "`first` became true before `next` did; both did.",
  options,
  judge: async ({ world }, { first, next }) => {
    const [a, b] = [firstTime(world, first), firstTime(world, next)];
    const missing = a === null ? first : b === null ? next : null;
    if (missing) return fail([{ surface: "order", at: `${describe(missing)}: not yet` }]);
    if ((a as number) < (b as number)) return pass();
    return fail([{ surface: "order", at: `${describe(next)} came before ${describe(first)}` }]);
  },
};
