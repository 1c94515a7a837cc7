/** Looks what of a run can go on: jobs whose needs are met, legs that may begin, calls and the run that are over. */
import { jobsOf } from "../../world/services/forge/actions/runs.ts";
import type { Engine } from "../engine.ts";
import { ExpressionProblem } from "../expression/problem.ts";
import { field, type Mapping } from "../workflow/node.ts";
import { addProblem, annotate, changeRun, failureAt } from "./change.ts";
import { beginCall, endCall, resultOf } from "./call.ts";
import { concurrencyOf, enter, groupKey, leave } from "./concurrency.ts";
import { expand, isWanted, scopeOfLeg } from "./expand.ts";
import { passGate } from "./gate.ts";
import { callOf, documentOf, jobBlock, jobOf, legOf, legsOf, nodeOf, runOf, stateOf } from "./look.ts";
import { finishLeg, finishUnstarted } from "./outcome.ts";
import { needsOf } from "./situation.ts";
import { CALLS, LEGS, NODES, type Call, type JobNode, type Leg } from "./records.ts";
import { missingSystem, unsupportedIn } from "./unsupported.ts";
import { tellOfRun } from "./workflowRun.ts";

export async function advance(engine: Engine, id: number): Promise<void> {
  const { world } = engine;
  const run = runOf(world, id);
  if (run.status === "completed") return;
  for (const call of world.tables.of(CALLS).filter((it) => it.run === id && it.attempt === run.attempt)) {
    const document = await documentOf(engine, call);
    for (let changed = true; changed;) {
      changed = false;
      for (const node of nodesIn(engine, call)) changed = (await push(engine, document, node)) || changed;
    }
    await maybeEnd(engine, call);
  }
  showStatus(engine, id);
}

/** Something runs, or only waits for people and timers. */
function showStatus(engine: Engine, id: number): void {
  const run = runOf(engine.world, id);
  if (run.status === "completed") return;
  const jobs = jobsOf(engine.world.forge, run, run.attempt);
  const runs = jobs.some(({ status }) => status === "in_progress");
  const waits = jobs.some(({ status }) => status === "waiting");
  const begun = jobs.some(({ status }) => status === "completed");
  const status = runs ? "in_progress" : waits ? "waiting" : begun ? "in_progress" : "queued";
  if (status !== run.status) changeRun(engine, id, { status });
}

function nodesIn({ world }: Engine, call: Call): JobNode[] {
  return world.tables.of(NODES).filter((node) => node.call === call.id);
}

/** True where others may go on now. */
async function push(engine: Engine, document: Mapping, node: JobNode): Promise<boolean> {
  if (node.state === "done") return false;
  if (node.state === "waiting") {
    const needs = needsOf(document, node.key);
    const siblings = nodesIn(engine, callOf(engine.world, node.call));
    const met = needs.every((need) => siblings.some(({ key, state }) => key === need && state === "done"));
    if (!met) return false;
    expand(engine, document, node);
    return true;
  }
  await startLegs(engine, document, node);
  return finishNode(engine, node);
}

async function startLegs(engine: Engine, document: Mapping, node: JobNode): Promise<void> {
  const { world } = engine;
  for (const { id } of legsOf(world, node.id)) {
    const leg = legOf(world, id);
    if (leg.state !== "held") continue;
    const busy = legsOf(world, node.id).filter(({ state }) => state !== "held" && state !== "done").length;
    if (leg.maxParallel !== null && busy >= leg.maxParallel) return;
    await startLeg(engine, document, leg);
  }
}

async function startLeg(engine: Engine, document: Mapping, leg: Leg): Promise<void> {
  const node = nodeOf(engine.world, leg.node);
  const block = jobBlock(document, node.key);
  try {
    if (stateOf(engine.world, leg.run).cancelled && !isWanted(engine, document, node))
      return finishUnstarted(engine, leg, "cancelled");
    if (refusesUnsupported(engine, document, leg)) return;
    const scope = scopeOfLeg(engine, document, node, leg);
    const concurrency = concurrencyOf(field(block, "concurrency"), scope);
    const { repository } = runOf(engine.world, leg.run);
    if (concurrency?.group) {
      const key = groupKey(repository, concurrency.group);
      engine.world.tables.of(LEGS).change(String(leg.id), { group: key, state: "waiting" });
      if (!enter(engine, key, `leg ${leg.id}`, concurrency)) return;
    }
    await letGo(engine, document, leg.id);
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error;
    failLeg(engine, leg, error.message, callOf(engine.world, node.call).path, block.line);
  }
}

/** Past its concurrency group. */
export async function letGo(engine: Engine, document: Mapping, id: number): Promise<void> {
  const leg = legOf(engine.world, id);
  if (leg.state === "done") return;
  if (leg.calls) await beginCall(engine, document, leg);
  else passGate(engine, id);
}

function failLeg(engine: Engine, leg: Leg, message: string, file: string, line: number): void {
  if (!leg.calls) annotate(engine, leg.id, failureAt(message, file, line));
  else addProblem(engine, leg.run, { file, line, column: 1, message });
  finishUnstarted(engine, leg, "failure");
}

/** Containers, other operating systems, steps beside each other: the job fails and says where. */
function refusesUnsupported(engine: Engine, document: Mapping, leg: Leg): boolean {
  if (leg.calls) return false;
  const node = nodeOf(engine.world, leg.node);
  const block = jobBlock(document, node.key);
  const found = unsupportedIn(block) ?? missingSystem(block, jobOf(engine.world, leg.id).labels);
  if (!found) return false;
  const { what, place } = found;
  const file = callOf(engine.world, node.call).path;
  const message = `${what}: not simulated in LeakLab (${file}:${place.line})`;
  addProblem(engine, leg.run, { file, line: place.line, column: place.column, message });
  failLeg(engine, leg, message, file, place.line);
  return true;
}

function finishNode({ world }: Engine, node: JobNode): boolean {
  const legs = legsOf(world, node.id);
  if (legs.some(({ state }) => state !== "done")) return false;
  // A leg that may fail counts as a success for those that need it.
  const results = legs.map(({ result, continueOnError }) =>
    result === "failure" && continueOnError ? "success" : result,
  );
  const outputs = Object.fromEntries(
    legs.flatMap((leg) => Object.entries(leg.outputs).filter(([, value]) => value !== "")),
  );
  world.tables.of(NODES).change(String(node.id), { state: "done", result: resultOf(results), outputs });
  return true;
}

async function maybeEnd(engine: Engine, call: Call): Promise<void> {
  const nodes = nodesIn(engine, call);
  if (nodes.some(({ state }) => state !== "done")) return;
  if (call.parent === null) return endRun(engine, call);
  if (legOf(engine.world, call.parent).state === "done") return;
  try {
    await endCall(engine, call);
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error;
    addProblem(engine, call.run, { file: call.path, line: 1, column: 1, message: error.message });
    finishLeg(engine, call.parent, "failure");
  }
}

function endRun(engine: Engine, call: Call): void {
  const { world } = engine;
  const result = resultOf(nodesIn(engine, call).map((node) => node.result));
  const { cancelled, group } = stateOf(world, call.run);
  const conclusion = cancelled && result !== "failure" ? "cancelled" : result;
  const run = changeRun(engine, call.run, { status: "completed", conclusion });
  leave(engine, group, `run ${call.run}`);
  tellOfRun(world, run, "completed");
}
