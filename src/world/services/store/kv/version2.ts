/** The key-value engine with versions. https://openbao.org/api-docs/secret/kv/kv-v2/ */
import type { Json } from "../../../../base/json.ts";
import { data, done, notFound, wrong, type Reply } from "../answer.ts";
import { writes, type Route, type StoreCall } from "../call.ts";
import { entryOf, putEntry } from "../entries.ts";
import { flagOf, goTime, has, mapOf, numberOf, spanOf, textOf } from "../fields.ts";
import type { Fields } from "../model.ts";
import { CONFIG, USUAL_VERSIONS, type Secret, type Version } from "./model.ts";
import { emptySecret, putSecret, secretAt } from "./secrets.ts";
import { METADATA_ROUTES } from "./metadata.ts";

export function isHidden({ deletedAtMs, destroyed }: Version, nowMs: number): boolean {
  return destroyed || (deletedAtMs !== null && deletedAtMs <= nowMs);
}

function versionOf(secret: Secret, wanted: number): Version | undefined {
  const version = wanted === 0 ? secret.currentVersion : wanted;
  return secret.versions.find((it) => it.version === version);
}

/** What is told about one version. */
export function aboutVersion(version: Version, customMetadata: Secret["customMetadata"]): Fields {
  return {
    created_time: goTime(version.createdAtMs),
    custom_metadata: customMetadata as Json,
    deletion_time: version.deletedAtMs === null ? "" : goTime(version.deletedAtMs),
    destroyed: version.destroyed,
    version: version.version,
  };
}

function read({ ports, mount, fields }: StoreCall, path: string): Reply {
  const secret = secretAt(ports, mount, path);
  const version = secret && versionOf(secret, numberOf(fields, "version"));
  if (!secret || !version) return notFound();
  const metadata = aboutVersion(version, secret.customMetadata) as Json;
  if (isHidden(version, ports.now())) return { status: 404, data: { data: null, metadata } };
  return data({ data: version.data as Json, metadata });
}

function settings({ ports, mount }: StoreCall): {
  readonly maxVersions: number;
  readonly cas: boolean;
  readonly afterMs: number;
} {
  const config = entryOf(ports, mount, CONFIG, "") ?? {};
  return {
    maxVersions: numberOf(config, "max_versions"),
    cas: flagOf(config, "cas_required"),
    afterMs: spanOf(config, "delete_version_after"),
  };
}

/** The options of a write, or why it is refused. */
function checkAndSet(call: StoreCall, secret: Secret | undefined): string | null {
  const options = mapOf(call.fields, "options") ?? {};
  const required = settings(call).cas || (secret?.casRequired ?? false);
  if (!has(options, "cas")) return required ? "check-and-set parameter required for this call" : null;
  const current = secret?.currentVersion ?? 0;
  return textOf(options, "cas") === String(current)
    ? null
    : "check-and-set parameter did not match the current version";
}

function write(call: StoreCall, path: string): Reply {
  const content = mapOf(call.fields, "data");
  if (!content) return wrong("no data provided");
  const before = secretAt(call.ports, call.mount, path);
  const refused = checkAndSet(call, before);
  return refused === null ? put(call, path, content) : wrong(refused);
}

function put(call: StoreCall, path: string, content: Fields): Reply {
  const nowMs = call.ports.now();
  const before = secretAt(call.ports, call.mount, path) ?? emptySecret(call.mount, path, nowMs);
  const { maxVersions, afterMs } = settings(call);
  const most = before.maxVersions || maxVersions || USUAL_VERSIONS;
  const after = before.deleteVersionAfterMs || afterMs;
  const version: Version = {
    version: before.currentVersion + 1,
    data: content,
    createdAtMs: nowMs,
    deletedAtMs: after === 0 ? null : nowMs + after,
    destroyed: false,
  };
  const versions = [...before.versions, version].slice(-most);
  const oldestVersion = (versions[0] as Version).version;
  putSecret(call.ports, {
    ...before,
    updatedAtMs: nowMs,
    currentVersion: version.version,
    oldestVersion: oldestVersion === 1 ? 0 : oldestVersion,
    versions,
  });
  return data(aboutVersion(version, before.customMetadata));
}

/** https://www.rfc-editor.org/rfc/rfc7396: null takes a key away. */
function patch(call: StoreCall, path: string): Reply {
  const { ports, mount, fields } = call;
  const secret = secretAt(ports, mount, path);
  const version = secret && versionOf(secret, 0);
  if (!secret || !version || isHidden(version, ports.now())) return notFound();
  const content = mapOf(fields, "data");
  if (!content) return wrong("no data provided");
  const refused = checkAndSet(call, secret);
  if (refused !== null) return wrong(refused);
  return put(call, path, merged(version.data as Json, content as Json) as Fields);
}

function merged(target: Json, change: Json): Json {
  if (!isObject(change)) return change;
  const result = new Map(Object.entries(isObject(target) ? target : {}));
  for (const [name, value] of Object.entries(change)) {
    if (value === null) result.delete(name);
    else result.set(name, merged((result.get(name) ?? null) as Json, value as Json));
  }
  return Object.fromEntries(result) as Json;
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Changes some versions; what is not there is passed over. */
function change(
  call: StoreCall,
  path: string,
  wanted: readonly number[],
  how: (it: Version) => Version,
): Reply {
  const secret = secretAt(call.ports, call.mount, path);
  if (!secret) return notFound();
  const versions = secret.versions.map((it) => (wanted.includes(it.version) ? how(it) : it));
  putSecret(call.ports, { ...secret, versions });
  return done();
}

const hidden = (nowMs: number) => (it: Version) =>
  it.destroyed || (it.deletedAtMs !== null && it.deletedAtMs <= nowMs) ? it : { ...it, deletedAtMs: nowMs };

function hideCurrent(call: StoreCall, path: string): Reply {
  const secret = secretAt(call.ports, call.mount, path);
  if (!secret) return done();
  return change(call, path, [secret.currentVersion], hidden(call.ports.now()));
}

/** `delete`, `undelete`, `destroy` name versions. */
function byVersions(how: (nowMs: number) => (it: Version) => Version) {
  return (call: StoreCall, [, path = ""]: RegExpExecArray): Reply => {
    const value = call.fields["versions"];
    const wanted = (Array.isArray(value) ? value : String(value ?? "").split(","))
      .map(Number)
      .filter((it) => it > 0);
    if (wanted.length === 0) return wrong("no version number provided");
    const reply = change(call, path, wanted, how(call.ports.now()));
    return reply.status === 404 ? done() : reply;
  };
}

function readConfig(call: StoreCall): Reply {
  const { maxVersions, cas, afterMs } = settings(call);
  return data({ cas_required: cas, delete_version_after: `${afterMs / 1000}s`, max_versions: maxVersions });
}

function writeConfig({ ports, mount, fields }: StoreCall): Reply {
  putEntry(ports, {
    mount,
    kind: CONFIG,
    name: "",
    fields: { ...entryOf(ports, mount, CONFIG, ""), ...fields },
  });
  return done();
}

export const VERSION_2_ROUTES: readonly Route[] = [
  { pattern: /^config$/, serve: { read: readConfig, ...writes(writeConfig) } },
  {
    pattern: /^data\/(.+?)$/,
    exists: ({ ports, mount }, [, path = ""]) => secretAt(ports, mount, path) !== undefined,
    serve: {
      read: (call, [, path = ""]) => read(call, path),
      patch: (call, [, path = ""]) => patch(call, path),
      delete: (call, [, path = ""]) => hideCurrent(call, path),
      ...writes((call, [, path = ""]) => write(call, path)),
    },
  },
  { pattern: /^delete\/(.+)$/, serve: writes(byVersions(hidden)) },
  {
    pattern: /^undelete\/(.+)$/,
    serve: writes(byVersions(() => (it) => (it.destroyed ? it : { ...it, deletedAtMs: null }))),
  },
  {
    pattern: /^destroy\/(.+)$/,
    serve: writes(byVersions(() => (it) => ({ ...it, data: null, destroyed: true }))),
  },
  ...METADATA_ROUTES,
];
