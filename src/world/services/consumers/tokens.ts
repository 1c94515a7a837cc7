/**
 * Tokens of the deploy API. People manage those of the services that they operate, and show who they are by their sign-in
 * at the forge; a deploy token itself cannot make, list or end any.
 */
import type { Json } from "../../../base/json.ts";
import { KINDS } from "../../../engine/kinds.ts";
import type { Credential } from "../../credential.ts";
import type { Origin } from "../../network.ts";
import type { ServicePorts } from "../../service.ts";

/** `grants` of a credential whose issuer is "deploy". */
export interface DeployGrants {
  /** Which services it may deploy; without it, all. */
  readonly services?: readonly string[];
  /** Logins of the people who may make and end tokens like this one. */
  readonly managers?: readonly string[];
}

export interface TokenCall {
  readonly method: string;
  /** What follows `/-/tokens/`; empty for all. */
  readonly id: string;
  readonly bearer: string | undefined;
  readonly from: Origin;
  readonly body: string;
}

export interface TokenAnswer {
  readonly status: number;
  readonly body: Json;
  readonly actor: string;
}

export function grantsOf({ grants }: Pick<Credential, "grants">): DeployGrants {
  return (grants ?? {}) as DeployGrants;
}

export function serveTokens(ports: ServicePorts, { method, id, bearer, from, body }: TokenCall): TokenAnswer {
  const actor = personOf(ports, bearer, from);
  const answer = (status: number, shown: Json) => ({ status, body: shown, actor: actor ?? "anonymous" });
  if (actor === null) return answer(401, { error: "send the token of your sign-in at the forge" });
  const managed = deployTokens(ports).filter((it) => grantsOf(it).managers?.includes(actor));
  if (managed.length === 0) return answer(403, { error: `${actor} manages no service here` });
  if (id === "" && method === "GET")
    return answer(
      200,
      managed.map((it) => tokenJson(ports, it)),
    );
  if (id === "" && method === "POST") return { actor, ...make(ports, actor, managed, body) };
  if (method !== "DELETE" || id === "") return answer(405, { error: "method not allowed" });
  const found = managed.find((it) => it.id === id && it.status === "active");
  if (!found) return answer(404, { error: "no such token" });
  ports.credentials.change(found.id, { status: "revoked" });
  return answer(200, { id: found.id, status: "revoked" });
}

/** What a request carries counts more than the browser's session. */
function personOf({ credentials }: ServicePorts, bearer: string | undefined, from: Origin): string | null {
  if (bearer === undefined) return from.session;
  const found = credentials.find("forge", bearer);
  return found && credentials.works(found) ? found.owner : null;
}

function deployTokens({ credentials }: ServicePorts): Credential[] {
  return credentials.all().filter(({ issuer }) => issuer === "deploy");
}

function tokenJson({ credentials }: ServicePorts, token: Credential): { readonly [key: string]: Json } {
  const time = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;
  const used = token.uses.at(-1);
  return {
    id: token.id,
    services: [...(grantsOf(token).services ?? [])],
    status: credentials.works(token) ? "active" : token.status === "active" ? "expired" : token.status,
    created_at: time(token.createdAtMs),
    last_used_at: used ? time(used.atMs) : null,
    last_used_from: used?.address ?? null,
  };
}

/** The answer is the only place where the value is shown. */
function make(ports: ServicePorts, actor: string, managed: readonly Credential[], body: string) {
  const services = servicesOf(body);
  const known = new Set(managed.flatMap((it) => grantsOf(it).services ?? []));
  if (services === null) return { status: 400, body: { error: 'send {"services": ["NAME"]}' } };
  const foreign = services.find((name) => !known.has(name));
  if (foreign !== undefined)
    return { status: 403, body: { error: `${actor} does not manage ${foreign.slice(0, 100)}` } };
  const { value, needles } = KINDS.password.mint({ text: ports.random });
  const managers = [...new Set(managed.flatMap((it) => grantsOf(it).managers ?? []))];
  const token = ports.credentials.add({
    id: `deploy-token-${ports.tables.next("deploy/token")}`,
    kind: "password",
    issuer: "deploy",
    value,
    parts: needles,
    owner: actor,
    scope: `may deploy ${services.join(", ")}`,
    grants: { services, managers },
    status: "active",
    createdAtMs: ports.now(),
    expiresAtMs: null,
    uses: [],
    planted: false,
  });
  return { status: 201, body: { ...tokenJson(ports, token), token: value } };
}

function servicesOf(text: string): string[] | null {
  try {
    const { services } = (JSON.parse(text) ?? {}) as { services?: unknown };
    const good =
      Array.isArray(services) && services.length > 0 && services.every((it) => typeof it === "string");
    return good ? (services as string[]) : null;
  } catch {
    return null;
  }
}
