/** Finds what belongs together. */
import { invariant } from "../../base/invariant.ts";
import { objectsOf, type Objects } from "../../world/services/forge/git/objects.ts";
import { JOBS, RUNS, type Job, type Run } from "../../world/services/forge/actions/model.ts";
import type { Repository } from "../../world/services/forge/model.ts";
import type { World } from "../../world/world.ts";
import type { Engine } from "../engine.ts";
import { field, type Mapping, type Node } from "../workflow/node.ts";
import {
  CALLS,
  LEGS,
  NODES,
  RUN_STATES,
  type Call,
  type JobNode,
  type Leg,
  type RunState,
} from "./records.ts";

export function runOf({ tables }: World, id: number): Run {
  const run = tables.of(RUNS).get(String(id));
  invariant(run, `there is no run ${id}`);
  return run;
}

export function stateOf({ tables }: World, run: number): RunState {
  const state = tables.of(RUN_STATES).get(String(run));
  invariant(state, `run ${run} has no state`);
  return state;
}

export function jobOf({ tables }: World, id: number): Job {
  const job = tables.of(JOBS).get(String(id));
  invariant(job, `there is no job ${id}`);
  return job;
}

export function callOf({ tables }: World, id: number): Call {
  const call = tables.of(CALLS).get(String(id));
  invariant(call, `there is no call ${id}`);
  return call;
}

export function nodeOf({ tables }: World, id: number): JobNode {
  const node = tables.of(NODES).get(String(id));
  invariant(node, `there is no node ${id}`);
  return node;
}

export function legOf({ tables }: World, id: number): Leg {
  const leg = tables.of(LEGS).get(String(id));
  invariant(leg, `there is no leg ${id}`);
  return leg;
}

export function nodesOfCall({ tables }: World, call: number): JobNode[] {
  return tables.of(NODES).filter((node) => node.call === call);
}

export function legsOf({ tables }: World, node: number): Leg[] {
  return tables.of(LEGS).filter((leg) => leg.node === node);
}

/** Of the run's present attempt. */
export function legsOfRun({ tables }: World, run: Run): Leg[] {
  return tables.of(LEGS).filter((leg) => leg.run === run.id && leg.attempt === run.attempt);
}

/** The repository in which a run happens. */
export function repositoryOf({ forge }: World, id: string): Repository {
  const repository = forge.find(id);
  invariant(repository, `there is no repository ${id}`);
  return repository;
}

export function objectsIn(world: World, repository: string): Objects {
  return objectsOf(world.forge, repositoryOf(world, repository));
}

/** The workflow file of a call. It was read before the call began. */
export async function documentOf(engine: Engine, call: Call): Promise<Mapping> {
  const objects = objectsIn(engine.world, call.repository);
  const parsed = await engine.documents.parse(objects, call);
  invariant(parsed.ok, `${call.path} was read before`);
  return parsed.root;
}

/** What stands under the key of a job. */
export function jobBlock(document: Mapping, key: string): Node {
  const block = field(field(document, "jobs"), key);
  invariant(block, `there is no job ${key}`);
  return block;
}
