/** Tab in a terminal: what the world offers at the cursor. Looks at the last quiescent state only. */
import { complete, type Completion } from "../shell/completion.ts";
import { commandNames } from "../shell/commands.ts";
import { LEARNER } from "../world/person.ts";
import type { Play } from "./play.ts";

export function completeLine(play: Play, terminal: number, text: string, cursor: number): Completion {
  const shell = play.shell(terminal);
  const { env, cwd, functions } = shell.state as unknown as {
    env: Map<string, string>;
    cwd: string;
    functions: Map<string, unknown>;
  };
  return complete({
    text,
    cursor,
    cwd,
    home: LEARNER.home,
    disk: play.world.laptop,
    user: { name: LEARNER.login },
    commands: commandNames(),
    variables: [...env.keys()].filter((name) => /^[A-Za-z_]\w*$/.test(name)),
    functions: [...functions.keys()],
    aliases: [...env.keys()]
      .filter((name) => name.startsWith("BASH_ALIAS_"))
      .map((name) => name.slice("BASH_ALIAS_".length)),
  });
}
