/** Servers of attackers: whatever is sent there they keep. Nothing that is sent comes back. */
import { toUtf8 } from "../../../base/bytes.ts";
import { tableName, type Tables } from "../../../base/tables.ts";
import type { Origin } from "../../network.ts";
import { CAST } from "../../person.ts";
import type { ServicePorts } from "../../service.ts";

/** One request as it came. */
export interface Loot {
  readonly number: number;
  readonly atMs: number;
  /** Whose server it was: "magpie". */
  readonly who: string;
  readonly host: string;
  readonly from: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Sink {
  readonly who: string;
}

/** By a number of their own. */
const REQUESTS = tableName<Loot>("sinks/requests");
/** Further servers, by host name or address. */
const HOSTS = tableName<Sink>("sinks/hosts");

/** A body longer than this is cut. */
const MOST = 256 * 1024;

/** Whose server answers to a name: an attacker's address, any name below `<login>.invalid`, or one that was added. */
export function sinkOf(tables: Tables, host: string): string | undefined {
  const added = tables.of(HOSTS).get(host)?.who;
  if (added !== undefined) return added;
  return CAST.find(
    ({ side, address, login }) =>
      side === "attacker" &&
      (address === host || host === `${login}.invalid` || host.endsWith(`.${login}.invalid`)),
  )?.login;
}

export function addSink(tables: Tables, host: string, who: string): void {
  tables.of(HOSTS).set(host, { who });
}

/** What somebody's servers received, oldest first; everybody's where no one is named. */
export function loot(tables: Tables, who?: string): readonly Loot[] {
  return tables.of(REQUESTS).filter((it) => who === undefined || it.who === who);
}

export async function serveSink(ports: ServicePorts, request: Request, from: Origin): Promise<Response> {
  const { hostname, pathname, search } = new URL(request.url);
  const who = sinkOf(ports.tables, hostname) ?? "nobody";
  const bytes = new Uint8Array(await request.arrayBuffer());
  const number = ports.tables.next("sinks/request");
  ports.tables.of(REQUESTS).set(String(number), {
    number,
    atMs: ports.now(),
    who,
    host: hostname,
    from: from.address,
    method: request.method,
    path: pathname + search,
    headers: Object.fromEntries(request.headers),
    body: toUtf8(bytes.subarray(0, MOST)),
  });
  ports.event({
    who: "attacker",
    kind: "sink.received",
    what: `${hostname} received ${request.method} ${pathname.slice(0, 80)} from ${from.address}`,
    data: { host: hostname, owner: who, from: from.address, bytes: bytes.length, number },
  });
  return new Response("ok\n", { headers: { "Content-Type": "text/plain; charset=utf-8" } });
}
