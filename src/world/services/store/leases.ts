/** Leases: what clients have for a time, renewed up to a maximum, taken back at the end. https://openbao.org/docs/concepts/lease/ */
import type { ServicePorts } from "../../service.ts";
import { removeLogin, extendLogin } from "./database/logins.ts";
import { LEASE_ENDS, LEASES, type Lease } from "./model.ts";

export function addLease(ports: ServicePorts, lease: Lease): Lease {
  ports.tables.of(LEASES).set(lease.id, lease);
  ports.schedule(lease.expiresAtMs, LEASE_ENDS, { lease: lease.id });
  return lease;
}

/** A lease that has not ended. */
export function leaseOf({ tables, now }: ServicePorts, id: string): Lease | undefined {
  const lease = tables.of(LEASES).get(id);
  return lease && lease.expiresAtMs > now() ? lease : undefined;
}

/** Takes it back. The error is why what it stands for could not be removed; then the lease stays, unless forced. */
export function endLease(
  ports: ServicePorts,
  lease: Lease,
  { force = false, expired = false }: { readonly force?: boolean; readonly expired?: boolean } = {},
): string | null {
  const problem = removeLogin(ports, lease, expired);
  if (problem === null || force) ports.tables.of(LEASES).delete(lease.id);
  return problem;
}

export function endLeasesOf(ports: ServicePorts, accessor: string): void {
  for (const lease of ports.tables.of(LEASES).filter(({ token }) => token === accessor))
    endLater(ports, lease);
}

const AGAIN_MS = 10_000;
const ATTEMPTS = 6;

/** What cannot be removed now, as the database lets nobody in, is tried again, ever more seldom, and then left. */
function endLater(ports: ServicePorts, lease: Lease, attempt = 1, expired = false): void {
  if (endLease(ports, lease, { expired }) === null) return;
  const { tables, now } = ports;
  tables.of(LEASES).change(lease.id, { expiresAtMs: Math.min(lease.expiresAtMs, now()) });
  if (attempt < ATTEMPTS)
    ports.schedule(now() + AGAIN_MS * 2 ** attempt, LEASE_ENDS, { lease: lease.id, attempt: attempt + 1 });
}

/** Its time came; unless it was renewed meanwhile. */
export function leaseEnds(ports: ServicePorts, id: string, attempt: number): void {
  const lease = ports.tables.of(LEASES).get(id);
  if (lease && lease.expiresAtMs <= ports.now()) endLater(ports, lease, attempt, true);
}

/** The new time to live in ms, or why not. */
export function renewLease(ports: ServicePorts, lease: Lease, incrementMs: number): number | string {
  const now = ports.now();
  const longest = lease.issuedAtMs + lease.maxTtlMs;
  const expiresAtMs = Math.min(now + (incrementMs || lease.creationTtlMs), longest);
  const problem = extendLogin(ports, lease, expiresAtMs);
  if (problem !== null) return problem;
  ports.tables.of(LEASES).change(lease.id, { expiresAtMs, lastRenewalMs: now });
  ports.schedule(expiresAtMs, LEASE_ENDS, { lease: lease.id });
  return expiresAtMs - now;
}

/** All below a prefix, which is a whole path: "database/creds/dev" is not the beginning of "database/creds/developers". */
export function leasesBelow({ tables }: ServicePorts, prefix: string): Lease[] {
  const start = prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`;
  return tables.of(LEASES).filter(({ id }) => id.startsWith(start));
}
