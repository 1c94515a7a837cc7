/**
 * Plays a story in a fork of the world, as somebody at their machine. The learner's world is never touched: neither its
 * clock nor its streams move.
 */
import { tracesOf, type GraderMemory } from "../grader/memory.ts";
import { realPath, searcher } from "../grader/scene.ts";
import { storyKind, type StoryOutcome } from "../grader/story.ts";
import { invariant } from "../base/invariant.ts";
import type { LabBundle } from "../lab/bundle.ts";
import type { Command } from "just-bash/browser";
import { LEARNER, personOf, type Person } from "../world/person.ts";
import type { World } from "../world/world.ts";
import { asCommand } from "./asPerson.ts";
import { collector } from "./collector.ts";
import { labVariables } from "./facts.ts";
import { installTools } from "./narratorTools.ts";
import { personShell } from "./personShell.ts";
import type { Enter } from "./realmPort.ts";
import { MAGPIE_COMMAND, magpieCommand } from "./serviceCommands.ts";
import { settle } from "./settle.ts";
import { storyTools, STORY_TOOLS, type Told } from "./storyTools.ts";

export interface StoryStage {
  readonly bundle: LabBundle;
  /** Forked; never changed. */
  readonly world: World;
  readonly enter: Enter;
  readonly memory: GraderMemory;
}

/** Who plays, where a lab does not say. */
const PLAYERS = { hostile: "cuckoo", honest: "aya", audit: "mina" } as const;

export function playStory({ bundle, world, enter, memory }: StoryStage, file: string): Promise<StoryOutcome> {
  const fork = world.fork();
  const by = bundle.manifest.stories.find((story) => story.file === file)?.by ?? PLAYERS[storyKind(file)];
  const person = personOf(by);
  const script = bundle.stories[file];
  invariant(person && script !== undefined, `the lab has a story ${file}`);
  return enter(fork, () => playIn(fork, { bundle, memory, person, script, file }));
}

interface Part {
  readonly bundle: LabBundle;
  readonly memory: GraderMemory;
  readonly person: Person;
  readonly script: string;
  readonly file: string;
}

async function playIn(world: World, { bundle, memory, person, script, file }: Part): Promise<StoryOutcome> {
  settle(world, person);
  const told: Told = { evidence: [], found: [], said: [], truth: null };
  const env = labVariables(bundle, world);
  const sleep = (ms: number) => world.advance(ms);
  const own = storyTools({
    world,
    told,
    // The fork has changed since whatever was searched before.
    search: (surfaces, sought, at) => {
      const disk = world.laptop;
      const work = realPath(disk, `${LEARNER.home}/${bundle.manifest.work}`);
      // What is remembered of a content holds for one set of values.
      const own = sought ? { ...memory, traces: tracesOf(memory, sought) } : memory;
      return searcher({ world, disk, work, home: LEARNER.home, memory: own }, sought, at)(surfaces);
    },
  });
  const commands: readonly Command[] = [
    ...own,
    magpieCommand(world, 1),
    asCommand({ world, env, sleep, tools: () => commands }),
  ];
  installTools(world.machines.get(person.machine), ["as", MAGPIE_COMMAND, ...STORY_TOOLS]);
  const { terminal, stderr } = collector();
  const clock = {
    now: () => world.clock.now(),
    startMs: world.clock.now(),
    advance: (seconds: number) => world.advance(seconds * 1000),
    free: () => undefined,
  };
  const shell = personShell({ world, person, terminal, env, commands, sleep, clock });
  const { exitCode, limit } = await shell.run(script);
  return { story: file, exitCode, broken: limit ?? brokenBy(exitCode, stderr()), ...told };
}

/** A script with a mistake fails for a reason of its own: it says nothing about the world. */
function brokenBy(exitCode: number, stderr: string): string | null {
  if (/^(?:bash: )?.*: syntax error\b/m.test(stderr) && exitCode === 2)
    return "the script has a syntax error";
  return exitCode === 127 ? "the script calls a command that there is not" : null;
}
