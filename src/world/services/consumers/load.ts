/**
 * Steady requests to the services of the company. Request number k comes at k / load seconds since 1970 and is answered
 * by copy k mod n, so that every count is arithmetic over spans of time in which nothing changed: no request is an event.
 */
import { canonicalJson, type Json } from "../../../base/json.ts";
import { tableName } from "../../../base/tables.ts";
import type { ServicePorts } from "../../service.ts";
import { consumers, copiesOf, type Consumer } from "./consumers.ts";
import { problemOf, usesOf, type Use } from "./health.ts";

/** How a service fared from a moment on, until its next span begins. */
export interface Span {
  readonly service: string;
  readonly sinceMs: number;
  readonly load: number;
  readonly address: string;
  readonly copies: readonly Fared[];
}

/** One copy of a service: every request that it gets ends like this. */
export interface Fared {
  readonly version: string;
  readonly uses: readonly Use[];
  /** Null: answered. */
  readonly problem: string | null;
}

/** By service and number. */
const SPANS = tableName<Span>("consumers/spans");

/** Oldest first. */
export function spansOf({ tables }: Pick<ServicePorts, "tables">, service: string): Span[] {
  return tables.of(SPANS).filter((span) => span.service === service);
}

/**
 * Before time goes on to `toMs`: notes how each service fares now, and what it uses until then. Where a credential
 * expires on the way, time stops there first.
 */
export function letTimePass(ports: ServicePorts, toMs: number, setClock: (ms: number) => void): void {
  const asked = consumers(ports).filter(({ load }) => load > 0);
  while (ports.now() < toMs) {
    const spans = asked.map((consumer) => observe(ports, consumer));
    const stopMs = Math.min(toMs, ...expiries(ports, spans).filter((ms) => ms > ports.now()));
    for (const span of spans) recordUses(ports, span, ports.now(), stopMs);
    setClock(stopMs);
  }
}

/** A span begins where something changed. What changed back within the same moment was never true. */
function observe(ports: ServicePorts, consumer: Consumer): Span {
  const { name: service, load, address } = consumer;
  const copies = copiesOf(consumer).map(({ config, version }) => {
    const uses = usesOf(ports, consumer, config);
    return { version, uses, problem: problemOf(uses) };
  });
  const known = spansOf(ports, service);
  const [before, last] = [known.at(-2), known.at(-1)];
  const span: Span = { service, sinceMs: ports.now(), load, address, copies };
  if (last && alike(last, span)) return last;
  const number = known.length;
  const replaces = last?.sinceMs === span.sinceMs;
  if (replaces && before && alike(before, span)) {
    ports.tables.of(SPANS).delete(`${service} ${number}`);
    return before;
  }
  return ports.tables.of(SPANS).set(`${service} ${replaces ? number : number + 1}`, span);
}

function alike(a: Span, b: Span): boolean {
  const facts = ({ load, address, copies }: Span) =>
    canonicalJson({ load, address, copies } as unknown as Json);
  return facts(a) === facts(b);
}

function expiries({ credentials }: ServicePorts, spans: readonly Span[]): number[] {
  const ids = spans.flatMap(({ copies }) =>
    copies.flatMap(({ uses }) => uses.map(({ credential }) => credential)),
  );
  return ids.flatMap((id) => (id === null ? [] : (credentials.get(id)?.expiresAtMs ?? [])));
}

/** Each credential remembers steady use as one record. */
function recordUses(
  ports: ServicePorts,
  { load, address, copies }: Span,
  fromMs: number,
  toMs: number,
): void {
  for (const [i, { uses }] of copies.entries()) {
    const count = requestsTo(i, copies.length, load, fromMs, toMs);
    if (count === 0) continue;
    const last = lastTo(i, copies.length, load, toMs);
    const first = last - (count - 1) * copies.length;
    for (const { credential, actor, action, problem } of uses)
      if (credential !== null && ports.credentials.get(credential))
        ports.credentials.usedSteadily(credential, {
          actor,
          address,
          action,
          result: problem === null ? "allowed" : "denied",
          sinceMs: Math.ceil((first * 1000) / load),
          atMs: Math.ceil((last * 1000) / load),
          count,
        });
  }
}

/** The number of the first request at or after a moment. */
function firstFrom(load: number, ms: number): number {
  return Math.ceil((ms * load) / 1000);
}

/** How many of the requests in [from, to) one copy of several gets. */
export function requestsTo(copy: number, copies: number, load: number, fromMs: number, toMs: number): number {
  const upTo = (number: number) => Math.floor((number - 1 - copy) / copies);
  return Math.max(0, upTo(firstFrom(load, toMs)) - upTo(firstFrom(load, fromMs)));
}

/** The number of the last request before a moment that one copy of several gets. */
function lastTo(copy: number, copies: number, load: number, toMs: number): number {
  const number = firstFrom(load, toMs) - 1;
  return number - ((((number - copy) % copies) + copies) % copies);
}
