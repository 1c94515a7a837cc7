/** Requests to `registry.npm.test`: who asks, which operation, and what is recorded of it. */
import type { Json } from "../../../base/json.ts";
import { toUtf8 } from "../../../base/bytes.ts";
import type { Credential } from "../../credential.ts";
import type { Origin } from "../../network.ts";
import type { ServicePorts } from "../../service.ts";
import { advise } from "./advisories.ts";
import { isWithin } from "./allowed.ts";
import { failure, json, unauthorized } from "./answer.ts";
import type { RegistryCall } from "./call.ts";
import { changeRevision, removePackage, removeTarball } from "./edit.ts";
import { fields } from "./fields.ts";
import { confirm, done, login, logout } from "./login.ts";
import { grantsOf, type RegistryGrants } from "./model.ts";
import { exchange } from "./oidc.ts";
import { publish, showPackage, showTarball, showVersion } from "./packages.ts";
import { showAttestations } from "./provenance.ts";
import { accountOf } from "./registry.ts";
import {
  packagesOf,
  removeTag,
  setAccess,
  setTag,
  showCollaborators,
  showTags,
  showUser,
  showVisibility,
} from "./settings.ts";
import { showKeys } from "./signatures.ts";
import { makeToken, removeToken, showTokens } from "./tokens.ts";
import { makeTrust, removeTrust, showTrust } from "./trust.ts";

type Operation = (call: RegistryCall, match: RegExpExecArray) => Response | Promise<Response>;

interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** Whether nobody may ask. */
  readonly open: boolean;
  readonly action: string;
  readonly run: Operation;
}

const NAME = "((?:@[^/]+/)?[^/@-][^/]*)";
const OF_PACKAGE = `/-/package/${NAME}`;

function route(line: string, action: string, run: Operation): Route {
  const [method = "", path = "", open] = line.split(" ");
  return { method, path: new RegExp(`^${path}$`), open: open === "open", action, run };
}

/** The first that fits. */
const ROUTES: readonly Route[] = [
  route("GET /-/ping open", "ping", () => json(200, {})),
  route("GET /-/whoami", "whoami", ({ grants }) => json(200, { username: grants?.user ?? null })),
  route("POST /-/v1/login open", "login.begin", login),
  route("GET /-/v1/done open", "login", done),
  route("GET /login/cli/([0-9a-f]+) open", "login.confirm", confirm),
  route("GET /-/npm/v1/tokens", "token.list", showTokens),
  route("POST /-/npm/v1/tokens", "token.create", makeToken),
  route("DELETE /-/npm/v1/tokens/token/([^/]+)", "token.revoke", removeToken),
  route("DELETE /-/user/token/([^/]+)", "logout", logout),
  route("GET /-/npm/v1/keys open", "keys", showKeys),
  route("POST /-/npm/v1/security/advisories/bulk open", "audit", advise),
  route(`GET /-/npm/v1/attestations/${NAME}@([^/@]+) open`, "package.attestations", showAttestations),
  route(`POST /-/npm/v1/oidc/token/exchange/package/${NAME} open`, "package.exchange", exchange),
  route("GET /-/user/org\\.couchdb\\.user:([^/]+)", "user.view", showUser),
  route("GET /-/user/([^/]+)/package", "user.packages", packagesOf),
  route("GET /-/org/([^/]+)/package", "user.packages", packagesOf),
  route(`GET ${OF_PACKAGE}/dist-tags open`, "package.tags", showTags),
  route(`PUT ${OF_PACKAGE}/dist-tags/([^/]+)`, "package.tag", setTag),
  route(`DELETE ${OF_PACKAGE}/dist-tags/([^/]+)`, "package.untag", removeTag),
  route(`GET ${OF_PACKAGE}/visibility`, "package.visibility", showVisibility),
  route(`GET ${OF_PACKAGE}/collaborators`, "package.collaborators", showCollaborators),
  route(`POST ${OF_PACKAGE}/access`, "package.access", setAccess),
  route(`GET ${OF_PACKAGE}/trust`, "package.trust.view", showTrust),
  route(`POST ${OF_PACKAGE}/trust`, "package.trust", makeTrust),
  route(`DELETE ${OF_PACKAGE}/trust/([^/]+)`, "package.untrust", removeTrust),
  route(`PUT /${NAME}/-rev/([^/]+)`, "package.change", changeRevision),
  route(`DELETE /${NAME}/-rev/([^/]+)`, "package.unpublish", removePackage),
  route(
    `DELETE /${NAME}/-/(?:@[^/]+/)?[^/]+?-(\\d[^/]*)\\.tgz/-rev/[^/]+`,
    "package.unpublish",
    removeTarball,
  ),
  route(`PUT /${NAME}`, "package.publish", publish),
  route(
    `GET /((?:@[^/]+/)?[^/]+)/-/(?:@[^/]+/)?[^/]+?-(\\d[^/]*)\\.tgz open`,
    "package.download",
    showTarball,
  ),
  route(`GET /${NAME} open`, "package.view", showPackage),
  route(`GET /${NAME}/([^/]+) open`, "package.view", showVersion),
];

export async function serveRegistry(ports: ServicePorts, request: Request, from: Origin): Promise<Response> {
  const { method, headers } = request;
  const url = new URL(request.url);
  const path = decode(url.pathname);
  const bytes = method === "GET" || method === "HEAD" ? null : new Uint8Array(await request.arrayBuffer());
  const value = bytes === null ? null : parse(toUtf8(bytes));
  for (const { method: verb, path: pattern, open, action, run } of ROUTES) {
    const match = verb === method ? pattern.exec(path) : null;
    if (!match) continue;
    // A job's identity is no token of the registry.
    const known = action === "package.exchange" ? NOBODY : identify(ports, request, from);
    const { credential, grants, refused } = known;
    const more = { value, body: fields(value), query: url.searchParams, headers };
    const call = { ports, method, path, ...more, grants: refused ? null : grants, credential, from };
    const response = barred(known, open) ?? (await run(call, match));
    record(call, action, response.status, match[1]);
    return response;
  }
  return failure(404, `not simulated in LeakLab: ${method} ${path}`);
}

function barred({ credential, grants, refused, elsewhere }: Known, open: boolean): Response | null {
  if (elsewhere) return json(401, { message: "Unauthorized" }, { "WWW-Authenticate": "ipaddress" });
  if (refused) return unauthorized(true);
  return open || grants !== null ? null : unauthorized(credential !== null);
}

interface Known {
  readonly credential: Credential | null;
  readonly grants: RegistryGrants | null;
  /** A token was sent, and it works for nobody (any more). */
  readonly refused: boolean;
  /** It works, but not from there. */
  readonly elsewhere?: boolean;
}

const NOBODY: Known = { credential: null, grants: null, refused: false };

function identify({ credentials, tables }: ServicePorts, request: Request, from: Origin): Known {
  const header = request.headers.get("Authorization");
  if (header === null) {
    if (from.session === null) return NOBODY;
    const user = accountOf({ tables }, from.session);
    return { credential: null, grants: { user, scopes: "publish", session: true }, refused: false };
  }
  const value = /^bearer\s+(\S+)\s*$/i.exec(header)?.[1];
  const credential = value === undefined ? undefined : credentials.find("registry", value);
  if (!credential) return { credential: null, grants: null, refused: true };
  const grants = grantsOf(credential);
  const elsewhere = grants.cidr !== undefined && !grants.cidr.some((range) => isWithin(from.address, range));
  const refused = elsewhere || !credentials.works(credential);
  return {
    credential,
    grants,
    refused,
    ...(elsewhere && credentials.works(credential) ? { elsewhere } : {}),
  };
}

function record(
  { ports, method, credential, grants, from }: RegistryCall,
  action: string,
  status: number,
  target = "",
): void {
  const result = status === 401 || status === 403 ? "denied" : "allowed";
  const actor = credential ? grantsOf(credential).user : (grants?.user ?? "anonymous");
  const { address } = from;
  if (credential)
    ports.credentials.used(credential.id, { actor, address, action: `${method} ${action}`, result });
  // Reading what is public is nobody's business.
  if (!credential && method === "GET") return;
  ports.audit.add({
    service: "registry",
    actor,
    identityType: credential ? "token" : grants ? "session" : "anonymous",
    credentialId: credential?.id ?? null,
    action,
    // A token must not be named by its value.
    target: action.startsWith("package") ? target : "",
    result,
    address,
    requestId: `NPM-${String(ports.tables.next("registry/request")).padStart(6, "0")}`,
    data: { status },
  });
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
