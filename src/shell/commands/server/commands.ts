/** Commands of machines that run jobs. Elsewhere the ones that people look for say so (refused.ts). */
import type { Command } from "just-bash/browser";
import { backgroundCommands } from "./background.ts";
import { crontabCommand } from "./crontab.ts";
import { listenerCommand } from "./listener.ts";
import { processCommands } from "./processes.ts";
import type { ServerHost } from "./serverHost.ts";
import { systemctlCommand } from "./systemctl.ts";

export function serverCommands(host: ServerHost): readonly Command[] {
  return [
    ...processCommands(host),
    ...backgroundCommands(host),
    crontabCommand(host),
    systemctlCommand(host),
    listenerCommand(host),
  ];
}
