/** What narrators declare about the small services, and the bot that stories and timetables let come by. */
import type { Command, ExecResult } from "just-bash/browser";
import { parseRange } from "../base/semver.ts";
import { command, result } from "../shell/commands/lib/invocation.ts";
import { addConsumer, type CloudUse } from "../world/services/consumers/consumers.ts";
import { addAdvisory } from "../world/services/registry/advisories.ts";
import { addUser } from "../world/services/registry/registry.ts";
import type { World } from "../world/world.ts";

export const NARRATOR_SERVICES = ["consumer", "registry-user", "advisory"] as const;
export const MAGPIE_COMMAND = "magpie";

export function serviceCommands(world: World): readonly Command[] {
  return [
    command("consumer", (args) => consumer(world, args)),
    command("registry-user", (args) => registryUser(world, args)),
    command("advisory", (args) => advisory(world, args)),
  ];
}

/** `magpie`: one visit to everything that is public. `factor`: how much longer what follows takes. */
export function magpieCommand(world: World, factor: number): Command {
  return command(MAGPIE_COMMAND, async () => {
    const { readPublic } = await import("../world/attackers/magpie.ts");
    await readPublic(world.attacker(), factor);
    return result("");
  });
}

/**
 * `consumer NAME [SOURCE] KEY=VALUE…`: a service that runs with a configuration; SOURCE says where it came from. `version`,
 * `address`, `load` (requests in a second) and `calls` ("s3:GetObject ARN") are the service's own, all else is what it runs with.
 */
function consumer(world: World, [name = "", ...rest]: readonly string[]): ExecResult {
  const isPair = (word: string) => /^[a-z_]+=/.test(word);
  const [source = "configuration", ...more] = rest.filter((word) => !isPair(word));
  const pairs = rest.filter(isPair).map((word) => [word.replace(/=.*/s, ""), word.replace(/^[a-z_]+=/, "")]);
  const {
    version,
    address,
    load = "0",
    calls,
    ...config
  } = Object.fromEntries(pairs) as Record<string, string>;
  const use = calls === undefined ? null : cloudUse(calls);
  const wrong = !/^[a-z][a-z0-9-]*$/.test(name) || !/^\d{1,3}$/.test(load) || use === undefined;
  if (wrong || more.length > 0 || pairs.length === 0)
    return result("", "usage: consumer NAME [SOURCE] [load=N] [calls='ACTION ARN'] KEY=VALUE…\n", 2);
  addConsumer(world.ports("services"), {
    name,
    source,
    config,
    load: Number(load),
    calls: use,
    ...(version ? { version } : {}),
    ...(address ? { address } : {}),
  });
  return result("");
}

/** Undefined where it cannot be read. */
function cloudUse(text: string): CloudUse | undefined {
  const [, action, resource] = /^([a-z0-9-]+:\w+) (\S+)$/.exec(text) ?? [];
  return action === undefined || resource === undefined ? undefined : { action, resource };
}

/** `registry-user NAME [LOGIN…]`: an account of the package registry, and who may sign in to it. */
function registryUser(world: World, [name = "", ...people]: readonly string[]): ExecResult {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) return result("", "usage: registry-user NAME [LOGIN…]\n", 2);
  addUser(world, { name, ...(people.length > 0 ? { people } : {}) });
  return result("");
}

/** `advisory PACKAGE RANGE SEVERITY TITLE`: what `npm audit` knows about versions of a package. */
async function advisory(
  world: World,
  [name = "", vulnerable = "", severity = "", ...title]: readonly string[],
): Promise<ExecResult> {
  const { SEVERITIES } = await import("../shell/commands/npm/audit.ts");
  const known = (SEVERITIES as readonly string[]).includes(severity);
  if (name === "" || !parseRange(vulnerable) || !known || title.length === 0)
    return result("", "usage: advisory PACKAGE RANGE low|moderate|high|critical TITLE\n", 2);
  addAdvisory(world, { package: name, vulnerable, severity, title: title.join(" ") });
  return result("");
}
