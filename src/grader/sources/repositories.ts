/**
 * Repositories on the forge. Everything that lies in the pool of a fork network is served by its id, whatever a ref leads
 * to; an object belongs to whoever's ref leads to it, and to the first repository of the network where none does.
 */
import type { Repository as Hosted } from "../../world/services/forge/model.ts";
import { repositoryId } from "../../world/services/forge/model.ts";
import { gitItems } from "../gitSurfaces.ts";
import { Repository } from "../repository.ts";
import type { Item, Surface } from "../surface.ts";
import type { Source, View } from "./source.ts";

const PULL_REF = /^refs\/pull\//;

export const repositories: Source = {
  name: "repositories",
  covers: (surface) => surface === "remote" || surface === "pulls" || surface.startsWith("fork:"),
  items: async (view) => {
    const networks = Map.groupBy(view.world.forge.repositories, ({ network }) => network);
    const items: Item[] = [];
    for (const hosted of networks.values()) items.push(...(await networkItems(view, hosted)));
    return items;
  },
};

async function networkItems(view: View, hosted: readonly Hosted[]): Promise<Item[]> {
  const held = new Set<string>();
  const lost = new Map<string, Item>();
  const items: Item[] = [];
  for (const repository of hosted) {
    for (const item of await repositoryItems(view, repository)) {
      if (item.object !== undefined && item.surface === "objects.unreachable")
        lost.set(item.object, lost.get(item.object) ?? placed(item, repository));
      else {
        if (item.object !== undefined) held.add(item.object);
        items.push(...placedTwice(item, repository));
      }
    }
  }
  return [...items, ...[...lost].flatMap(([id, item]) => (held.has(id) ? [] : [item]))];
}

async function repositoryItems({ world, memory }: View, repository: Hosted): Promise<Item[]> {
  const gitDir = world.forge.gitDir(repositoryId(repository));
  if (gitDir === null) return [];
  return gitItems(new Repository(world.forge.disk, gitDir, memory.objects), memory);
}

function placed(item: Item, repository: Hosted): Item {
  const surface: Surface = repository.fork === null ? "remote" : `fork:${repository.owner}`;
  return {
    ...item,
    surface,
    place: `${repositoryId(repository)} ${item.place}`,
    ...(item.repository === undefined ? {} : { repository: `forge:${item.repository}` }),
  };
}

/** What a pull request's refs keep is on the remote, and on a surface of its own beside. */
function placedTwice(item: Item, repository: Hosted): Item[] {
  const there = placed(item, repository);
  return PULL_REF.test(item.place) && repository.fork === null
    ? [there, { ...there, surface: "pulls" }]
    : [there];
}
