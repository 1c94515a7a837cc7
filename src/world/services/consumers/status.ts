/**
 * The status page of the company, as JSON, and its metrics in the format that Prometheus reads.
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 */
import type { Json } from "../../../base/json.ts";
import type { ServicePorts } from "../../service.ts";
import { consumers, copiesOf, findConsumer, type Consumer } from "./consumers.ts";
import { healthy } from "./health.ts";
import { countsOf, minutesOf, outagesOf } from "./metrics.ts";

const USUAL_MINUTES = 30;
const MOST_MINUTES = 24 * 60;

export async function serveStatus(ports: ServicePorts, request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  if (request.method !== "GET" && request.method !== "HEAD")
    return json(405, { error: "method not allowed" });
  if (/^\/metrics\/?$/.test(pathname)) return metrics(ports);
  if (/^\/api\/?$/.test(pathname))
    return json(
      200,
      consumers(ports).map((it) => statusJson(ports, it)),
    );
  const [, name = "", part = ""] = /^\/api\/([^/]+)(?:\/(history|outages))?$/.exec(pathname) ?? [];
  const consumer = findConsumer(ports, name);
  if (!consumer) return json(404, { error: "no such service" });
  if (part === "") return json(200, statusJson(ports, consumer));
  return part === "outages"
    ? json(200, outagesJson(ports, name))
    : history(ports, name, searchParams.get("minutes"));
}

export function statusJson(ports: ServicePorts, consumer: Consumer): { readonly [key: string]: Json } {
  const well = healthy(ports, consumer);
  const { name, load } = consumer;
  const copies = copiesOf(consumer);
  return {
    service: name,
    serving: well,
    healthy: well,
    version: copies.at(-1)?.version ?? consumer.version,
    ...(copies.length > 1 ? { versions: copies.map(({ version }) => version) } : {}),
    deployed_at: time(consumer.deployedAtMs),
    checked_at: time(ports.now()),
    ...(load > 0 ? { requests_per_second: load, ...countsJson(ports, name) } : {}),
  };
}

function countsJson(ports: ServicePorts, name: string): { readonly [key: string]: Json } {
  const { requests, failed } = countsOf(ports, name);
  const last = outagesOf(ports, name).at(-1);
  return {
    requests_total: requests,
    failed_total: failed,
    failing_since: last && last.toMs === null ? time(last.fromMs) : null,
    reason: last && last.toMs === null ? last.reason : null,
  };
}

function outagesJson(ports: ServicePorts, name: string): Json {
  return outagesOf(ports, name).map(({ fromMs, toMs, requests, failed, reason }) => ({
    from: time(fromMs),
    to: toMs === null ? null : time(toMs),
    requests,
    failed,
    reason,
  }));
}

function history(ports: ServicePorts, name: string, asked: string | null): Response {
  const minutes = asked === null ? USUAL_MINUTES : Number(asked);
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MOST_MINUTES)
    return json(400, { error: `minutes is a number from 1 to ${MOST_MINUTES}` });
  return json(
    200,
    minutesOf(ports, name, minutes).map(({ atMs, requests, failed }) => ({
      minute: time(atMs),
      requests,
      failed,
    })),
  );
}

function metrics(ports: ServicePorts): Response {
  const asked = consumers(ports).filter(({ load }) => load > 0);
  const lines = asked.flatMap(({ name }) => {
    const { requests, failed } = countsOf(ports, name);
    const line = (code: string, count: number) =>
      `http_requests_total{service="${name}",code="${code}"} ${count}`;
    return [line("200", requests - failed), line("503", failed)];
  });
  const up = consumers(ports).map((it) => `up{service="${it.name}"} ${healthy(ports, it) ? 1 : 0}`);
  const text = [
    "# HELP http_requests_total Requests answered, by status code.",
    "# TYPE http_requests_total counter",
    ...lines,
    "# HELP up Whether the credentials that the service runs with work.",
    "# TYPE up gauge",
    ...up,
    "",
  ].join("\n");
  return new Response(text, { headers: { "Content-Type": "text/plain; version=0.0.4; charset=utf-8" } });
}

function time(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function json(code: number, body: Json): Response {
  return new Response(`${JSON.stringify(body)}\n`, {
    status: code,
    headers: { "Content-Type": "application/json; charset=utf-8" },
  });
}
