import * as z from "zod/mini";
import { addressesOf } from "../../world/attackers/addresses.ts";
import type { CheckKind } from "../check.ts";
import { fail, pass } from "../check.ts";
import { labTime } from "../clockFace.ts";
import { describe, firstTime, moment } from "../moment.ts";

const options = z.strictObject({
  credential: z.string(),
  /** So long had nobody used it. */
  seconds: z.int().check(z.positive()),
  /** When this became true. */
  before: moment,
  /** Uses from addresses of these people, or from these addresses, do not count: an intruder's. */
  besides: z.optional(z.array(z.string())),
});

/** A credential fell silent before it was turned off. */
export const idle: CheckKind<z.infer<typeof options>> = {
  kind: "idle",
  about:
    "When `before` became true, nobody had used the `credential` with success for `seconds`; steady use counts until its end. Uses of people or from addresses in `besides` do not count.",
  options,
  judge: async ({ world }, { credential, seconds, before, besides = [] }) => {
    const atMs = firstTime(world, before);
    if (atMs === null) return fail([{ surface: "credential", at: describe(before) }]);
    const others = besides.flatMap(addressesOf);
    const used = (world.credentials.get(credential)?.uses ?? []).filter(
      (use) => use.result === "allowed" && (use.sinceMs ?? use.atMs) < atMs && !others.includes(use.address),
    );
    const lastMs = Math.max(...used.map((use) => Math.min(use.atMs, atMs)), Number.NEGATIVE_INFINITY);
    if (atMs - lastMs >= seconds * 1000) return pass();
    const last = used.findLast((use) => Math.min(use.atMs, atMs) === lastMs);
    return fail([{ surface: "credential", at: `${credential}: ${last?.actor ?? ""}, ${labTime(lastMs)}` }]);
  },
};
