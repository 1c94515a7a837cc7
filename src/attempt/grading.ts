/** Grades a play: in forks, of the last quiescent world or of the one given, moving nothing of the learner's. */
import type { Grade } from "../grader/grade.ts";
import { judge } from "../grader/grader.ts";
import type { GraderMemory } from "../grader/memory.ts";
import { setScene } from "../grader/scene.ts";
import { LEARNER } from "../world/person.ts";
import type { LabBundle } from "../lab/bundle.ts";
import type { World } from "../world/world.ts";
import type { Entry, Header } from "./input.ts";
import type { Enter } from "./realmPort.ts";
import { playStory } from "./storyPlay.ts";

/** What grading needs of a play; it changes none of it. */
export interface Gradable {
  readonly bundle: LabBundle;
  readonly header: Header;
  readonly entries: readonly Entry[];
  readonly world: World;
  readonly start: World;
  digest(): string;
}

export async function gradeOf(play: Gradable, enter: Enter, memory: GraderMemory): Promise<Grade> {
  const { bundle, header } = play;
  const world = play.world.fork();
  const digest = play.digest();
  const stage = {
    world,
    start: play.start.fork(),
    work: `${LEARNER.home}/${bundle.manifest.work}`,
    home: LEARNER.home,
    remote: bundle.manifest.repository.name,
    play: (file: string) => playStory({ bundle, world, enter, memory }, file),
  };
  const judged = await enter(world, async () => {
    return judge(setScene(stage, memory), bundle.manifest.checks, bundle.manifest.diagnoses);
  });
  const inputs = play.entries.map((entry) => entry.input);
  return {
    lab: bundle.manifest.id,
    labVersion: bundle.manifest.version,
    core: header.core,
    seed: header.seed,
    ...judged,
    hints: new Set(inputs.flatMap((input) => (input.kind === "hint" ? [input.hint] : []))).size,
    undos: inputs.filter((input) => input.kind === "undo").length,
    digest,
  };
}
