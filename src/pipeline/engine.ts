/** What every part of the scheduler works with. */
import type { World } from "../world/world.ts";
import type { Documents } from "./documents.ts";
import type { PrepareMachine, ReleaseMachine, RunStepWhole } from "./step.ts";

export interface PipelineOptions {
  /** Virtual seconds that a step takes; 10 unless the lab says otherwise. */
  readonly stepSeconds: number;
  readonly documents: Documents;
  readonly runStep: RunStepWhole;
  readonly prepareMachine: PrepareMachine;
  readonly releaseMachine: ReleaseMachine;
}

export interface Engine extends PipelineOptions {
  readonly world: World;
}
