/** Lends a world's time and chance to the realm while something of it runs; worlds take turns. */
import type { World } from "../world/world.ts";

export type Enter = <T>(world: World, run: () => Promise<T>) => Promise<T>;

interface Source {
  now(): number;
  uint32(): number;
}

/** `swap` sets the realm's source and returns the one of before; without a realm (unit tests) nothing is swapped. */
export function enterWith(swap: (source: Source) => Source): Enter {
  return async (world, run) => {
    const ambient = world.streams.get("ambient");
    const before = swap({ now: () => world.clock.now(), uint32: () => ambient.uint32() });
    try {
      return await run();
    } finally {
      swap(before);
    }
  };
}

/** Grading and looking: the world's time, and chance that moves none of its streams. */
export function frozen(world: World): Source {
  return { now: () => world.clock.now(), uint32: () => 0 };
}
