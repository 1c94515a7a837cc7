/**
 * Fetches, before a world is entered, the code that draws chance as it loads: it must not draw from a world, or a worker
 * that had it already would come to another state. Curves try out the source of chance when they are made.
 */
import type { Manifest } from "../lab/manifest.ts";
import { preloadPipeline } from "./pipelinePort.ts";

export async function preload({ services }: Pick<Manifest, "services">): Promise<void> {
  // The registry signs, the cloud and the store check signatures; anybody may ask the registry.
  await import("@noble/curves/nist.js");
  if (services.includes("pipeline")) await preloadPipeline();
}
