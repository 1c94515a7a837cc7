/** What is told about a secret beside its content. https://openbao.org/api-docs/secret/kv/kv-v2/#read-secret-metadata */
import type { Json } from "../../../../base/json.ts";
import { data, done, keys, notFound, wrong, type Reply } from "../answer.ts";
import { writes, type Route, type StoreCall } from "../call.ts";
import { durationMs, flagOf, goTime, has, mapOf, numberOf, textOf } from "../fields.ts";
import type { Fields } from "../model.ts";
import type { Secret, Version } from "./model.ts";
import { emptySecret, forgetSecret, namesBelow, putSecret, secretAt } from "./secrets.ts";

function read({ ports, mount }: StoreCall, path: string): Reply {
  const secret = secretAt(ports, mount, path);
  if (!secret) return notFound();
  const versions = Object.fromEntries(secret.versions.map((it) => [String(it.version), times(it)]));
  return data({
    cas_required: secret.casRequired,
    created_time: goTime(secret.createdAtMs),
    current_version: secret.currentVersion,
    custom_metadata: secret.customMetadata as Json,
    delete_version_after: `${secret.deleteVersionAfterMs / 1000}s`,
    max_versions: secret.maxVersions,
    oldest_version: secret.oldestVersion,
    updated_time: goTime(secret.updatedAtMs),
    versions,
  });
}

function times({ createdAtMs, deletedAtMs, destroyed }: Version): Json {
  return {
    created_time: goTime(createdAtMs),
    deletion_time: deletedAtMs === null ? "" : goTime(deletedAtMs),
    destroyed,
  };
}

const MOST_KEYS = 64;

/** What is wrong with custom metadata, or null. */
function wrongMetadata(fields: Fields): string | null {
  const custom = mapOf(fields, "custom_metadata") ?? {};
  const entries = Object.entries(custom);
  if (entries.length > MOST_KEYS)
    return `custom_metadata validation failed: payload must contain at most ${MOST_KEYS} keys, provided ${entries.length}`;
  const wrongOne = entries.find(
    ([key, value]) => key.length > 128 || typeof value !== "string" || value.length > 512,
  );
  return wrongOne === undefined
    ? null
    : `custom_metadata validation failed: invalid key or value for ${JSON.stringify(wrongOne[0])}`;
}

function write(call: StoreCall, path: string, keep: boolean): Reply {
  const { ports, mount, fields } = call;
  const secret = secretAt(ports, mount, path);
  if (keep && !secret) return notFound();
  const problem = wrongMetadata(fields);
  if (problem !== null) return wrong(problem);
  const before = secret ?? emptySecret(mount, path, ports.now());
  const custom = mapOf(fields, "custom_metadata") as Secret["customMetadata"];
  const after = durationMs(textOf(fields, "delete_version_after"));
  putSecret(ports, {
    ...before,
    updatedAtMs: ports.now(),
    maxVersions: has(fields, "max_versions") ? numberOf(fields, "max_versions") : before.maxVersions,
    casRequired: flagOf(fields, "cas_required", before.casRequired),
    deleteVersionAfterMs: after ?? before.deleteVersionAfterMs,
    customMetadata:
      custom && keep ? { ...before.customMetadata, ...custom } : (custom ?? before.customMetadata),
  });
  return done();
}

function list({ ports, mount }: StoreCall, folder: string): Reply {
  return keys(namesBelow(ports, mount, folder));
}

export const METADATA_ROUTES: readonly Route[] = [
  { pattern: /^metadata\/?$/, serve: { list: (call) => list(call, "") } },
  {
    pattern: /^metadata\/(.+)$/,
    exists: ({ ports, mount }, [, path = ""]) => secretAt(ports, mount, path) !== undefined,
    serve: {
      read: (call, [, path = ""]) => read(call, path),
      list: (call, [, path = ""]) => list(call, path),
      patch: (call, [, path = ""]) => write(call, path, true),
      delete: ({ ports, mount }, [, path = ""]) => {
        forgetSecret(ports, mount, path);
        return done();
      },
      ...writes((call, [, path = ""]) => write(call, path, false)),
    },
  },
];
