/** Tokens of an account. https://github.com/npm/registry/blob/main/docs/user/authentication.md */
import type { Credential } from "../../credential.ts";
import type { Json } from "../../../base/json.ts";
import { failure, iso, json } from "./answer.ts";
import type { RegistryCall } from "./call.ts";
import { isCidr } from "./allowed.ts";
import { texts, type Fields } from "./fields.ts";
import { grantsOf } from "./model.ts";
import { createToken, factsOf, tokensOf } from "./registry.ts";

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
/** So long lives a token that may publish. */
const MOST_DAYS = 90;
const USUAL_DAYS = 7;

export function showTokens({ ports, grants }: RegistryCall): Response {
  const objects = tokensOf(ports, grants?.user ?? "").map((token) => tokenJson(token, factsOf(ports, token)));
  return json(200, { objects, total: objects.length, urls: {} });
}

function tokenJson(token: Credential, { key, name }: { readonly key: string; readonly name: string }) {
  const { scopes, packages = null, cidr, bypass2fa = false } = grantsOf(token);
  return {
    token: `${token.value.slice(0, 8)}`,
    key,
    name,
    cidr_whitelist: cidr && cidr.length > 0 ? cidr : null,
    readonly: scopes === "read",
    bypass_2fa: bypass2fa,
    packages: packages as Json,
    created: iso(token.createdAtMs),
    updated: iso(token.createdAtMs),
    expires: token.expiresAtMs === null ? null : iso(token.expiresAtMs),
  };
}

/** Only somebody who signed in makes tokens: a token that leaked cannot make itself a successor. */
export function makeToken({ ports, grants, body }: RegistryCall): Response {
  if (!grants?.session) return failure(403, "Sign in to manage tokens: a token cannot create tokens");
  const days = body["expires"] === undefined ? USUAL_DAYS : Number(body["expires"]);
  const readonly = isReadOnly(body);
  if (!Number.isInteger(days) || days < 1 || (!readonly && days > MOST_DAYS))
    return failure(400, `a token that may publish lives between 1 and ${MOST_DAYS} days`);
  const cidr = texts(body["cidr_whitelist"]) ?? [];
  const wrong = cidr.find((it) => !isCidr(it));
  if (wrong !== undefined) return failure(400, `invalid CIDR: ${wrong.slice(0, 50)}`);
  const named = [...(texts(body["packages"]) ?? []), ...(texts(body["scopes"]) ?? []), ...orgScopes(body)];
  const name = typeof body["name"] === "string" ? body["name"].slice(0, 100) : "token";
  const token = createToken(ports, {
    user: grants.user,
    name,
    grants: {
      scopes: readonly ? "read" : "publish",
      packages: named.length > 0 && body["packages_all"] !== true ? named : null,
      ...(cidr.length > 0 ? { cidr } : {}),
      ...(body["bypass_2fa"] === true ? { bypass2fa: true } : {}),
    },
    expiresAtMs: ports.now() + days * DAY_MS,
  });
  return json(201, { ...tokenJson(token, factsOf(ports, token)), token: token.value });
}

/** A token for which nothing is said may publish. */
function isReadOnly(body: Fields): boolean {
  const permission = body["packages_and_scopes_permission"];
  return body["readonly"] === true || permission === "read-only" || permission === "no-access";
}

/** What belongs to an organisation has its scope. */
function orgScopes(body: Fields): string[] {
  return (texts(body["orgs"]) ?? []).map((org) => `@${org.replace(/^@/, "")}`);
}

/** By key, or by the whole token, which may also end itself. */
export function removeToken(
  { ports, grants, credential }: RegistryCall,
  [, wanted = ""]: RegExpExecArray,
): Response {
  const found = tokensOf(ports, grants?.user ?? "").find(
    (token) => token.value === wanted || factsOf(ports, token).key === wanted,
  );
  if (!found) return failure(404, "Not found");
  if (!grants?.session && found.id !== credential?.id)
    return failure(403, "Sign in to manage tokens: a token can only revoke itself");
  ports.credentials.change(found.id, { status: "revoked" });
  return new Response(null, { status: 204 });
}
