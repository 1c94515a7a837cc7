/** Commands of machines that run jobs. Elsewhere the ones that people look for say so. */
import type { Command } from "just-bash/browser";
import { command, result } from "../lib/invocation.ts";
import { backgroundCommands } from "./background.ts";
import { crontabCommand } from "./crontab.ts";
import { listenerCommand } from "./listener.ts";
import { processCommands } from "./processes.ts";
import type { ServerHost } from "./serverHost.ts";
import { systemctlCommand } from "./systemctl.ts";

const LOOKED_FOR = ["crontab", "pgrep", "pkill", "ps", "systemctl"];

export function serverCommands(host: ServerHost | undefined): readonly Command[] {
  if (!host)
    return LOOKED_FOR.map((name) =>
      command(name, () =>
        result("", `${name}: not simulated in LeakLab, but on machines that run jobs (ssh MACHINE)\n`, 127),
      ),
    );
  return [
    ...processCommands(host),
    ...backgroundCommands(host),
    crontabCommand(host),
    systemctlCommand(host),
    listenerCommand(host),
  ];
}
