/** The surface "remote": every object that the forge holds, reachable or not. It serves all of them by id. */
import type { World } from "../world/world.ts";
import { gitItems } from "./gitSurfaces.ts";
import type { GraderMemory } from "./memory.ts";
import { Repository } from "./repository.ts";
import type { Item } from "./surface.ts";

export async function remoteItems(world: World, name: string, memory: GraderMemory): Promise<Item[]> {
  const gitDir = world.forge.gitDir(name);
  if (gitDir === null) return [];
  const items = await gitItems(new Repository(world.forge.disk, gitDir, memory.objects), memory);
  return items.map((item) => ({
    ...item,
    surface: "remote" as const,
    place: `${name} ${item.place}`,
    ...(item.repository === undefined ? {} : { repository: `forge:${item.repository}` }),
  }));
}
