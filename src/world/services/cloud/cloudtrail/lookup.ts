/** LookupEvents. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
import type { Json } from "../../../../base/json.ts";
import type { AuditEntry } from "../../../audit.ts";
import type { ServicePorts } from "../../../service.ts";
import { cloudError, isCloudError, type CloudError } from "../error.ts";
import type { JsonBody } from "../jsonProtocol.ts";
import { eventId, factsOf, historyOf, recordOf, usernameOf } from "./event.ts";

const DAY_MS = 24 * 3600 * 1000;
const KEPT_MS = 90 * DAY_MS;
const MOST = 50;

type Matches = (ports: ServicePorts, entry: AuditEntry, value: string) => boolean;

const ATTRIBUTES: Readonly<Record<string, Matches>> = {
  AccessKeyId: (_, entry, value) => factsOf(entry).accessKeyId === value,
  EventId: (ports, entry, value) => eventId(ports, entry) === value,
  EventName: (_, entry, value) => factsOf(entry).eventName === value,
  EventSource: (_, entry, value) => factsOf(entry).eventSource === value,
  ReadOnly: (_, entry, value) => String(factsOf(entry).readOnly) === value.toLowerCase(),
  ResourceName: (_, entry, value) => factsOf(entry).resources.some(({ name }) => name === value),
  ResourceType: (_, entry, value) => factsOf(entry).resources.some(({ type }) => type === value),
  Username: (_, entry, value) => usernameOf(entry) === value,
};

interface Query {
  readonly matches: (entry: AuditEntry) => boolean;
  readonly from: number;
  readonly size: number;
}

/** Newest first, of the last 90 days. */
export function lookupEvents(ports: ServicePorts, body: JsonBody): Json | CloudError {
  const query = queryOf(ports, body);
  if (isCloudError(query)) return query;
  const found = historyOf(ports).filter(query.matches).reverse();
  const page = found.slice(query.from, query.from + query.size);
  const next = query.from + query.size;
  return {
    Events: page.map((entry) => eventJson(ports, entry)),
    ...(next < found.length ? { NextToken: btoa(`events:${next}`) } : {}),
  };
}

function queryOf(ports: ServicePorts, body: JsonBody): Query | CloudError {
  const attribute = attributeOf(ports, body["LookupAttributes"]);
  if (isCloudError(attribute)) return attribute;
  const [start, end] = [timeOf(body["StartTime"]), timeOf(body["EndTime"])];
  if (start !== null && end !== null && start > end)
    return cloudError("InvalidTimeRangeException", "Start time must not be after end time.");
  const size = body["MaxResults"] ?? MOST;
  if (typeof size !== "number" || !Number.isInteger(size) || size < 1 || size > MOST)
    return cloudError("InvalidMaxResultsException", `Max results must be between 1 and ${MOST}.`);
  const from = tokenOf(body["NextToken"]);
  if (from === null) return cloudError("InvalidNextTokenException", "Invalid token.");
  const earliest = Math.max(start ?? 0, ports.now() - KEPT_MS);
  const latest = end ?? ports.now();
  const inTime = ({ atMs }: AuditEntry) => atMs >= earliest && atMs <= latest;
  return { from, size, matches: (entry) => inTime(entry) && attribute(entry) };
}

function attributeOf(
  ports: ServicePorts,
  value: Json | undefined,
): ((entry: AuditEntry) => boolean) | CloudError {
  const list = Array.isArray(value) ? (value as Json[]) : [];
  const wrong = (message: string) => cloudError("InvalidLookupAttributesException", message);
  if (value !== undefined && value !== null && !Array.isArray(value))
    return wrong("Lookup attributes must be a list.");
  if (list.length > 1) return wrong("You can specify only one lookup attribute.");
  const [attribute] = list;
  if (attribute === undefined) return () => true;
  const { AttributeKey: key, AttributeValue: wanted } = (attribute ?? {}) as Readonly<Record<string, Json>>;
  if (typeof key !== "string" || typeof wanted !== "string" || !Object.hasOwn(ATTRIBUTES, key))
    return wrong(`Lookup attribute must be one of ${Object.keys(ATTRIBUTES).join(", ")}, with a value.`);
  return (entry) => (ATTRIBUTES[key] as Matches)(ports, entry, wanted);
}

/** Seconds since 1970, or ISO 8601, in ms. */
function timeOf(value: Json | undefined): number | null {
  if (typeof value === "number") return value * 1000;
  const ms = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isFinite(ms) ? ms : null;
}

function tokenOf(value: Json | undefined): number | null {
  if (value === undefined || value === null) return 0;
  if (typeof value !== "string" || !/^[A-Za-z0-9+/]{4,64}={0,2}$/.test(value) || value.length % 4 !== 0)
    return null;
  const [, from] = /^events:(\d{1,9})$/.exec(atob(value)) ?? [];
  return from === undefined ? null : Number(from);
}

function eventJson(ports: ServicePorts, entry: AuditEntry): Json {
  const facts = factsOf(entry);
  return {
    EventId: eventId(ports, entry),
    EventName: facts.eventName,
    ReadOnly: String(facts.readOnly),
    ...(facts.accessKeyId === null ? {} : { AccessKeyId: facts.accessKeyId }),
    EventTime: entry.atMs / 1000,
    EventSource: facts.eventSource,
    Username: usernameOf(entry),
    Resources: facts.resources.map(({ type, name }) => ({ ResourceType: type, ResourceName: name })),
    CloudTrailEvent: JSON.stringify(recordOf(ports, entry)),
  };
}
