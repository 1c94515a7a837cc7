/** magpie, a harvesting bot: it reads what everybody can read, extracts credentials, and uses what works. */
import type { ServicePorts } from "../service.ts";
import { comeBy } from "./attackers.ts";
import type { AttackerPorts } from "./ports.ts";
import { scheduleVisit, visitOf } from "./visit.ts";

export const MAGPIE = "magpie";

export interface Coming {
  readonly atMs: number;
  /** How much longer the steps take: gentle 4, normal 1, fast 0.3. */
  readonly factor?: number;
  /** Again after each such span, which is not scaled here. */
  readonly everyMs?: number;
}

/** magpie will read the public surfaces. */
export function scheduleMagpie(
  ports: Pick<ServicePorts, "schedule">,
  { atMs, factor = 1, everyMs = 0 }: Coming,
): void {
  scheduleVisit(ports, atMs, { ...visitOf(MAGPIE, factor), everyMs });
}

/** One visit at once. */
export async function readPublic(ports: AttackerPorts, factor = 1): Promise<void> {
  await comeBy(ports, visitOf(MAGPIE, factor));
}
