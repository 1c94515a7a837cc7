/** What push protection looks with: the same engine, the same configuration. */
import { scanLayers } from "../engine/engine.ts";
import { normalise } from "../engine/normalise.ts";
import type { Detected } from "../world/services/forge/model.ts";

export async function detectSecrets(path: string, bytes: Uint8Array): Promise<readonly Detected[]> {
  const sightings = await scanLayers(path, normalise(bytes).layers);
  return sightings.map(({ finding, value }) => ({
    rule: finding.ruleId,
    kind: label(finding.messageId),
    line: finding.line,
    value,
  }));
}

/** "PostgreSQLConnection" → "PostgreSQL Connection", as a forge would title it. */
function label(messageId: string): string {
  return messageId.replaceAll("_", " ").replace(/([a-zA-Z])([A-Z][a-z])/g, "$1 $2");
}
