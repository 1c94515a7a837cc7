/** How services fared: counts over any time, exact at any moment. Looking changes nothing. */
import type { ServicePorts } from "../../service.ts";
import { requestsTo, spansOf, type Fared, type Span } from "./load.ts";

type Looking = Pick<ServicePorts, "tables" | "now">;

/** From, and up to but not including. Nothing said: since the service was there, until now. */
export interface Window {
  readonly fromMs?: number;
  readonly toMs?: number;
}

export interface Counts {
  readonly requests: number;
  readonly failed: number;
}

export function countsOf(ports: Looking, service: string, window: Window = {}): Counts {
  const parts = partsOf(ports, service, window);
  const sum = (part: (it: Part) => number) => parts.reduce((total, it) => total + part(it), 0);
  return { requests: sum(({ requests }) => requests), failed: sum(({ failed }) => failed) };
}

/** Failed requests. */
export function fails(ports: Looking, service: string, window: Window = {}): number {
  return countsOf(ports, service, window).failed;
}

/** Between 0 and 1; 1 where nobody asked. */
export function uptime(ports: Looking, service: string, window: Window = {}): number {
  const { requests, failed } = countsOf(ports, service, window);
  return requests === 0 ? 1 : (requests - failed) / requests;
}

export interface Outage extends Counts {
  readonly fromMs: number;
  /** Null: it lasts. */
  readonly toMs: number | null;
  /** The first reason, in the words of whoever refused. */
  readonly reason: string;
  /** Ids of the credentials that did not work. */
  readonly credentials: readonly string[];
}

/** Times in which requests failed, oldest first; what follows without a pause is one. */
export function outagesOf(ports: Looking, service: string, window: Window = {}): Outage[] {
  const outages: Outage[] = [];
  const now = ports.now();
  for (const { span, fromMs, toMs, requests, failed } of partsOf(ports, service, window)) {
    if (failed === 0) continue;
    const bad = span.copies.filter(({ problem }) => problem !== null);
    const credentials = bad.flatMap(failing);
    const last = outages.at(-1);
    const next: Outage = {
      fromMs,
      toMs: toMs >= now ? null : toMs,
      requests,
      failed,
      reason: bad[0]?.problem ?? "",
      credentials: [...new Set(credentials)],
    };
    if (!last || last.toMs !== fromMs) outages.push(next);
    else
      outages[outages.length - 1] = {
        ...last,
        toMs: next.toMs,
        requests: last.requests + requests,
        failed: last.failed + failed,
        credentials: [...new Set([...last.credentials, ...credentials])],
      };
  }
  return outages;
}

function failing({ uses }: Fared): string[] {
  return uses.flatMap(({ problem, credential }) =>
    problem !== null && credential !== null ? [credential] : [],
  );
}

export interface Minute extends Counts {
  readonly atMs: number;
}

const MINUTE_MS = 60_000;

/** The last whole minutes and the one that is not over, oldest first. */
export function minutesOf(ports: Looking, service: string, most: number): Minute[] {
  const [first] = spansOf(ports, service);
  if (!first) return [];
  const current = Math.floor(ports.now() / MINUTE_MS) * MINUTE_MS;
  const begin = Math.max(current - (most - 1) * MINUTE_MS, Math.floor(first.sinceMs / MINUTE_MS) * MINUTE_MS);
  const minutes: Minute[] = [];
  for (let atMs = begin; atMs <= current; atMs += MINUTE_MS)
    minutes.push({ atMs, ...countsOf(ports, service, { fromMs: atMs, toMs: atMs + MINUTE_MS }) });
  return minutes;
}

interface Part extends Counts {
  readonly span: Span;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Spans cut to a window. */
function partsOf(ports: Looking, service: string, { fromMs = 0, toMs = ports.now() }: Window): Part[] {
  const spans = spansOf(ports, service);
  const end = Math.min(toMs, ports.now());
  return spans.flatMap((span, i) => {
    const from = Math.max(fromMs, span.sinceMs);
    const to = Math.min(end, spans[i + 1]?.sinceMs ?? end);
    return from < to ? [{ span, fromMs: from, toMs: to, ...counted(span, from, to) }] : [];
  });
}

function counted({ load, copies }: Span, fromMs: number, toMs: number): Counts {
  const counts = copies.map((_, i) => requestsTo(i, copies.length, load, fromMs, toMs));
  const failed = counts.filter((_, i) => copies[i]?.problem !== null);
  const sum = (list: readonly number[]) => list.reduce((total, count) => total + count, 0);
  return { requests: sum(counts), failed: sum(failed) };
}
