/**
 * JavaScript actions: their main file runs on QuickJS, where it gets along with what LeakLab has of Node.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax#runs-for-javascript-actions
 */
import { resolvePath } from "../../disk/path.ts";
import { fail, type Frame } from "../runner/execution.ts";
import type { UsesStep } from "../step.ts";
import { inputVariables, type Inputs } from "./inputs.ts";
import type { ActionRuns } from "./manifest.ts";
import { runInStep } from "./program.ts";

type NodeRuns = Extract<ActionRuns, { readonly using: "node" }>;

export async function runJavaScript(
  frame: Frame,
  step: UsesStep,
  runs: NodeRuns,
  inputs: Inputs,
  place: { readonly directory: string; readonly extra: Readonly<Record<string, string>> },
): Promise<void> {
  const { execution } = frame;
  const variables = { ...inputVariables(inputs), ...place.extra };
  const run = async (name: string) => {
    const path = resolvePath(place.directory, name);
    if (execution.disk.exists(path)) await runInStep(frame, { kind: "file", path }, variables);
    else fail(frame, `File not found: '${path}'`);
  };
  if (frame.phase === "post") {
    if (runs.post !== null) await run(runs.post);
    return;
  }
  // The real runner runs `pre` before the job's first step.
  if (runs.pre !== null) await run(runs.pre);
  if (!frame.failed) await run(runs.main);
  if (runs.post === null) return;
  const post = { name: `Post ${step.name}`, step, condition: runs.postIf };
  execution.posts = [post, ...execution.posts];
}
