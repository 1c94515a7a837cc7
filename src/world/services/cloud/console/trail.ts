/** The history of events, as LookupEvents has it: who did what, when, from where. */
import type { AuditEntry } from "../../../audit.ts";
import { eventId, factsOf, historyOf, recordOf, usernameOf } from "../cloudtrail/event.ts";
import { isRefusal } from "../error.ts";
import { isoTime, seen, type Looking } from "./looking.ts";
import type { ConsoleEvent, ConsoleTrail, Seen } from "./view.ts";

/** What may be asked for: a text in a key, a user, an event's name, or a resource. */
export interface TrailFilter {
  readonly key: string;
  readonly user: string;
  readonly event: string;
  readonly resource: string;
}

/** Rows of one answer. */
const MOST = 200;

export function trail(looking: Looking, filter: TrailFilter): Seen<ConsoleTrail> {
  return seen(looking, "cloudtrail:LookupEvents", "*", () => {
    const all = historyOf(looking.ports);
    const found = all.filter((entry) => fits(entry, filter));
    const events = found
      .slice(-MOST)
      .reverse()
      .map((entry) => eventOf(looking, entry));
    return { events, matching: found.length, total: all.length };
  });
}

function fits(entry: AuditEntry, { key, user, event, resource }: TrailFilter): boolean {
  const { accessKeyId, eventName, resources } = factsOf(entry);
  const has = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase());
  return (
    (key === "" || accessKeyId === key) &&
    (user === "" || usernameOf(entry) === user) &&
    (event === "" || has(eventName, event)) &&
    (resource === "" || resources.some(({ name }) => name === resource))
  );
}

function eventOf({ ports }: Looking, entry: AuditEntry): ConsoleEvent {
  const { eventName, eventSource, accessKeyId, errorCode, resources } = factsOf(entry);
  const { identityType, atMs, address } = entry;
  return {
    id: eventId(ports, entry),
    at: isoTime(atMs),
    name: eventName,
    service: eventSource.split(".")[0] ?? "",
    who: usernameOf(entry),
    kind: kindOf(identityType),
    key: accessKeyId,
    address,
    outcome: errorCode === null ? "allowed" : isRefusal({ code: errorCode }) ? "denied" : "failed",
    resources: resources.map(({ name }) => name),
    record: JSON.stringify(recordOf(ports, entry)),
  };
}

function kindOf(identityType: string): ConsoleEvent["kind"] {
  return identityType === "session" || identityType === "service" || identityType === "web-identity"
    ? identityType
    : "user";
}
