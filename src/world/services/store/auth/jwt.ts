/** Identity tokens of somebody else, such as jobs of the forge have. https://openbao.org/api-docs/auth/jwt/ */
import { data, done, notFound, wrong, type Reply } from "../answer.ts";
import { writes, type Route, type StoreCall } from "../call.ts";
import { entryOf, putEntry } from "../entries.ts";
import { listOf, mapOf, seconds, spanOf, textOf } from "../fields.ts";
import { STORE_ADDRESS } from "../host.ts";
import type { Fields } from "../model.ts";
import { claimAt, isBound, refusedBy } from "./claims.ts";
import { discover, keysOf, verified, type Claims } from "./jsonWebToken.ts";
import { loggedIn, tokenFields } from "./login.ts";
import { namedRoutes } from "./settings.ts";

export const JWT_CONFIG = "jwt-config";
export const JWT_ROLE = "role";

async function writeConfig({ ports, mount, fields }: StoreCall): Promise<Reply> {
  const [discovery, jwks] = [textOf(fields, "oidc_discovery_url"), textOf(fields, "jwks_url")];
  if (listOf(fields, "jwt_validation_pubkeys").length > 0)
    return wrong("jwt_validation_pubkeys: not simulated in LeakLab; name the issuer with oidc_discovery_url");
  if ([discovery, jwks].filter((it) => it !== "").length !== 1)
    return wrong("exactly one of 'jwt_validation_pubkeys', 'jwks_url' or 'oidc_discovery_url' must be set");
  const reach = ports.outward(STORE_ADDRESS);
  if (discovery !== "" && !(await discover(reach, discovery)))
    return wrong("error checking oidc discovery URL");
  if (jwks !== "" && (await keysOf(reach, jwks)).length === 0) return wrong("error checking jwks URL");
  putEntry(ports, { mount, kind: JWT_CONFIG, name: "", fields });
  return done();
}

function readConfig({ ports, mount }: StoreCall): Reply {
  const config = entryOf(ports, mount, JWT_CONFIG, "");
  if (!config) return notFound();
  return data({
    bound_issuer: textOf(config, "bound_issuer"),
    default_role: textOf(config, "default_role"),
    jwks_ca_pem: "",
    jwks_url: textOf(config, "jwks_url"),
    jwt_supported_algs: listOf(config, "jwt_supported_algs"),
    jwt_validation_pubkeys: [],
    oidc_client_id: textOf(config, "oidc_client_id"),
    oidc_discovery_url: textOf(config, "oidc_discovery_url"),
    oidc_response_mode: "",
    oidc_response_types: [],
    provider_config: {},
  });
}

async function login(call: StoreCall): Promise<Reply> {
  const { ports, mount, fields } = call;
  const config = entryOf(ports, mount, JWT_CONFIG, "");
  if (!config) return wrong("could not load configuration");
  const name = (textOf(fields, "role") || textOf(config, "default_role")).toLowerCase();
  if (name === "") return wrong("missing role");
  const role = entryOf(ports, mount, JWT_ROLE, name);
  if (!role) return wrong(`role ${JSON.stringify(name)} could not be found`);
  if (textOf(role, "role_type", "oidc") === "oidc") return wrong("role with oidc role_type is not allowed");
  if (textOf(fields, "jwt") === "") return wrong("missing token");
  const { keys, issuer } = await trusted(call, config);
  const claims = await verified(textOf(fields, "jwt"), keys);
  if (!claims.ok) return wrong(`error validating token: error verifying token signature: ${claims.error}`);
  const refused = refusedBy(role, claims.value, issuer, ports.now());
  return refused === null ? signIn(call, name, role, claims.value) : wrong(refused);
}

async function trusted({ ports }: StoreCall, config: Fields) {
  const reach = ports.outward(STORE_ADDRESS);
  const found = await discover(reach, textOf(config, "oidc_discovery_url"));
  const keys = await keysOf(reach, found?.keysAt ?? textOf(config, "jwks_url"));
  return { keys, issuer: textOf(config, "bound_issuer") || (found?.issuer ?? "") };
}

/** The claims were right. */
export function signIn(call: StoreCall, name: string, role: Fields, claims: Claims): Reply {
  const claim = textOf(role, "user_claim");
  const user = claimAt(claims, claim);
  if (typeof user !== "string" || user === "")
    return wrong(`claim ${JSON.stringify(claim)} not found in token`);
  const mapped = Object.entries(mapOf(role, "claim_mappings") ?? {}).flatMap(([from, to]) => {
    const value = claimAt(claims, from);
    return value === undefined ? [] : [[String(to), String(value)] as const];
  });
  const meta = { ...Object.fromEntries(mapped), role: name };
  return loggedIn(call, role, {
    displayName: `${call.mount.slice(0, -1)}-${user}`,
    alias: user,
    owner: user,
    meta,
  });
}

/** A role that binds nothing would let in everybody whom the issuer knows. */
function keepRole(fields: Fields, before: Fields | undefined): Fields | string {
  const role: Fields = { ...before, ...fields };
  const type = textOf(role, "role_type", "oidc");
  if (!["jwt", "oidc"].includes(type)) return `invalid 'role_type': ${type}`;
  if (textOf(role, "user_claim") === "") return "a user claim must be defined on the role";
  if (!["", "string", "glob"].includes(textOf(role, "bound_claims_type")))
    return "invalid 'bound_claims_type'";
  if (type === "jwt" && !isBound(role))
    return "must have at least one bound constraint when creating/updating a role";
  if (type === "oidc" && listOf(role, "allowed_redirect_uris").length === 0)
    return "'allowed_redirect_uris' must be set if 'role_type' is 'oidc' or unspecified.";
  return { ...fields, role_type: type };
}

function showRole(role: Fields): Fields {
  return {
    allowed_redirect_uris: listOf(role, "allowed_redirect_uris"),
    bound_audiences: listOf(role, "bound_audiences"),
    bound_claims: mapOf(role, "bound_claims"),
    bound_claims_type: textOf(role, "bound_claims_type", "string"),
    bound_subject: textOf(role, "bound_subject"),
    claim_mappings: mapOf(role, "claim_mappings"),
    clock_skew_leeway: seconds(spanOf(role, "clock_skew_leeway")),
    expiration_leeway: 0,
    groups_claim: textOf(role, "groups_claim"),
    not_before_leeway: 0,
    oidc_scopes: listOf(role, "oidc_scopes"),
    role_type: textOf(role, "role_type"),
    user_claim: textOf(role, "user_claim"),
    user_claim_json_pointer: false,
    verbose_oidc_logging: false,
    ...tokenFields(role),
  };
}

export const JWT_ROUTES: readonly Route[] = [
  { pattern: /^config$/, serve: { read: readConfig, ...writes(writeConfig) } },
  { pattern: /^login$/, open: true, serve: writes(login) },
  ...namedRoutes({
    kind: JWT_ROLE,
    folder: "role",
    spans: ["clock_skew_leeway"],
    keep: keepRole,
    show: showRole,
  }),
];
