/** Steps of a job, one at a time: each runs whole when its time comes. */
import { invariant } from "../../base/invariant.ts";
import { logPath } from "../../world/services/forge/actions/files.ts";
import type { StepRecord } from "../../world/services/forge/actions/model.ts";
import type { Engine } from "../engine.ts";
import { evaluateCondition, fill, type Scope } from "../expression/evaluate.ts";
import { ExpressionProblem } from "../expression/problem.ts";
import type { Nested, Step, StepOutcome } from "../step.ts";
import {
  field,
  items,
  jsonOf,
  literalText,
  textOf,
  textsByKey,
  type Mapping,
  type Node,
} from "../workflow/node.ts";
import { addProblem, annotate, changeJob, failureAt, schedule } from "./change.ts";
import { endJob } from "./job.ts";
import { callOf, documentOf, jobBlock, jobOf, legOf, nodeOf, runOf } from "./look.ts";
import { PROGRESS, type Progress, type Result } from "./records.ts";
import { stepScope } from "./stepScope.ts";
import { defaultVariables } from "./variables.ts";

const MINUTE_MS = 60_000;

/** `pipeline/step`: skipped steps cost no time; the next one that runs does. */
export async function runSteps(engine: Engine, id: number, tick: number): Promise<void> {
  const { world } = engine;
  const due = world.tables.of(PROGRESS).get(String(id));
  if (!due || due.tick !== tick) return;
  completeEnding(engine, due);
  const node = nodeOf(world, legOf(world, id).node);
  const document = await documentOf(engine, callOf(world, node.call));
  const steps = items(field(jobBlock(document, node.key), "steps"));
  for (;;) {
    const progress = progressOf(engine, id);
    if (progress.next <= steps.length) {
      const step = steps[progress.next - 1] as Node;
      if (await playStep(engine, document, progress, step)) return;
    } else if (progress.machine.posts.length > 0) return playPost(engine, document, progress, steps.length);
    else return endJob(engine, document, progress);
  }
}

export function progressOf({ world }: Engine, id: number): Progress {
  const progress = world.tables.of(PROGRESS).get(String(id));
  invariant(progress, `job ${id} does not run`);
  return progress;
}

function change({ world }: Engine, id: number, fields: Partial<Progress>): Progress {
  return world.tables.of(PROGRESS).change(String(id), fields);
}

/** True where time has to pass before the next one. */
async function playStep(
  engine: Engine,
  document: Mapping,
  progress: Progress,
  block: Node,
): Promise<boolean> {
  const number = progress.next;
  const key = literalText(field(block, "id")) ?? `__${field(block, "uses") ? "action" : "run"}_${number}`;
  const prepared = prepare(engine, document, progress, block, number, key);
  if (prepared === "skipped") {
    record(engine, progress, number, { status: "completed", conclusion: "skipped" });
    advanceTo(engine, progress, key, { outputs: {}, outcome: "skipped", conclusion: "skipped" });
    return false;
  }
  if ("problem" in prepared) {
    failStep(engine, document, progress, number, prepared);
    const conclusion = prepared.continueOnError ? "success" : "failure";
    advanceTo(engine, progress, key, { outputs: {}, outcome: "failure", conclusion });
    return false;
  }
  const { step, scope, continueOnError, timeoutMs } = prepared;
  record(engine, progress, number, {
    name: step.name,
    status: "in_progress",
    startedAtMs: engine.world.clock.now(),
  });
  const outcome = await engine.runStep({ ...request(engine, progress, scope), step, phase: "main" });
  settle(engine, progress, key, step, outcome, continueOnError, timeoutMs);
  return true;
}

interface Prepared {
  readonly step: Step;
  readonly scope: Scope;
  readonly continueOnError: boolean;
  readonly timeoutMs: number | null;
}

interface Unprepared {
  readonly problem: string;
  readonly place: Node;
  readonly continueOnError: boolean;
}

function prepare(
  engine: Engine,
  document: Mapping,
  progress: Progress,
  block: Node,
  number: number,
  key: string,
): Prepared | Unprepared | "skipped" {
  const action = key.startsWith("__") ? (field(block, "uses") ? `__action_${number}` : "__run") : key;
  const before = { ...progress.env, ...progress.machine.env };
  let place: Node = field(block, "env") ?? block;
  let continueOnError = false;
  try {
    const outer = stepScope(engine, document, progress, before, action);
    const own = textsByKey(field(block, "env"), outer);
    const scope = { ...outer, contexts: { ...outer.contexts, env: { ...before, ...own } } };
    place = field(block, "if") ?? block;
    if (!evaluateCondition(conditionText(field(block, "if")), scope)) return "skipped";
    place = field(block, "continue-on-error") ?? block;
    continueOnError = jsonOf(field(block, "continue-on-error"), scope) === true;
    place = field(block, "timeout-minutes") ?? block;
    const minutes = Number(jsonOf(field(block, "timeout-minutes"), scope) ?? 0);
    place = field(block, "run") ?? field(block, "with") ?? block;
    const step = stepOf(engine, document, progress, block, { number, id: key, action, own }, scope);
    return { step, scope, continueOnError, timeoutMs: minutes > 0 ? minutes * MINUTE_MS : null };
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error;
    return { problem: error.message, place, continueOnError };
  }
}

interface Given {
  readonly number: number;
  readonly id: string;
  readonly action: string;
  readonly own: Readonly<Record<string, string>>;
}

function stepOf(
  engine: Engine,
  document: Mapping,
  progress: Progress,
  block: Node,
  { number, id, action, own }: Given,
  scope: Scope,
): Step {
  const { world } = engine;
  const job = jobOf(world, progress.job);
  const node = nodeOf(world, legOf(world, progress.job).node);
  const { github, runner, env: layered } = scope.contexts as Record<string, Record<string, unknown>>;
  const run = runOf(world, job.run);
  const defaults = defaultVariables(run, job, progress.machine, github ?? {}, runner ?? {}, action);
  const env = { ...(layered as Record<string, string>), ...own, ...defaults };
  const at = { file: callOf(world, node.call).path, line: block.line };
  const uses = literalText(field(block, "uses"));
  const name = textOf(field(block, "name"), scope);
  if (uses !== null)
    return {
      kind: "uses",
      number,
      id,
      env,
      at,
      uses,
      name: name || `Run ${uses}`,
      with: lowerKeys(textsByKey(field(block, "with"), scope)),
    };
  const script = textOf(field(block, "run"), scope);
  const jobDefaults = field(field(jobBlock(document, node.key), "defaults"), "run");
  const fileDefaults = field(field(document, "defaults"), "run");
  const setting = (key: string) =>
    [field(block, key), field(jobDefaults, key), field(fileDefaults, key)]
      .map((it) => textOf(it, scope))
      .find((value) => value !== "") ?? null;
  return {
    kind: "run",
    number,
    id,
    env,
    at,
    script,
    name: name || `Run ${script.trim().split("\n")[0] ?? ""}`,
    shell: setting("shell"),
    workingDirectory: setting("working-directory"),
  };
}

function lowerKeys(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key.toLowerCase(), value]));
}

export function conditionText(node: Node | undefined): string {
  if (node?.kind === "expression") return `\${{ ${node.expression} }}`;
  return literalText(node) ?? "";
}

function request(engine: Engine, progress: Progress, scope: Scope) {
  const { world } = engine;
  const job = jobOf(world, progress.job);
  const github = scope.contexts["github"] as Readonly<Record<string, unknown>>;
  return { world, run: runOf(world, job.run), job, state: progress.machine, github, nested: nestedIn(scope) };
}

function nestedIn({ contexts, situation }: Scope): Nested {
  const within = (more: Readonly<Record<string, unknown>>) => ({ ...contexts, ...more });
  return {
    text: (template, more) => fill(template, { contexts: within(more), situation }),
    condition: (template, more, failed) =>
      evaluateCondition(template, {
        contexts: within(more),
        situation: { ...situation, success: !failed, failure: failed },
      }),
  };
}

/** The step ran; its time passes, unless it or its job takes too long. */
function settle(
  engine: Engine,
  progress: Progress,
  key: string,
  step: Step,
  outcome: StepOutcome,
  continueOnError: boolean,
  timeoutMs: number | null,
): void {
  const { world } = engine;
  const duration = (engine.stepSeconds + outcome.seconds) * 1000;
  // What runs although the job is cancelled gets the time that it needs.
  const left = progress.cancelled ? Infinity : progress.endsAtMs - world.clock.now();
  const isStepLate = timeoutMs !== null && duration > timeoutMs;
  const isJobLate = Math.min(duration, timeoutMs ?? duration) > left;
  const ended: Result = isJobLate ? "cancelled" : isStepLate ? "failure" : outcome.conclusion;
  if (isStepLate && !isJobLate)
    complain(
      engine,
      progress,
      step,
      `The action '${step.name}' has timed out after ${timeoutMs / MINUTE_MS} minutes.`,
    );
  if (isJobLate)
    complain(
      engine,
      progress,
      step,
      `The job has exceeded the maximum execution time of ${formatMinutes(progress.timeoutMinutes)}.`,
    );
  if (outcome.annotations.length > 0) annotate(engine, progress.job, ...outcome.annotations);
  nameUnsupported(engine, progress, step, outcome);
  const conclusion: Result = ended === "failure" && continueOnError ? "success" : ended;
  change(engine, progress.job, {
    machine: outcome.state,
    ending: { number: step.number, conclusion },
    cancelled: progress.cancelled || isJobLate,
  });
  advanceTo(engine, progressOf(engine, progress.job), key, {
    outputs: outcome.outputs,
    outcome: ended,
    conclusion,
  });
  const { tick } = change(engine, progress.job, { tick: progress.tick + 1 });
  schedule(
    engine,
    "step",
    { job: progress.job, tick },
    Math.min(duration, timeoutMs ?? duration, Math.max(0, left)),
  );
}

/** What the world does not have stands among the problems of the run, with its place. */
const UNSUPPORTED = /not simulated in LeakLab|^Unable to resolve action/;

function nameUnsupported(engine: Engine, { job }: Progress, step: Step, { annotations }: StepOutcome): void {
  const { file, line } = step.at;
  const { run } = jobOf(engine.world, job);
  for (const { level, message } of annotations)
    if (level === "failure" && UNSUPPORTED.test(message))
      addProblem(engine, run, { file, line, column: 1, message });
}

function formatMinutes(minutes: number): string {
  return minutes === 60 ? "1h0m0s" : `${Math.floor(minutes / 60)}h${Math.floor(minutes % 60)}m0s`;
}

function advanceTo(
  engine: Engine,
  progress: Progress,
  key: string,
  result: { outputs: Readonly<Record<string, string>>; outcome: Result; conclusion: Result },
): void {
  change(engine, progress.job, {
    next: progress.next + 1,
    failed: progress.failed || result.conclusion === "failure",
    // Steps without an id can not be asked for.
    steps: key.startsWith("__") ? progress.steps : { ...progress.steps, [key]: result },
  });
}

/** A step whose expressions cannot be evaluated. */
function failStep(
  engine: Engine,
  document: Mapping,
  progress: Progress,
  number: number,
  failed: Unprepared,
): void {
  const { world } = engine;
  const job = jobOf(world, progress.job);
  const { path } = callOf(world, nodeOf(world, legOf(world, progress.job).node).call);
  const { line, column } = failed.place;
  const message = `The template is not valid. ${path} (Line: ${line}, Col: ${column}): ${failed.problem}`;
  const now = world.clock.now();
  write(engine, logPath(job.run, job.attempt, job.id, number), message);
  record(engine, progress, number, {
    status: "completed",
    conclusion: failed.continueOnError ? "success" : "failure",
    startedAtMs: now,
    completedAtMs: now,
  });
  annotate(engine, progress.job, failureAt(message, path, line));
  invariant(document, "a step stands in a document");
}

function complain(engine: Engine, progress: Progress, step: Step, message: string): void {
  const job = jobOf(engine.world, progress.job);
  write(engine, logPath(job.run, job.attempt, job.id, step.number), message);
  annotate(engine, progress.job, failureAt(message, step.at.file, step.at.line));
}

/** Adds an error to the log of a step. */
function write({ world }: Engine, path: string, message: string): void {
  const { disk } = world.forge;
  disk.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  const line = `${new Date(world.clock.now()).toISOString().replace("Z", "0000Z")} ##[error]${message}\n`;
  if (disk.exists(path)) disk.append(path, line);
  else disk.write(path, line);
}

function record(engine: Engine, { job }: Progress, number: number, fields: Partial<StepRecord>): void {
  const steps = jobOf(engine.world, job).steps.map((step) =>
    step.number === number ? { ...step, ...fields } : step,
  );
  changeJob(engine, job, { steps });
}

function completeEnding(engine: Engine, progress: Progress): void {
  if (!progress.ending) return;
  const { number, conclusion } = progress.ending;
  const completedAtMs = engine.world.clock.now();
  record(engine, progress, number, { status: "completed", conclusion, completedAtMs });
  change(engine, progress.job, { ending: null });
}

/** `post-if` of an action; one that cannot be evaluated lets it run. */
function isWanted(condition: string, scope: Scope): boolean {
  try {
    return evaluateCondition(condition, scope);
  } catch (error) {
    if (error instanceof ExpressionProblem) return true;
    throw error;
  }
}

/** What actions left to do, the last one first; most of it whatever happened before. */
async function playPost(engine: Engine, document: Mapping, progress: Progress, steps: number): Promise<void> {
  const { world } = engine;
  const [post, ...posts] = progress.machine.posts;
  invariant(post, "there is a post to run");
  const done = progress.posts ?? 0;
  const number = steps + done + 1;
  const { steps: records } = jobOf(world, progress.job);
  const shown = {
    number,
    name: post.name,
    status: "in_progress",
    conclusion: null,
    completedAtMs: null,
  } as const;
  changeJob(engine, progress.job, { steps: [...records, { ...shown, startedAtMs: world.clock.now() }] });
  const state = { ...progress.machine, posts };
  const scope = stepScope(
    engine,
    document,
    progress,
    { ...progress.env, ...progress.machine.env },
    post.step.id,
  );
  const step = { ...post.step, number };
  const outcome = isWanted(post.condition, scope)
    ? await engine.runStep({ ...request(engine, progress, scope), state, step, phase: "post" })
    : { conclusion: "skipped" as const, seconds: 0, state, annotations: [] };
  if (outcome.annotations.length > 0) annotate(engine, progress.job, ...outcome.annotations);
  const { tick } = change(engine, progress.job, {
    machine: outcome.state,
    posts: done + 1,
    failed: progress.failed || outcome.conclusion === "failure",
    ending: { number, conclusion: outcome.conclusion },
    tick: progress.tick + 1,
  });
  schedule(engine, "step", { job: progress.job, tick }, outcome.seconds * 1000);
}
