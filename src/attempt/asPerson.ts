/**
 * `as PERSON COMMAND…`, or `as PERSON` with a script on standard input: what a narrator or a story lets somebody else
 * do, at that person's own machine. Exported variables of who calls go along.
 */
import type { Command } from "just-bash/browser";
import { command, result, shellWord, stdinText, type Context } from "../shell/commands/lib/invocation.ts";
import { personOf } from "../world/person.ts";
import type { World } from "../world/world.ts";
import { collector } from "./collector.ts";
import { installTools } from "./narratorTools.ts";
import { personShell } from "./personShell.ts";
import { settle } from "./settle.ts";

export interface AsOptions {
  readonly world: World;
  readonly env: Readonly<Record<string, string>>;
  sleep(ms: number): Promise<void>;
  /** All commands of the narrator, this one included: they work there too. */
  tools(): readonly Command[];
}

/** What a login sets, and what names a place: each person has their own. */
const OWN =
  /^(?:HOME|USER|LOGNAME|SHELL|HOSTNAME|PATH|PWD|OLDPWD|TERM|LANG|EDITOR|SHLVL|_|IFS|OPTIND|BASH.*)$/;

export function asCommand(options: AsOptions): Command {
  return command("as", async ([login, ...words], context) => {
    const person = login === undefined ? undefined : personOf(login);
    if (!person) return result("", `as: there is nobody called ${login ?? "…"}\n`, 2);
    const script =
      words.length === 0
        ? stdinText(context)
        : words.length === 1
          ? (words[0] as string)
          : words.map(shellWord).join(" ");
    const { world } = options;
    settle(world, person);
    const commands = options.tools();
    installTools(
      world.machines.get(person.machine),
      commands.map(({ name }) => name),
    );
    const { terminal, stdout, stderr } = collector();
    const env = { ...options.env, ...carried(context) };
    const shell = personShell({ world, person, terminal, env, commands, sleep: (ms) => options.sleep(ms) });
    const { exitCode } = await shell.run(script);
    return result(stdout(), stderr(), exitCode);
  });
}

function carried({ exportedEnv }: Context): Record<string, string> {
  return Object.fromEntries(Object.entries(exportedEnv ?? {}).filter(([name]) => !OWN.test(name)));
}
