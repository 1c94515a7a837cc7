/** Asks in the name of who looks, and leaves no trace. */
import type { ServicePorts } from "../../../service.ts";
import { authorise, type Asked } from "../authorise.ts";
import type { Known } from "../iam/operation.ts";
import type { Seen } from "./view.ts";

export interface Looking {
  readonly ports: ServicePorts;
  readonly caller: Known;
  readonly address: string;
}

export function may({ ports, caller, address }: Looking, asked: Omit<Asked, "address">): boolean {
  return authorise(ports, caller, { ...asked, address }).allowed;
}

/** What is shown where the action is allowed on the resource. */
export function seen<T>(
  looking: Looking,
  action: string,
  resource: string,
  show: () => T,
  more: Pick<Asked, "context" | "resourcePolicy"> = {},
): Seen<T> {
  return may(looking, { action, resource, ...more }) ? { seen: show() } : { denied: action };
}

export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
