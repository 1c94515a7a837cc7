/**
 * `rules on|off OWNER/NAME…`: while a start is being made, a repository's rules rest and nothing that happens there
 * starts a workflow. A narrator who wants runs of the past turns them on.
 */
import type { Command } from "just-bash/browser";
import { command, result } from "../shell/commands/lib/invocation.ts";
import type { World } from "../world/world.ts";

/** From here on the rules of a repository hold; the pipeline learns what is scheduled there. */
export function beginRules(world: World, id: string): void {
  const { owner } = world.forge.find(id) ?? { owner: id };
  world.forge.openToLearner(id);
  world.queue.schedule(world.clock.now(), "pipeline/scan", { repository: id, actor: owner });
}

export function rulesCommand(world: World): Command {
  return command("rules", ([state, ...names]) => {
    if ((state !== "on" && state !== "off") || names.length === 0)
      return result("", "usage: rules on|off OWNER/NAME…\n", 2);
    const unknown = names.find((name) => !world.forge.find(name));
    if (unknown !== undefined) return result("", `rules: there is no repository ${unknown}\n`, 1);
    for (const name of names) {
      if (state === "on") beginRules(world, name);
      else world.forge.changeRepository(name, { beingMade: true });
    }
    return result("");
  });
}
