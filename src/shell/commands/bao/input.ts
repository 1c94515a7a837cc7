/** What is written: `key=value`, `key=@file`, `key=-`, a whole file of JSON as `@file`, or `-` for standard input. */
import { toUtf8 } from "../../../base/bytes.ts";
import { readBytes, stdinText } from "../lib/invocation.ts";
import type { BaoCall } from "./call.ts";
import { BaoStop } from "./stop.ts";
import type { Fields } from "./client.ts";

export async function fieldsFrom(call: BaoCall, words: readonly string[]): Promise<Fields> {
  const fields = new Map<string, unknown>();
  for (const word of words) {
    if (word === "-" || word.startsWith("@")) {
      for (const [key, value] of Object.entries(jsonOf(await textFrom(call, word)))) fields.set(key, value);
      continue;
    }
    const [, key, raw] = /^([^=]+)=([^]*)$/.exec(word) ?? [];
    if (key === undefined) throw new BaoStop(`Failed to parse K=V data: format must be key=value`);
    const value =
      raw === "-" || raw?.startsWith("@") ? await textFrom(call, raw) : (raw ?? "").replace(/^\\@/, "@");
    const before = fields.get(key);
    fields.set(key, before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value]);
  }
  return Object.fromEntries(fields);
}

/** Of `-` standard input, of `@path` that file. */
export async function textFrom({ context }: BaoCall, word: string): Promise<string> {
  if (word === "-") return stdinText(context);
  const path = word.slice(1);
  const bytes = await readBytes(context, path);
  if (typeof bytes === "string")
    throw new BaoStop(`Failed to parse K=V data: error reading file: open ${path}: ${bytes.toLowerCase()}`);
  return toUtf8(bytes);
}

function jsonOf(text: string): Fields {
  try {
    const value = JSON.parse(text) as unknown;
    if (value !== null && typeof value === "object" && !Array.isArray(value)) return value as Fields;
  } catch {
    // Said below: the words of a JavaScript engine differ between hosts.
  }
  throw new BaoStop("Failed to parse K=V data: invalid key/value pair: the input is no JSON object");
}

/** A path as one types it: without slashes around it, and not beginning with v1/. */
export function cleanPath(path: string): string {
  return path.trim().replace(/^\/+/, "").replace(/\/+$/, "").replace(/^v1\//, "");
}
