/**
 * Sign-in with a browser: the store sends it to the company's sign-in page, which sends it back with a code.
 * https://openbao.org/docs/auth/jwt/#oidc-authentication
 */
import { tableName } from "../../../../base/tables.ts";
import type { Origin } from "../../../network.ts";
import { personOf } from "../../../person.ts";
import type { ServicePorts } from "../../../service.ts";
import { data, wrong, type Reply } from "../answer.ts";
import { writes, type Route, type StoreCall } from "../call.ts";
import { entryOf } from "../entries.ts";
import { base62, listOf, textOf } from "../fields.ts";
import { IDENTITY_HOST } from "../host.ts";
import { JWT_CONFIG, JWT_ROLE, JWT_ROUTES, signIn } from "./jwt.ts";
import { byAccessor } from "../tokens.ts";
import { isBound, refusedBy } from "./claims.ts";

interface Begun {
  readonly mount: string;
  readonly role: string;
  readonly redirect: string;
  readonly client: string;
  /** Who signed in, once somebody did, and the code that says so. */
  readonly login: string | null;
  readonly code: string | null;
  readonly untilMs: number;
}

/** Sign-ins that were begun, by state. */
const BEGUN = tableName<Begun>("store/sign-ins");
const MINUTES_MS = 5 * 60_000;

function begin({ ports, mount, fields }: StoreCall): Reply {
  const config = entryOf(ports, mount, JWT_CONFIG, "") ?? {};
  const role = (textOf(fields, "role") || textOf(config, "default_role")).toLowerCase();
  if (role === "") return wrong("missing role");
  const settings = entryOf(ports, mount, JWT_ROLE, role);
  if (!settings) return wrong(`role ${JSON.stringify(role)} could not be found`);
  const redirect = textOf(fields, "redirect_uri");
  if (!listOf(settings, "allowed_redirect_uris").includes(redirect))
    return wrong(`unauthorized redirect_uri: ${redirect}`);
  const state = base62(ports, 20);
  const client = textOf(config, "oidc_client_id");
  ports.tables.of(BEGUN).set(state, {
    mount,
    role,
    redirect,
    client,
    login: null,
    code: null,
    untilMs: ports.now() + MINUTES_MS,
  });
  const query = new URLSearchParams({
    client_id: client,
    redirect_uri: redirect,
    response_type: "code",
    scope: "openid",
    state,
  });
  return data({ auth_url: `https://${IDENTITY_HOST}/authorize?${query.toString()}` });
}

/** The sign-in page: whoever's browser is signed in goes on at once; nobody else is known there. */
export function serveSignIn(ports: ServicePorts, request: Request, from: Origin): Response {
  const { pathname, searchParams } = new URL(request.url);
  const state = searchParams.get("state") ?? "";
  const begun = ports.tables.of(BEGUN).get(state);
  if (pathname === "/.well-known/openid-configuration") return configuration();
  if (pathname !== "/authorize" || !begun || begun.untilMs <= ports.now()) return page(404, "Not found");
  const person = from.session === null ? undefined : personOf(from.session);
  if (!person || person.side === "outside" || person.side === "attacker")
    return page(403, "Sign in with an account of Lantern Tides");
  const code = base62(ports, 32);
  ports.tables.of(BEGUN).set(state, { ...begun, login: person.login, code });
  const query = new URLSearchParams({ code, state });
  return new Response(null, { status: 302, headers: { Location: `${begun.redirect}?${query.toString()}` } });
}

function page(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: { "Content-Type": "text/plain" } });
}

function configuration(): Response {
  const origin = `https://${IDENTITY_HOST}`;
  return Response.json({
    issuer: origin,
    authorization_endpoint: `${origin}/authorize`,
    jwks_uri: `${origin}/keys`,
  });
}

/** The code becomes a token of the store, once. */
function finish(call: StoreCall): Reply {
  const { ports, mount, fields } = call;
  const state = textOf(fields, "state");
  const begun = ports.tables.of(BEGUN).get(state);
  if (!begun || begun.mount !== mount || begun.untilMs <= ports.now())
    return wrong("expired or missing OAuth state");
  ports.tables.of(BEGUN).delete(state);
  const person = begun.login === null ? undefined : personOf(begun.login);
  if (!person || begun.code !== textOf(fields, "code")) return wrong("no code or id_token received");
  const role = entryOf(ports, mount, JWT_ROLE, begun.role);
  if (!role) return wrong(`role ${JSON.stringify(begun.role)} could not be found`);
  const { login, email, name } = person;
  const claims = {
    iss: `https://${IDENTITY_HOST}`,
    sub: login,
    aud: begun.client,
    email,
    name,
    preferred_username: login,
    iat: Math.floor(ports.now() / 1000),
  };
  const refused = isBound(role)
    ? refusedBy({ bound_audiences: begun.client, ...role }, claims, "", ports.now())
    : null;
  if (refused !== null) return wrong(refused);
  // What a token is named for is the person: other services know them by login.
  const signedIn = signIn(call, begun.role, role, claims);
  const made = signedIn.auth && byAccessor(ports, signedIn.auth.accessor);
  if (made) ports.credentials.change(made.credential.id, { owner: login });
  return signedIn;
}

export const OIDC_ROUTES: readonly Route[] = [
  { pattern: /^oidc\/auth_url$/, open: true, serve: writes(begin) },
  { pattern: /^oidc\/callback$/, open: true, serve: { read: finish } },
  ...JWT_ROUTES,
];
