/**
 * Composite actions: their steps run one after the other in the job of who uses them.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax#runs-for-composite-actions
 * https://github.com/actions/runner/blob/main/src/Runner.Worker/Handlers/CompositeActionHandler.cs
 */
import { fail, frameOf, type Frame } from "../runner/execution.ts";
import type { Step, UsesStep } from "../step.ts";
import type { Inputs } from "./inputs.ts";
import type { ActionManifest, CompositeStep } from "./manifest.ts";

/** Composite actions within composite actions. */
const DEEPEST = 9;

interface Scene {
  readonly frame: Frame;
  readonly parent: UsesStep;
  readonly directory: string;
  /** Variables that tell the steps which action they belong to. */
  readonly extra: Readonly<Record<string, string>>;
  readonly inputs: Readonly<Record<string, string>>;
  /** Contexts of the steps that ran. */
  readonly steps: Record<string, unknown>;
}

export async function runComposite(
  frame: Frame,
  step: UsesStep,
  manifest: ActionManifest,
  inputs: Inputs,
  place: { readonly directory: string; readonly extra: Readonly<Record<string, string>> },
): Promise<void> {
  if (manifest.runs.using !== "composite") return;
  if (frame.depth >= DEEPEST) {
    fail(frame, `Composite action depth exceeded max depth ${DEEPEST}`);
    return;
  }
  const scene: Scene = { frame, parent: step, ...place, inputs: Object.fromEntries(inputs), steps: {} };
  for (const [at, inner] of manifest.runs.steps.entries()) await runInner(scene, inner, at + 1);
  for (const [name, template] of manifest.outputs) {
    const value = evaluate(scene, template, {});
    if (value !== null) frame.outputs[name] = value;
  }
}

async function runInner(scene: Scene, inner: CompositeStep, number: number): Promise<void> {
  const { frame, steps } = scene;
  const env = innerEnv(scene, inner);
  const id = inner.id ?? `__${number}`;
  if (env === null || !isWanted(scene, inner, env)) {
    steps[id] = { outputs: {}, outcome: "skipped", conclusion: "skipped" };
    return;
  }
  const step = innerStep(scene, inner, `${scene.parent.id}.${id}`, env);
  if (step === null) return;
  const { execution, depth } = frame;
  const nested = frameOf(execution, step, { phase: "main", depth: depth + 1, extra: scene.extra });
  await execution.play(nested);
  const forgiven =
    inner.continueOnError !== null && evaluate(scene, inner.continueOnError, { env }) === "true";
  const outcome = nested.failed ? "failure" : "success";
  steps[id] = { outputs: nested.outputs, outcome, conclusion: forgiven ? "success" : outcome };
  if (nested.failed && !forgiven) frame.failed = true;
}

/** Null where an expression of it is wrong; that is told. */
function innerEnv(scene: Scene, inner: CompositeStep): Record<string, string> | null {
  const { execution } = scene.frame;
  const env: Record<string, string> = { ...scene.parent.env, ...execution.env };
  for (const [name, template] of inner.env) {
    const value = evaluate(scene, template, { env });
    if (value === null) return null;
    env[name] = value;
  }
  return env;
}

function isWanted(scene: Scene, inner: CompositeStep, env: Readonly<Record<string, string>>): boolean {
  const { frame } = scene;
  const condition = inner.if ?? "success()";
  try {
    return frame.execution.request.nested.condition(condition, contexts(scene, { env }), frame.failed);
  } catch (error) {
    fail(frame, (error as Error).message);
    return false;
  }
}

function innerStep(
  scene: Scene,
  inner: CompositeStep,
  id: string,
  env: Readonly<Record<string, string>>,
): Step | null {
  const { parent } = scene;
  const text = (template: string | null) => (template === null ? null : evaluate(scene, template, { env }));
  const base = { number: parent.number, id, name: text(inner.name) ?? id, env, at: parent.at };
  if (inner.uses !== null) {
    const given = [...inner.with].map(([name, template]) => [name.toLowerCase(), text(template)] as const);
    if (given.some(([, value]) => value === null)) return null;
    return {
      ...base,
      kind: "uses",
      uses: inner.uses,
      with: Object.fromEntries(given) as Record<string, string>,
    };
  }
  const script = text(inner.run);
  if (script === null) return null;
  const [shell, workingDirectory] = [text(inner.shell), text(inner.workingDirectory)];
  return { ...base, kind: "run", script, shell, workingDirectory };
}

function contexts(scene: Scene, more: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const github = { ...scene.frame.execution.request.github, action_path: scene.directory };
  return { inputs: scene.inputs, steps: scene.steps, github, ...more };
}

/** Null where the expression is wrong, which fails the action. */
function evaluate(scene: Scene, template: string, more: Readonly<Record<string, unknown>>): string | null {
  try {
    return scene.frame.execution.request.nested.text(template, contexts(scene, more));
  } catch (error) {
    fail(scene.frame, (error as Error).message);
    return null;
  }
}
