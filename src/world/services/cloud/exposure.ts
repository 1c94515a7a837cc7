/**
 * Access keys that were pushed where everybody can read them. A forge tells the cloud of what looks like one; the cloud
 * knows which work.
 * https://docs.github.com/en/code-security/secret-scanning/secret-scanning-partnership-program/secret-scanning-partner-program
 */
import { toLatin1 } from "../../../base/bytes.ts";
import { tableName } from "../../../base/tables.ts";
import type { ServicePorts } from "../../service.ts";
import { log } from "../forge/git/history.ts";
import { changedFiles } from "../forge/git/diff.ts";
import { objectsOf, type Objects } from "../forge/git/objects.ts";
import type { Forge } from "../forge/forge.ts";
import { ACCESS_KEYS, type AccessKey } from "./model.ts";

export interface ExposedKey {
  readonly key: AccessKey;
  /** "owner/name: path at 1a2b3c4d5e6f". */
  readonly where: string;
}

/** Commits up to which a repository was read, by `owner/name`. */
const READ = tableName<{ readonly tips: readonly string[] }>("cloud/read");
const MOST_TIPS = 50;
/** Larger files are passed over. */
const MOST_BYTES = 1024 * 1024;

/** Reads what is new up to these commits; returns keys that both halves of a file gave away. */
export function exposedKeys(
  ports: ServicePorts,
  forge: Forge,
  name: string,
  commits: readonly string[],
): ExposedKey[] {
  const repository = forge.find(name);
  const keys = ports.tables.of(ACCESS_KEYS).filter(({ status }) => status === "Active");
  if (!repository || repository.visibility !== "public" || keys.length === 0) return [];
  const objects = objectsOf(forge, repository);
  const known = ports.tables.of(READ).get(name)?.tips ?? [];
  const found = new Map<string, ExposedKey>();
  for (const head of commits) {
    for (const { blob, where } of newFiles(objects, head, known))
      for (const key of keys)
        if (!found.has(key.accessKeyId) && holds(ports, objects, blob, key))
          found.set(key.accessKeyId, { key, where: `${name}: ${where}` });
  }
  ports.tables.of(READ).set(name, { tips: [...known, ...commits].slice(-MOST_TIPS) });
  return [...found.values()];
}

function newFiles(
  objects: Objects,
  head: string,
  known: readonly string[],
): { readonly blob: string; readonly where: string }[] {
  const files = new Map<string, string>();
  for (const { id, parents } of log(objects, head, known))
    for (const { after } of changedFiles(objects, parents[0] ?? null, id))
      if (after && !files.has(after.id)) files.set(after.id, `${after.path} at ${id.slice(0, 12)}`);
  return [...files].map(([blob, where]) => ({ blob, where }));
}

function holds({ credentials }: ServicePorts, objects: Objects, blob: string, key: AccessKey): boolean {
  const content = objects.object(blob)?.content;
  const secret = credentials.get(key.credential)?.value;
  if (!content || !secret || content.length > MOST_BYTES) return false;
  const text = toLatin1(content);
  return text.includes(key.accessKeyId) && text.includes(secret);
}
