/** Who builds the start of a lab: the learner's user with commands that the learner does not have. */
import type { Command } from "just-bash/browser";
import { LEARNER } from "../world/person.ts";
import type { World } from "../world/world.ts";
import { asCommand } from "./asPerson.ts";
import { installTools, removeTools } from "./narratorTools.ts";
import { rulesCommand } from "./rulesCommand.ts";
import { RUN_NUMBER_COMMAND, runNumberCommand } from "./runNumberCommand.ts";
import { SERVER_COMMAND, serverCommand } from "./serverCommand.ts";
import { NARRATOR_SERVICES, serviceCommands } from "./serviceCommands.ts";

const NAMES = ["as", "rules", RUN_NUMBER_COMMAND, SERVER_COMMAND, ...NARRATOR_SERVICES] as const;

export interface NarratorOptions {
  readonly world: World;
  readonly env: Readonly<Record<string, string>>;
  sleep(ms: number): Promise<void>;
}

export function narrator(options: NarratorOptions): readonly Command[] {
  const tools: readonly Command[] = [
    asCommand({ ...options, tools: () => tools }),
    rulesCommand(options.world),
    runNumberCommand(options.world),
    serverCommand(options.world),
    ...serviceCommands(options.world),
  ];
  installTools(options.world.machines.get(LEARNER.machine), NAMES);
  return tools;
}

/** Takes the files of those commands away, from every machine. */
export function removeNarrator(world: World): void {
  for (const name of world.machines.names()) removeTools(world.machines.get(name), NAMES);
}
