/**
 * How a client reaches a server: one request each to begin, to ask and to end. The real protocol is a stream of binary
 * messages (https://www.postgresql.org/docs/current/protocol-flow.html), which the world's network does not carry.
 */
import { toUtf8 } from "../../../base/bytes.ts";
import type { Json } from "../../../base/json.ts";
import type { Origin } from "../../network.ts";
import type { ServicePorts } from "../../service.ts";
import { connect, disconnect } from "./database.ts";
import { addressOf, PORT, SESSIONS, VERSION } from "./model.ts";
import type { Outcome } from "./sql/connection.ts";
import { runQuery } from "./sql/run.ts";

/** Marks a request as one of a PostgreSQL client. */
export const WIRE = "application/x-postgresql";

export interface Startup {
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly application_name: string;
}

export type Started =
  | { readonly pid: number; readonly address: string; readonly port: number; readonly version: string }
  | { readonly fatal: string; readonly address: string };

export type Answered = { readonly outcomes: readonly Outcome[] } | { readonly fatal: string };

export async function serveDatabase(ports: ServicePorts, request: Request, from: Origin): Promise<Response> {
  const { hostname, pathname } = new URL(request.url);
  if (request.headers.get("Content-Type") !== WIRE)
    return new Response("not simulated in LeakLab: a database server speaks no HTTP\n", { status: 400 });
  const body = parse(toUtf8(new Uint8Array(await request.arrayBuffer())));
  if (pathname === "/startup") return json(startup(ports, hostname, body, from));
  const pid = String(body["pid"]);
  const session = ports.tables.of(SESSIONS).get(pid);
  if (!session || session.host !== hostname || session.address !== from.address)
    return json({ fatal: "terminating connection due to administrator command" });
  if (pathname === "/terminate") return json({ ended: disconnect(ports, session.pid) });
  return json({ outcomes: runQuery({ ports, session }, text(body["query"])) });
}

function startup(ports: ServicePorts, host: string, body: Body, from: Origin): Started {
  const address = addressOf(host);
  const login = {
    host,
    role: text(body["user"]),
    password: text(body["password"]),
    database: text(body["database"]),
    application: text(body["application_name"]).slice(0, 63),
    address: from.address,
  };
  const session = connect(ports, login);
  if (!session.ok) return { fatal: session.error, address };
  return { pid: session.value.pid, address, port: PORT, version: VERSION };
}

type Body = Readonly<Record<string, unknown>>;

function parse(source: string): Body {
  try {
    const value = JSON.parse(source) as unknown;
    return value !== null && typeof value === "object" ? (value as Body) : {};
  } catch {
    return {};
  }
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function json(body: Json | Started | Answered): Response {
  return new Response(JSON.stringify(body), { headers: { "Content-Type": WIRE } });
}
