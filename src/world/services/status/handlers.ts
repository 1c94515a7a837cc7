/**
 * Incidents of the status page, in the shape of Statuspage: everybody reads `/api/v2/…`, people of the company write
 * `/v1/pages/PAGE/incidents`, signed in with their browser.
 * https://metastatuspage.com/api  https://developer.statuspage.io/
 */
import { toUtf8 } from "../../../base/bytes.ts";
import type { Json } from "../../../base/json.ts";
import type { Origin } from "../../network.ts";
import { personOf, type Person } from "../../person.ts";
import type { ServicePorts } from "../../service.ts";
import {
  announce,
  IMPACTS,
  INCIDENTS,
  incidents,
  STATUSES,
  statusOf,
  update,
  type Impact,
  type Incident,
  type IncidentStatus,
} from "./incidents.ts";

const PAGE = { id: "lantern-tides", name: "Lantern Tides", url: "https://status.lantern-tides.test" };
const MANAGED = /^\/v1\/pages\/[\w-]+\/incidents(?:\/(\w+))?(?:\.json)?$/;
/** Characters. */
const LONGEST_NAME = 200;
const LONGEST_BODY = 25_000;

export async function serveIncidents(ports: ServicePorts, request: Request, from: Origin): Promise<Response> {
  const { pathname } = new URL(request.url);
  const managed = MANAGED.exec(pathname);
  if (managed) return manage(ports, request, from, managed[1]);
  const read = Object.hasOwn(READ, pathname) ? READ[pathname] : undefined;
  if (!read) return json(404, { error: "not found" });
  if (request.method !== "GET" && request.method !== "HEAD")
    return json(405, { error: "method not allowed" });
  return json(200, {
    page: { ...PAGE, time_zone: "Etc/UTC", updated_at: time(ports.now()) },
    ...read(ports),
  });
}

type Fields = { readonly [key: string]: Json };

const READ: Readonly<Record<string, (ports: ServicePorts) => Fields>> = {
  "/api/v2/status.json": (ports) => ({ status: overall(ports) }),
  "/api/v2/summary.json": (ports) => ({
    status: overall(ports),
    incidents: unresolved(ports).map(incidentJson),
    scheduled_maintenances: [],
  }),
  "/api/v2/incidents.json": (ports) => ({ incidents: incidents(ports).reverse().map(incidentJson) }),
  "/api/v2/incidents/unresolved.json": (ports) => ({ incidents: unresolved(ports).map(incidentJson) }),
};

function unresolved(ports: ServicePorts): Incident[] {
  return incidents(ports)
    .filter((it) => statusOf(it) !== "resolved")
    .reverse();
}

const SAID: Readonly<Record<Impact, string>> = {
  none: "All Systems Operational",
  minor: "Minor Service Outage",
  major: "Partial System Outage",
  critical: "Major Service Outage",
};

function overall(ports: ServicePorts): Fields {
  const worst = Math.max(0, ...unresolved(ports).map(({ impact }) => IMPACTS.indexOf(impact)));
  const indicator = IMPACTS[worst] ?? "none";
  return { indicator, description: SAID[indicator] };
}

async function manage(
  ports: ServicePorts,
  request: Request,
  { session, address }: Origin,
  id: string | undefined,
): Promise<Response> {
  const person = session === null ? undefined : personOf(session);
  if (!person || (person.side !== "colleague" && person.side !== "learner"))
    return json(401, { error: "Could not authenticate" });
  const incident = id === undefined ? undefined : ports.tables.of(INCIDENTS).get(id);
  if (id !== undefined && !incident) return json(404, { error: "Not found" });
  if (request.method === "GET")
    return json(200, incident ? incidentJson(incident) : incidents(ports).reverse().map(incidentJson));
  const wanted = incident ? ["PATCH", "PUT"] : ["POST"];
  if (!wanted.includes(request.method)) return json(405, { error: "method not allowed" });
  const fields = fieldsOf(toUtf8(new Uint8Array(await request.arrayBuffer())), incident);
  if (typeof fields === "string") return json(422, { error: [fields] });
  const now = incident
    ? update(ports, incident, { ...fields, by: person.login })
    : announce(ports, { ...fields, by: person.login });
  audit(ports, person, address, incident ? "incident.update" : "incident.create", now.id);
  return json(incident ? 200 : 201, incidentJson(now));
}

interface Wanted {
  readonly name: string;
  readonly status: IncidentStatus;
  readonly impact: Impact;
  readonly body: string;
}

/** What is asked for, or what is wrong with it. What a change does not say stays. */
function fieldsOf(source: string, before: Incident | undefined): Wanted | string {
  const said = parse(source);
  if (!said) return "send {incident: {name, status, body}}";
  const text = (name: string) => (typeof said[name] === "string" ? said[name] : undefined);
  const name = text("name") ?? before?.name ?? "";
  const status = text("status") ?? (before ? statusOf(before) : "investigating");
  const impact = text("impact_override") ?? before?.impact ?? "minor";
  if (name.trim() === "") return "Name can't be blank";
  const found = STATUSES.find((it) => it === status);
  if (!found) return `Status must be one of ${STATUSES.join(", ")}`;
  const weight = IMPACTS.find((it) => it === impact);
  if (!weight) return `Impact override must be one of ${IMPACTS.join(", ")}`;
  return {
    name: name.slice(0, LONGEST_NAME),
    status: found,
    impact: weight,
    body: (text("body") ?? "").slice(0, LONGEST_BODY),
  };
}

function parse(source: string): Readonly<Record<string, unknown>> | null {
  try {
    const value = JSON.parse(source) as { incident?: unknown } | null;
    const incident = value?.incident;
    return incident !== null && typeof incident === "object"
      ? (incident as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}

function incidentJson(incident: Incident): Fields {
  const { id, name, impact, createdAtMs, updates } = incident;
  const last = updates.at(-1);
  const resolved = updates.findLast(({ status }) => status === "resolved");
  return {
    id: String(id),
    name,
    status: statusOf(incident),
    impact,
    created_at: time(createdAtMs),
    updated_at: time(last?.atMs ?? createdAtMs),
    resolved_at: resolved && statusOf(incident) === "resolved" ? time(resolved.atMs) : null,
    incident_updates: updates.toReversed().map(({ status, body, atMs }) => ({
      status,
      body,
      created_at: time(atMs),
    })),
  };
}

function audit(
  ports: ServicePorts,
  { login }: Person,
  address: string,
  action: string,
  incident: number,
): void {
  ports.audit.add({
    service: "status",
    actor: login,
    identityType: "user",
    credentialId: null,
    action,
    target: `incident ${incident}`,
    result: "allowed",
    address,
    requestId: `STATUS-${String(ports.tables.next("status/request")).padStart(6, "0")}`,
  });
}

function time(ms: number): string {
  return new Date(ms).toISOString();
}

function json(code: number, body: Json): Response {
  return new Response(`${JSON.stringify(body)}\n`, {
    status: code,
    headers: { "Content-Type": "application/json; charset=utf-8" },
  });
}
