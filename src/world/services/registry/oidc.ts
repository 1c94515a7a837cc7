/** A job's identity for a token that publishes one package, once it is checked. https://docs.npmjs.com/trusted-publishers */
import type { Reach } from "../../network.ts";
import type { Claims } from "../store/auth/jsonWebToken.ts";
import { iso, json } from "./answer.ts";
import type { RegistryCall } from "./call.ts";
import { REGISTRY_HOST } from "./host.ts";
import type { TrustedPublisher } from "./model.ts";
import { createToken, livePackage } from "./registry.ts";

const MINUTE_MS = 60_000;
const LIFETIME_MS = 15 * MINUTE_MS;
/** Issuer of the forge's jobs. https://docs.github.com/en/actions/concepts/security/openid-connect */
export const ISSUER = "https://token.actions.forge.test";
/** Where the registry itself stands. */
const ADDRESS = "198.51.100.80";
/** As whom a trusted publisher publishes. */
export const PUBLISHER = "GitHub Actions";

export async function exchange(
  { ports, headers }: RegistryCall,
  [, name = ""]: RegExpExecArray,
): Promise<Response> {
  const presented = /^bearer\s+(\S+)\s*$/i.exec(headers.get("Authorization") ?? "")?.[1] ?? "";
  const claims = await identityOf(ports.outward(ADDRESS), presented, `npm:${REGISTRY_HOST}`, ports.now());
  if (typeof claims === "string") return json(401, { message: `OIDC token exchange error - ${claims}` });
  const trust = livePackage(ports, name)?.trust;
  if (!trust) return json(404, { message: "OIDC token exchange error - package not found" });
  const wrong = mismatch(trust, claims);
  if (wrong !== null) return json(401, { message: `OIDC token exchange error - ${wrong}` });
  const token = createToken(ports, {
    user: PUBLISHER,
    name: `trusted publisher of ${name}`,
    grants: { scopes: "publish", packages: [name], trustedPublisher: trust.id },
    expiresAtMs: ports.now() + LIFETIME_MS,
  });
  const created = iso(ports.now());
  return json(201, {
    token_type: "oidc",
    token: token.value,
    created,
    expires: iso(token.expiresAtMs ?? 0),
  });
}

/** What a job's token says, verified; or what is wrong with it. */
export async function identityOf(
  reach: Reach,
  token: string,
  audience: string,
  nowMs: number,
): Promise<Claims | string> {
  const { keysOf, verified } = await import("../store/auth/jsonWebToken.ts");
  const read = await verified(token, await keysOf(reach, `${ISSUER}/.well-known/jwks`));
  if (!read.ok) return "invalid token";
  const claims = read.value;
  if (claims["iss"] !== ISSUER) return "unknown issuer";
  if (claims["aud"] !== audience) return "invalid audience";
  return typeof claims["exp"] === "number" && claims["exp"] * 1000 > nowMs ? claims : "expired token";
}

/** The calling workflow counts, not a reusable one within. Null where all fits. */
export function mismatch(trust: TrustedPublisher, claims: Claims): string | null {
  const [path = ""] = String(claims["workflow_ref"] ?? "").split("@");
  if (claims["repository"] !== trust.repository) return "repository mismatch";
  if (path !== `${trust.repository}/.github/workflows/${trust.file}`) return "workflow mismatch";
  if (trust.environment !== null && claims["environment"] !== trust.environment)
    return "environment mismatch";
  return claims["runner_environment"] === "github-hosted" ? null : "only hosted runners may publish";
}
