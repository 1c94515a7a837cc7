/** What the store put into the queue: tokens and leases end, passwords of static roles are changed. */
import type { Scheduled } from "../../queue.ts";
import type { ServicePorts } from "../../service.ts";
import { rotationDue } from "./database/staticRoles.ts";
import { leaseEnds } from "./leases.ts";
import { LEASE_ENDS, ROTATION_DUE, TOKEN_ENDS } from "./model.ts";
import { tokenEnds } from "./tokens.ts";

export function storeHappens(ports: ServicePorts, { kind, payload }: Scheduled): void {
  const text = (name: string) => String(payload[name] ?? "");
  if (kind === TOKEN_ENDS) tokenEnds(ports, text("accessor"));
  if (kind === LEASE_ENDS) leaseEnds(ports, text("lease"), Number(payload["attempt"] ?? 1));
  if (kind === ROTATION_DUE) rotationDue(ports, text("mount"), text("name"), Number(payload["rotations"]));
}
