/**
 * Who signed a request: AWS Signature Version 4 in the Authorization header or in the query (presigned).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
import { sha256 } from "../../../base/digest.ts";
import type { Credential } from "../../credential.ts";
import type { ServicePorts } from "../../service.ts";
import { accountId } from "./account.ts";
import { ACCESS_KEYS, ROLES, SESSIONS, USERS, type Principal } from "./model.ts";
import { readSignature, type PresentedSignature, type Received } from "./presentedSignature.ts";
import { signatureOf } from "./signature.ts";

/** Why somebody is not let in. Each protocol has its own code for it (failure.ts has those of the query and JSON protocols). */
export type FailureReason =
  | "unknown-key"
  | "inactive-key"
  | "wrong-signature"
  | "incomplete"
  | "expired-token"
  | "bad-token"
  | "skewed";

export interface AuthenticationFailure {
  readonly kind: "failure";
  readonly reason: FailureReason;
  /** For people. */
  readonly message: string;
  /** As it was presented; whose it is may be known all the same. */
  readonly accessKeyId: string | null;
  /** Id of the world's credential, where the key is known. */
  readonly credential: string | null;
}

/** What authentication reads of a request. */
export interface SignedRequest extends Received {
  /** Name in the scope of the signature: "iam", "s3"… */
  readonly service: string;
}

const SKEW_MS = 15 * 60_000;

export function authenticate(ports: ServicePorts, request: SignedRequest): Principal | AuthenticationFailure {
  const presented = readSignature(request);
  if (presented === null) return { kind: "anonymous" };
  if ("problem" in presented) return fail("incomplete", presented.problem, null, null);
  const { accessKeyId } = presented;
  const credential = credentialOf(ports, accessKeyId);
  if (!credential) return fail("unknown-key", INVALID, accessKeyId, null);
  const late = skewProblem(ports, presented, credential);
  if (late) return late;
  const token = tokenProblem(ports, presented, credential);
  if (token) return token;
  if (!matches(request, presented, credential))
    return fail("wrong-signature", MISMATCH, accessKeyId, credential.id);
  return principalOf(ports, credential) ?? refused(ports, credential, accessKeyId);
}

/** Who acts with a credential of the cloud at this moment; null where it does not work. Leaves no trace. */
export function principalOf(ports: ServicePorts, credential: Credential): Principal | null {
  if (!ports.credentials.works(credential)) return null;
  const accessKeyId = accessKeyIdOf(credential);
  const key = ports.tables.of(ACCESS_KEYS).get(accessKeyId);
  const account = accountId(ports);
  if (key) {
    const user = ports.tables.of(USERS).get(key.user.toLowerCase());
    if (!user) return null;
    const { arn, id, name } = user;
    return { kind: "user", arn, id, account, user: name, accessKeyId, credential: credential.id };
  }
  const session = ports.tables.of(SESSIONS).get(accessKeyId);
  const role = session && ports.tables.of(ROLES).get(session.role.toLowerCase());
  if (!role) return null;
  return {
    kind: "session",
    arn: `arn:aws:sts::${account}:assumed-role/${role.name}/${session.session}`,
    id: `${role.id}:${session.session}`,
    account,
    role: role.name,
    roleArn: role.arn,
    session: session.session,
    accessKeyId,
    credential: credential.id,
  };
}

/** The public half of a credential of the cloud; empty for any other. */
export function accessKeyIdOf({ grants }: Pick<Credential, "grants">): string {
  const id = (grants as { accessKeyId?: unknown } | null)?.accessKeyId;
  return typeof id === "string" ? id : "";
}

/** Name of the user, or of role and session, as which it acts: works or not. */
export function actorOf({ grants, owner }: Pick<Credential, "grants" | "owner">): string {
  const { user, role, sessionName } = (grants ?? {}) as Readonly<Record<string, string | undefined>>;
  return user ?? (role === undefined ? owner : `${role}/${sessionName ?? ""}`);
}

function credentialOf(ports: ServicePorts, accessKeyId: string): Credential | undefined {
  const id =
    ports.tables.of(ACCESS_KEYS).get(accessKeyId)?.credential ??
    ports.tables.of(SESSIONS).get(accessKeyId)?.credential;
  return id === undefined ? deletedOne(ports, accessKeyId) : ports.credentials.get(id);
}

/** A key that is deleted is gone from IAM; that somebody still tries it is recorded. */
function deletedOne({ credentials }: ServicePorts, accessKeyId: string): Credential | undefined {
  if (accessKeyId === "") return undefined;
  return credentials.all().find((it) => it.issuer === "cloud" && accessKeyIdOf(it) === accessKeyId);
}

const INVALID = "The security token included in the request is invalid.";
const MISMATCH =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

function refused(ports: ServicePorts, credential: Credential, accessKeyId: string): AuthenticationFailure {
  const { status, expiresAtMs, id } = credential;
  if (expiresAtMs !== null && expiresAtMs <= ports.now())
    return fail("expired-token", "The security token included in the request is expired", accessKeyId, id);
  return fail(status === "inactive" ? "inactive-key" : "unknown-key", INVALID, accessKeyId, id);
}

function skewProblem(
  { now }: ServicePorts,
  { atMs, amzDate, expiresS, accessKeyId }: PresentedSignature,
  { id }: Credential,
): AuthenticationFailure | null {
  const at = compact(now());
  if (expiresS !== null && atMs + expiresS * 1000 < now())
    return fail("skewed", "Request has expired", accessKeyId, id);
  if (expiresS === null && atMs + SKEW_MS < now())
    return fail(
      "skewed",
      `Signature expired: ${amzDate} is now earlier than ${compact(now() - SKEW_MS)} (${at} - 15 min.)`,
      accessKeyId,
      id,
    );
  if (atMs - SKEW_MS <= now()) return null;
  const limit = compact(now() + SKEW_MS);
  return fail(
    "skewed",
    `Signature not yet current: ${amzDate} is still later than ${limit} (${at} + 15 min.)`,
    accessKeyId,
    id,
  );
}

/** Temporary credentials need their session token; long-lived ones have none. */
function tokenProblem(
  ports: ServicePorts,
  { accessKeyId, sessionToken }: PresentedSignature,
  credential: Credential,
): AuthenticationFailure | null {
  const session = ports.tables.of(SESSIONS).get(accessKeyId);
  const expected = session ? (credential.parts[1] ?? null) : null;
  return expected === sessionToken ? null : fail("bad-token", INVALID, accessKeyId, credential.id);
}

function matches(request: SignedRequest, presented: PresentedSignature, { value }: Credential): boolean {
  const { scope, amzDate, canonical, signature } = presented;
  if (scope.service !== request.service || !payloadMatches(request, canonical.payload)) return false;
  return signatureOf(canonical, value, scope, amzDate) === signature;
}

/** A client may leave the body out of what it signs. */
function payloadMatches({ body }: SignedRequest, payload: string): boolean {
  return !/^[0-9a-f]{64}$/.test(payload) || payload === sha256(body);
}

function compact(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

function fail(
  reason: FailureReason,
  message: string,
  accessKeyId: string | null,
  credential: string | null,
): AuthenticationFailure {
  return { kind: "failure", reason, message, accessKeyId, credential };
}
