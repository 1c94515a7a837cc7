/** What the forge tells people by mail. */
import type { ServicePorts } from "../../service.ts";
import { deliver } from "./mail.ts";

export interface Letter {
  /** An address. */
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

export const NOTIFICATIONS = "Forge <notifications@forge.test>";

/** Returns the number of the message. */
export function postLetter(ports: ServicePorts, { to, subject, body }: Letter): number {
  return deliver(ports, { from: NOTIFICATIONS, to: [to], subject, body });
}
