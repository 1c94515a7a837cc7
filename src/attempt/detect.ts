/** What push protection looks with: the same engine, the same configuration. */
import { toLatin1 } from "../base/bytes.ts";
import { Prepared } from "../base/prepared.ts";
import { scanLayers } from "../engine/engine.ts";
import { normalise } from "../engine/normalise.ts";
import type { Detected, DetectSecrets } from "../world/services/forge/model.ts";

/** Contents that are remembered, in characters: the files of a few labs. */
const REMEMBERED = 1 << 22;

export async function detectSecrets(path: string, bytes: Uint8Array): Promise<readonly Detected[]> {
  const sightings = await scanLayers(path, normalise(bytes).layers);
  return sightings.map(({ finding, value }) => ({
    rule: finding.ruleId,
    kind: label(finding.messageId),
    line: finding.line,
    value,
  }));
}

/** The same for one who sees the same files pushed again and again, in forks of a world and at each play of a lab. */
export function rememberingDetector(): DetectSecrets {
  const known = new Prepared<Promise<readonly Detected[]>>(REMEMBERED);
  return (path, bytes) => known.of(`${path}\0${toLatin1(bytes)}`, () => detectSecrets(path, bytes));
}

/** "PostgreSQLConnection" → "PostgreSQL Connection", as a forge would title it. */
function label(messageId: string): string {
  return messageId.replaceAll("_", " ").replace(/([a-zA-Z])([A-Z][a-z])/g, "$1 $2");
}
