/** Searches items for what was planted: each content once in its life, and within limits that count bytes. */
import { scanObject } from "../engine/engine.ts";
import { prepareNeedles, type PreparedNeedle } from "../engine/needles.ts";
import { trace, TRACE_LIMITS, type Traced } from "../engine/trace.ts";
import type { Credential } from "../world/credential.ts";
import type { GraderMemory } from "./memory.ts";
import type { Copy, Item, Unsearched } from "./surface.ts";

/** The trace over a content that has an id. */
export type Tracer = (content: string, bytes: Uint8Array) => Traced;

/** Beyond this a content is searched as it lies only, and absence in it is not proven. */
const LARGEST = 2 << 20;
/** The same for all contents together, in the order of the items. */
const ALL = 16 << 20;

export function needlesOf(credentials: readonly Credential[]): readonly PreparedNeedle[] {
  return prepareNeedles(
    credentials.flatMap(({ id, parts }) => parts.map((value) => ({ credential: id, value }))),
  );
}

export function tracer(needles: readonly PreparedNeedle[], memory: GraderMemory): Tracer {
  return (content, bytes) => remembered(memory, content, () => traceWithin(needles, bytes, LARGEST));
}

function traceWithin(needles: readonly PreparedNeedle[], bytes: Uint8Array, most: number): Traced {
  if (bytes.length <= most) return trace(needles, bytes);
  return { hits: trace(needles, bytes, { ...TRACE_LIMITS, depth: 0 }).hits, complete: false };
}

function remembered(memory: GraderMemory, content: string, make: () => Traced): Traced {
  const known = memory.traces.get(content);
  if (known) return known;
  const traced = make();
  memory.traces.set(content, traced);
  return traced;
}

export interface Searched {
  readonly copies: readonly Copy[];
  readonly unsearched: readonly Unsearched[];
}

export async function search(
  items: readonly Item[],
  needles: readonly PreparedNeedle[],
  memory: GraderMemory,
): Promise<Searched> {
  const full = tracer(needles, memory);
  const found: { item: Item; bytes: Uint8Array; traced: Traced }[] = [];
  const unsearched: Unsearched[] = [];
  let total = 0;
  for (const item of items) {
    const bytes = await item.read();
    total += bytes?.length ?? 0;
    const shallow =
      bytes !== null && item.shallow
        ? remembered(memory, `${item.content} as it lies`, () => ({
            ...traceWithin(needles, bytes, -1),
            complete: true,
          }))
        : null;
    const traced =
      shallow ??
      (bytes === null ? null : total <= ALL ? full(item.content, bytes) : traceWithin(needles, bytes, -1));
    if (!traced?.complete) unsearched.push({ surface: item.surface, place: item.place, path: item.path });
    if (bytes && traced && traced.hits.length > 0) found.push({ item, bytes, traced });
  }
  const explained = new Set(
    found.flatMap(({ item }) => (item.object && item.repository ? [item.repository] : [])),
  );
  const strange = found.filter(
    ({ item }) =>
      item.object !== undefined || item.repository === undefined || !explained.has(item.repository),
  );
  const copies: Copy[] = [];
  for (const { item, bytes, traced } of strange)
    copies.push(...(await copiesOf(item, bytes, traced, memory)));
  return { copies, unsearched };
}

async function copiesOf(
  item: Item,
  bytes: Uint8Array,
  traced: Traced,
  memory: GraderMemory,
): Promise<Copy[]> {
  const findings =
    bytes.length > LARGEST
      ? []
      : (await scanObject(memory.scans, item.content, item.path, () => bytes)).findings;
  return traced.hits.map((hit) => ({
    surface: item.surface,
    place: item.place,
    credential: hit.credential,
    path: item.path,
    line: hit.line,
    lastLine: hit.lastLine,
    ...(item.object === undefined ? {} : { object: item.object }),
    steps: hit.steps.map(String),
    foundBy: { engine: findings.some((finding) => finding.line === hit.line), trace: true },
  }));
}
