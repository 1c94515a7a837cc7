/** The actions that are part of LeakLab, by name. A repository of that name in the world wins for versions that it has. */
import { fail, notSimulated, type Frame } from "../runner/execution.ts";
import type { UsesStep } from "../step.ts";
import type { BuiltIn } from "./call.ts";
import { cache, cacheRestore, cacheSave } from "./cache.ts";
import { checkout } from "./checkout.ts";
import { downloadArtifact } from "./downloadArtifact.ts";
import { githubScript } from "./githubScript.ts";
import { inputsOf, writeActionHead } from "./inputs.ts";
import { labeler } from "./labeler.ts";
import { setupNode } from "./setupNode.ts";
import { uploadArtifact } from "./uploadArtifact.ts";
import { isFullCommit, type RemoteReference } from "./reference.ts";

const BUILT_INS: ReadonlyMap<string, BuiltIn | "not simulated"> = new Map<string, BuiltIn | "not simulated">([
  ["actions/checkout", checkout],
  ["actions/upload-artifact", uploadArtifact],
  ["actions/download-artifact", downloadArtifact],
  ["actions/cache", cache],
  ["actions/cache/restore", cacheRestore],
  ["actions/cache/save", cacheSave],
  ["actions/setup-node", setupNode],
  ["actions/labeler", labeler],
  ["actions/github-script", githubScript],
  ["actions/attest-build-provenance", "not simulated"],
]);

export function builtIn(reference: RemoteReference): BuiltIn | "not simulated" | undefined {
  const name = [reference.repository, reference.path].filter((part) => part !== "").join("/");
  return BUILT_INS.get(name.toLowerCase());
}

export async function runBuiltIn(
  frame: Frame,
  step: UsesStep,
  action: BuiltIn | "not simulated",
  reference: RemoteReference,
): Promise<void> {
  if (action === "not simulated") {
    notSimulated(frame, step.uses);
    return;
  }
  const numbers = numbersOf(reference.ref, action);
  if (numbers === null) {
    fail(frame, `Unable to resolve action \`${step.uses}\`, unable to find version \`${reference.ref}\``);
    return;
  }
  const version = numbers[0] ?? action.newest;
  const { execution } = frame;
  const defaults = new Map(Object.entries(action.inputs(version)));
  for (const [name, value] of defaults) {
    if (value === "${{ github.token }}") defaults.set(name, execution.token);
    if (value === "${{ github.repository }}") defaults.set(name, execution.request.run.repository);
    if (value === "${{ github.run_id }}") defaults.set(name, String(execution.request.run.id));
  }
  const inputs = inputsOf(frame, step, defaults);
  const call = { frame, execution, step, inputs, version, numbers };
  writeActionHead(frame, step, inputs);
  if (frame.phase === "post") {
    await action.post?.run(call);
    return;
  }
  await action.main(call);
  if (action.post) {
    const { condition } = action.post;
    execution.posts = [{ name: `Post ${postName(step)}`, step, condition }, ...execution.posts];
  }
}

function postName(step: UsesStep): string {
  return step.name === "" ? `Run ${step.uses}` : step.name;
}

/** A branch or a commit means the newest version. Null for a version that there never was. */
function numbersOf(ref: string, { newest, oldest }: BuiltIn): number[] | null {
  if (isFullCommit(ref) || ref === "main" || ref === "master") return [newest];
  const match = /^v(\d{1,3})(?:\.(\d{1,3}))?(?:\.(\d{1,3}))?$/.exec(ref);
  if (!match) return null;
  const numbers = match
    .slice(1)
    .filter((part) => part !== undefined)
    .map(Number);
  const [major = 0] = numbers;
  return major >= oldest && major <= newest ? numbers : null;
}
