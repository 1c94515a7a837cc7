/** Runs one step whole, at the present time. */
import { runUses } from "../actions/uses.ts";
import type { RunStepWhole } from "../step.ts";
import { Execution, frameOf, type Frame } from "./execution.ts";
import { runScript } from "./scriptStep.ts";

export const runStep: RunStepWhole = async (request) => {
  const execution = new Execution(request, play);
  const frame = frameOf(execution, request.step, { phase: request.phase });
  await play(frame);
  return execution.outcome(frame);
};

async function play(frame: Frame): Promise<void> {
  const { step } = frame;
  if (step.kind === "run") await runScript(frame, step);
  else await runUses(frame, step);
}
