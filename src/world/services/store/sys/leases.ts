/** `sys/leases`. https://openbao.org/api-docs/system/leases/ */
import { data, done, keys, wrong, type Reply } from "../answer.ts";
import { writes, type Route, type StoreCall } from "../call.ts";
import { durationMs, goTime, seconds, textOf } from "../fields.ts";
import { endLease, leaseOf, leasesBelow, renewLease } from "../leases.ts";

function idOf({ fields }: StoreCall, inPath = ""): string {
  return textOf(fields, "lease_id", inPath);
}

function lookup(call: StoreCall): Reply {
  const id = idOf(call);
  if (id === "") return wrong("lease_id must be specified");
  const lease = leaseOf(call.ports, id);
  if (!lease) return wrong("invalid lease");
  const { issuedAtMs, expiresAtMs, lastRenewalMs } = lease;
  return data({
    expire_time: goTime(expiresAtMs),
    id,
    issue_time: goTime(issuedAtMs),
    last_renewal: lastRenewalMs === null ? null : goTime(lastRenewalMs),
    renewable: true,
    ttl: seconds(expiresAtMs - call.ports.now()),
  });
}

function renew(call: StoreCall, [, inPath = ""]: RegExpExecArray): Reply {
  const id = idOf(call, inPath);
  if (id === "") return wrong("lease_id must be specified");
  const lease = leaseOf(call.ports, id);
  if (!lease) return wrong("lease not found");
  const increment = durationMs(textOf(call.fields, "increment", "0"));
  if (increment === null) return wrong("increment must be a span of time");
  const renewed = renewLease(call.ports, lease, increment);
  if (typeof renewed === "string") return wrong(renewed);
  const cut = increment > renewed || (increment === 0 && lease.creationTtlMs > renewed);
  const longest = seconds(lease.issuedAtMs + lease.maxTtlMs - call.ports.now());
  const warnings = cut
    ? [
        `TTL of "${seconds(increment || lease.creationTtlMs)}s" exceeded the effective max_ttl of "${longest}s"; TTL value is capped accordingly`,
      ]
    : [];
  return {
    status: 200,
    data: null,
    lease: { id, duration: seconds(renewed), renewable: true },
    ...(cut ? { warnings } : {}),
  };
}

/** A lease that ended is as good as revoked. */
function revoke(call: StoreCall, [, inPath = ""]: RegExpExecArray): Reply {
  const id = idOf(call, inPath);
  if (id === "") return wrong("lease_id must be specified");
  const lease = leaseOf(call.ports, id);
  const problem = lease ? endLease(call.ports, lease) : null;
  return problem === null ? done() : wrong(problem);
}

function revokeBelow(call: StoreCall, prefix: string, force: boolean): Reply {
  for (const lease of leasesBelow(call.ports, prefix)) {
    const problem = endLease(call.ports, lease, { force });
    if (problem !== null && !force)
      return wrong(`failed to revoke ${JSON.stringify(lease.id)} (1 / 1): ${problem}`);
  }
  return done();
}

/** Names below a prefix, folders with a slash. */
function list({ ports }: StoreCall, prefix: string): Reply {
  const start = prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`;
  const names = leasesBelow(ports, start).map(
    ({ id }) => /^[^/]*\/?/.exec(id.slice(start.length))?.[0] ?? "",
  );
  return keys([...new Set(names)].filter((name) => name !== "").sort());
}

export const LEASE_ROUTES: readonly Route[] = [
  { pattern: /^leases\/lookup$/, serve: writes(lookup) },
  { pattern: /^leases\/lookup\/(.*)$/, serve: { list: (call, [, prefix = ""]) => list(call, prefix) } },
  { pattern: /^(?:leases\/)?renew(?:\/(.+))?$/, serve: writes(renew) },
  { pattern: /^(?:leases\/)?revoke(?:\/(.+))?$/, serve: writes(revoke) },
  {
    pattern: /^(?:leases\/)?revoke-prefix\/(.+)$/,
    serve: writes((call, [, prefix = ""]) => revokeBelow(call, prefix, false)),
  },
  {
    pattern: /^(?:leases\/)?revoke-force\/(.+)$/,
    serve: writes((call, [, prefix = ""]) => revokeBelow(call, prefix, true)),
  },
];
