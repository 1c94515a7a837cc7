/** A job whose needs are met: skipped, or one leg for each combination of its matrix. */
import type { Json } from "../../base/json.ts";
import { JOBS, type Annotation, type Job } from "../../world/services/forge/actions/model.ts";
import { settingsOf } from "../../world/services/forge/actions/settings.ts";
import { jobFolder } from "../../world/services/forge/actions/files.ts";
import { callContexts, needsContext, neededBy, strategyContext, type Contexts } from "../contexts.ts";
import type { Engine } from "../engine.ts";
import { evaluateCondition, evaluateJson, type Scope } from "../expression/evaluate.ts";
import type { Situation } from "../expression/functions.ts";
import { ExpressionProblem } from "../expression/problem.ts";
import { combinationsOf, suffixOf, type Combination } from "../plan/matrix.ts";
import { declared, defaultPermissions, readOnly, within, type Permissions } from "../plan/permissions.ts";
import { record } from "../trigger/occasion.ts";
import { entries, field, jsonOf, literalText, textOf, type Mapping, type Node } from "../workflow/node.ts";
import { addJob, failureAt } from "./change.ts";
import { callOf, jobBlock, legsOf, repositoryOf, runOf, stateOf } from "./look.ts";
import { LEGS, NODES, type Call, type JobNode, type Leg } from "./records.ts";
import { needsOf, pathOf, situationOf } from "./situation.ts";

/** What a job knows before it runs. */
export function scopeOfNode(
  engine: Engine,
  document: Mapping,
  node: JobNode,
  more: Contexts = {},
): Scope & { readonly situation: Situation } {
  const { world } = engine;
  const call = callOf(world, node.call);
  const needed = neededBy(world, node, needsOf(document, node.key));
  const contexts = { ...callContexts(world, call), needs: needsContext(needed), ...more };
  return { contexts, situation: situationOf(world, document, node) };
}

/** Whether the `if` of a job lets it run as things stand. Throws ExpressionProblem. */
export function isWanted(engine: Engine, document: Mapping, node: JobNode): boolean {
  const condition = field(jobBlock(document, node.key), "if");
  const text =
    condition?.kind === "expression" ? `\${{ ${condition.expression} }}` : (literalText(condition) ?? "");
  return evaluateCondition(text, scopeOfNode(engine, document, node));
}

/** New legs, none of them begun; none where the job is skipped or cannot be. */
export function expand(engine: Engine, document: Mapping, node: JobNode): void {
  const { tables } = engine.world;
  try {
    if (!isWanted(engine, document, node)) {
      addUnrun(engine, document, node, "skipped");
      return;
    }
    const plans = plansOf(engine, document, node);
    tables.of(NODES).change(String(node.id), { state: "running" });
    for (const plan of plans) addLeg(engine, document, node, plan);
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error;
    const { line } = jobBlock(document, node.key);
    const { path } = callOf(engine.world, node.call);
    addUnrun(engine, document, node, "failure", [failureAt(error.message, path, line)]);
  }
}

interface Plan {
  readonly index: number;
  readonly total: number;
  readonly matrix: Combination | null;
  readonly failFast: boolean;
  readonly maxParallel: number | null;
}

function plansOf(engine: Engine, document: Mapping, node: JobNode): Plan[] {
  const strategy = field(jobBlock(document, node.key), "strategy");
  const scope = scopeOfNode(engine, document, node);
  const whole = strategy?.kind === "expression" ? record(evaluateJson(strategy.expression, scope)) : null;
  const part = (name: string): Json => (whole ? (whole[name] ?? null) : jsonOf(field(strategy, name), scope));
  const matrix = part("matrix");
  const failFast = part("fail-fast") !== false;
  const most = Number(part("max-parallel") ?? 0);
  const maxParallel = most >= 1 ? Math.floor(most) : null;
  const combinations = matrix === null ? [null] : combinationsOf(matrix);
  return combinations.map((it, index) => ({
    index,
    total: combinations.length,
    matrix: it,
    failFast,
    maxParallel,
  }));
}

function addLeg(engine: Engine, document: Mapping, node: JobNode, plan: Plan): void {
  const { world } = engine;
  const block = jobBlock(document, node.key);
  const id = world.tables.next("actions/job", 30_001);
  const leg: Leg = {
    id,
    run: node.run,
    attempt: node.attempt,
    node: node.id,
    ...plan,
    calls: field(block, "uses") !== undefined,
    state: "held",
    result: null,
    outputs: {},
    continueOnError: false,
    group: null,
    waitsUntilMs: null,
  };
  const kept = keptFrom(engine, node, plan.index);
  world.tables.of(LEGS).set(String(id), leg);
  if (kept) return keep(engine, leg, kept);
  const scope = scopeOfLeg(engine, document, node, leg);
  const continueOnError = jsonOf(field(block, "continue-on-error"), scope) === true;
  world.tables.of(LEGS).change(String(id), { continueOnError });
  if (!leg.calls) addJob(engine, newJob(engine, document, node, leg, scope));
}

export function scopeOfLeg(engine: Engine, document: Mapping, node: JobNode, leg: Leg): Scope {
  return scopeOfNode(engine, document, node, { matrix: leg.matrix ?? {}, strategy: strategyContext(leg) });
}

function newJob(engine: Engine, document: Mapping, node: JobNode, leg: Leg, scope: Scope): Job {
  const { world } = engine;
  const call = callOf(world, node.call);
  const block = jobBlock(document, node.key);
  const environment = environmentOf(field(block, "environment"), scope);
  return {
    id: leg.id,
    run: node.run,
    attempt: node.attempt,
    repository: runOf(world, node.run).repository,
    key: call.prefix + node.key,
    name: call.namePrefix + nameOf(block, node.key, leg, scope),
    needs: needsOf(document, node.key),
    status: "queued",
    conclusion: null,
    createdAtMs: world.clock.now(),
    startedAtMs: null,
    completedAtMs: null,
    steps: [],
    labels: labelsOf(field(block, "runs-on"), scope),
    ...groupOf(field(block, "runs-on"), scope),
    runner: null,
    environment,
    permissions: permissionsOf(engine, document, node, call),
    ...(call.parent === null
      ? {}
      : { workflowRef: `${call.repository}/${call.path}@${call.ref}`, workflowSha: call.sha }),
    outputs: {},
    annotations: [],
  };
}

/** A name without expressions gets the combination, as on GitHub. */
export function nameOf(block: Node, key: string, leg: Leg, scope: Scope): string {
  const name = field(block, "name");
  const suffix = leg.matrix ? suffixOf(leg.matrix) : "";
  if (name?.kind === "expression") return textOf(name, scope) || key + suffix;
  return (literalText(name) || key) + suffix;
}

function labelsOf(node: Node | undefined, scope: Scope): string[] {
  const json = jsonOf(node, scope);
  const labels = record(json)["labels"] ?? json;
  const list = Array.isArray(labels) ? labels : [labels];
  const texts = list.flatMap((label: Json) => (typeof label === "string" && label !== "" ? [label] : []));
  if (texts.length === 0 && record(json)["group"] === undefined)
    throw new ExpressionProblem("Unexpected value '' for runs-on");
  return texts.length === 0 ? ["self-hosted"] : texts;
}

function groupOf(node: Node | undefined, scope: Scope): Pick<Job, "group"> {
  const group = record(jsonOf(node, scope))["group"];
  return typeof group === "string" && group !== "" ? { group } : {};
}

function environmentOf(node: Node | undefined, scope: Scope): string | null {
  if (!node) return null;
  const json = node.kind === "mapping" ? textOf(field(node, "name"), scope) : jsonOf(node, scope);
  const name = typeof json === "string" ? json : record(json)["name"];
  return typeof name === "string" && name !== "" ? name : null;
}

function permissionsOf(engine: Engine, document: Mapping, node: JobNode, call: Call): Permissions {
  const { world } = engine;
  const run = runOf(world, node.run);
  const level = settingsOf(world.forge, repositoryOf(world, run.repository)).defaultPermissions;
  const block = jobBlock(document, node.key);
  const asked =
    declared(field(block, "permissions")) ??
    declared(field(document, "permissions")) ??
    call.cap ??
    defaultPermissions(level);
  const capped = call.cap ? within(asked, call.cap) : asked;
  return run.fromFork ? readOnly(capped) : capped;
}

/** The permissions that the job has which calls a workflow. */
export function permissionsOfCaller(engine: Engine, document: Mapping, node: JobNode): Permissions {
  return permissionsOf(engine, document, node, callOf(engine.world, node.call));
}

/** A job that is over before it was anything. */
function addUnrun(
  engine: Engine,
  document: Mapping,
  node: JobNode,
  result: "skipped" | "failure",
  annotations: readonly Annotation[] = [],
): void {
  const { world } = engine;
  const call = callOf(world, node.call);
  const block = jobBlock(document, node.key);
  const id = world.tables.next("actions/job", 30_001);
  const now = world.clock.now();
  world.tables.of(NODES).change(String(node.id), { state: "done", result });
  addJob(engine, {
    id,
    run: node.run,
    attempt: node.attempt,
    repository: runOf(world, node.run).repository,
    key: call.prefix + node.key,
    name: call.namePrefix + (literalText(field(block, "name")) || node.key),
    needs: needsOf(document, node.key),
    status: "completed",
    conclusion: result,
    createdAtMs: now,
    startedAtMs: now,
    completedAtMs: now,
    steps: [],
    labels: [],
    runner: null,
    environment: null,
    permissions: {},
    outputs: {},
    annotations,
  });
}

/** In a re-run of failed jobs: the leg of the attempt before, where it succeeded. */
function keptFrom({ world }: Engine, node: JobNode, index: number): Leg | undefined {
  const { rerunFailedOnly, rerunJob } = stateOf(world, node.run);
  if (!rerunFailedOnly) return undefined;
  const path = pathOf(world, node);
  const before = world.tables
    .of(NODES)
    .find((it) => it.run === node.run && it.attempt === node.attempt - 1 && pathOf(world, it) === path);
  const leg = before && legsOf(world, before.id).find((it) => it.index === index);
  return leg?.result === "success" && !leg.calls && leg.id !== rerunJob ? leg : undefined;
}

/** Its job stands in the new attempt too, with the logs that it wrote. */
function keep(engine: Engine, leg: Leg, kept: Leg): void {
  const { world } = engine;
  const old = world.tables.of(JOBS).get(String(kept.id));
  if (!old) return;
  addJob(engine, { ...old, id: leg.id, attempt: leg.attempt });
  const { disk } = world.forge;
  const from = jobFolder(old.run, old.attempt, old.id);
  const to = jobFolder(leg.run, leg.attempt, leg.id);
  if (disk.exists(from)) {
    disk.mkdir(to.slice(0, to.lastIndexOf("/")), { recursive: true });
    disk.copy(from, to, { recursive: true });
  }
  const { result, outputs } = kept;
  world.tables.of(LEGS).change(String(leg.id), { state: "done", result, outputs });
}

/** Nodes of a call, in the order of the file. */
export function nodeKeys(document: Mapping): string[] {
  return entries(field(document, "jobs")).map(({ key }) => key);
}
