/** Requests to `registry.npm.test`: who asks, which operation, and what is recorded of it. */
import type { Json } from "../../../base/json.ts";
import { toUtf8 } from "../../../base/bytes.ts";
import type { Credential } from "../../credential.ts";
import type { Origin } from "../../network.ts";
import type { ServicePorts } from "../../service.ts";
import { failure, json, unauthorized } from "./answer.ts";
import type { RegistryCall } from "./call.ts";
import { grantsOf, type RegistryGrants } from "./model.ts";
import { publish, showPackage, showTarball } from "./packages.ts";
import { accountOf } from "./registry.ts";
import { login, logout, makeToken, removeToken, showTokens } from "./tokens.ts";

export const REGISTRY_HOST = "registry.npm.test";
export const REGISTRY = `https://${REGISTRY_HOST}`;

type Operation = (call: RegistryCall, match: RegExpExecArray) => Response;

/** Method and path; the first that fits. `need`: nobody, somebody. */
const OPERATIONS: readonly (readonly [
  method: string,
  path: RegExp,
  anonymous: boolean,
  action: string,
  run: Operation,
])[] = [
  ["GET", /^\/-\/ping$/, true, "ping", () => json(200, {})],
  ["GET", /^\/-\/whoami$/, false, "whoami", ({ grants }) => json(200, { username: grants?.user ?? null })],
  ["POST", /^\/-\/v1\/login$/, true, "login", login],
  ["GET", /^\/-\/npm\/v1\/tokens$/, false, "token.list", showTokens],
  ["POST", /^\/-\/npm\/v1\/tokens$/, false, "token.create", makeToken],
  ["DELETE", /^\/-\/npm\/v1\/tokens\/token\/([^/]+)$/, false, "token.revoke", removeToken],
  ["DELETE", /^\/-\/user\/token\/([^/]+)$/, false, "logout", logout],
  ["PUT", /^\/((?:@[^/]+\/)?[^/@-][^/]*)$/, false, "package.publish", publish],
  ["GET", /^\/((?:@[^/]+\/)?[^/]+)\/-\/[^/]+-(\d[^/]*)\.tgz$/, true, "package.download", showTarball],
  ["GET", /^\/((?:@[^/]+\/)?[^/@-][^/]*)(?:\/([^/]+))?$/, true, "package.view", showPackage],
];

export async function serveRegistry(ports: ServicePorts, request: Request, from: Origin): Promise<Response> {
  const { method } = request;
  const path = decode(new URL(request.url).pathname);
  const { credential, grants, refused } = identify(ports, request, from);
  const bytes = method === "GET" || method === "HEAD" ? null : new Uint8Array(await request.arrayBuffer());
  const body = bytes === null ? {} : parse(toUtf8(bytes));
  for (const [verb, pattern, anonymous, action, run] of OPERATIONS) {
    const match = verb === method ? pattern.exec(path) : null;
    if (!match) continue;
    const barred = refused || (!anonymous && grants === null);
    const call = { ports, method, path, body, grants: refused ? null : grants, credential, from };
    const response = barred ? unauthorized(credential !== null || refused) : run(call, match);
    record(call, action, response.status, match[1]);
    return response;
  }
  return failure(404, `not simulated in LeakLab: ${method} ${path}`);
}

interface Known {
  readonly credential: Credential | null;
  readonly grants: RegistryGrants | null;
  /** A token was sent, and it works for nobody (any more). */
  readonly refused: boolean;
}

function identify({ credentials, tables }: ServicePorts, request: Request, from: Origin): Known {
  const header = request.headers.get("Authorization");
  if (header === null) {
    if (from.session === null) return { credential: null, grants: null, refused: false };
    const user = accountOf({ tables }, from.session);
    return { credential: null, grants: { user, scopes: "publish", session: true }, refused: false };
  }
  const value = /^bearer\s+(\S+)\s*$/i.exec(header)?.[1];
  const credential = value === undefined ? undefined : credentials.find("registry", value);
  if (!credential) return { credential: null, grants: null, refused: true };
  return { credential, grants: grantsOf(credential), refused: !credentials.works(credential) };
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

function parse(text: string): Readonly<Record<string, Json | undefined>> {
  try {
    const value = JSON.parse(text) as unknown;
    return value !== null && typeof value === "object" ? (value as Record<string, Json>) : {};
  } catch {
    return {};
  }
}
