/** What really happened: after passing nothing is hidden any more. Pure selectors, like those of the panels. */
import { masked } from "../grader/masked.ts";
import type { WorldEvent } from "../world/event.ts";
import { EXPOSURES } from "../world/event.ts";
import type { World } from "../world/world.ts";
import { allKeyViews, type KeyView } from "./keyView.ts";
import { eventView, type EventView } from "./view.ts";

export interface Aftermath {
  /** Also what attackers did, and what others did behind the learner's back. */
  readonly events: readonly EventView[];
  readonly keys: readonly KeyView[];
  /** Who found a copy and took it away: nobody can search there. */
  readonly taken: readonly { readonly who: string; readonly credential: string }[];
}

/** Events of the bus that only attackers listen to: the events beside them say the same. */
function isBus({ kind }: WorldEvent): boolean {
  return (EXPOSURES as readonly string[]).includes(kind);
}

export function aftermathOf(world: World, startMs: number): Aftermath {
  const since = world.events.filter((event) => event.atMs >= startMs && !isBus(event));
  const events = since.map(eventView).map((it) => ({ ...it, what: masked(world, it.what) }));
  return { events, keys: allKeyViews({ world, startMs }), taken: takenFrom(since) };
}

function takenFrom(events: readonly WorldEvent[]): Aftermath["taken"] {
  const found = events.filter(({ kind }) => kind === "attacker.found");
  const pairs = found.map(({ data }) => [String(data["actor"]), String(data["credential"])] as const);
  const once = new Map(pairs.map((pair) => [pair.join(" "), pair]));
  return [...once.values()].map(([who, credential]) => ({ who, credential }));
}
