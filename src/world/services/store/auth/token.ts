/** `auth/token/`: tokens make, show, renew and revoke tokens. https://openbao.org/api-docs/auth/token/ */
import type { Json } from "../../../../base/json.ts";
import type { ServicePorts } from "../../../service.ts";
import { data, done, internal, keys, notFound, wrong, type Reply } from "../answer.ts";
import { writes, type Holder, type Route, type StoreCall } from "../call.ts";
import { deleteEntry, entriesOf, entryOf, putEntry } from "../entries.ts";
import {
  durationMs,
  flagOf,
  has,
  listOf,
  mapOf,
  numberOf,
  plainTime,
  seconds,
  spanOf,
  textOf,
  wrongSpan,
} from "../fields.ts";
import { SYSTEM_TTL_MS, TOKENS, type Fields } from "../model.ts";
import { policyNames } from "../policies.ts";
import {
  authBlock,
  byAccessor,
  credentialOf,
  holderOf,
  knownAs,
  makeToken,
  renew,
  revoke,
  ttlOf,
} from "../tokens.ts";

const ROLE = "token-role";

function create(call: StoreCall, orphanPath: boolean, roleName = ""): Reply {
  const { ports, fields, holder, mount } = call;
  const parent = holder as Holder;
  const role = roleName === "" ? {} : entryOf(ports, mount, ROLE, roleName);
  if (!role) return wrong(`unknown role ${roleName}`);
  const isRoot = parent.token.policies.includes("root");
  const span = wrongSpan(fields, ["ttl", "explicit_max_ttl", "period", "lease"]);
  if (span !== null) return wrong(span);
  const policies = wantedPolicies(call, role);
  if (typeof policies === "string") return wrong(policies);
  const orphan = orphanPath || flagOf(fields, "no_parent") || flagOf(role, "orphan");
  if (flagOf(fields, "no_parent") && !isRoot && !orphanPath)
    return wrong("root or sudo privileges required to create orphan token");
  if (has(fields, "id") && !isRoot) return wrong("root or sudo privileges required to specify token id");
  if (has(fields, "id") && !/^[^\s.]{1,100}$/.test(textOf(fields, "id")))
    return wrong("custom token ID cannot have the 's.' prefix");
  if (has(fields, "id") && credentialOf(ports, textOf(fields, "id")))
    return wrong("cannot create a token with a duplicate ID");
  if (has(fields, "period") && !isRoot)
    return wrong("root or sudo privileges required to create periodic token");
  const made = makeToken(ports, {
    policies,
    displayName: has(fields, "display_name")
      ? `token-${displayName(textOf(fields, "display_name"))}`
      : "token",
    path: `auth/token/create${roleName === "" ? (orphanPath ? "-orphan" : "") : `/${roleName}`}`,
    owner: parent.credential.owner,
    parent: orphan ? null : parent.token.accessor,
    meta: mapOf(fields, "meta") as Readonly<Record<string, string>> | null,
    ...times(fields, role, policies),
    uses: numberOf(fields, "num_uses"),
    renewable: flagOf(fields, "renewable", flagOf(role, "renewable", true)),
    entityId: orphan ? "" : parent.token.entityId,
    role: roleName,
    ...(has(fields, "id") ? { id: textOf(fields, "id") } : {}),
  });
  return { status: 200, data: null, auth: authBlock(ports, made) };
}

function displayName(text: string): string {
  return text.replace(/[^a-zA-Z0-9-]/g, "-").slice(0, 64);
}

/** A child has at most the policies of its parent; a role says for itself what its tokens may have. */
function wantedPolicies({ fields, holder }: StoreCall, role: Fields): string[] | string {
  const { policies: own } = (holder as Holder).token;
  const withDefault = !flagOf(fields, "no_default_policy") && !flagOf(role, "token_no_default_policy");
  const asked = listOf(fields, "policies");
  const allowed = listOf(role, "allowed_policies");
  if (allowed.length > 0) {
    const bad = asked.find((name) => !allowed.includes(name));
    if (bad !== undefined)
      return `token policies (${JSON.stringify(asked)}) must be subset of the role's allowed policies (${JSON.stringify(allowed)})`;
    return policyNames(asked.length > 0 ? asked : allowed, withDefault);
  }
  if (asked.length === 0) return policyNames(own, withDefault && !own.includes("root"));
  const wanted = policyNames(asked, withDefault);
  if (own.includes("root") || wanted.every((name) => own.includes(name) || name === "default")) return wanted;
  return "child policies must be subset of parent";
}

function times(fields: Fields, role: Fields, policies: readonly string[]) {
  const periodMs = spanOf(fields, "period") || spanOf(role, "token_period");
  const explicitMaxTtlMs = spanOf(fields, "explicit_max_ttl") || spanOf(role, "token_explicit_max_ttl");
  const asked = spanOf(fields, "ttl") || spanOf(fields, "lease");
  const forever = policies.includes("root") && asked === 0 && periodMs === 0 && explicitMaxTtlMs === 0;
  const longest = Math.min(
    explicitMaxTtlMs || Number.POSITIVE_INFINITY,
    periodMs ? Number.POSITIVE_INFINITY : SYSTEM_TTL_MS,
  );
  const ttlMs = forever ? 0 : Math.min(periodMs || asked || SYSTEM_TTL_MS, longest);
  return { periodMs, explicitMaxTtlMs, ttlMs };
}

/** All about a token; `id` is left out where only its accessor is known. */
export function describe(ports: ServicePorts, holder: Holder, withId: boolean): Fields {
  const { token, credential } = holder;
  const { expiresAtMs } = credential;
  return {
    accessor: token.accessor,
    creation_time: seconds(token.issuedAtMs),
    creation_ttl: seconds(token.creationTtlMs),
    display_name: token.displayName,
    entity_id: token.entityId,
    expire_time: expiresAtMs === null ? null : plainTime(expiresAtMs),
    explicit_max_ttl: seconds(token.explicitMaxTtlMs),
    id: withId ? credential.value : "",
    ...(expiresAtMs === null ? {} : { issue_time: plainTime(token.issuedAtMs) }),
    ...(token.lastRenewalMs === null
      ? {}
      : { last_renewal: plainTime(token.lastRenewalMs), last_renewal_time: seconds(token.lastRenewalMs) }),
    meta: token.meta as Json,
    num_uses: token.usesLeft,
    orphan: token.parent === null,
    path: token.path,
    ...(token.periodMs > 0 ? { period: seconds(token.periodMs) } : {}),
    policies: [...token.policies],
    ...(expiresAtMs === null ? {} : { renewable: token.renewable }),
    ...(token.role === "" ? {} : { role: token.role }),
    ttl: seconds(ttlOf(ports, holder)),
    type: "service",
  };
}

function lookup({ ports, fields, holder, operation }: StoreCall): Reply {
  const value = operation === "read" ? (holder as Holder).credential.value : textOf(fields, "token");
  const found = value === "" ? (holder as Holder) : holderOf(ports, value);
  return found ? data(describe(ports, found, true)) : { status: 403, errors: ["bad token"] };
}

function lookupAccessor({ ports, fields }: StoreCall): Reply {
  const found = byAccessor(ports, textOf(fields, "accessor"));
  return found ? data(describe(ports, found, false)) : { status: 403, errors: ["invalid accessor"] };
}

function renewIt(call: StoreCall, found: Holder | undefined): Reply {
  const { ports, fields } = call;
  if (!found) return wrong("token not found");
  const incrementMs = durationMs(textOf(fields, "increment", "0"));
  if (incrementMs === null) return wrong(wrongSpan(fields, ["increment"]) ?? "invalid increment");
  if (renew(ports, found, incrementMs) === null) return wrong("lease is not renewable");
  const again = holderOf(ports, found.credential.value);
  return again ? { status: 200, data: null, auth: authBlock(ports, again) } : internal();
}

function revokeIt({ ports }: StoreCall, found: Holder | undefined, keepChildren = false): Reply {
  if (!found) return done();
  revoke(ports, found.token.accessor, { keepChildren });
  return done();
}

const named = ({ ports, fields }: StoreCall) => holderOf(ports, textOf(fields, "token"));
const byTheirAccessor = ({ ports, fields }: StoreCall) => byAccessor(ports, textOf(fields, "accessor"));
const self = ({ holder }: StoreCall) => holder as Holder;

function revokeNamed(call: StoreCall, keepChildren = false): Reply {
  return textOf(call.fields, "token") === ""
    ? wrong("missing token ID")
    : revokeIt(call, knownAs(call.ports, textOf(call.fields, "token")), keepChildren);
}

function revokeAccessor(call: StoreCall): Reply {
  const found = byTheirAccessor(call);
  return found ? revokeIt(call, found) : wrong("invalid accessor");
}

function accessors({ ports }: StoreCall): Reply {
  const alive = ports.tables.of(TOKENS).filter(({ accessor }) => byAccessor(ports, accessor) !== undefined);
  return keys(alive.map(({ accessor }) => accessor).sort());
}

export const TOKEN_ROUTES: readonly Route[] = [
  { pattern: /^accessors\/?$/, serve: { list: accessors } },
  { pattern: /^create$/, serve: writes((call) => create(call, false)) },
  { pattern: /^create-orphan$/, serve: writes((call) => create(call, true)) },
  { pattern: /^create\/([\w.-]+)$/, serve: writes((call, [, role = ""]) => create(call, false, role)) },
  { pattern: /^lookup$/, serve: { read: lookup, ...writes(lookup) } },
  {
    pattern: /^lookup-self$/,
    serve: { read: lookup, ...writes((call) => lookup({ ...call, operation: "read" })) },
  },
  { pattern: /^lookup-accessor$/, serve: writes(lookupAccessor) },
  { pattern: /^renew$/, serve: writes((call) => renewIt(call, named(call))) },
  { pattern: /^renew-self$/, serve: writes((call) => renewIt(call, self(call))) },
  { pattern: /^renew-accessor$/, serve: writes((call) => renewIt(call, byTheirAccessor(call))) },
  { pattern: /^revoke$/, serve: writes((call) => revokeNamed(call)) },
  { pattern: /^revoke-self$/, serve: writes((call) => revokeIt(call, self(call))) },
  { pattern: /^revoke-accessor$/, serve: writes(revokeAccessor) },
  { pattern: /^revoke-orphan$/, serve: writes((call) => revokeNamed(call, true)) },
  {
    pattern: /^roles\/?$/,
    serve: { list: ({ ports, mount }) => keys(entriesOf(ports, mount, ROLE).map(({ name }) => name)) },
  },
  {
    pattern: /^roles\/([\w.-]+)$/,
    exists: ({ ports, mount }, [, name = ""]) => entryOf(ports, mount, ROLE, name) !== undefined,
    serve: {
      read: ({ ports, mount }, [, name = ""]) => {
        const role = entryOf(ports, mount, ROLE, name);
        return role ? data({ name, ...role }) : notFound();
      },
      delete: ({ ports, mount }, [, name = ""]) => {
        deleteEntry(ports, mount, ROLE, name);
        return done();
      },
      ...writes(({ ports, mount, fields }, [, name = ""]) => {
        putEntry(ports, {
          mount,
          kind: ROLE,
          name,
          fields: { ...entryOf(ports, mount, ROLE, name), ...fields },
        });
        return done();
      }),
    },
  },
];
