/** A forge with repositories made of files, and the real workflow engine and runner behind it. */
import { PIPELINE_HOSTS, pipelinePort } from "../../src/attempt/pipelinePort.ts";
import { Documents } from "../../src/pipeline/documents.ts";
import { pipeline } from "../../src/pipeline/pipeline.ts";
import type { StepOutcome, StepRun } from "../../src/pipeline/step.ts";
import { createFork } from "../../src/world/services/forge/git/network.ts";
import { objectsOf } from "../../src/world/services/forge/git/objects.ts";
import { refsMoved } from "../../src/world/services/forge/git/refUpdate.ts";
import { session } from "../../src/world/services/forge/identity.ts";
import { repositoryId, type Repository } from "../../src/world/services/forge/model.ts";
import type { RepositoryOptions } from "../../src/world/services/forge/forge.ts";
import { CAST } from "../../src/world/person.ts";
import { World, type Happening } from "../../src/world/world.ts";

export const ID = "lantern-tides/tides";
export type Files = Readonly<Record<string, string>>;

export function emptyWorld(run: Happening = pipelinePort(10), seed = 1): World {
  const world = World.empty(seed, {
    detect: () => [],
    happenings: { pipeline: run, mail: async () => undefined, story: async () => undefined },
    hosts: PIPELINE_HOSTS,
  });
  world.forge.createAccount("lantern-tides", { type: "Organization" });
  for (const { login } of CAST) if (!world.forge.account(login)) world.forge.createAccount(login);
  return world;
}

/** An engine whose steps succeed at once and whose machines are empty: for what is no matter of the runner. */
export function instantPipeline(runStep: (step: StepRun) => Partial<StepOutcome> = () => ({})): Happening {
  return pipeline({
    stepSeconds: 10,
    documents: new Documents(),
    runStep: async (step) => ({
      conclusion: "success",
      outputs: {},
      seconds: 0,
      annotations: [],
      state: step.state,
      ...runStep(step),
    }),
    prepareMachine: (world, _run, job, { token }) => {
      if (!world.machines.has(`m${job.id}`)) world.machines.add(`m${job.id}`);
      const [workspace, temp] = ["/w/tides/tides", "/w/_temp"];
      const empty = { env: {}, path: [], masks: [], posts: [], states: {} };
      return { job: job.id, machine: `m${job.id}`, user: "runner", workspace, temp, token, ...empty };
    },
    releaseMachine: (world, { machine }) => world.machines.remove(machine),
  });
}

/** With one commit on its default branch, of which nobody has heard. */
export function addRepository(
  world: World,
  id: string,
  files: Files,
  options: RepositoryOptions = {},
): Repository {
  world.forge.createRepository(id, { visibility: "public", collaborators: { learner: "write" }, ...options });
  const repository = world.forge.changeRepository(id, { beingMade: false });
  const objects = objectsOf(world.forge, repository);
  objects.setRef(`refs/heads/${repository.defaultBranch}`, commitOf(world, repository, null, files, "Begin"));
  return repository;
}

export function commitOf(
  world: World,
  repository: Repository,
  parent: string | null,
  files: Readonly<Record<string, string | null>>,
  message: string,
): string {
  const objects = objectsOf(world.forge, repository);
  const changes = new Map(
    Object.entries(files).map(([path, text]) => [
      path,
      text === null
        ? null
        : { mode: path.endsWith(".sh") ? "100755" : "100644", id: objects.writeBlob(text) },
    ]),
  );
  const tree = objects.editTree(parent === null ? null : objects.treeOf(parent), changes);
  const author = { name: "Learner", email: "learner@lantern-tides.test", atMs: world.clock.now() };
  return objects.writeCommit({
    tree,
    parents: parent === null ? [] : [parent],
    message: `${message}\n`,
    author,
  });
}

/** A new commit on a branch (which may be new), pushed by somebody. */
export async function push(
  world: World,
  repository: Repository,
  ref: string,
  files: Readonly<Record<string, string | null>>,
  { message = "Change", actor = "learner" } = {},
): Promise<string> {
  const objects = objectsOf(world.forge, repository);
  const before = objects.ref(ref);
  const base = before ?? objects.ref(`refs/heads/${repository.defaultBranch}`);
  const tags = ref.startsWith("refs/tags/");
  const after = tags && base !== null ? base : commitOf(world, repository, base, files, message);
  objects.setRef(ref, after);
  const by = { identity: session(actor), address: "203.0.113.20", requestId: "REQ" };
  await refsMoved(world.forge, by, repository, [{ ref, before, after }], []);
  return after;
}

export function forkOf(world: World, repository: Repository, owner: string): Repository {
  const fork = createFork(world.forge, repository, { owner });
  return world.forge.changeRepository(repositoryId(fork), { beingMade: false });
}

const HOUR_MS = 3_600_000;

/** Lets everything happen that is due, up to some hours; schedules would go on for ever. */
export async function settle(world: World, hours = 12): Promise<void> {
  const until = world.clock.now() + hours * HOUR_MS;
  await world.advance(0);
  for (;;) {
    const next = world.queue
      .data()
      .items.find(({ kind }) => kind !== "pipeline/cron" && kind.startsWith("pipeline/"));
    if (!next || next.atMs > until) return;
    await world.advance(Math.max(0, next.atMs - world.clock.now()));
  }
}
