/**
 * The detection engine: Secretlint and its rules over text that the caller hands in. It never reads a file; a path is
 * only a name that some rules look at (`.npmrc`, `package.json`, `.json`).
 * https://github.com/secretlint/secretlint/tree/master/packages/%40secretlint/core
 *
 * What it finds and what the trace (trace.ts) finds are two results, never merged.
 */
import type { Result } from "../base/result.ts";
import type { Config } from "./config.ts";
import type { Finding } from "./finding.ts";
import { worthScanning } from "./glance.ts";
import type { Source } from "./lint.ts";
import { normalise, type Layer } from "./normalise.ts";

/** Scans one text with the canonical configuration. Secretlint loads when there is something to look at. */
export async function scan(source: Source): Promise<Finding[]> {
  return worthScanning(source.text) ? (await import("./lint.ts")).lint(source) : [];
}

/** Scans one text with somebody's own configuration, comments that silence findings included. */
export async function scanWith(config: Config, source: Source): Promise<Result<Finding[]>> {
  return (await import("./lint.ts")).lintWith(config, source);
}

/** A finding in normalised content. Its range counts in the layer; `at` and `line` in the part, before undoing. */
export interface LayerFinding extends Finding {
  readonly part: readonly string[];
  readonly reading: string;
  readonly at: number;
}

export interface ContentScan {
  readonly findings: readonly LayerFinding[];
  /** False where a limit of unpacking was reached. */
  readonly complete: boolean;
}

/** A finding and the text that it is about, the value within. It must not be shown or stored. */
export interface Sighting {
  readonly finding: LayerFinding;
  readonly value: string;
}

/** Unpacks, reads in every way, scans; what several readings show is reported once, by the plainest reading. */
export async function scanContent(path: string, bytes: Uint8Array): Promise<ContentScan> {
  const { layers, complete } = normalise(bytes);
  return { findings: (await scanLayers(path, layers)).map(({ finding }) => finding), complete };
}

export async function scanLayers(path: string, layers: readonly Layer[]): Promise<Sighting[]> {
  const sightings = new Map<string, Sighting>();
  const values = new Set<string>();
  for (const layer of layers) {
    for (const finding of await scan({ path: layer.part.at(-1) ?? path, text: layer.text })) {
      const sighting = { finding: placed(finding, layer), value: valueOf(finding, layer.text) };
      const key = sameness(sighting);
      const inMember = layer.container && values.has(sighting.value);
      if (!inMember && !sightings.has(key)) sightings.set(key, sighting);
      if (!layer.container) values.add(sighting.value);
    }
  }
  return [...sightings.values()];
}

function placed(finding: Finding, layer: Layer): LayerFinding {
  const [start] = finding.range;
  return {
    ...finding,
    line: layer.line(start),
    part: layer.part,
    reading: layer.reading,
    at: layer.origin(start),
  };
}

/** These rules report a range of the value's length that begins where the name before the value does. */
const MISPLACED = new Set(["AWSSecretAccessKey", "Npmrc_authToken", "PackageJSON_xOauthToken"]);

function valueOf({ range: [start, end], messageId }: Finding, text: string): string {
  const lineEnd = text.indexOf("\n", end);
  return text.slice(start, !MISPLACED.has(messageId) ? end : lineEnd < 0 ? text.length : lineEnd);
}

function sameness({ finding: { part, line, ruleId, messageId }, value }: Sighting): string {
  return JSON.stringify([part, line, ruleId, messageId, value]);
}

/** What was found in contents scanned before, by content id. A Map owned by the caller. */
export interface ScanMemory {
  get(key: string): ContentScan | undefined;
  set(key: string, scan: ContentScan): unknown;
}

/** The rules look at these endings and at nothing else of a path. */
const TELLING_ENDINGS = ["package.json", "package-lock.json", ".npmrc", ".json"];

/** Scans a content once in its life: the same id and the same kind of path are answered from memory. */
export async function scanObject(
  memory: ScanMemory,
  id: string,
  path: string,
  read: () => Uint8Array,
): Promise<ContentScan> {
  const key = `${id} ${TELLING_ENDINGS.find((ending) => path.endsWith(ending)) ?? ""}`;
  const known = memory.get(key);
  if (known) return known;
  const scanned = await scanContent(path, read());
  memory.set(key, scanned);
  return scanned;
}
