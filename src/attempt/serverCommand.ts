/**
 * `server NAME [fresh] LOGIN…`: a machine with the files of a runner on it, and whose keys it knows. A fresh one is made
 * anew, as it is now, whenever the one job of an ephemeral runner is over.
 */
import type { Command, ExecResult } from "just-bash/browser";
import { addCommand } from "../disk/layout.ts";
import { HOSTED_USER, layOutRunner } from "../pipeline/runner/image.ts";
import { addressOf } from "../pipeline/runner/address.ts";
import { command, result } from "../shell/commands/lib/invocation.ts";
import { personOf } from "../world/person.ts";
import { addServer, imageOf } from "../world/servers.ts";
import type { World } from "../world/world.ts";

export const SERVER_COMMAND = "server";

const SCRIPTS = { "config.sh": "configure", "run.sh": "run" };

export function serverCommand(world: World): Command {
  return command(SERVER_COMMAND, ([name = "", ...words]): ExecResult => {
    const fresh = words[0] === "fresh";
    const access = fresh ? words.slice(1) : words;
    const wrong = !/^[a-z][a-z0-9-]*$/.test(name) || access.length === 0 || !access.every(personOf);
    if (wrong || world.machines.has(name)) return result("", "usage: server NAME [fresh] LOGIN…\n", 2);
    const disk = world.machines.add(name);
    layOutRunner(disk, name);
    const user = { name: HOSTED_USER };
    const home = `/home/${HOSTED_USER}`;
    disk.mkdir(`${home}/actions-runner`, { recursive: true }, user);
    disk.chown(home, HOSTED_USER);
    for (const [file, verb] of Object.entries(SCRIPTS)) {
      const path = `${home}/actions-runner/${file}`;
      disk.write(path, `#!/bin/bash\nRunner.Listener ${verb} "$@"\n`, user);
      disk.chmod(path, 0o755);
    }
    disk.write("/etc/motd", motd(name, fresh));
    addCommand(disk, "Runner.Listener");
    const image = fresh ? imageOf(name) : null;
    if (image !== null) world.machines.add(image, disk);
    addServer(world.tables, { name, user: HOSTED_USER, address: addressOf(name), access, image });
    return result("");
  });
}

function motd(name: string, fresh: boolean): string {
  return fresh
    ? `${name}: a spare machine. When an ephemeral runner here has done its one job, the machine is\nmade anew from a clean image, and the runner is registered again as it was.\nA runner that is not ephemeral keeps its disk.\n`
    : `${name}: this machine keeps its disk.\n`;
}
