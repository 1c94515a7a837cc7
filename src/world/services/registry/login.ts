/** Signing in from a terminal: the registry names a page, somebody confirms there, and the terminal gets a token. https://docs.npmjs.com/cli/commands/npm-login */
import type { ServicePorts } from "../../service.ts";
import { failure, json } from "./answer.ts";
import type { RegistryCall } from "./call.ts";
import { REGISTRY } from "./host.ts";
import { LOGINS } from "./model.ts";
import { createToken } from "./registry.ts";

const HOUR_MS = 3600_000;
/** A sign-in lasts two hours. */
const SESSION_MS = 2 * HOUR_MS;
const HEX = "0123456789abcdef";

export function login({ ports }: RegistryCall): Response {
  const id = ports.random(32, HEX);
  ports.tables.of(LOGINS).set(id, { id, user: null });
  return json(200, {
    loginUrl: `${REGISTRY}/login/cli/${id}`,
    doneUrl: `${REGISTRY}/-/v1/done?authId=${id}`,
  });
}

/** The page: the browser of whoever sits there is signed in already, and confirms. */
export function confirm({ ports, grants, from }: RegistryCall, [, id = ""]: RegExpExecArray): Response {
  if (!ports.tables.of(LOGINS).has(id)) return failure(404, "Not found");
  if (from.session === null || grants === null) return failure(401, "there is no browser to sign in with");
  ports.tables.of(LOGINS).change(id, { user: grants.user });
  return json(200, { username: grants.user });
}

/** The token is given once. */
export function done({ ports, query }: RegistryCall): Response {
  const id = query.get("authId") ?? "";
  const waiting = ports.tables.of(LOGINS).get(id);
  if (!waiting) return failure(404, "Not found");
  if (waiting.user === null) return json(202, {}, { "Retry-After": "1" });
  ports.tables.of(LOGINS).delete(id);
  return json(200, { token: sessionOf(ports, waiting.user).value, username: waiting.user });
}

function sessionOf(ports: ServicePorts, user: string) {
  return createToken(ports, {
    user,
    name: "npm login",
    grants: { scopes: "publish", session: true },
    expiresAtMs: ports.now() + SESSION_MS,
  });
}

export function logout({ ports, credential }: RegistryCall, [, value = ""]: RegExpExecArray): Response {
  if (credential?.value === value) ports.credentials.change(credential.id, { status: "revoked" });
  return json(200, { ok: true });
}
