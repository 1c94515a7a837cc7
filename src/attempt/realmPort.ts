/** Lends a world's time and chance to the realm while something of it runs; worlds take turns. */
import type { World } from "../world/world.ts";

export type Enter = <T>(world: World, run: () => Promise<T>) => Promise<T>;

interface Source {
  now(): number;
  uint32(): number;
}

/**
 * `swap` sets the realm's source and returns the one of before; without a realm (unit tests) nothing is swapped. Runs
 * need not end in the reverse order of their beginnings: a statement that waits for the learner outlives looks at the
 * world, and ends within the input that answers it.
 */
export function enterWith(swap: (source: Source) => Source): Enter {
  const entered: Source[] = [];
  let outside: Source | null = null;
  return async (world, run) => {
    const ambient = world.streams.get("ambient");
    const source: Source = { now: () => world.clock.now(), uint32: () => ambient.uint32() };
    const before = swap(source);
    if (entered.length === 0) outside = before;
    entered.push(source);
    try {
      return await run();
    } finally {
      entered.splice(entered.indexOf(source), 1);
      swap(entered.at(-1) ?? (outside as Source));
    }
  };
}
