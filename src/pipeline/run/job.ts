/** A job gets its machine and token, and gives them back. */
import type { StepRecord } from "../../world/services/forge/actions/model.ts";
import { exposeLog } from "../../world/services/forge/exposures.ts";
import { callContexts, githubContext, secretsOf, varsOf } from "../contexts.ts";
import type { Engine } from "../engine.ts";
import type { ServiceContainer } from "../step.ts";
import { BEFORE_ANYTHING } from "../expression/evaluate.ts";
import { ExpressionProblem } from "../expression/problem.ts";
import { field, items, jsonOf, literalText, textsByKey, type Mapping, type Node } from "../workflow/node.ts";
import { annotate, changeJob, changeRun, failureAt, schedule } from "./change.ts";
import { tellDeployment } from "./deployment.ts";
import { scopeOfLeg } from "./expand.ts";
import { callOf, documentOf, jobBlock, jobOf, legOf, nodeOf, runOf } from "./look.ts";
import { finishLeg, finishUnstarted } from "./outcome.ts";
import { LEGS, PROGRESS, type Progress, type Result } from "./records.ts";
import { serviceContainers } from "./serviceContainers.ts";
import { freeRunnerOfJob, runnerOfJob, takeQueued } from "./runners.ts";
import { stepScope } from "./stepScope.ts";
import { expireToken, mintToken } from "./token.ts";

const DEFAULT_TIMEOUT_MINUTES = 360;
const MINUTE_MS = 60_000;

/** `pipeline/job`: its runner begins. */
export async function startJob(engine: Engine, id: number): Promise<void> {
  const { world } = engine;
  const leg = legOf(world, id);
  if (leg.state !== "starting") return;
  const node = nodeOf(world, leg.node);
  const call = callOf(world, node.call);
  const document = await documentOf(engine, call);
  const block = jobBlock(document, node.key);
  const job = jobOf(world, id);
  const token = mintToken(world, runOf(world, job.run), job);
  try {
    const evaluated = evaluateJob(engine, document, block, id, token);
    world.tables.of(LEGS).change(String(id), { state: "running" });
    await begin(engine, block, id, evaluated, token);
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error;
    expireToken(world, token);
    annotate(engine, id, failureAt(error.message, call.path, block.line));
    freeRunnerOfJob(world, id);
    finishUnstarted(engine, leg, "failure");
  }
}

interface Evaluated extends Pick<Progress, "env" | "secrets" | "vars" | "timeoutMinutes"> {
  readonly services: readonly ServiceContainer[];
}

function evaluateJob(
  engine: Engine,
  document: Mapping,
  block: Node,
  id: number,
  credential: string,
): Evaluated {
  const { world } = engine;
  const leg = legOf(world, id);
  const job = jobOf(world, id);
  const node = nodeOf(world, leg.node);
  const call = callOf(world, node.call);
  const run = runOf(world, leg.run);
  const secrets = secretsOf(world, run, call, job.environment);
  const vars = varsOf(world, run, job.environment);
  const token = world.credentials.get(credential)?.value ?? "";
  const github = { ...githubContext(world, run, token), job: node.key };
  const own = { github, vars, secrets: { ...secrets, GITHUB_TOKEN: token } };
  const outer = { contexts: { ...callContexts(world, call), ...own }, situation: BEFORE_ANYTHING };
  const scope = scopeOfLeg(engine, document, node, leg);
  const inner = { ...scope, contexts: { ...scope.contexts, ...own } };
  const env = { ...textsByKey(field(document, "env"), outer), ...textsByKey(field(block, "env"), inner) };
  const minutes = Number(jsonOf(field(block, "timeout-minutes"), scope) ?? DEFAULT_TIMEOUT_MINUTES);
  const services = serviceContainers(field(block, "services"), inner);
  return { env, secrets, vars, services, timeoutMinutes: minutes > 0 ? minutes : DEFAULT_TIMEOUT_MINUTES };
}

async function begin(
  engine: Engine,
  block: Node,
  id: number,
  { services, ...evaluated }: Evaluated,
  token: string,
): Promise<void> {
  const { world } = engine;
  const now = world.clock.now();
  const names = items(field(block, "steps")).map(provisionalName);
  const job = changeJob(engine, id, {
    status: "in_progress",
    startedAtMs: now,
    steps: [done(0, "Set up job", now), ...names.map((name, i) => queued(i + 1, name))],
  });
  const run = changeRun(engine, job.run, { status: "in_progress" });
  tellDeployment(world, id, "in_progress");
  const runner = runnerOfJob(world, id);
  const secrets = Object.values(evaluated.secrets);
  const machine = await engine.prepareMachine(world, run, job, { token, secrets, runner, services });
  world.tables.of(PROGRESS).set(String(id), {
    job: id,
    machine,
    next: 1,
    steps: {},
    failed: false,
    cancelled: false,
    ...evaluated,
    tick: 1,
    endsAtMs: now + evaluated.timeoutMinutes * MINUTE_MS,
    posts: null,
    ending: null,
  });
  schedule(engine, "step", { job: id, tick: 1 });
}

/** As it is shown until its name can be evaluated. */
function provisionalName(step: Node): string {
  const name = literalText(field(step, "name"));
  const what = literalText(field(step, "uses")) ?? literalText(field(step, "run"))?.split("\n")[0] ?? "";
  return name || `Run ${what}`.trim();
}

function queued(number: number, name: string): StepRecord {
  return { number, name, status: "queued", conclusion: null, startedAtMs: null, completedAtMs: null };
}

function done(number: number, name: string, atMs: number): StepRecord {
  return { number, name, status: "completed", conclusion: "success", startedAtMs: atMs, completedAtMs: atMs };
}

/** Nothing is left to do in it. */
export async function endJob(engine: Engine, document: Mapping, progress: Progress): Promise<void> {
  const { world } = engine;
  const { job: id, machine } = progress;
  const [outputs, problem] = outputsOf(engine, document, progress);
  const result: Result = progress.cancelled
    ? "cancelled"
    : progress.failed || problem
      ? "failure"
      : "success";
  const now = world.clock.now();
  const { steps } = jobOf(world, id);
  const last = (steps.at(-1)?.number ?? 0) + 1;
  tellDeployment(world, id, result === "success" ? "success" : "failure");
  expireToken(world, machine.token);
  freeRunnerOfJob(world, id);
  await engine.releaseMachine(world, machine);
  world.tables.of(PROGRESS).delete(String(id));
  changeJob(engine, id, {
    status: "completed",
    conclusion: result,
    completedAtMs: now,
    outputs,
    steps: [...steps, done(last, "Complete job", now)],
  });
  finishLeg(engine, id, result, outputs);
  const { run, repository } = jobOf(world, id);
  exposeLog(world.forge, run, repository);
  takeQueued(engine);
}

/** A value that holds something hidden is left out. */
function outputsOf(
  engine: Engine,
  document: Mapping,
  progress: Progress,
): [outputs: Record<string, string>, failed: boolean] {
  const { world } = engine;
  const node = nodeOf(world, legOf(world, progress.job).node);
  const block = jobBlock(document, node.key);
  const outputs = field(block, "outputs");
  try {
    const scope = stepScope(engine, document, progress, { ...progress.env, ...progress.machine.env });
    const values = Object.entries(textsByKey(outputs, scope));
    const hidden = values.filter(([, value]) =>
      progress.machine.masks.some((mask) => mask !== "" && value.includes(mask)),
    );
    for (const [name] of hidden)
      annotate(engine, progress.job, {
        ...failureAt(`Skip output '${name}' since it may contain secret.`),
        level: "warning",
      });
    return [Object.fromEntries(values.filter((entry) => !hidden.includes(entry))), false];
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error;
    const { path } = callOf(world, node.call);
    annotate(engine, progress.job, failureAt(error.message, path, outputs?.line ?? block.line));
    return [{}, true];
  }
}
