/**
 * What AWS does when a key was found in public: a policy that denies what costs most is attached to its user, and later
 * somebody gets a mail. Times as they were measured once, from push to policy and from push to mail.
 * https://xebia.com/blog/what-happens-when-you-leak-aws-credentials-and-how-aws-minimizes-the-damage/
 */
import { tableName } from "../../../base/tables.ts";
import type { ServicePorts } from "../../service.ts";
import { deliver } from "../mail/mail.ts";
import { awsPolicyNamed, QUARANTINE } from "./iam/awsPolicies.ts";
import { ACCESS_KEYS, ACCOUNT, ACCOUNT_KEY } from "./model.ts";
import type { ExposedKey } from "./exposure.ts";
import { CLOUD, type CloudFacts } from "./record.ts";
import { attachToUser, userNamed } from "./users.ts";
import type { AuditEntry } from "../../audit.ts";

export const QUARANTINE_MS = 67_000;
export const WARNING_MS = 250_000;

/** `cloud/quarantine {accessKeyId}`, `cloud/warning {accessKeyId}` */
export const QUARANTINE_DUE = "cloud/quarantine";
export const WARNING_DUE = "cloud/warning";

/** What AWS knows of a key that was found. */
export interface Exposure {
  readonly accessKeyId: string;
  readonly user: string;
  readonly where: string;
  readonly foundAtMs: number;
  /** Null where the key was off before that. */
  readonly quarantinedAtMs: number | null;
}

/** By access key id. */
export const EXPOSURES = tableName<Exposure>("cloud/exposures");

/** `foundAtMs` may lie before a lab begins; `factor`: how much longer everything takes in the setting of the attempt. */
export function keyFound(
  ports: ServicePorts,
  { key, where }: ExposedKey,
  foundAtMs: number,
  factor: number,
): void {
  const { accessKeyId, user } = key;
  const exposures = ports.tables.of(EXPOSURES);
  if (exposures.has(accessKeyId)) return;
  exposures.set(accessKeyId, { accessKeyId, user, where, foundAtMs, quarantinedAtMs: null });
  ports.schedule(foundAtMs + Math.round(QUARANTINE_MS * factor), QUARANTINE_DUE, { accessKeyId });
  ports.schedule(foundAtMs + Math.round(WARNING_MS * factor), WARNING_DUE, { accessKeyId });
}

/** A key that was turned off in the meantime needs none. */
export function quarantine(ports: ServicePorts, accessKeyId: string): void {
  const key = ports.tables.of(ACCESS_KEYS).get(accessKeyId);
  const arn = awsPolicyNamed(QUARANTINE);
  if (!key || key.status !== "Active" || arn === undefined || !userNamed(ports, key.user)) return;
  attachToUser(ports, key.user, arn);
  ports.tables.of(EXPOSURES).change(accessKeyId, { quarantinedAtMs: ports.now() });
  logAttachment(ports, key.user, arn);
  ports.event({
    who: "provider",
    kind: "cloud.quarantined",
    what: `AWS attached ${QUARANTINE} to the user ${key.user}`,
    data: { user: key.user, accessKeyId, hidden: true },
  });
}

/** As CloudTrail shows it: nobody of the account did it. */
function logAttachment(ports: ServicePorts, user: string, arn: string): void {
  const facts: CloudFacts = {
    ...{ eventSource: "iam.amazonaws.com", eventName: "AttachUserPolicy", region: "us-east-1" },
    ...{ readOnly: false, management: true, accessKeyId: null, arn: null, principalId: null },
    ...{ userAgent: "AWS Internal", errorCode: null, errorMessage: null, response: null },
    parameters: { userName: user, policyArn: arn },
    resources: [
      { type: "AWS::IAM::User", name: user },
      { type: "AWS::IAM::Policy", name: arn },
    ],
  };
  ports.audit.add({
    service: CLOUD,
    actor: "AWS Internal",
    identityType: "service",
    credentialId: null,
    action: "iam:AttachUserPolicy",
    target: user,
    result: "allowed",
    address: "AWS Internal",
    requestId: `aws-quarantine-${ports.tables.next("cloud/quarantine")}`,
    data: facts as unknown as AuditEntry["data"],
  });
}

export function warn(ports: ServicePorts, accessKeyId: string): void {
  const exposure = ports.tables.of(EXPOSURES).get(accessKeyId);
  const account = ports.tables.of(ACCOUNT).get(ACCOUNT_KEY);
  if (!exposure || !account || account.contacts.length === 0) return;
  deliver(ports, {
    from: "Amazon Web Services <no-reply@amazonaws.test>",
    to: account.contacts,
    subject: `Action required: an access key of AWS account ${account.id} was found in public`,
    body: letter(account.id, exposure),
  });
}

function letter(account: string, { accessKeyId, user, where, foundAtMs, quarantinedAtMs }: Exposure): string {
  const time = (ms: number) => `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")} UTC`;
  const done =
    quarantinedAtMs === null
      ? "The key was off before we could do anything about it."
      : `At ${time(quarantinedAtMs)} we attached the policy ${QUARANTINE} to the user. It denies some actions, not all: it does not replace turning the key off. Please do not detach it before you have done so.`;
  return [
    `Account: ${account}`,
    `Access key: ${accessKeyId}`,
    `IAM user: ${user}`,
    `Found: ${time(foundAtMs)}, in ${where}`,
    "",
    `Everybody can read the secret of this key. ${done}`,
    "",
    "What to do now:",
    "1. Turn the key off; delete it once you know that nothing needs it.",
    "2. Look in CloudTrail for what was done with it, and for users, keys, roles and policies that you did not make.",
    "3. Remove what was left behind. Temporary credentials that the key got go on working until they expire.",
    "",
    "Amazon Web Services",
    "",
  ].join("\n");
}
