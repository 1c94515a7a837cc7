/** The deploy API and the status page of the company. Its own invention: small, and with the status codes of HTTP. */
import { toUtf8 } from "../../../base/bytes.ts";
import type { Json } from "../../../base/json.ts";
import type { Credential } from "../../credential.ts";
import type { Origin } from "../../network.ts";
import type { ServicePorts } from "../../service.ts";
import { findConsumer } from "./consumers.ts";
import { deploy } from "./deploy.ts";
import { statusJson } from "./status.ts";
import { grantsOf, serveTokens } from "./tokens.ts";

export async function serveDeploy(ports: ServicePorts, request: Request, from: Origin): Promise<Response> {
  const name = new URL(request.url).pathname.slice(1);
  const token = /^bearer\s+(\S+)\s*$/i.exec(request.headers.get("Authorization") ?? "")?.[1];
  const tokens = /^-\/tokens(?:\/([^/]+))?\/?$/.exec(name);
  if (tokens) return manageTokens(ports, request, from, token, tokens[1] ?? "");
  const credential = token === undefined ? undefined : ports.credentials.find("deploy", token);
  const respond = (code: number, body: Json) => {
    recordUse(ports, request.method, name, credential, from, code);
    return json(code, body);
  };
  if (!credential || !ports.credentials.works(credential)) return respond(401, { error: "unauthorized" });
  if (!mayDeploy(credential, name)) return respond(403, { error: `this token may not deploy ${name}` });
  const consumer = findConsumer(ports, name);
  if (!consumer) return respond(404, { error: "no such service" });
  if (request.method === "GET") return respond(200, statusJson(ports, consumer));
  if (request.method !== "POST") return respond(405, { error: "method not allowed" });
  const config = configOf(toUtf8(new Uint8Array(await request.arrayBuffer())));
  if (!config) return respond(400, { error: "send a JSON object of texts: what it runs with, and version" });
  const { version = consumer.version, source = consumer.source, ...rest } = config;
  const problem = await deploy(ports, consumer, { config: rest, version, source, by: credential.owner });
  if (problem !== null)
    return respond(502, {
      error: "the new version did not become healthy; the old one stays",
      reason: problem,
    });
  return respond(200, { service: name, version, healthy: true });
}

async function manageTokens(
  ports: ServicePorts,
  request: Request,
  from: Origin,
  bearer: string | undefined,
  id: string,
): Promise<Response> {
  const { method } = request;
  const body = toUtf8(new Uint8Array(await request.arrayBuffer()));
  const { status: code, body: shown, actor } = serveTokens(ports, { method, id, bearer, from, body });
  const action = { GET: "token.list", POST: "token.create", DELETE: "token.revoke" }[method] ?? "token.other";
  audit(ports, { actor, credentialId: null, action, target: id || "tokens", address: from.address, code });
  return json(code, shown);
}

function mayDeploy(credential: Credential, name: string): boolean {
  const { services } = grantsOf(credential);
  return services === undefined || services.includes(name);
}

/** Null where it is no object of texts. */
function configOf(text: string): Readonly<Record<string, string>> | null {
  try {
    const value = JSON.parse(text) as unknown;
    if (value === null || typeof value !== "object" || Array.isArray(value)) return null;
    const entries = Object.entries(value);
    return entries.every(([, it]) => typeof it === "string") ? Object.fromEntries(entries) : null;
  } catch {
    return null;
  }
}

function recordUse(
  ports: ServicePorts,
  method: string,
  name: string,
  credential: Credential | undefined,
  { address }: Origin,
  code: number,
): void {
  const action = method === "POST" ? "deploy" : "status";
  const result = code === 401 || code === 403 ? "denied" : "allowed";
  const actor = credential?.owner ?? "anonymous";
  if (credential)
    ports.credentials.used(credential.id, { actor, address, action: `${action} ${name}`, result });
  const credentialId = credential?.id ?? null;
  audit(ports, { actor, credentialId, action: `service.${action}`, target: name, address, code });
}

interface Audited {
  readonly actor: string;
  readonly credentialId: string | null;
  readonly action: string;
  readonly target: string;
  readonly address: string;
  readonly code: number;
}

function audit(ports: ServicePorts, { actor, credentialId, action, target, address, code }: Audited): void {
  ports.audit.add({
    service: "deploy",
    actor,
    identityType: credentialId !== null ? "token" : actor === "anonymous" ? "anonymous" : "user",
    credentialId,
    action,
    target,
    result: code === 401 || code === 403 ? "denied" : "allowed",
    address,
    requestId: `DEP-${String(ports.tables.next("consumers/request")).padStart(6, "0")}`,
    data: { status: code },
  });
}

function json(code: number, body: Json): Response {
  return new Response(`${JSON.stringify(body)}\n`, {
    status: code,
    headers: { "Content-Type": "application/json; charset=utf-8" },
  });
}
