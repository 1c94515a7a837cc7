import * as z from "zod/mini";
import type { CheckKind } from "../check.ts";
import { fail, pass } from "../check.ts";
import { addressesOf } from "../../world/attackers/addresses.ts";
import { labTime } from "../clockFace.ts";
import { firstTime, moment } from "../moment.ts";

const options = z.strictObject({
  credential: z.string(),
  /** Logins; without it anybody. */
  actors: z.optional(z.array(z.string())),
  /** From addresses, or from those of people (an attacker's second hand counts as theirs); without it from anywhere. */
  from: z.optional(z.array(z.string())),
  /** Only uses after this became true. */
  after: z.optional(moment),
  result: z._default(z.enum(["allowed", "denied"]), "allowed"),
  most: z._default(z.int().check(z.nonnegative()), 0),
  least: z._default(z.int().check(z.nonnegative()), 0),
});

export const uses: CheckKind<z.infer<typeof options>> = {
  kind: "uses",
  about:
    "A credential was used at least `least` and at most `most` times (0 and 0 unless told), by `actors`, `from` some addresses or people, after some moment.",
  options,
  judge: async ({ world }, { credential, actors, from, after, result, most = 0, least = 0 }) => {
    const since = after === undefined ? Number.NEGATIVE_INFINITY : firstTime(world, after);
    const found = (world.credentials.get(credential)?.uses ?? []).filter(
      (use) =>
        use.result === (result ?? "allowed") &&
        since !== null &&
        use.atMs > since &&
        (!actors || actors.includes(use.actor)) &&
        (!from || from.flatMap(addressesOf).includes(use.address)),
    );
    if (found.length >= least && found.length <= Math.max(most, least)) return pass();
    return fail(
      found.map(({ actor, address, action, atMs }) => ({
        surface: "credential",
        at: `${actor}, ${address}: ${action}, ${labTime(atMs)}`,
      })),
    );
  },
};
