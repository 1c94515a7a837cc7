/** The workflow engine and its runner, loaded when something is first due: a lab without pipelines does without them. */
import { Documents } from "../pipeline/documents.ts";
import { OIDC_HOST } from "../pipeline/oidcIssuer.ts";
import { EVENTS } from "../world/services/forge/events.ts";
import type { Host } from "../world/network.ts";
import type { Happening, World } from "../world/world.ts";

export function pipelinePort(stepSeconds: number, documents = new Documents()): Happening {
  let loaded: Promise<Happening> | null = null;
  return async (world, due) => {
    loaded ??= load(stepSeconds, documents);
    await (
      await loaded
    )(world, due);
  };
}

/** In a world without pipelines nobody hears of what happens on the forge. */
export const noPipeline: Happening = async (world, { kind, payload }) => {
  if (kind === "pipeline/event") world.tables.of(EVENTS).delete(String(payload["event"]));
};

/**
 * Fetches the engine before a world is entered: code that draws chance as it loads must not draw from a world, or a
 * worker that had it already would come to another state.
 */
export async function preloadPipeline(): Promise<void> {
  await Promise.all([load(1, new Documents()), import("../pipeline/oidc.ts")]);
}

async function load(stepSeconds: number, documents: Documents): Promise<Happening> {
  const [{ pipeline }, { runnerMachines }, { runStep }] = await Promise.all([
    import("../pipeline/pipeline.ts"),
    import("../pipeline/runner/machine.ts"),
    import("../pipeline/runner/runStep.ts"),
  ]);
  return pipeline({ stepSeconds, documents, runStep, ...runnerMachines() });
}

/** Hosts that pipelines bring: the issuer of identity tokens. */
export const PIPELINE_HOSTS: Readonly<Record<string, (world: World) => Host>> = {
  [OIDC_HOST]: (world) => async (request, from) =>
    (await import("../pipeline/oidc.ts")).oidcHost(world)(request, from),
};
