import * as z from "zod/mini";
import { START_MS } from "../../world/clock.ts";
import { findConsumer } from "../../world/services/consumers/consumers.ts";
import { countsOf, outagesOf, type Window } from "../../world/services/consumers/metrics.ts";
import type { World } from "../../world/world.ts";
import type { CheckKind } from "../check.ts";
import { fail, pass, unconfirmed } from "../check.ts";
import { clockFace } from "../clockFace.ts";
import type { Evidence } from "../grade.ts";
import { firstTime, moment } from "../moment.ts";

const options = z.strictObject({
  /** A service of the lab that has requests to answer. */
  service: z.string(),
  /** So many requests may have failed. */
  most: z._default(z.int().check(z.nonnegative()), 0),
  /** So large a part of them was answered: 0.999. */
  least: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
  /** Only from this moment on, or until that one. */
  after: z.optional(moment),
  before: z.optional(moment),
});
type Options = z.infer<typeof options>;

/** Failed requests of a service. Outages are the evidence. */
export const uptime: CheckKind<Options> = {
  kind: "uptime",
  about:
    "Of the requests to a `service` at most `most` failed (0), or at least the part `least` was answered, since the lab began or `after` a moment, `before` another.",
  options,
  judge: async ({ world }, { service, most = 0, least, after, before }) => {
    const window = windowOf(world, { after, before });
    const ports = { tables: world.tables, now: () => world.clock.now() };
    if ((findConsumer(world, service)?.load ?? 0) === 0)
      return unconfirmed([{ surface: "service", at: `${service} has no requests` }]);
    if (window === null) return fail([{ surface: "service", at: "that moment has not come" }]);
    const { requests, failed } = countsOf(ports, service, window);
    const answered = requests === 0 ? 1 : (requests - failed) / requests;
    const good = least === undefined ? failed <= most : answered >= least;
    return good ? pass() : fail(outageEvidence(world, service, window));
  },
};

/** Null where the first moment has not come. */
export function windowOf(world: World, { after, before }: Pick<Options, "after" | "before">): Window | null {
  const fromMs = after === undefined ? START_MS : firstTime(world, after);
  const toMs = before === undefined ? null : firstTime(world, before);
  if (fromMs === null) return null;
  return toMs === null ? { fromMs } : { fromMs, toMs };
}

export function outageEvidence(world: World, service: string, window: Window): Evidence[] {
  const ports = { tables: world.tables, now: () => world.clock.now() };
  return outagesOf(ports, service, window).map(({ fromMs, toMs, failed, reason }) => ({
    surface: "service",
    at: `${service}: ${failed} requests failed from T+${clockFace(fromMs)} to ${toMs === null ? "now" : `T+${clockFace(toMs)}`}: ${reason}`,
  }));
}
