/** Where items come from: one part of the world, with the surfaces that it covers. */
import type { Disk } from "../../disk/disk.ts";
import type { World } from "../../world/world.ts";
import type { GraderMemory } from "../memory.ts";
import type { Item, Surface } from "../surface.ts";

/** What every source looks at. */
export interface View {
  readonly world: World;
  /** The learner's machine, its working tree with links resolved, and their home. */
  readonly disk: Disk;
  readonly work: string;
  readonly home: string;
  readonly memory: GraderMemory;
}

export interface Source {
  /** Its name where surfaces are gathered; `clone:teo` is one of its own. */
  readonly name: string;
  covers(surface: Surface): boolean;
  items(view: View, surface: Surface): Promise<Item[]>;
}
