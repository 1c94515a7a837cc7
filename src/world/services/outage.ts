/** Services that are down for a while: in front of one stands a proxy that answers in its place. */
import { tableName, type Tables } from "../../base/tables.ts";

interface Outage {
  readonly status: number;
}

/** By host name. */
const OUTAGES = tableName<Outage>("services/outages");

/** From now on every request to a host is answered with a status; null ends that. */
export function setOutage(tables: Tables, host: string, status: number | null): void {
  if (status === null) tables.of(OUTAGES).delete(host);
  else tables.of(OUTAGES).set(host, { status });
}

/** The answer of the proxy, where the service behind it is down. */
export function outageAt(tables: Tables, host: string): (() => Promise<Response>) | undefined {
  const status = tables.of(OUTAGES).get(host)?.status;
  if (status === undefined) return undefined;
  const body = `${JSON.stringify({ error: "the service behind this proxy does not answer" })}\n`;
  return async () => new Response(body, { status, headers: { "Content-Type": "application/json" } });
}
