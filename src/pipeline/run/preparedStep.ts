/** A step with its expressions evaluated, right before it runs. */
import type { Engine } from "../engine.ts";
import { evaluateCondition, type Scope } from "../expression/evaluate.ts";
import { ExpressionProblem } from "../expression/problem.ts";
import type { Step } from "../step.ts";
import { field, jsonOf, literalText, textOf, textsByKey, type Mapping, type Node } from "../workflow/node.ts";
import { callOf, jobBlock, jobOf, legOf, nodeOf, runOf } from "./look.ts";
import type { Progress } from "./records.ts";
import { stepScope } from "./stepScope.ts";
import { defaultVariables } from "./variables.ts";

const MINUTE_MS = 60_000;

export interface Prepared {
  readonly step: Step;
  readonly scope: Scope;
  readonly continueOnError: boolean;
  readonly timeoutMs: number | null;
}

export interface Unprepared {
  readonly problem: string;
  readonly place: Node;
  readonly continueOnError: boolean;
}

/** Where other steps ask for its result; one that begins with `__` nobody can ask for. */
export function keyOf(block: Node, number: number): string {
  return literalText(field(block, "id")) ?? `__${field(block, "uses") ? "action" : "run"}_${number}`;
}

export function prepare(
  engine: Engine,
  document: Mapping,
  progress: Progress,
  block: Node,
): Prepared | Unprepared | "skipped" {
  const number = progress.next;
  const id = keyOf(block, number);
  const action = id.startsWith("__") ? (field(block, "uses") ? `__action_${number}` : "__run") : id;
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
    const step = stepOf(engine, document, progress, block, { number, id, action, own }, scope);
    return { step, scope, continueOnError, timeoutMs: minutes > 0 ? minutes * MINUTE_MS : null };
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error;
    return { problem: error.message, place, continueOnError };
  }
}

function conditionText(node: Node | undefined): string {
  if (node?.kind === "expression") return `\${{ ${node.expression} }}`;
  return literalText(node) ?? "";
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
  const { github, runner, env: layered } = scope.contexts as Record<string, Record<string, unknown>>;
  const run = runOf(world, job.run);
  const defaults = defaultVariables(run, job, progress.machine, github ?? {}, runner ?? {}, action);
  const env = { ...(layered as Record<string, string>), ...own, ...defaults };
  const { path: file } = callOf(world, nodeOf(world, legOf(world, progress.job).node).call);
  const every = { number, id, env, at: { file, line: block.line } };
  const uses = literalText(field(block, "uses"));
  const name = textOf(field(block, "name"), scope);
  if (uses !== null) {
    const inputs = lowerKeys(textsByKey(field(block, "with"), scope));
    return { kind: "uses", ...every, uses, name: name || `Run ${uses}`, with: inputs };
  }
  const script = textOf(field(block, "run"), scope);
  const setting = settingOf(engine, document, progress, block, scope);
  return {
    kind: "run",
    ...every,
    script,
    name: name || `Run ${script.trim().split("\n")[0] ?? ""}`,
    shell: setting("shell"),
    workingDirectory: setting("working-directory"),
  };
}

/** Of the step, else of its job, else of its file. */
function settingOf(
  { world }: Engine,
  document: Mapping,
  { job }: Progress,
  block: Node,
  scope: Scope,
): (key: string) => string | null {
  const { key: jobKey } = nodeOf(world, legOf(world, job).node);
  const ofJob = field(field(jobBlock(document, jobKey), "defaults"), "run");
  const ofFile = field(field(document, "defaults"), "run");
  return (key) =>
    [block, ofJob, ofFile].map((node) => textOf(field(node, key), scope)).find((value) => value !== "") ??
    null;
}

function lowerKeys(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key.toLowerCase(), value]));
}
