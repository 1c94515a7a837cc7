/** The workflow engine: what the forge raises becomes runs, jobs and steps on the world's clock. */
import { EVENTS } from "../world/services/forge/events.ts";
import type { Scheduled } from "../world/queue.ts";
import type { Happening, World } from "../world/world.ts";

export interface PipelineOptions {
  /** Virtual seconds that a step takes; 10 unless the lab says otherwise. */
  readonly stepSeconds: number;
}

/** Everything scheduled as `pipeline/…`. */
export function pipeline(_options: PipelineOptions): Happening {
  return async (world: World, { kind, payload }: Scheduled) => {
    if (kind === "pipeline/event") world.tables.of(EVENTS).delete(String(payload["event"]));
  };
}
