/** When others act in the learner's world: at a time of the lab, or some time after something became true. */
import type { Manifest } from "../lab/manifest.ts";
import { tableName } from "../base/tables.ts";
import { START_MS } from "../world/clock.ts";
import { STEP, VISIT } from "../world/attackers/visit.ts";
import type { WorldEvent } from "../world/event.ts";
import { personOf } from "../world/person.ts";
import type { Scheduled } from "../world/queue.ts";
import type { World } from "../world/world.ts";
import type { Setting } from "./input.ts";
import { scaledMs } from "./scale.ts";

type Entry = Manifest["timetable"][number];
type After = Exclude<Entry["at"], string>;

/** Which entries were set off by an event already, by their number. */
const HEARD = tableName<{ readonly atMs: number }>("story/heard");

export const PLAY = "story/play";

/** Called when the lab begins. */
export function scheduleTimetable(world: World, { timetable }: Manifest, setting: Setting): void {
  for (const [entry, { at }] of timetable.entries())
    if (typeof at === "string") world.queue.schedule(START_MS + scaledMs(at, setting), PLAY, { entry });
}

/** Schedules the entries that wait for an event of this kind. What a start tells of sets nothing off. */
export function hearing({ timetable }: Manifest, setting: Setting) {
  return (world: World, event: WorldEvent): void => {
    if (world.clock.now() < START_MS) return;
    for (const [entry, { at }] of timetable.entries()) {
      if (typeof at === "string" || !matches(at, event)) continue;
      const heard = world.tables.of(HEARD);
      if (heard.has(String(entry)) && !at.always) continue;
      heard.set(String(entry), { atMs: event.atMs });
      world.queue.schedule(event.atMs + scaledMs(at.delay, setting), PLAY, { entry });
    }
  };
}

function matches({ after, where }: After, { kind, data }: WorldEvent): boolean {
  return kind === after && Object.entries(where).every(([name, value]) => data[name] === value);
}

export interface Ahead {
  readonly atMs: number;
  readonly what: string;
}

/**
 * What is coming and known to the learner, soonest first. Never what is hidden, but the gentle setting announces the next
 * thing that an attacker does all the same.
 */
export function knownAhead(world: World, manifest: Manifest, setting: Setting): Ahead[] {
  const { items } = world.queue.data();
  const known = items.flatMap((item) => {
    const what = entryOf(item, manifest)?.known;
    return what === undefined ? [] : [{ item, what }];
  });
  const next = setting === "gentle" ? items.find((item) => attackerOf(item, manifest) !== null) : undefined;
  if (next && !known.some(({ item }) => item === next))
    known.push({ item: next, what: told(next, manifest) });
  return known
    .sort((a, b) => a.item.atMs - b.item.atMs || a.item.sequence - b.item.sequence)
    .map(({ item: { atMs }, what }) => ({ atMs, what }));
}

/** The entry of the lab that something scheduled comes from: of the timetable, or a visit of an attacker. */
function entryOf({ kind, payload }: Scheduled, { timetable, attackers }: Manifest) {
  const number = Number(payload["entry"]);
  if (kind === VISIT) return attackers[number];
  return kind === PLAY && payload["reply"] !== true ? timetable[number] : undefined;
}

/** Whose act it is, where that is an attacker. */
function attackerOf(item: Scheduled, manifest: Manifest): string | null {
  const { kind, payload } = item;
  if (kind === VISIT || kind === STEP) return String(payload["who"]);
  const by = kind === PLAY ? manifest.timetable[Number(payload["entry"])]?.by : undefined;
  return payload["reply"] !== true && personOf(by ?? "")?.side === "attacker" ? (by ?? null) : null;
}

function told(item: Scheduled, manifest: Manifest): string {
  const who = attackerOf(item, manifest);
  if (item.kind === STEP) return `${who} goes on with what it holds`;
  return entryOf(item, manifest)?.what ?? (item.kind === VISIT ? `${who} comes by` : `${who} does something`);
}
