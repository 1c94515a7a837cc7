/** What push protection looks with: the same engine, the same configuration. */
import { scanLayers } from "../engine/engine.ts";
import { normalise } from "../engine/normalise.ts";
import type { Detected } from "../world/services/forge/model.ts";

export async function detectSecrets(path: string, bytes: Uint8Array): Promise<readonly Detected[]> {
  const sightings = await scanLayers(path, normalise(bytes).layers);
  return sightings.map(({ finding, value }) => ({ rule: finding.ruleId, kind: finding.messageId, line: finding.line, value }));
}
