/** `systemctl` of a machine that runs jobs: looking only. @see https://man7.org/linux/man-pages/man1/systemctl.1.html */
import type { Command } from "just-bash/browser";
import { RUNNERS } from "../../../world/services/forge/actions/model.ts";
import { processesOn } from "../../../world/servers.ts";
import { command, result } from "../lib/invocation.ts";
import type { ServerHost } from "./serverHost.ts";

export function systemctlCommand({ world, machine }: ServerHost): Command {
  return command("systemctl", ([verb = "list-units"]) => {
    if (!["list-units", "status"].includes(verb))
      return result("", `systemctl ${verb}: not simulated in LeakLab\n`, 1);
    const runners = processesOn(world.tables, machine).flatMap(({ runner }) => {
      const found = world.tables.of(RUNNERS).get(String(runner));
      return found ? [`actions.runner.${found.of.replace("/", "-")}.${found.name}.service`] : [];
    });
    const units = ["cron.service", ...runners];
    const width = Math.max(...units.map(({ length }) => length));
    const lines = units.map((unit) => `  ${unit.padEnd(width)} loaded active running`);
    return result(
      `  ${"UNIT".padEnd(width)} LOAD   ACTIVE SUB\n${lines.join("\n")}\n\n${units.length} loaded units listed.\n`,
    );
  });
}
