/** Disks of others: `clone:PERSON` is all of that person's machine, `runner.disk` all machines of self-hosted runners. */
import { personOf } from "../../world/person.ts";
import { RUNNERS } from "../../world/services/forge/actions/model.ts";
import { diskItems } from "../diskSurfaces.ts";
import type { Item, Surface } from "../surface.ts";
import type { Source, View } from "./source.ts";

export const clones: Source = {
  name: "clones",
  covers: (surface) => surface.startsWith("clone:"),
  items: async (view, surface) => {
    const machine = personOf(surface.slice("clone:".length))?.machine;
    return machine === undefined ? [] : machineItems(view, surface, machine);
  },
};

export const runners: Source = {
  name: "runners",
  covers: (surface) => surface === "runner.disk",
  items: async (view, surface) => {
    const machines = view.world.tables
      .of(RUNNERS)
      .all()
      .map(({ machine }) => machine);
    const items: Item[] = [];
    for (const machine of new Set(machines)) items.push(...(await machineItems(view, surface, machine)));
    return items;
  },
};

async function machineItems({ world, memory }: View, surface: Surface, machine: string): Promise<Item[]> {
  if (!world.machines.has(machine)) return [];
  const disk = world.machines.get(machine);
  const items = await diskItems({ disk, work: "/nowhere", home: "/nowhere", gitDir: null }, memory);
  return items.map((item) => ({ ...item, surface, place: `${machine}:${item.place}` }));
}
