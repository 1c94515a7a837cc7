/** What all auth methods share: a proof was right, and becomes a token; a role says with which policies, and for how long. */
import type { ServicePorts } from "../../../service.ts";
import type { Reply } from "../answer.ts";
import type { StoreCall } from "../call.ts";
import { flagOf, listOf, numberOf, spanOf, uuid } from "../fields.ts";
import { AUTHS, type Fields, type Mount } from "../model.ts";
import { policyNames } from "../policies.ts";
import { authBlock, makeToken } from "../tokens.ts";
import { entryOf, putEntry } from "../entries.ts";

export interface Proof {
  /** What the token is named for: "userpass-priya". */
  readonly displayName: string;
  /** Who that is for the store: one entity for each name at each method. */
  readonly alias: string;
  /** Login of a person, or name of a machine. */
  readonly owner: string;
  readonly meta: Readonly<Record<string, string>>;
}

/** `role` has the fields that begin with `token_`. */
export function loggedIn({ ports, mount, path }: StoreCall, role: Fields, proof: Proof): Reply {
  const method = ports.tables.of(AUTHS).get(mount) as Mount;
  const named = [...listOf(role, "token_policies"), ...listOf(role, "policies")];
  const policies = policyNames(named, !flagOf(role, "token_no_default_policy"));
  const maxTtlMs = Math.min(spanOf(role, "token_max_ttl") || method.maxTtlMs, method.maxTtlMs);
  const periodMs = spanOf(role, "token_period");
  const explicitMaxTtlMs = spanOf(role, "token_explicit_max_ttl");
  const wanted = periodMs || spanOf(role, "token_ttl") || method.defaultTtlMs;
  const longest = Math.min(
    explicitMaxTtlMs || Number.POSITIVE_INFINITY,
    periodMs ? Number.POSITIVE_INFINITY : maxTtlMs,
  );
  const made = makeToken(ports, {
    policies,
    displayName: proof.displayName,
    path,
    owner: proof.owner,
    meta: proof.meta,
    ttlMs: Math.min(wanted, longest),
    maxTtlMs,
    periodMs,
    explicitMaxTtlMs,
    uses: numberOf(role, "token_num_uses"),
    entityId: entityOf(ports, mount, proof.alias),
  });
  return { status: 200, data: null, auth: authBlock(ports, made) };
}

const ENTITY = "entity";

function entityOf(ports: ServicePorts, mount: string, alias: string): string {
  const known = entryOf(ports, mount, ENTITY, alias)?.["id"];
  if (typeof known === "string") return known;
  const id = uuid(ports);
  putEntry(ports, { mount, kind: ENTITY, name: alias, fields: { id } });
  return id;
}

/** How roles and users tell what their tokens get. */
export function tokenFields(role: Fields): Fields {
  const inSeconds = (name: string) => Math.floor(spanOf(role, name) / 1000);
  return {
    token_bound_cidrs: listOf(role, "token_bound_cidrs"),
    token_explicit_max_ttl: inSeconds("token_explicit_max_ttl"),
    token_max_ttl: inSeconds("token_max_ttl"),
    token_no_default_policy: flagOf(role, "token_no_default_policy"),
    token_num_uses: numberOf(role, "token_num_uses"),
    token_period: inSeconds("token_period"),
    token_policies: [...listOf(role, "token_policies"), ...listOf(role, "policies")],
    token_ttl: inSeconds("token_ttl"),
    token_type: "default",
  };
}

export const TOKEN_SPANS = ["token_ttl", "token_max_ttl", "token_explicit_max_ttl", "token_period"];
