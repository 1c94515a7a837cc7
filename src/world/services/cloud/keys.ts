/**
 * Access keys: what IAM shows of them, and the credentials of the world that they are. A key that is turned off or on
 * goes on as it was for a few seconds; one that is deleted is gone at once.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
 */
import { KINDS } from "../../../engine/kinds.ts";
import type { Credential } from "../../credential.ts";
import type { ServicePorts } from "../../service.ts";
import { ACCESS_KEYS, type AccessKey, type CloudGrants } from "./model.ts";

/** At most so many for one user. */
export const KEYS_PER_USER = 2;
/** How long a change of status takes until every service knows of it. */
export const EFFECT_MS = 10_000;
/** How much later a use is shown by get-access-key-last-used. */
export const LAST_USED_DELAY_MS = 2 * 60_000;

/** `cloud/key-status {accessKeyId}` */
export const KEY_STATUS = "cloud/key-status";

export function keysOf({ tables }: Pick<ServicePorts, "tables">, user: string): AccessKey[] {
  return tables.of(ACCESS_KEYS).filter((key) => key.user.toLowerCase() === user.toLowerCase());
}

/** The secret is in the credential; it is shown once. `session`: it is what somebody is signed in with at their machine. */
export function createKey(
  ports: ServicePorts,
  user: string,
  { session = false }: { readonly session?: boolean } = {},
): { key: AccessKey; credential: Credential } {
  const { value, parts, needles } = KINDS.awsKey.mint({ text: ports.random });
  const accessKeyId = String(parts["accessKeyId"]);
  const credential = ports.credentials.add({
    id: accessKeyId,
    kind: "awsKey",
    issuer: "cloud",
    value,
    parts: needles,
    owner: user,
    scope: `access key of the IAM user ${user}`,
    grants: { user, accessKeyId, ...(session ? { session } : {}) } satisfies CloudGrants,
    status: "active",
    createdAtMs: ports.now(),
    expiresAtMs: null,
    uses: [],
    planted: false,
  });
  return { key: adoptKey(ports, credential, user, accessKeyId), credential };
}

/** IAM knows a credential that is there already as a key of a user. */
export function adoptKey(
  { tables }: ServicePorts,
  { id, createdAtMs }: Credential,
  user: string,
  accessKeyId: string,
): AccessKey {
  const key: AccessKey = { accessKeyId, user, status: "Active", createdAtMs, credential: id };
  return tables.of(ACCESS_KEYS).set(accessKeyId, key);
}

export function changeKey(
  ports: ServicePorts,
  { accessKeyId }: AccessKey,
  status: AccessKey["status"],
): void {
  ports.tables.of(ACCESS_KEYS).change(accessKeyId, { status });
  ports.schedule(ports.now() + EFFECT_MS, KEY_STATUS, { accessKeyId });
}

/** What IAM shows of a key has reached every service. */
export function keyStatusArrives({ tables, credentials }: ServicePorts, accessKeyId: string): void {
  const key = tables.of(ACCESS_KEYS).get(accessKeyId);
  if (key) credentials.change(key.credential, { status: key.status === "Active" ? "active" : "inactive" });
}

export function deleteKey(
  { tables, credentials }: ServicePorts,
  { accessKeyId, credential }: AccessKey,
): void {
  tables.of(ACCESS_KEYS).delete(accessKeyId);
  credentials.change(credential, { status: "deleted" });
}

export interface LastUse {
  readonly atMs: number;
  /** "iam". */
  readonly service: string;
}

/** As IAM shows it: some time later. Null: never, or too long ago to be known. Steady use has a beginning and an end. */
export function lastUse({ credentials, now }: ServicePorts, key: AccessKey): LastUse | null {
  const until = now() - LAST_USED_DELAY_MS;
  const known = (credentials.get(key.credential)?.uses ?? []).filter(
    (it) => (it.sinceMs ?? it.atMs) <= until,
  );
  const last = known.reduce<LastUse | null>((best, { atMs, action }) => {
    const seenMs = Math.min(atMs, until);
    return best !== null && best.atMs > seenMs ? best : { atMs: seenMs, service: action.split(":")[0] ?? "" };
  }, null);
  return last;
}
