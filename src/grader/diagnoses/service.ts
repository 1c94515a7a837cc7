/** Diagnoses of a service that had to go on. */
import * as z from "zod/mini";
import { CREDENTIAL_STATUSES, type CredentialStatus } from "../../world/credential.ts";
import { outagesOf, type Outage } from "../../world/services/consumers/metrics.ts";
import type { World } from "../../world/world.ts";
import type { DiagnosisKind } from "../check.ts";
import { outageEvidence, windowOf } from "../checks/uptime.ts";
import { clockFace } from "../clockFace.ts";
import { moment } from "../moment.ts";

const options = z.strictObject({
  service: z.string(),
  /** Only where this credential did not work, and had one of these statuses when the outage began. */
  credential: z.optional(z.string()),
  status: z.optional(z.array(z.enum(CREDENTIAL_STATUSES)).check(z.minLength(1))),
  after: z.optional(moment),
  before: z.optional(moment),
});
type Options = z.infer<typeof options>;

/** Requests failed; the first outage that fits is told. */
export const requestsFailed: DiagnosisKind<Options> = {
  kind: "requests-failed",
  about:
    "Requests to a `service` failed, where told because a `credential` did not work that had one of the `status` when it began.",
  options,
  placeholders: ["service", "count", "from", "to", "reason"],
  recognise: async ({ world }, chosen) => {
    const window = windowOf(world, chosen);
    if (window === null) return null;
    const ports = { tables: world.tables, now: () => world.clock.now() };
    const found = outagesOf(ports, chosen.service, window).find((outage) => fits(world, chosen, outage));
    if (!found) return null;
    return {
      values: {
        service: chosen.service,
        count: String(found.failed),
        from: clockFace(found.fromMs),
        to: clockFace(found.toMs ?? world.clock.now()),
        reason: found.reason,
      },
      evidence: outageEvidence(world, chosen.service, window),
    };
  },
};

function fits(world: World, { credential, status }: Options, outage: Outage): boolean {
  if (credential !== undefined && !outage.credentials.includes(credential)) return false;
  if (status === undefined) return true;
  const ids = credential === undefined ? outage.credentials : [credential];
  return ids.some((id) => status.includes(statusAt(world, id, outage.fromMs)));
}

function statusAt(world: World, id: string, atMs: number): CredentialStatus {
  return world.credentials.history(id).findLast((it) => it.atMs <= atMs)?.status ?? "active";
}
