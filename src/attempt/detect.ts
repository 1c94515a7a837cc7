/** What push protection looks with: the same engine, the same configuration. */
import { scanContent } from "../engine/engine.ts";

export interface Detected {
  readonly rule: string;
  readonly kind: string;
  readonly line: number;
}

export async function detectSecrets(path: string, bytes: Uint8Array): Promise<readonly Detected[]> {
  const { findings } = await scanContent(path, bytes);
  return findings.map((finding) => ({ rule: finding.ruleId, kind: finding.messageId, line: finding.line }));
}
