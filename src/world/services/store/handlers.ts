/**
 * Requests to `bao.lantern-tides.test`: who asks, what their policies allow, what is recorded, and then what is done.
 * https://openbao.org/api-docs/
 */
import { toUtf8 } from "../../../base/bytes.ts";
import type { Json } from "../../../base/json.ts";
import type { Origin } from "../../network.ts";
import type { ServicePorts } from "../../service.ts";
import { absent, denied, internal, noToken, oneError, responseOf, wrong, type Reply } from "./answer.ts";
import { audit } from "./audit/log.ts";
import { serveSignIn } from "./auth/oidc.ts";
import type { Operation, Route, StoreCall } from "./call.ts";
import { uuid } from "./fields.ts";
import { IDENTITY_HOST } from "./host.ts";
import type { Fields } from "./model.ts";
import { aclFor } from "./policies.ts";
import { judge } from "./policy/acl.ts";
import { needsSudo } from "./policy/builtIn.ts";
import { find, type Found } from "./routing.ts";
import { countUse, credentialOf, holderOf } from "./tokens.ts";
import { servePanel } from "./ui/handlers.ts";

const MOST_BYTES = 32 * 1024 * 1024;

export async function serveStore(ports: ServicePorts, request: Request, from: Origin): Promise<Response> {
  const url = new URL(request.url);
  if (url.hostname === IDENTITY_HOST) return serveSignIn(ports, request, from);
  if (url.pathname.startsWith("/ui/")) {
    const answered = await servePanel(ports, request, from, serveStore);
    if (answered) return answered;
  }
  const requestId = uuid(ports);
  if (url.pathname === "/" || url.pathname.startsWith("/ui"))
    return new Response("The web interface of the store is not simulated in LeakLab\n", { status: 404 });
  const path = pathOf(url.pathname);
  if (path === null) return responseOf({ status: 404, errors: [] }, "", requestId);
  const reply = await answer(ports, request, from, path, requestId);
  return responseOf(reply, path, requestId);
}

/** Behind /v1/; null where that is missing. */
function pathOf(pathname: string): string | null {
  const [, rest] = /^\/v1\/+(.*)$/s.exec(pathname) ?? [];
  if (rest === undefined) return null;
  try {
    return decodeURIComponent(rest);
  } catch {
    return rest;
  }
}

async function answer(
  ports: ServicePorts,
  request: Request,
  from: Origin,
  path: string,
  requestId: string,
): Promise<Reply> {
  const { searchParams } = new URL(request.url);
  const operation = operationOf(request.method, searchParams);
  if (operation === null) return { status: 405, errors: [] };
  if (request.headers.has("X-Vault-Wrap-TTL")) return absent("response wrapping");
  if (/(?:^|\/)\.\.?(?:\/|$)/.test(path)) return wrong("path contains parent references");
  const fields = await fieldsOf(request, operation, searchParams);
  if (typeof fields === "string") return wrong(fields);
  const sent = tokenOf(request.headers);
  const holder = holderOf(ports, sent) ?? null;
  const found = find(ports, listed(path, operation));
  const route = found && match(found);
  const call: StoreCall = {
    ports,
    from,
    operation,
    path: listed(path, operation),
    rest: found?.rest ?? "",
    mount: found?.mount ?? "",
    fields,
    requestId,
    holder: route?.route.open ? null : holder,
  };
  return serve(withExistence(call, route), route, sent, found !== undefined);
}

/** A list is of a folder, with or without a slash at its end. */
function listed(path: string, operation: Operation): string {
  return operation === "list" && !path.endsWith("/") ? `${path}/` : path;
}

interface Matched {
  readonly route: Route;
  readonly match: RegExpExecArray;
}

function match({ routes, rest }: Found): Matched | undefined {
  for (const route of routes) {
    const found = route.pattern.exec(rest);
    if (found) return { route, match: found };
  }
  return undefined;
}

/** What makes something new needs `create`, what changes it needs `update`. */
function withExistence(call: StoreCall, matched: Matched | undefined): StoreCall {
  if (call.operation !== "update" || !matched?.route.exists) return call;
  return matched.route.exists(call, matched.match) ? call : { ...call, operation: "create" };
}

async function serve(
  call: StoreCall,
  matched: Matched | undefined,
  sent: string,
  mounted: boolean,
): Promise<Reply> {
  const refusal = refused(call, matched, sent);
  const entry = { call, sent, allowed: refusal === null };
  if (!audit(call.ports, { ...entry, reply: null })) return internal();
  const reply = refusal ?? (await run(call, matched, mounted));
  record(call, sent, reply);
  if (call.holder && refusal === null) countUse(call.ports, call.holder.token);
  return audit(call.ports, { ...entry, reply }) ? reply : internal();
}

/** Why a request is not served; null where it is. */
function refused(call: StoreCall, matched: Matched | undefined, sent: string): Reply | null {
  if (matched?.route.open) return null;
  const { ports, holder, operation, path, fields } = call;
  if (!holder) return noToken(sent !== "");
  // Whoever may use a mount at all may learn of which version it is.
  if (
    path.startsWith("sys/internal/ui/mounts/") &&
    mayUse(call, path.slice("sys/internal/ui/mounts/".length))
  )
    return null;
  const { allowed, sudo } = judge(aclFor(ports, holder.token.policies), { operation, path, fields });
  return allowed && (sudo || !needsSudo(path)) ? null : denied();
}

function mayUse({ ports, holder }: StoreCall, path: string): boolean {
  const { root, rules } = aclFor(ports, holder?.token.policies ?? []);
  const mount = `${find(ports, path)?.mount ?? path.replace(/\/?$/, "/")}`;
  return (
    root ||
    rules.some(
      (rule) =>
        !rule.capabilities.includes("deny") && (rule.path.startsWith(mount) || /^[+*]/.test(rule.path)),
    )
  );
}

async function run(call: StoreCall, matched: Matched | undefined, mounted: boolean): Promise<Reply> {
  const { path, operation } = call;
  if (!mounted)
    return { status: 404, errors: [`no handler for route ${JSON.stringify(path)}. route entry not found.`] };
  if (!matched) return { status: 404, errors: [oneError("unsupported path")] };
  const { serve: by } = matched.route;
  const serving = by[operation];
  return serving
    ? serving(call, matched.match)
    : { status: 405, errors: [oneError("unsupported operation")] };
}

/** Every use of a token is known, that of one which works no more too. */
function record(
  { ports, from, operation, path, requestId, holder }: StoreCall,
  sent: string,
  reply: Reply,
): void {
  const credential = holder?.credential ?? (sent === "" ? undefined : credentialOf(ports, sent));
  const result =
    reply.status === 403 || reply.status === 401 || isRefusedLogin(path, reply) ? "denied" : "allowed";
  const actor = credential?.owner ?? "anonymous";
  const { address } = from;
  if (credential)
    ports.credentials.used(credential.id, { actor, address, action: `${operation} ${path}`, result });
  if (!credential && operation === "read") return;
  ports.audit.add({
    service: "store",
    actor,
    identityType: credential ? "token" : "anonymous",
    credentialId: credential?.id ?? null,
    action: `store.${operation}`,
    target: path,
    result,
    address,
    requestId,
    data: { status: reply.status },
  });
}

function isRefusedLogin(path: string, { status }: Reply): boolean {
  return status === 400 && /^auth\/[^/]+\/login/.test(path);
}

function operationOf(method: string, query: URLSearchParams): Operation | null {
  if (method === "LIST" || (method === "GET" && /^(?:1|t|true)$/i.test(query.get("list") ?? "")))
    return "list";
  if (method === "GET" || method === "HEAD") return "read";
  if (method === "POST" || method === "PUT") return "update";
  if (method === "DELETE") return "delete";
  return method === "PATCH" ? "patch" : null;
}

function tokenOf(headers: Headers): string {
  const bearer = /^bearer\s+(\S+)$/i.exec(headers.get("Authorization") ?? "")?.[1];
  return headers.get("X-Vault-Token") ?? bearer ?? "";
}

/** A text is what is wrong with the body. */
async function fieldsOf(
  request: Request,
  operation: Operation,
  query: URLSearchParams,
): Promise<Fields | string> {
  if (operation === "read" || operation === "list" || operation === "delete") {
    const given = [...query].filter(([name]) => name !== "list");
    return Object.fromEntries(given);
  }
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > MOST_BYTES) return "http: request body too large";
  return bytes.length === 0 ? {} : parsed(toUtf8(bytes));
}

function parsed(text: string): Fields | string {
  const failed = "failed to parse JSON input: invalid character in body";
  try {
    const value = JSON.parse(text) as Json;
    if (value === null) return {};
    return typeof value === "object" && !Array.isArray(value) ? (value as Fields) : failed;
  } catch {
    return text.trim() === "" ? {} : failed;
  }
}
