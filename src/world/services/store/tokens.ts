/**
 * Tokens: made, found, renewed, revoked. A token ends with its parent, and with it ends what it had leased.
 * https://openbao.org/docs/concepts/tokens/
 */
import type { Credential } from "../../credential.ts";
import type { ServicePorts } from "../../service.ts";
import type { AuthBlock } from "./answer.ts";
import type { Holder } from "./call.ts";
import { base62, seconds } from "./fields.ts";
import { endLeasesOf } from "./leases.ts";
import { SYSTEM_TTL_MS, TOKEN_ENDS, TOKENS, type Token } from "./model.ts";

export interface NewToken {
  readonly policies: readonly string[];
  readonly displayName: string;
  readonly path: string;
  /** Login of the person or name of the machine that holds it. */
  readonly owner: string;
  /** Accessor; null for an orphan. */
  readonly parent?: string | null;
  readonly meta?: Readonly<Record<string, string>> | null;
  /** 0: for ever, which only the policy `root` may. */
  readonly ttlMs: number;
  readonly explicitMaxTtlMs?: number;
  readonly periodMs?: number;
  readonly maxTtlMs?: number;
  readonly uses?: number;
  readonly renewable?: boolean;
  readonly entityId?: string;
  readonly role?: string;
  /** Chosen by who asks, which only `root` may. */
  readonly id?: string;
}

export function makeToken(ports: ServicePorts, wanted: NewToken): Holder {
  const { tables, credentials, now } = ports;
  const { policies, owner, ttlMs, maxTtlMs = SYSTEM_TTL_MS } = wanted;
  const value = wanted.id ?? `s.${base62(ports, 24)}`;
  const credential = credentials.add({
    id: `store-token-${tables.next("store/token")}`,
    kind: "openbaoToken",
    issuer: "store",
    value,
    // An id that root chose may be a short word, which is found everywhere: then it is not looked for.
    parts: value.length < 12 ? [] : [value],
    owner,
    scope: `policies ${policies.join(", ")}`,
    grants: { policies: [...policies] },
    status: "active",
    createdAtMs: now(),
    expiresAtMs: ttlMs === 0 ? null : now() + ttlMs,
    uses: [],
    planted: false,
  });
  return adopt(ports, credential, { ...wanted, maxTtlMs });
}

/** The store begins to know a credential as a token of its own. */
export function adopt(ports: ServicePorts, credential: Credential, wanted: NewToken): Holder {
  const token: Token = {
    accessor: base62(ports, 24),
    credential: credential.id,
    parent: wanted.parent ?? null,
    policies: wanted.policies,
    displayName: wanted.displayName,
    path: wanted.path,
    meta: wanted.meta ?? null,
    issuedAtMs: ports.now(),
    creationTtlMs: wanted.ttlMs,
    explicitMaxTtlMs: wanted.explicitMaxTtlMs ?? 0,
    periodMs: wanted.periodMs ?? 0,
    maxTtlMs: wanted.maxTtlMs ?? SYSTEM_TTL_MS,
    usesLeft: wanted.uses ?? 0,
    renewable: wanted.renewable ?? true,
    lastRenewalMs: null,
    entityId: wanted.entityId ?? "",
    role: wanted.role ?? "",
  };
  ports.tables.of(TOKENS).set(token.accessor, token);
  const { expiresAtMs } = credential;
  if (expiresAtMs !== null) ports.schedule(expiresAtMs, TOKEN_ENDS, { accessor: token.accessor });
  return { token, credential };
}

/** The record of a value, whether it works or not. */
export function credentialOf({ credentials }: ServicePorts, value: string): Credential | undefined {
  return credentials.find("store", value);
}

/** Who holds a value; undefined where it is no token, or does not work (any more). */
export function holderOf(ports: ServicePorts, value: string): Holder | undefined {
  const known = knownAs(ports, value);
  return known && isAlive(ports, known.token) ? known : undefined;
}

/** What the store still knows of a value: also of one that something else ended, whose leases may live on. */
export function knownAs(ports: ServicePorts, value: string): Holder | undefined {
  const credential = value === "" ? undefined : credentialOf(ports, value);
  const token = credential && ports.tables.of(TOKENS).find((it) => it.credential === credential.id);
  return token && credential ? { token, credential } : undefined;
}

export function byAccessor(ports: ServicePorts, accessor: string): Holder | undefined {
  const token = ports.tables.of(TOKENS).get(accessor);
  const credential = token && ports.credentials.get(token.credential);
  return token && credential && isAlive(ports, token) ? { token, credential } : undefined;
}

/** It works only as long as its parents do, whatever ended them. */
function isAlive(ports: ServicePorts, token: Token): boolean {
  const { credentials, tables } = ports;
  for (let it: Token | undefined = token; ; it = tables.of(TOKENS).get(it.parent as string)) {
    const credential: Credential | undefined = it && credentials.get(it.credential);
    if (!it || !credential || !credentials.works(credential)) return false;
    if (it.parent === null) return true;
  }
}

/** A use of a token whose uses are counted. */
export function countUse(ports: ServicePorts, { accessor, usesLeft }: Token): void {
  if (usesLeft === 0) return;
  if (usesLeft === 1) revoke(ports, accessor);
  else ports.tables.of(TOKENS).change(accessor, { usesLeft: usesLeft - 1 });
}

export interface RevokeOptions {
  /** Children live on without a parent. */
  readonly keepChildren?: boolean;
  readonly status?: "revoked" | "expired";
}

/** Ends a token, its children and all their leases. */
export function revoke(ports: ServicePorts, accessor: string, options: RevokeOptions = {}): void {
  const tokens = ports.tables.of(TOKENS);
  const token = tokens.get(accessor);
  if (!token) return;
  tokens.delete(accessor);
  const credential = ports.credentials.get(token.credential);
  if (credential?.status === "active")
    ports.credentials.change(token.credential, { status: options.status ?? "revoked" });
  endLeasesOf(ports, accessor);
  for (const child of tokens.filter(({ parent }) => parent === accessor))
    if (options.keepChildren) tokens.change(child.accessor, { parent: null });
    else revoke(ports, child.accessor);
}

/** Its time came; unless it was renewed meanwhile. */
export function tokenEnds(ports: ServicePorts, accessor: string): void {
  const token = ports.tables.of(TOKENS).get(accessor);
  const expiresAtMs = token && ports.credentials.get(token.credential)?.expiresAtMs;
  if (expiresAtMs === undefined || expiresAtMs === null) return;
  if (expiresAtMs <= ports.now()) revoke(ports, accessor, { status: "expired" });
}

/** The new time to live in ms; null where it cannot be renewed. */
export function renew(
  ports: ServicePorts,
  { token, credential }: Holder,
  incrementMs: number,
): number | null {
  if (!token.renewable || credential.expiresAtMs === null) return null;
  const now = ports.now();
  const wanted = token.periodMs || incrementMs || token.creationTtlMs;
  const longest = token.explicitMaxTtlMs || (token.periodMs ? Number.POSITIVE_INFINITY : token.maxTtlMs);
  const expiresAtMs = Math.min(now + wanted, token.issuedAtMs + longest);
  ports.credentials.change(credential.id, { expiresAtMs });
  ports.tables.of(TOKENS).change(token.accessor, { lastRenewalMs: now });
  ports.schedule(expiresAtMs, TOKEN_ENDS, { accessor: token.accessor });
  return expiresAtMs - now;
}

export function ttlOf(ports: ServicePorts, { credential: { expiresAtMs } }: Holder): number {
  return expiresAtMs === null ? 0 : Math.max(0, expiresAtMs - ports.now());
}

/** As a login or `token create` answers. */
export function authBlock(ports: ServicePorts, holder: Holder): AuthBlock {
  const { token, credential } = holder;
  return {
    client_token: credential.value,
    accessor: token.accessor,
    policies: token.policies,
    token_policies: token.policies,
    identity_policies: null,
    metadata: token.meta,
    lease_duration: seconds(ttlOf(ports, holder)),
    renewable: token.renewable && credential.expiresAtMs !== null,
    entity_id: token.entityId,
    token_type: "service",
    orphan: token.parent === null,
    mfa_requirement: null,
    num_uses: token.usesLeft,
  };
}
