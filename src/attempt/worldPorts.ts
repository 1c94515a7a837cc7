/** What a world of a lab needs from above it: detection, pipelines, stories, attackers. */
import type { LabBundle } from "../lab/bundle.ts";
import { pipeline } from "../pipeline/pipeline.ts";
import type { DetectSecrets } from "../world/services/forge/model.ts";
import type { WorldPorts } from "../world/world.ts";

export function worldPorts(_bundle: LabBundle, detect: DetectSecrets): WorldPorts {
  return { detect, happenings: { pipeline: pipeline({ stepSeconds: 10 }) } };
}
