/**
 * The console of the cloud: `GET /identities`, `/trail`, `/buckets`, `/services` for whoever is signed in, and what may be
 * changed there. An interface of its own: what the real console's pages ask its servers is not documented.
 */
import { toUtf8 } from "../../../../base/bytes.ts";
import type { Json } from "../../../../base/json.ts";
import type { Origin } from "../../../network.ts";
import type { ServicePorts } from "../../../service.ts";
import {
  deleteKey,
  deleteUser,
  removePolicy,
  revokeSessions,
  setKeyStatus,
  type Changing,
} from "./changes.ts";
import { identities } from "./identities.ts";
import type { Looking } from "./looking.ts";
import { buckets, services } from "./resources.ts";
import { signedIn } from "./session.ts";
import { trail } from "./trail.ts";

export async function serveConsole(ports: ServicePorts, request: Request, from: Origin): Promise<Response> {
  const caller = signedIn(ports, from);
  if (!caller) return json(401, { message: "Nobody is signed in to the console." });
  const url = new URL(request.url);
  if (request.method === "GET") return show({ ports, caller, address: from.address }, url);
  const body = toUtf8(new Uint8Array(await request.arrayBuffer()));
  const status = await change({ ports, caller, from }, request.method, url, body);
  return status < 300 ? new Response(null, { status: 204 }) : json(status, { message: "See the trail." });
}

function show(looking: Looking, { pathname, searchParams }: URL): Response {
  const asked = (name: string) => searchParams.get(name) ?? "";
  const filter = {
    key: asked("key"),
    user: asked("user"),
    event: asked("event"),
    resource: asked("resource"),
  };
  switch (pathname) {
    case "/identities":
      return json(200, identities(looking));
    case "/trail":
      return json(200, trail(looking, filter));
    case "/buckets":
      return json(200, buckets(looking));
    case "/services":
      return json(200, services(looking));
    default:
      return json(404, { message: "There is no such page." });
  }
}

/**
 * `PUT` and `DELETE /users/NAME/keys/1`, `DELETE /users/NAME`, `DELETE /users|roles/NAME/policies/POLICY`,
 * `POST /roles/NAME/revoke-sessions`.
 */
async function change(changing: Changing, method: string, { pathname }: URL, body: string): Promise<number> {
  const [kind, name = "", part, ...rest] = pathname.slice(1).split("/").map(decoded);
  const fields = fieldsOf(body);
  if (kind !== "users" && kind !== "roles") return 404;
  if (kind === "users" && part === "keys") {
    const at = { user: name, number: Number(rest[0]), ends: String(fields["ends"] ?? "") };
    if (method === "PUT") return setKeyStatus(changing, at, String(fields["status"] ?? ""));
    return method === "DELETE" ? deleteKey(changing, at) : 405;
  }
  if (part === "policies" && method === "DELETE")
    return removePolicy(changing, kind === "users" ? "User" : "Role", name, rest.join("/"));
  if (kind === "users" && part === undefined) return method === "DELETE" ? deleteUser(changing, name) : 405;
  if (kind === "roles" && part === "revoke-sessions")
    return method === "POST" ? revokeSessions(changing, name) : 405;
  return 404;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(body === "" ? "{}" : body) as unknown;
    return value !== null && typeof value === "object" ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body as Json), {
    status,
    headers: { "Content-Type": "application/json; charset=utf-8" },
  });
}
