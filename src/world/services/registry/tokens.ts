/** Tokens of an account. https://github.com/npm/registry/blob/main/docs/user/authentication.md */
import type { Credential } from "../../credential.ts";
import type { Json } from "../../../base/json.ts";
import { failure, iso, json } from "./answer.ts";
import type { RegistryCall } from "./call.ts";
import { grantsOf } from "./model.ts";
import { createToken, factsOf, tokensOf } from "./registry.ts";

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
/** A sign-in lasts two hours; a token that may publish at most 90 days. */
const SESSION_MS = 2 * HOUR_MS;
const MOST_DAYS = 90;
const USUAL_DAYS = 7;

/** `npm login`: the browser of whoever sits there is signed in already. */
export function login({ ports, grants, from }: RegistryCall): Response {
  if (from.session === null || grants === null) return failure(401, "there is no browser to sign in with");
  const token = createToken(ports, {
    user: grants.user,
    name: "npm login",
    grants: { scopes: "publish", session: true },
    expiresAtMs: ports.now() + SESSION_MS,
  });
  return json(200, { token: token.value, username: grants.user });
}

export function logout({ ports, credential }: RegistryCall, [, value = ""]: RegExpExecArray): Response {
  if (credential?.value === value) ports.credentials.change(credential.id, { status: "revoked" });
  return json(200, { ok: true });
}

export function showTokens({ ports, grants }: RegistryCall): Response {
  const objects = tokensOf(ports, grants?.user ?? "").map((token) => tokenJson(token, factsOf(ports, token)));
  return json(200, { objects, total: objects.length, urls: {} });
}

function tokenJson(token: Credential, { key, name }: { readonly key: string; readonly name: string }) {
  const { scopes, packages = null } = grantsOf(token);
  return {
    token: `${token.value.slice(0, 8)}`,
    key,
    name,
    cidr_whitelist: null,
    readonly: scopes === "read",
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
  const readonly = body["readonly"] === true || body["packages_and_scopes_permission"] === "read-only";
  if (!Number.isInteger(days) || days < 1 || (!readonly && days > MOST_DAYS))
    return failure(400, `a token that may publish lives between 1 and ${MOST_DAYS} days`);
  const packages = Array.isArray(body["packages"]) ? body["packages"].map(String) : null;
  const name = typeof body["name"] === "string" ? body["name"].slice(0, 100) : "token";
  const token = createToken(ports, {
    user: grants.user,
    name,
    grants: { scopes: readonly ? "read" : "publish", packages },
    expiresAtMs: ports.now() + days * DAY_MS,
  });
  return json(201, { ...tokenJson(token, factsOf(ports, token)), token: token.value });
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
