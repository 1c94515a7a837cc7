/** One event as CloudTrail shows it, from an entry of the world's audit log. */
import type { Json } from "../../../../base/json.ts";
import { sha256 } from "../../../../base/digest.ts";
import type { AuditEntry } from "../../../audit.ts";
import type { ServicePorts } from "../../../service.ts";
import { accountId } from "../account.ts";
import { ROLES, SESSIONS } from "../model.ts";
import { CLOUD, type CloudFacts } from "../record.ts";

type Row = { readonly [key: string]: Json | undefined };

export function factsOf({ data }: AuditEntry): CloudFacts {
  return data as unknown as CloudFacts;
}

/** What its history has: management events of whoever is known. A wrong signature is nobody's event. */
export function historyOf({ audit }: ServicePorts): AuditEntry[] {
  return audit
    .all()
    .filter((entry) => entry.service === CLOUD && factsOf(entry).management && isSomebody(entry));
}

function isSomebody({ identityType }: AuditEntry): boolean {
  return identityType !== "anonymous" && identityType !== "unknown";
}

/** "8d3a…": the same for the same event. */
export function eventId(ports: ServicePorts, { number }: AuditEntry): string {
  const hex = sha256(`cloudtrail ${accountId(ports)} ${number}`);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

/** The user, or the session of a role. */
export function usernameOf({ actor, identityType }: AuditEntry): string {
  return identityType === "session" ? (actor.split("/")[1] ?? actor) : actor;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
export function recordOf(ports: ServicePorts, entry: AuditEntry): Json {
  const facts = factsOf(entry);
  const { errorCode, errorMessage } = facts;
  return {
    eventVersion: "1.11",
    userIdentity: identityOf(ports, entry, facts),
    eventTime: `${new Date(entry.atMs).toISOString().slice(0, 19)}Z`,
    eventSource: facts.eventSource,
    eventName: facts.eventName,
    awsRegion: facts.region,
    sourceIPAddress: entry.address,
    userAgent: facts.userAgent,
    ...(errorCode === null ? {} : { errorCode, errorMessage }),
    requestParameters: facts.parameters,
    responseElements: facts.readOnly && !facts.eventSource.startsWith("sts") ? null : facts.response,
    requestID: entry.requestId,
    eventID: eventId(ports, entry),
    readOnly: facts.readOnly,
    eventType: entry.identityType === "service" ? "AwsServiceEvent" : "AwsApiCall",
    managementEvent: facts.management,
    recipientAccountId: accountId(ports),
    eventCategory: facts.management ? "Management" : "Data",
  };
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
function identityOf(ports: ServicePorts, entry: AuditEntry, facts: CloudFacts): Row {
  const { identityType, actor } = entry;
  const { principalId, arn, accessKeyId } = facts;
  const accountIdOfAll = accountId(ports);
  if (identityType === "service") return { type: "AWSService", invokedBy: actor };
  if (identityType === "web-identity")
    return {
      type: "WebIdentityUser",
      principalId: `${arn}:${actor}`,
      userName: actor,
      identityProvider: arn,
    };
  const known = { principalId, arn, accountId: accountIdOfAll, accessKeyId };
  if (identityType !== "session") return { type: "IAMUser", ...known, userName: actor };
  return { type: "AssumedRole", ...known, sessionContext: sessionContext(ports, accessKeyId ?? "") };
}

function sessionContext(ports: ServicePorts, accessKeyId: string): Row {
  const session = ports.tables.of(SESSIONS).get(accessKeyId);
  const role = session && ports.tables.of(ROLES).get(session.role.toLowerCase());
  return {
    sessionIssuer: {
      type: "Role",
      principalId: role?.id,
      arn: role?.arn,
      accountId: accountId(ports),
      userName: session?.role,
    },
    attributes: {
      creationDate: session && `${new Date(session.issuedAtMs).toISOString().slice(0, 19)}Z`,
      mfaAuthenticated: "false",
    },
  };
}
