/** Finds the operation that a request asks for, asks whether the caller may, and runs it. */
import type { Json } from "../../../../base/json.ts";
import { toUtf8 } from "../../../../base/bytes.ts";
import type { Origin } from "../../../network.ts";
import type { Forge } from "../forge.ts";
import { identify, type Identity } from "../identity.ts";
import type { Repository } from "../model.ts";
import { failure, notFound, notSimulated, time } from "./answer.ts";
import { ROUTES } from "./routes.ts";
import type { Call, Need, Route } from "./route.ts";

export async function serveRest(
  forge: Forge,
  request: Request,
  path: string,
  from: Origin,
): Promise<Response> {
  const { identity, refused } = identify(forge.ports.credentials, request, from);
  if (refused) return failure(401, "Bad credentials");
  const found = findRoute(request.method, path);
  if (!found) return notSimulated(request.method, path);
  const bytes = hasBody(request) ? new Uint8Array(await request.arrayBuffer()) : new Uint8Array();
  const body = found.route.raw ? {} : parseBody(bytes, request.headers.get("content-type"));
  if (body === null) return failure(400, "Problems parsing JSON");
  const requestId = forge.nextRequestId();
  const { method, headers } = request;
  const url = new URL(request.url);
  const { route, params } = found;
  const call = {
    forge,
    method,
    url,
    params,
    body,
    bytes,
    headers,
    identity,
    address: from.address,
    requestId,
  };
  const response = await answer(route, call);
  recordUse(call, response);
  response.headers.set("X-GitHub-Request-Id", requestId);
  tellToken(call, response);
  return response;
}

async function answer(route: Route, call: Call): Promise<Response> {
  const { forge, identity, params } = call;
  if (route.on === "site") {
    if (route.needs === "user" && identity === null) return failure(401, "Requires authentication");
    return route.run(call);
  }
  const repository = forge.find(`${params["owner"]}/${params["repo"]}`);
  if (!repository || !forge.allows(identity, repository, "metadata", "read")) return notFound();
  if (!meets(forge, identity, repository, route.needs)) return refusal(identity, route.needs);
  return route.run({ ...call, repository });
}

function meets(forge: Forge, identity: Identity | null, repository: Repository, need: Need): boolean {
  if (need === "anyone") return true;
  if (need === "user") return identity !== null;
  return forge.allows(identity, repository, need[0], need[1]);
}

/** GitHub hides what one may not read, and names what one may not change. */
function refusal(identity: Identity | null, need: Need): Response {
  if (identity === null) return failure(401, "Requires authentication");
  const { grants } = identity;
  if (grants.kind === "job") return failure(403, "Resource not accessible by integration");
  if (grants.kind === "fine-grained") return failure(403, "Resource not accessible by personal access token");
  if (need[0] === "administration") return failure(403, "Must have admin rights to Repository.");
  if (need[0] === "repository_hooks") return notFound();
  return need[1] === "read" ? notFound() : failure(403, "Resource not accessible by this account");
}

function recordUse({ forge, identity, address, method, url }: Call, response: Response): void {
  if (!identity || identity.credentialId === "session") return;
  forge.ports.credentials.used(identity.credentialId, {
    actor: identity.login,
    address,
    action: `${method} ${url.pathname}`,
    result:
      response.status === 401 || response.status === 403 || response.status === 404 ? "denied" : "allowed",
  });
}

/** What a classic token may do, and when a token expires: https://docs.github.com/en/rest/authentication */
function tellToken({ forge, identity }: Call, response: Response): void {
  if (!identity) return;
  const { grants, credentialId } = identity;
  if (grants.kind === "classic") response.headers.set("X-OAuth-Scopes", grants.scopes.toSorted().join(", "));
  const expires = forge.ports.credentials.get(credentialId)?.expiresAtMs ?? null;
  if (expires !== null && grants.kind !== "job")
    response.headers.set(
      "GitHub-Authentication-Token-Expiration",
      `${time(expires).replace("T", " ").replace("Z", "")} UTC`,
    );
}

function hasBody({ method }: Request): boolean {
  return method !== "GET" && method !== "HEAD";
}

/** Null where it claims to be JSON and is none. Other contents (release assets) are the route's own affair. */
function parseBody(bytes: Uint8Array, type: string | null): { readonly [key: string]: Json } | null {
  if (
    bytes.length === 0 ||
    (type !== null && !/json|^text\/plain|^application\/x-www-form-urlencoded/i.test(type))
  )
    return {};
  try {
    const value = JSON.parse(toUtf8(bytes)) as unknown;
    return value !== null && typeof value === "object" ? (value as { [key: string]: Json }) : {};
  } catch {
    return type !== null && /json/i.test(type) ? null : {};
  }
}

interface Found {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** By method and number of slashes; `+` for paths with a part of any length. */
const PATTERNS = Map.groupBy(
  ROUTES.map((route) => ({ route, words: wordsOf(route.path), pattern: patternOf(route.path) })),
  ({ route: { method, path } }) => `${method} ${path.includes("+}") ? "+" : depth(path)}`,
);

function depth(path: string): number {
  return path.split("/").length;
}

/**
 * Fixed words count more than braces: `/branches/protection` is not a branch of that name where it is an operation.
 * Among those with as many braces the one with more fixed text: `/branches/{branch+}/protection` before `/branches/{branch+}`.
 */
function findRoute(method: string, path: string): Found | null {
  let best: Found | null = null;
  const key = `${method === "HEAD" ? "GET" : method} `;
  const asked = path.split("/");
  for (const length of [asked.length, "+"]) {
    for (const { route, words, pattern } of PATTERNS.get(key + length) ?? []) {
      // A word that differs is seen sooner than a whole pattern fails.
      const match = words.every((word, i) => word === null || word === asked[i]) ? pattern.exec(path) : null;
      if (match && (best === null || isNarrower(route.path, best.route.path)))
        best = { route, params: decoded(match.groups ?? {}) };
    }
  }
  return best;
}

/** The fixed words of a path, null for what stands in braces, up to a part of any length. */
function wordsOf(path: string): (string | null)[] {
  const [fixed = ""] = path.split(/\/[^/]*\+\}/);
  return fixed.split("/").map((word) => (word.includes("{") ? null : word));
}

function patternOf(path: string): RegExp {
  const source = path
    .replace(/[.*?^$()|[\]\\]/g, "\\$&")
    .replace(/\{(\w+)(\+?)\}/g, (_, name: string, more: string) => `(?<${name}>${more ? ".+" : "[^/]+"})`);
  return new RegExp(`^${source}$`);
}

function isNarrower(one: string, other: string): boolean {
  const fewer = braces(one) - braces(other);
  return fewer < 0 || (fewer === 0 && fixed(one) > fixed(other));
}

function fixed(path: string): number {
  return path.replace(/\{[^}]*\}/g, "").length;
}

function braces(path: string): number {
  return path.split("{").length;
}

function decoded(groups: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decode(text)]));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
