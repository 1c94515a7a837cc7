/** What narrators declare about the small services, and the bot that stories and timetables let come by. */
import type { Command, ExecResult } from "just-bash/browser";
import { command, result } from "../shell/commands/lib/invocation.ts";
import { readPublic } from "../world/attackers/magpie.ts";
import { addConsumer } from "../world/services/consumers/consumers.ts";
import { addUser } from "../world/services/registry/registry.ts";
import type { World } from "../world/world.ts";

export const NARRATOR_SERVICES = ["consumer", "registry-user"] as const;
export const MAGPIE_COMMAND = "magpie";

export function serviceCommands(world: World): readonly Command[] {
  return [
    command("consumer", (args) => consumer(world, args)),
    command("registry-user", (args) => registryUser(world, args)),
  ];
}

/** `magpie`: one visit to everything that is public. `factor`: how much longer what follows takes. */
export function magpieCommand(world: World, factor: number): Command {
  return command(MAGPIE_COMMAND, async () => {
    await readPublic(world.attacker(), factor);
    return result("");
  });
}

/** `consumer NAME [SOURCE] KEY=VALUE…`: a service that runs with a configuration; SOURCE says where it came from. */
function consumer(world: World, [name = "", ...rest]: readonly string[]): ExecResult {
  const isPair = (word: string) => /^[a-z_]+=/.test(word);
  const [source = "configuration", ...more] = rest.filter((word) => !isPair(word));
  const pairs = rest.filter(isPair).map((word) => [word.replace(/=.*/s, ""), word.replace(/^[a-z_]+=/, "")]);
  if (!/^[a-z][a-z0-9-]*$/.test(name) || more.length > 0 || pairs.length === 0)
    return result("", "usage: consumer NAME [SOURCE] KEY=VALUE…\n", 2);
  const { version, address, ...config } = Object.fromEntries(pairs) as Record<string, string>;
  addConsumer(world.ports("services"), {
    name,
    source,
    config,
    ...(version ? { version } : {}),
    ...(address ? { address } : {}),
  });
  return result("");
}

/** `registry-user NAME [LOGIN…]`: an account of the package registry, and who may sign in to it. */
function registryUser(world: World, [name = "", ...people]: readonly string[]): ExecResult {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) return result("", "usage: registry-user NAME [LOGIN…]\n", 2);
  addUser(world, { name, ...(people.length > 0 ? { people } : {}) });
  return result("");
}
