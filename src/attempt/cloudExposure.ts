/** The cloud hears of what becomes public on the forge: it looks for its access keys there. */
import type { Manifest } from "../lab/manifest.ts";
import type { WorldEvent } from "../world/event.ts";
import { EXPOSED } from "../world/services/cloud/exposed.ts";
import type { World } from "../world/world.ts";
import type { Setting } from "./input.ts";
import { factorOf } from "./scale.ts";

/** Also while a start is being made: a key may be found before the lab begins. */
export function cloudHears({ services }: Manifest, setting: Setting) {
  const factor = factorOf(setting);
  return (world: World, { kind, atMs, data }: WorldEvent): void => {
    if (!services.includes("cloud")) return;
    const repository = String(data["repository"]);
    if (kind === "push.public")
      world.queue.schedule(atMs, EXPOSED, { repository, commit: String(data["commit"]), factor });
    if (kind === "visibility.changed" && data["visibility"] === "public")
      world.queue.schedule(atMs, EXPOSED, { repository, factor });
  };
}
