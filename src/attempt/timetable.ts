/** When others act in the learner's world: at a time of the lab, or some time after something became true. */
import { durationMs } from "../lab/duration.ts";
import type { Manifest } from "../lab/manifest.ts";
import { tableName } from "../base/tables.ts";
import { START_MS } from "../world/clock.ts";
import type { WorldEvent } from "../world/event.ts";
import type { World } from "../world/world.ts";
import type { Setting } from "./input.ts";

type Entry = Manifest["timetable"][number];
type After = Exclude<Entry["at"], string>;

/** How much longer everything takes. */
const SCALE: Readonly<Record<Setting, number>> = { gentle: 4, normal: 1, fast: 0.3 };

/** Which entries were set off by an event already, by their number. */
const HEARD = tableName<{ readonly atMs: number }>("story/heard");

export const PLAY = "story/play";

export function scaledMs(duration: string, setting: Setting): number {
  return Math.round(durationMs(duration) * SCALE[setting]);
}

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

/** What is coming and known to the learner, soonest first. Never what is hidden. */
export function knownAhead(world: World, { timetable }: Manifest): Ahead[] {
  return world.queue.data().items.flatMap(({ atMs, kind, payload }) => {
    const known = kind === PLAY ? timetable[Number(payload["entry"])]?.known : undefined;
    return known === undefined ? [] : [{ atMs, what: known }];
  });
}
