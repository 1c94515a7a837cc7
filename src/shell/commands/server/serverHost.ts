/** What the commands of a machine that runs jobs see: its processes, and who calls. */
import type { World } from "../../../world/world.ts";

export interface ServerHost {
  readonly world: World;
  /** Name of the machine. */
  readonly machine: string;
  /** Unix user. */
  readonly user: string;
}

/** Commands of such machines only: their disks have files of these names. */
export const SERVER_COMMANDS = ["kill", "nohup", "setsid", "Runner.Listener"] as const;
