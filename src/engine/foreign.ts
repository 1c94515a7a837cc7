/**
 * Does a text hold a credential that may be real? Asked before anything a learner typed is stored. What a lab planted
 * or minted may pass, and so may values that documentation prints and hosts that cannot exist.
 */
import { fromUtf8 } from "../base/bytes.ts";
import { scanLayers, type LayerFinding, type Sighting } from "./engine.ts";
import { normalise } from "./normalise.ts";
import { PATTERN_RULE_ID } from "./patterns/rule.ts";

/** Passwords that people make up in a lab look like any other; only shapes that a service issues are refused. */
const MADE_UP = new Set(["PASSWORD_ASSIGNMENT"]);

/** Names that are reserved for tests and documentation (RFC 2606, RFC 6761) and can reach nothing. */
const RESERVED_HOST =
  /^(?:[a-z0-9-]{1,63}\.){0,8}(?:test|example|invalid|localhost|example\.(?:com|org|net))(?=[:/?#"'\s]|$)/i;

const REPEATED = /([A-Za-z0-9])\1{7}/;
const MARKED = /EXAMPLE|YOUR_|YOUR-|PLACEHOLDER|REDACTED/i;

/**
 * What looks real and is none of the known values; empty where the text may be stored. Findings hold no value.
 * @param known planted, issued and canary values, whole or in part
 */
export async function foreignCredentials(text: string, known: readonly string[]): Promise<LayerFinding[]> {
  const { layers } = normalise(fromUtf8(text));
  const sightings = await scanLayers("input", layers);
  return sightings.filter((sighting) => !isHarmless(sighting, known)).map(({ finding }) => finding);
}

function isHarmless({ finding, value }: Sighting, known: readonly string[]): boolean {
  if (finding.ruleId === PATTERN_RULE_ID && MADE_UP.has(finding.messageId)) return true;
  return known.some((planted) => covers(planted, value)) || isDocumentation(finding, value);
}

/** The finding is the known value, lies within it, or is little more than it (a URL around a password). */
function covers(planted: string, value: string): boolean {
  if (planted.length < 16) return false;
  return planted.includes(value) || value.includes(planted) || squeezed(value).includes(squeezed(planted));
}

/** White space left out: keys are indented and wrapped in many ways. */
function squeezed(text: string): string {
  return text.replace(/\s+/g, "");
}

function isDocumentation({ ruleId }: LayerFinding, value: string): boolean {
  if (/database-connection-string|basicauth/.test(ruleId)) {
    return RESERVED_HOST.test(value.slice(value.lastIndexOf("@") + 1));
  }
  return REPEATED.test(value) || MARKED.test(value) || DOCUMENTED.some((sample) => value.includes(sample));
}

/** The claims "1234567890, John Doe" of https://www.jwt.io/introduction, as they stand in base64. */
const DOCUMENTED: readonly string[] = [["eyJzdWIiOiIxMjM0NTY3ODkwIiwi", "bmFtZSI6IkpvaG4gRG9l"].join("")];
