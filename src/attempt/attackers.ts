/** Attackers of a lab: they come at their times, and some time after something that they watch became public. */
import type { Json } from "../base/json.ts";
import { durationMs } from "../lab/duration.ts";
import type { Manifest } from "../lab/manifest.ts";
import { tableName } from "../base/tables.ts";
import {
  scheduleVisit,
  USUAL,
  WATCHED,
  type Chain,
  type Visit,
  type Watched,
} from "../world/attackers/visit.ts";
import { START_MS } from "../world/clock.ts";
import type { WorldEvent } from "../world/event.ts";
import type { World } from "../world/world.ts";
import type { Setting } from "./input.ts";
import { factorOf, scaledMs } from "./scale.ts";

type Entry = Manifest["attackers"][number];

/** Between exposure and first use, where a lab says nothing: published measurements, rounded. */
const USUAL_AFTER = "5m";

/** Called when the lab begins. */
export function scheduleAttackers(world: World, { attackers }: Manifest, setting: Setting): void {
  for (const [number, entry] of attackers.entries()) {
    if (entry.at === undefined) continue;
    const everyMs = entry.every === undefined ? 0 : scaledMs(entry.every, setting);
    const visit = { ...visitFor(entry, number, setting), everyMs };
    scheduleVisit(world.ports("attackers"), START_MS + scaledMs(entry.at, setting), visit);
  }
}

/** Schedules a visit for what became public, for each who watches it. */
export function attackersHear({ attackers }: Manifest, setting: Setting) {
  return (world: World, event: WorldEvent): void => {
    const exposed = world.clock.now() < START_MS ? null : exposureOf(event);
    if (!exposed) return;
    for (const [number, entry] of attackers.entries()) {
      const after = entry.after ?? (entry.at === undefined ? USUAL_AFTER : undefined);
      if (after === undefined || (exposed.owner !== null && exposed.owner !== entry.who)) continue;
      const watch = watchOf(entry).filter((it) => exposed.on === null || it === exposed.on);
      if (watch.length === 0) continue;
      const visit = { ...visitFor(entry, number, setting), watch, holds: [], subject: exposed.subject };
      comeOnce(world, event.atMs + scaledMs(after, setting), visit);
    }
  };
}

/** Which visits were scheduled already: a job writes several logs, a text is edited more than once in a moment. */
const COMING = tableName<{ readonly atMs: number }>("attackers/coming");

function comeOnce(world: World, atMs: number, visit: Visit): void {
  const key = `${visit.entry} ${visit.subject} ${atMs}`;
  const coming = world.tables.of(COMING);
  if (coming.has(key)) return;
  coming.set(key, { atMs });
  scheduleVisit(world.ports("attackers"), atMs, visit);
}

function visitFor(entry: Entry, number: number, setting: Setting): Visit {
  return {
    who: entry.who,
    factor: factorOf(setting),
    chain: chainOf(entry),
    from: entry.from ?? null,
    entry: number,
    watch: watchOf(entry),
    subject: null,
    holds: entry.holds,
    everyMs: 0,
  };
}

function watchOf({ watch, holds }: Entry): readonly Watched[] {
  return watch ?? (holds.length > 0 ? [] : WATCHED);
}

function chainOf({ chain }: Entry): Chain {
  if (!chain) return USUAL;
  return Object.fromEntries(
    Object.entries(chain).flatMap(([step, delay]) =>
      delay === undefined ? [] : [[step, durationMs(delay)]],
    ),
  ) as Chain;
}

interface Exposure {
  /** Null: any of them. */
  readonly on: Watched | null;
  /** As items of what is public name it. */
  readonly subject: string;
  /** Whose alone it is; null for everybody's. */
  readonly owner: string | null;
}

/** What became public, in the words of those who watch; null where an event is about something else. */
function exposureOf({ kind, data }: WorldEvent): Exposure | null {
  const on = (watched: Watched | null, ...words: readonly (Json | undefined)[]): Exposure => ({
    on: watched,
    subject: words.map(String).join(" "),
    owner: null,
  });
  switch (kind) {
    case "push.public":
      return on("pushes", "push", data["repository"], data["commit"]);
    case "log.published":
      return on("logs", "run", data["run"]);
    case "artifact.uploaded":
      return on("artifacts", "artifact", data["artifact"]);
    case "package.published":
      return on("packages", "package", `${String(data["package"])}@${String(data["version"])}`);
    case "release.published":
      return on("releases", data["subject"]);
    case "text.published":
      return on("text", data["subject"]);
    case "chat.posted":
      return data["public"] === true ? on("chat", "chat", data["channel"], data["ts"]) : null;
    case "visibility.changed":
      return data["visibility"] === "public" ? on(null, "repository", data["repository"]) : null;
    case "sink.received":
      return { ...on("loot", "loot", data["number"]), owner: String(data["owner"]) };
    default:
      return null;
  }
}
