/** What a world needs of a lab: manifest, start and stories. No prose, no cases. This is what the browser gets. */
import { sha256 } from "../base/digest.ts";
import { canonicalJson, type Json } from "../base/json.ts";
import type { Manifest } from "./manifest.ts";

export interface LabBundle {
  readonly manifest: Manifest;
  /** start/setup.sh, and start/files/ by path below it. */
  readonly start: { readonly setup: string; readonly files: Readonly<Record<string, string>> };
  readonly stories: Readonly<Record<string, string>>;
}

/** Titles, tasks and sentences may be reworded without making old attempts invalid. */
const PROSE = new Set([
  "title",
  "tasks",
  "ahead",
  "known",
  "what",
  "description",
  "message",
  "why",
  "minutes",
  "difficulty",
  "module",
]);

/** SHA-256 over everything that shapes the state or the verdicts. */
export function labDigest(bundle: LabBundle): string {
  return sha256(canonicalJson(withoutProse(bundle as unknown as Json)));
}

function withoutProse(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => withoutProse(item));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value as Record<string, Json>).filter(([key]) => !PROSE.has(key));
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutProse(item)]));
}
