/** When something first became true since the lab began: an event, an entry of the audit log, a credential's status. */
import * as z from "zod/mini";
import type { Json } from "../base/json.ts";
import { START_MS } from "../world/clock.ts";
import { CREDENTIAL_STATUSES } from "../world/credential.ts";
import type { World } from "../world/world.ts";

const value = z.union([z.string(), z.number(), z.boolean()]);
const where = z.optional(z.record(z.string(), value));

export const moment = z.union([
  /** A kind of event of the world, with fields of its data; `ref` also matches a list `refs` that has it. */
  z.strictObject({ event: z.string(), where }),
  /** An action of the audit log, with fields of the entry or of its data. */
  z.strictObject({ audit: z.string(), where }),
  z.strictObject({ credential: z.string(), status: z.array(z.enum(CREDENTIAL_STATUSES)) }),
]);

export type Moment = z.infer<typeof moment>;

/** In ms; null where it has not become true. */
export function firstTime(world: World, asked: Moment): number | null {
  const times =
    "event" in asked
      ? world.events
          .filter(({ kind, data }) => kind === asked.event && matches(data, asked.where))
          .map(({ atMs }) => atMs)
      : "audit" in asked
        ? world.audit
            .all()
            .filter(
              (entry) =>
                entry.atMs >= START_MS &&
                entry.action === asked.audit &&
                matches({ ...entry.data, ...facts(entry) }, asked.where),
            )
            .map(({ atMs }) => atMs)
        : world.credentials
            .history(asked.credential)
            .filter(({ status, atMs }) => atMs >= START_MS && asked.status.includes(status))
            .map(({ atMs }) => atMs);
  return times.length === 0 ? null : Math.min(...times);
}

function facts({
  actor,
  target,
  result,
  address,
  service,
  credentialId,
}: ReturnType<World["audit"]["all"]>[number]): Readonly<Record<string, Json>> {
  return { actor, target, result, address, service, credential: credentialId };
}

function matches(
  data: Readonly<Record<string, Json>>,
  asked: Readonly<Record<string, string | number | boolean>> = {},
): boolean {
  return Object.entries(asked).every(([name, wanted]) => {
    if (data[name] === wanted) return true;
    const list = data[`${name}s`];
    return Array.isArray(list) && list.includes(wanted);
  });
}

export function describe(asked: Moment): string {
  if ("event" in asked) return asked.event;
  if ("audit" in asked) return asked.audit;
  return `${asked.credential} ${asked.status.join(" or ")}`;
}
