/** `bao kv`: secrets with and without versions. https://openbao.org/docs/commands/kv/ */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import { success, type BaoCall, type BaoCommand } from "./call.ts";
import { BaoStop } from "./stop.ts";
import type { Fields, Secret } from "./client.ts";
import { listAt } from "./generic.ts";
import { cleanPath, fieldsFrom } from "./input.ts";
import { formatOf, printField, printSecret, title, titled, warningsText } from "./output.ts";

interface Place {
  /** "secret/" */
  readonly mount: string;
  readonly version: 1 | 2;
  /** Behind the mount. */
  readonly path: string;
}

/** Asks the store where its mount ends, and of which version it is. */
async function placeOf(call: BaoCall, doing: string): Promise<Place> {
  const given = call.flags.value("mount");
  const path = cleanPath(call.args[0] ?? "");
  const whole = given === undefined ? path : `${cleanPath(given)}/${path}`;
  const secret = await call.client.secret(
    doing,
    "GET",
    `sys/internal/ui/mounts/${given === undefined ? path : cleanPath(given)}`,
  );
  const { path: mount = "", options } = (secret?.data ?? {}) as {
    readonly path?: string;
    readonly options?: Fields | null;
  };
  const version = options?.["version"] === "2" ? 2 : 1;
  return { mount, version, path: whole.slice(mount.length) };
}

function at({ mount, version, path }: Place, what: string): string {
  return `${mount}${version === 2 ? `${what}/` : ""}${path}`.replace(/\/+$/, "");
}

/** Versions only exist in engines that keep them. */
function needVersions({ version }: Place, command: string): void {
  if (version === 1) throw new BaoStop(`${command} not supported on KV Version 1`);
}

function aboutVersion(metadata: Fields): Fields {
  return { ...metadata, deletion_time: metadata["deletion_time"] === "" ? "n/a" : metadata["deletion_time"] };
}

function pathTitle(text: string, path: string): string {
  return `${title(text, path.length)}${path}\n\n`;
}

async function put(call: BaoCall): Promise<ExecResult> {
  return write(call, "PUT");
}

async function patch(call: BaoCall): Promise<ExecResult> {
  return write(call, "PATCH");
}

async function write(call: BaoCall, method: string): Promise<ExecResult> {
  const { flags, args } = call;
  if (args.length < 2) throw new BaoStop("Must supply data");
  const place = await placeOf(call, `writing data to ${cleanPath(args[0] ?? "")}`);
  if (method === "PATCH") needVersions(place, "Patch");
  const fields = await fieldsFrom(call, args.slice(1));
  const path = at(place, "data");
  const cas = flags.value("cas");
  const options = cas === undefined || cas === "-1" ? {} : { cas: Number(cas) };
  const body = place.version === 2 ? { data: fields, options } : fields;
  const secret = await call.client.secret(`writing data to ${path}`, method, path, body);
  if (!secret) {
    if (method === "PATCH") throw new BaoStop(`No value found at ${path}`, 2);
    return success(`Data written to: ${path}`);
  }
  if (flags.value("field") !== undefined || formatOf(call) !== "table") return printSecret(call, secret);
  return result(
    pathTitle("Secret Path", path) + titled("Metadata", aboutVersion(secret.data ?? {})),
    warningsText(secret),
  );
}

async function get(call: BaoCall): Promise<ExecResult> {
  const place = await placeOf(call, `reading ${cleanPath(call.args[0] ?? "")}`);
  const path = at(place, "data");
  const version = call.flags.value("version");
  const query = version === undefined ? "" : `?version=${encodeURIComponent(version)}`;
  const secret = await call.client.secret(`reading ${path}`, "GET", path + query);
  if (!secret) throw new BaoStop(`No value found at ${path}`, 2);
  return place.version === 2 ? printVersion(call, path, secret) : printPlain(call, secret);
}

function printPlain(call: BaoCall, secret: Secret): ExecResult {
  if (call.flags.value("field") !== undefined || formatOf(call) !== "table") return printSecret(call, secret);
  return result(titled("Data", secret.data ?? {}));
}

function printVersion(call: BaoCall, path: string, secret: Secret): ExecResult {
  const { data, metadata } = (secret.data ?? {}) as {
    readonly data?: Fields | null;
    readonly metadata?: Fields;
  };
  const field = call.flags.value("field");
  if (field !== undefined) {
    if (!data) throw new BaoStop(`No data found at ${path}`, 2);
    return printField(call, Object.hasOwn(data, field) ? data[field] : undefined, field);
  }
  if (formatOf(call) !== "table") return printSecret(call, secret);
  const head = pathTitle("Secret Path", path) + titled("Metadata", aboutVersion(metadata ?? {}));
  return result(data ? `${head}\n${titled("Data", data)}` : head);
}

async function list(call: BaoCall): Promise<ExecResult> {
  const place = await placeOf(call, `listing ${cleanPath(call.args[0] ?? "")}`);
  return listAt(call, at(place, "metadata"));
}

async function remove(call: BaoCall): Promise<ExecResult> {
  const place = await placeOf(call, `deleting ${cleanPath(call.args[0] ?? "")}`);
  const versions = versionsOf(call);
  if (versions.length > 0) return change(call, place, "delete", versions);
  const path = at(place, "data");
  await call.client.secret(`deleting ${path}`, "DELETE", path);
  return success(`Data deleted (if it existed) at: ${path}`);
}

function versionsOf({ flags }: BaoCall): number[] {
  return flags.values("versions").flatMap((it) => it.split(",").map(Number));
}

async function change(
  call: BaoCall,
  place: Place,
  what: string,
  versions: readonly number[],
): Promise<ExecResult> {
  needVersions(place, what);
  const path = at(place, what);
  await call.client.secret(`writing data to ${path}`, "PUT", path, { versions });
  return success(
    what === "delete" ? `Data deleted (if it existed) at: ${at(place, "data")}` : `Data written to: ${path}`,
  );
}

function changing(what: "undelete" | "destroy") {
  return async (call: BaoCall): Promise<ExecResult> => {
    const versions = versionsOf(call);
    if (versions.length === 0)
      throw new BaoStop(
        'No versions provided, use the "-versions" flag to specify the version to ' + what + ".",
      );
    return change(
      call,
      await placeOf(call, `writing data to ${cleanPath(call.args[0] ?? "")}`),
      what,
      versions,
    );
  };
}

async function metadataGet(call: BaoCall): Promise<ExecResult> {
  const place = await placeOf(call, `reading ${cleanPath(call.args[0] ?? "")}`);
  needVersions(place, "Metadata");
  const path = at(place, "metadata");
  const secret = await call.client.secret(`reading ${path}`, "GET", path);
  if (!secret) throw new BaoStop(`No value found at ${path}`, 2);
  if (call.flags.value("field") !== undefined || formatOf(call) !== "table") return printSecret(call, secret);
  const { versions = {}, ...rest } = (secret.data ?? {}) as {
    readonly versions?: Readonly<Record<string, Fields>>;
  };
  const parts = Object.keys(versions)
    .sort((a, b) => Number(a) - Number(b))
    .map((it) => `\n${titled(`Version ${it}`, aboutVersion(versions[it] as Fields))}`);
  return result(pathTitle("Metadata Path", path) + titled("Metadata", rest) + parts.join(""));
}

async function metadataPut(call: BaoCall): Promise<ExecResult> {
  const { flags } = call;
  const place = await placeOf(call, `writing data to ${cleanPath(call.args[0] ?? "")}`);
  needVersions(place, "Metadata");
  const path = at(place, "metadata");
  const custom = flags.values("custom-metadata").map((it) => {
    const [, key, value] = /^([^=]+)=([^]*)$/.exec(it) ?? [];
    if (key === undefined)
      throw new BaoStop(
        `invalid value ${JSON.stringify(it)} for flag -custom-metadata: missing = in KV pair`,
      );
    return [key, value] as const;
  });
  const body = {
    ...(custom.length > 0 ? { custom_metadata: Object.fromEntries(custom) } : {}),
    ...(flags.value("max-versions") === undefined
      ? {}
      : { max_versions: Number(flags.value("max-versions")) }),
    ...(flags.value("cas-required") === undefined ? {} : { cas_required: flags.on("cas-required") }),
    ...(flags.value("delete-version-after") === undefined
      ? {}
      : { delete_version_after: flags.value("delete-version-after") }),
  };
  await call.client.secret(`writing data to ${path}`, flags.on("patch") ? "PATCH" : "PUT", path, body);
  return success(`Data written to: ${path}`);
}

async function metadataDelete(call: BaoCall): Promise<ExecResult> {
  const place = await placeOf(call, `deleting ${cleanPath(call.args[0] ?? "")}`);
  needVersions(place, "Metadata");
  const path = at(place, "metadata");
  await call.client.secret(`deleting ${path}`, "DELETE", path);
  return success(`Data deleted (if it existed) at: ${path}`);
}

const METADATA_VALUES = ["mount", "custom-metadata", "max-versions", "delete-version-after"];

export const KV: readonly BaoCommand[] = [
  { name: "kv put", values: ["mount", "cas"], takes: [1, 200], run: put },
  { name: "kv patch", values: ["mount", "cas", "method"], takes: [1, 200], run: patch },
  { name: "kv get", values: ["mount", "version"], takes: [1, 1], run: get },
  { name: "kv list", values: ["mount"], takes: [1, 1], run: list },
  { name: "kv delete", values: ["mount", "versions"], takes: [1, 1], run: remove },
  { name: "kv undelete", values: ["mount", "versions"], takes: [1, 1], run: changing("undelete") },
  { name: "kv destroy", values: ["mount", "versions"], takes: [1, 1], run: changing("destroy") },
  { name: "kv metadata get", values: ["mount"], takes: [1, 1], run: metadataGet },
  {
    name: "kv metadata put",
    values: METADATA_VALUES,
    switches: ["cas-required"],
    takes: [1, 1],
    run: metadataPut,
  },
  {
    name: "kv metadata patch",
    values: METADATA_VALUES,
    switches: ["cas-required"],
    takes: [1, 1],
    run: (call) => metadataPut(call),
  },
  { name: "kv metadata delete", values: ["mount"], takes: [1, 1], run: metadataDelete },
];
