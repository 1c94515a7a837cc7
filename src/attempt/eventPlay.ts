/** Plays a script of the timetable in the learner's own world, as somebody else at their machine. */
import type { LabBundle } from "../lab/bundle.ts";
import type { Scheduled } from "../world/queue.ts";
import type { Actor } from "../world/event.ts";
import { personOf, type Person } from "../world/person.ts";
import type { World } from "../world/world.ts";
import { collector } from "./collector.ts";
import { labVariables } from "./facts.ts";
import type { Setting } from "./input.ts";
import { personShell } from "./personShell.ts";
import { installTools, removeTools } from "./narratorTools.ts";
import { MAGPIE_COMMAND, magpieCommand } from "./serviceCommands.ts";
import { OUTAGE_COMMAND, outageCommand } from "./outageCommand.ts";
import { settle } from "./settle.ts";
import { factorOf, scaledMs } from "./scale.ts";
import { PLAY } from "./timetable.ts";

const ACTOR: Readonly<Record<Person["side"], Actor>> = {
  learner: "you",
  colleague: "colleague",
  outside: "colleague",
  attacker: "attacker",
};

export async function playEvent(
  world: World,
  bundle: LabBundle,
  setting: Setting,
  { atMs, payload }: Scheduled,
): Promise<void> {
  const number = Number(payload["entry"]);
  const reply = payload["reply"] === true;
  const entry = (reply ? bundle.manifest.replies : bundle.manifest.timetable)[number];
  const person = entry && personOf(entry.by);
  if (!entry || !person) return;
  const what = "what" in entry ? entry.what : undefined;
  if (what !== undefined)
    // Hidden from the learner's timeline until the lab is passed.
    world.record({ who: ACTOR[person.side], kind: "story.played", what, data: { hidden: true } });
  if ("every" in entry && entry.every !== undefined)
    world.queue.schedule(atMs + scaledMs(entry.every, setting), PLAY, { entry: number });
  await playAs(world, { bundle, person, factor: factorOf(setting) }, bundle.stories[entry.play] ?? "");
}

interface Playing {
  readonly bundle: LabBundle;
  readonly person: Person;
  /** How much longer everything takes. */
  readonly factor: number;
}

/** Nobody sees what it prints; `sleep` costs no time: whatever takes long is an entry of its own. */
async function playAs(world: World, { bundle, person, factor }: Playing, script: string): Promise<void> {
  settle(world, person);
  const { terminal } = collector();
  const env = labVariables(bundle, world);
  const disk = world.machines.get(person.machine);
  const attacks = person.side === "attacker";
  const commands = [outageCommand(world), ...(attacks ? [magpieCommand(world, factor)] : [])];
  const tools = attacks ? [OUTAGE_COMMAND, MAGPIE_COMMAND] : [OUTAGE_COMMAND];
  installTools(disk, tools);
  const shell = personShell({ world, person, terminal, env, commands, sleep: async () => undefined });
  await shell.run(script);
  removeTools(disk, tools);
}
