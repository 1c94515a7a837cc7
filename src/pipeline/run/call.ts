/** A job that calls a workflow: the called jobs become part of the run. */
import { invariant } from "../../base/invariant.ts";
import { callContexts, secretsOf } from "../contexts.ts";
import type { Engine } from "../engine.ts";
import { BEFORE_ANYTHING } from "../expression/evaluate.ts";
import { askedFor } from "../trigger/filters.ts";
import { entries, field, jsonOf, literalText, textOf, textsByKey, type Mapping } from "../workflow/node.ts";
import { findCalled, typedInputs, type FileAt } from "./calls.ts";
import { schedule } from "./change.ts";
import { nameOf, nodeKeys, permissionsOfCaller, scopeOfLeg } from "./expand.ts";
import { callOf, documentOf, jobBlock, nodeOf, nodesOfCall, runOf, stateOf } from "./look.ts";
import { finishLeg } from "./outcome.ts";
import { CALLS, LEGS, NODES, type Call, type JobNode, type Leg, type Result } from "./records.ts";

/** The run's own workflow. */
export function beginRoot(engine: Engine, runId: number, document: Mapping): void {
  const { world } = engine;
  const run = runOf(world, runId);
  const { inputs, source: sha, blob } = stateOf(world, runId);
  const { repository, path } = run;
  addCall(engine, document, {
    run: runId,
    attempt: run.attempt,
    parent: null,
    depth: 1,
    repository,
    sha,
    ref: run.ref,
    path,
    blob,
    prefix: "",
    namePrefix: "",
    inputs,
    secrets: "inherit",
    cap: null,
  });
}

/** Throws ExpressionProblem. */
export async function beginCall(engine: Engine, document: Mapping, leg: Leg): Promise<void> {
  const { world } = engine;
  const node = nodeOf(world, leg.node);
  const caller = callOf(world, node.call);
  const block = jobBlock(document, node.key);
  const scope = scopeOfLeg(engine, document, node, leg);
  const found = findCalled(engine, caller, literalText(field(block, "uses")) ?? "");
  invariant(typeof found !== "string", "calls were checked when the run began");
  const inner = await documentOf(engine, { ...caller, ...found });
  const given = entries(field(block, "with")).map(({ key, value }) => [key, jsonOf(value, scope)] as const);
  const config = askedFor(field(inner, "on"), "workflow_call")?.config ?? undefined;
  const outer = { contexts: callContexts(world, caller), situation: BEFORE_ANYTHING };
  const inputs = typedInputs(field(config, "inputs"), Object.fromEntries(given), (it) => jsonOf(it, outer));
  const name = nameOf(block, node.key, leg, scope);
  const secrets = givenSecrets(engine, document, node, leg);
  const cap = permissionsOfCaller(engine, document, node);
  addCall(engine, inner, { ...placeOf(caller, leg, found, node.key, name), inputs, secrets, cap });
  world.tables.of(LEGS).change(String(leg.id), { state: "running" });
  schedule(engine, "advance", { run: leg.run });
}

function placeOf(
  caller: Call,
  leg: Leg,
  file: FileAt,
  key: string,
  name: string,
): Omit<Call, "id" | "inputs" | "secrets" | "cap"> {
  return {
    run: leg.run,
    attempt: leg.attempt,
    parent: leg.id,
    depth: caller.depth + 1,
    ...file,
    prefix: `${caller.prefix}${key} / `,
    namePrefix: `${caller.namePrefix}${name} / `,
  };
}

function givenSecrets(engine: Engine, document: Mapping, node: JobNode, leg: Leg): Call["secrets"] {
  const { world } = engine;
  const secrets = field(jobBlock(document, node.key), "secrets");
  if (literalText(secrets) === "inherit") return "inherit";
  const scope = scopeOfLeg(engine, document, node, leg);
  const own = secretsOf(world, runOf(world, node.run), callOf(world, node.call), null);
  return textsByKey(secrets, { ...scope, contexts: { ...scope.contexts, secrets: own } });
}

function addCall(engine: Engine, document: Mapping, call: Omit<Call, "id">): void {
  const { tables } = engine.world;
  const id = tables.next("pipeline/call");
  tables.of(CALLS).set(String(id), { ...call, id });
  for (const key of nodeKeys(document)) {
    const node = tables.next("pipeline/node");
    tables.of(NODES).set(String(node), {
      id: node,
      run: call.run,
      attempt: call.attempt,
      call: id,
      key,
      state: "waiting",
      result: null,
      outputs: {},
    });
  }
}

/** All jobs of a called workflow are over: its outputs become those of the calling job. Throws ExpressionProblem. */
export async function endCall(engine: Engine, call: Call): Promise<void> {
  const { world } = engine;
  invariant(call.parent !== null, "the run's own workflow ends with the run");
  const document = await documentOf(engine, call);
  const nodes = nodesOfCall(world, call.id);
  const jobs = Object.fromEntries(nodes.map(({ key, result, outputs }) => [key, { result, outputs }]));
  const config = askedFor(field(document, "on"), "workflow_call")?.config ?? undefined;
  const scope = { contexts: { ...callContexts(world, call), jobs }, situation: BEFORE_ANYTHING };
  const outputs = entries(field(config, "outputs")).map(
    ({ key, value }) => [key, textOf(field(value, "value"), scope)] as const,
  );
  finishLeg(engine, call.parent, resultOf(nodes.map(({ result }) => result)), Object.fromEntries(outputs));
}

/** The worst counts; nothing but skipped jobs is skipped. */
export function resultOf(results: readonly (Result | null)[]): Result {
  if (results.includes("failure")) return "failure";
  if (results.includes("cancelled")) return "cancelled";
  return results.every((result) => result === "skipped") && results.length > 0 ? "skipped" : "success";
}
