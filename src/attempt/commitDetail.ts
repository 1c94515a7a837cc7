/** One commit as `git show` prints it, for the panel that a click on the graph opens. */
import type { GraderMemory } from "../grader/memory.ts";
import { Repository } from "../grader/repository.ts";
import { LEARNER } from "../world/person.ts";
import type { World } from "../world/world.ts";
import type { LabBundle } from "../lab/bundle.ts";
import { viewOf, type CommitNode } from "./view.ts";
import { START_MS } from "../world/clock.ts";
import type { Enter } from "./realmPort.ts";
import { visitorShell } from "./shells.ts";

export interface CommitDetail extends CommitNode {
  readonly message: string;
  readonly patch: string;
}

export async function commitDetail(
  play: { world: World; bundle: LabBundle },
  memory: GraderMemory,
  enter: Enter,
  id: string,
): Promise<CommitDetail | null> {
  if (!/^[0-9a-f]{40}$/.test(id)) return null;
  const world = play.world.fork();
  const work = `${LEARNER.home}/${play.bundle.manifest.work}`;
  const shown = `git --no-pager show --format= ${id}`;
  const read = () => Repository.at(world.laptop, work, memory.objects)?.commit(id);
  // What only the forge has is fetched by its id, in this copy of the world.
  const fetched = (await read())
    ? null
    : `git fetch -q https://forge.test/${play.bundle.manifest.repository.name}.git ${id}`;
  if (fetched) await enter(world, () => visitorShell(world, work, fetched));
  const commit = await read();
  if (!commit) return null;
  const view = await viewOf({
    world,
    startMs: START_MS,
    work,
    remote: play.bundle.manifest.repository.name,
    memory,
  });
  const node = view.repository?.commits.find((candidate) => candidate.id === id);
  if (!node) return null;
  const patch = await enter(world, () => visitorShell(world, work, shown));
  return { ...node, message: commit.message, patch };
}
