/** `outage HOST STATUS|off`: weather. A service is down, or comes back; in stories, and in events of the learner's world. */
import type { Command } from "just-bash/browser";
import { command, result } from "../shell/commands/lib/invocation.ts";
import { setOutage } from "../world/services/outage.ts";
import type { World } from "../world/world.ts";

export const OUTAGE_COMMAND = "outage";

export function outageCommand(world: World): Command {
  return command(OUTAGE_COMMAND, ([host, status]) => {
    const code = status === "off" ? null : Number(status);
    if (host === undefined || (code !== null && !(Number.isInteger(code) && code >= 400 && code < 600)))
      return result("", "usage: outage HOST STATUS|off\n", 2);
    setOutage(world.tables, host, code);
    return result("");
  });
}
