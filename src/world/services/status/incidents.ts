/** Incidents on the public status page: what the company told its users, and when. */
import { tableName } from "../../../base/tables.ts";
import type { ServicePorts } from "../../service.ts";

export const STATUSES = ["investigating", "identified", "monitoring", "resolved"] as const;
export type IncidentStatus = (typeof STATUSES)[number];
export const IMPACTS = ["none", "minor", "major", "critical"] as const;
export type Impact = (typeof IMPACTS)[number];

export interface IncidentUpdate {
  readonly status: IncidentStatus;
  readonly body: string;
  readonly atMs: number;
  readonly by: string;
}

export interface Incident {
  readonly id: number;
  readonly name: string;
  readonly impact: Impact;
  readonly createdAtMs: number;
  /** Oldest first; there is one at least. */
  readonly updates: readonly IncidentUpdate[];
}

/** By id. */
export const INCIDENTS = tableName<Incident>("status/incidents");

export function incidents({ tables }: Pick<ServicePorts, "tables">): Incident[] {
  return tables.of(INCIDENTS).all();
}

export function statusOf({ updates }: Incident): IncidentStatus {
  return updates.at(-1)?.status ?? "investigating";
}

export interface Announcement {
  readonly name: string;
  readonly impact: Impact;
  readonly status: IncidentStatus;
  readonly body: string;
  readonly by: string;
}

export function announce(ports: ServicePorts, { name, impact, ...update }: Announcement): Incident {
  const id = ports.tables.next("status/incident");
  const atMs = ports.now();
  const incident = { id, name, impact, createdAtMs: atMs, updates: [{ ...update, atMs }] };
  tell(ports, incident, update.by);
  return ports.tables.of(INCIDENTS).set(String(id), incident);
}

export function update(
  ports: ServicePorts,
  incident: Incident,
  change: Omit<IncidentUpdate, "atMs"> & Partial<Pick<Incident, "name" | "impact">>,
): Incident {
  const { name = incident.name, impact = incident.impact, ...more } = change;
  const updates = [...incident.updates, { ...more, atMs: ports.now() }];
  const now = ports.tables.of(INCIDENTS).change(String(incident.id), { name, impact, updates });
  tell(ports, now, change.by);
  return now;
}

function tell(ports: ServicePorts, incident: Incident, by: string): void {
  ports.event({
    who: by === "learner" ? "you" : "colleague",
    kind: "status.posted",
    what: `The status page says: ${incident.name.slice(0, 120)} (${statusOf(incident)})`,
    data: { incident: incident.id, status: statusOf(incident), by },
  });
}
