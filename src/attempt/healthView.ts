/** How services that others ask answered since the lab began. What its status page tells everybody. */
import { consumers } from "../world/services/consumers/consumers.ts";
import { countsOf, outagesOf } from "../world/services/consumers/metrics.ts";
import type { World } from "../world/world.ts";

export interface HealthView {
  readonly service: string;
  /** Requests in a second. */
  readonly load: number;
  readonly requests: number;
  readonly failed: number;
  /** Oldest first; `failed` of `requests` in it. The last one has no end while it lasts. */
  readonly outages: readonly {
    readonly fromMs: number;
    readonly toMs: number | null;
    readonly requests: number;
    readonly failed: number;
  }[];
}

export function healthViews(world: World, startMs: number): HealthView[] {
  const ports = { tables: world.tables, now: () => world.clock.now() };
  const window = { fromMs: startMs };
  return consumers(ports)
    .filter(({ load }) => load > 0)
    .map(({ name, load }) => ({
      service: name,
      load,
      ...countsOf(ports, name, window),
      outages: outagesOf(ports, name, window).map(({ fromMs, toMs, requests, failed }) => ({
        fromMs,
        toMs,
        requests,
        failed,
      })),
    }));
}
