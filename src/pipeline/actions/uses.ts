/** A `uses:` step: finds the action at run time and runs it. */
import { toUtf8 } from "../../base/bytes.ts";
import { resolvePath } from "../../disk/path.ts";
import { fail, notSimulated, type Frame } from "../runner/execution.ts";
import type { UsesStep } from "../step.ts";
import { builtIn, runBuiltIn } from "./builtIns.ts";
import { runComposite } from "./composite.ts";
import { inputsOf, writeActionHead } from "./inputs.ts";
import { runJavaScript } from "./javascript.ts";
import { parseManifest, type ActionManifest } from "./manifest.ts";
import { policyProblem } from "./policy.ts";
import { parseReference, type RemoteReference } from "./reference.ts";
import { commitOf, resolveAction } from "./resolve.ts";

export async function runUses(frame: Frame, step: UsesStep): Promise<void> {
  const reference = parseReference(step.uses);
  if (reference === null) {
    fail(frame, `Expected format {org}/{repo}[/path]@ref. Actual '${step.uses}'`);
    return;
  }
  if (reference.kind === "docker") notSimulated(frame, step.uses);
  else if (reference.kind === "local") await runFolder(frame, step, localFolder(frame, reference.path), {});
  else await runRemote(frame, step, reference);
}

function localFolder({ execution }: Frame, path: string): string {
  return resolvePath(execution.request.state.workspace, path);
}

async function runRemote(frame: Frame, step: UsesStep, reference: RemoteReference): Promise<void> {
  const { execution } = frame;
  const { world, run } = execution.request;
  const user = world.forge.find(run.repository);
  const refused = user
    ? policyProblem(world.forge, user, step.uses)
    : `Repository not found: ${run.repository}`;
  if (refused !== null) {
    fail(frame, refused);
    return;
  }
  const own = world.forge.find(reference.repository);
  const action = own && commitOf(execution, own, reference.ref) !== null ? null : builtIn(reference);
  if (action) {
    await runBuiltIn(frame, step, action, reference);
    return;
  }
  const resolved = resolveAction(execution, reference, step.uses);
  if (typeof resolved === "string") {
    fail(frame, resolved);
    return;
  }
  await runFolder(frame, step, resolved.directory, {
    GITHUB_ACTION_REPOSITORY: reference.repository,
    GITHUB_ACTION_REF: reference.ref,
  });
}

async function runFolder(
  frame: Frame,
  step: UsesStep,
  directory: string,
  about: Readonly<Record<string, string>>,
): Promise<void> {
  const manifest = manifestIn(frame, directory);
  if (typeof manifest === "string") {
    fail(frame, manifest);
    return;
  }
  const { runs } = manifest;
  if (runs.using === "docker" || runs.using === "other") {
    notSimulated(frame, `${step.uses} (runs.using: ${runs.using === "other" ? runs.word : "docker"})`);
    return;
  }
  const defaults = new Map<string, string | null>();
  for (const [name, { default: template }] of manifest.inputs)
    defaults.set(name, template === null ? null : evaluate(frame, template));
  const inputs = inputsOf(frame, step, defaults);
  writeActionHead(frame, step, inputs);
  const place = { directory, extra: { ...about, GITHUB_ACTION_PATH: directory } };
  if (runs.using === "composite") await runComposite(frame, step, manifest, inputs, place);
  else await runJavaScript(frame, step, runs, inputs, place);
}

function evaluate(frame: Frame, template: string): string {
  try {
    return frame.execution.request.nested.text(template, {});
  } catch (error) {
    fail(frame, (error as Error).message);
    return "";
  }
}

function manifestIn({ execution }: Frame, directory: string): ActionManifest | string {
  const { disk } = execution;
  const file = ["action.yml", "action.yaml"]
    .map((name) => `${directory}/${name}`)
    .find((path) => disk.exists(path) && disk.stat(path).isFile);
  if (file === undefined && disk.exists(`${directory}/Dockerfile`))
    return `${directory}/Dockerfile: not simulated in LeakLab`;
  if (file === undefined)
    return `Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '${directory}'. Did you forget to run actions/checkout before running your local action?`;
  const manifest = parseManifest(toUtf8(disk.read(file)));
  return typeof manifest === "string" ? `Failed to load ${file}: ${manifest}` : manifest;
}
