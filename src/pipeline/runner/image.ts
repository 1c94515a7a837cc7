/** The disk that every hosted runner begins with. One is built per pipeline and copied for each job, which costs nothing. */
import { Disk } from "../../disk/disk.ts";
import { layOut } from "../../disk/layout.ts";
import { commandNames } from "../../shell/commands.ts";
import { SERVER_COMMANDS } from "../../shell/commands/server/serverHost.ts";
import { START_MS } from "../../world/clock.ts";

/** Unix user of a hosted runner, as on GitHub's own. */
export const HOSTED_USER = "runner";
export const RUNNER_UID = 1001;

export class RunnerImages {
  #hosted: Disk | null = null;

  /** It does not matter when it is built: its files are as old as the world. */
  get hosted(): Disk {
    this.#hosted ??= build();
    return this.#hosted;
  }
}

function build(): Disk {
  const disk = new Disk({ now: () => START_MS });
  layOutRunner(disk, "runner");
  return disk;
}

/** What a runner needs: a system with all commands and an account. */
export function layOutRunner(disk: Disk, hostname: string): void {
  layOut(disk, {
    hostname,
    accounts: [{ name: HOSTED_USER, uid: RUNNER_UID }],
    commands: [...commandNames(), ...SERVER_COMMANDS],
  });
  disk.mkdir("/opt/hostedtoolcache", { recursive: true });
  disk.chown("/opt/hostedtoolcache", HOSTED_USER);
}
