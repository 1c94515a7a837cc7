/** `bao secrets`, `bao auth`, `bao audit`: what is enabled where. https://openbao.org/docs/commands/secrets/ */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import { success, type BaoCall, type BaoCommand } from "./call.ts";
import { BaoStop } from "./stop.ts";
import type { Fields } from "./client.ts";
import { fieldsFrom } from "./input.ts";
import { formatOf, headed, printData } from "./output.ts";

const slashed = (path: string) => `${path.replace(/^\/+|\/+$/g, "")}/`;

/** `-path`, else the name of the type. */
function pathFor({ flags, args }: BaoCall): string {
  return slashed(flags.value("path") ?? args[0] ?? "");
}

function config({ flags }: BaoCall): Fields {
  const names = { "default-lease-ttl": "default_lease_ttl", "max-lease-ttl": "max_lease_ttl" };
  return Object.fromEntries(
    Object.entries(names).flatMap(([flag, field]) => {
      const value = flags.value(flag);
      return value === undefined ? [] : [[field, value]];
    }),
  );
}

async function enableEngine(call: BaoCall): Promise<ExecResult> {
  const { flags, client, args } = call;
  const path = pathFor(call);
  const version = flags.value("version");
  const body = {
    type: args[0] ?? "",
    description: flags.value("description") ?? "",
    config: config(call),
    local: flags.on("local"),
    ...(version === undefined ? {} : { options: { version } }),
  };
  await client.secret("enabling", "POST", `sys/mounts/${path.slice(0, -1)}`, body);
  return success(`Enabled the ${args[0] ?? ""} secrets engine at: ${path}`);
}

async function enableMethod(call: BaoCall): Promise<ExecResult> {
  const { flags, client, args } = call;
  const path = pathFor(call);
  const body = {
    type: args[0] ?? "",
    description: flags.value("description") ?? "",
    config: config(call),
    local: flags.on("local"),
  };
  await client.secret(`enabling ${args[0] ?? ""} auth`, "POST", `sys/auth/${path.slice(0, -1)}`, body);
  return success(`Enabled ${args[0] ?? ""} auth method at: ${path}`);
}

async function enableDevice(call: BaoCall): Promise<ExecResult> {
  const { flags, client, args } = call;
  const path = pathFor(call);
  const options = await fieldsFrom(call, args.slice(1));
  const body = {
    type: args[0] ?? "",
    description: flags.value("description") ?? "",
    options,
    local: flags.on("local"),
  };
  await client.secret("enabling audit device", "PUT", `sys/audit/${path.slice(0, -1)}`, body);
  return success(`Enabled the ${args[0] ?? ""} audit device at: ${path}`);
}

type Described = Readonly<
  Record<string, { readonly type: string; readonly accessor?: string; readonly description: string } & Fields>
>;

async function described(call: BaoCall, path: string, doing: string): Promise<Described> {
  const secret = await call.client.secret(doing, "GET", path);
  return (secret?.data ?? {}) as Described;
}

const orNone = (text: string) => (text === "" ? "n/a" : text);

function rowsOf(found: Described, columns: (it: Described[string]) => readonly string[]): string[][] {
  const paths = Object.keys(found).sort();
  return paths.map((path) => [path, ...columns(found[path] as Described[string])]);
}

async function listEngines(call: BaoCall): Promise<ExecResult> {
  const found = await described(call, "sys/mounts", "listing secrets engines");
  if (formatOf(call) !== "table") return printData(call, found);
  const rows = rowsOf(found, ({ type, accessor = "", description }) => [type, accessor, orNone(description)]);
  return result(headed(["Path", "Type", "Accessor", "Description"], rows));
}

async function listMethods(call: BaoCall): Promise<ExecResult> {
  const found = await described(call, "sys/auth", "listing enabled authentications");
  if (formatOf(call) !== "table") return printData(call, found);
  const rows = rowsOf(found, ({ type, accessor = "", description }) => [
    type,
    accessor,
    orNone(description),
    "n/a",
  ]);
  return result(headed(["Path", "Type", "Accessor", "Description", "Version"], rows));
}

async function listDevices(call: BaoCall): Promise<ExecResult> {
  const found = await described(call, "sys/audit", "listing audits");
  if (formatOf(call) !== "table") return printData(call, found);
  if (Object.keys(found).length === 0) throw new BaoStop("No audit devices are enabled.", 2);
  if (!call.flags.on("detailed"))
    return result(
      headed(
        ["Path", "Type", "Description"],
        rowsOf(found, ({ type, description }) => [type, orNone(description)]),
      ),
    );
  const rows = rowsOf(found, ({ type, description, options }) => {
    const words = Object.entries((options ?? {}) as Fields).sort(([a], [b]) => (a < b ? -1 : 1));
    return [
      type,
      orNone(description),
      "replicated",
      words.map(([key, value]) => `${key}=${String(value)}`).join(" "),
    ];
  });
  return result(headed(["Path", "Type", "Description", "Replication", "Options"], rows));
}

function disabling(at: string, doing: string, said: (path: string) => string) {
  return async (call: BaoCall): Promise<ExecResult> => {
    const path = slashed(call.args[0] ?? "");
    await call.client.secret(`${doing} at ${path}`, "DELETE", `sys/${at}/${path.slice(0, -1)}`);
    return success(said(path));
  };
}

function tuning(at: string, what: string) {
  return async (call: BaoCall): Promise<ExecResult> => {
    const path = slashed(call.args[0] ?? "");
    const description = call.flags.value("description");
    const version = call.flags.value("version");
    const body = {
      ...config(call),
      ...(description === undefined ? {} : { description }),
      ...(version === undefined ? {} : { options: { version } }),
    };
    await call.client.secret(`tuning ${what} ${path}`, "POST", `sys/${at}/${path.slice(0, -1)}/tune`, body);
    return success(`Tuned the ${what} at: ${path}`);
  };
}

const VALUES = ["path", "description", "default-lease-ttl", "max-lease-ttl"];

export const MOUNTS: readonly BaoCommand[] = [
  {
    name: "secrets enable",
    values: [...VALUES, "version", "plugin-name"],
    switches: ["local"],
    takes: [1, 1],
    run: enableEngine,
  },
  { name: "secrets list", switches: ["detailed"], takes: [0, 0], run: listEngines },
  {
    name: "secrets disable",
    takes: [1, 1],
    run: disabling(
      "mounts",
      "disabling secrets engine",
      (path) => `Disabled the secrets engine (if it existed) at: ${path}`,
    ),
  },
  {
    name: "secrets tune",
    values: [...VALUES, "version"],
    takes: [1, 1],
    run: tuning("mounts", "secrets engine"),
  },
  {
    name: "auth enable",
    values: [...VALUES, "plugin-name"],
    switches: ["local"],
    takes: [1, 1],
    run: enableMethod,
  },
  { name: "auth list", switches: ["detailed"], takes: [0, 0], run: listMethods },
  {
    name: "auth disable",
    takes: [1, 1],
    run: disabling(
      "auth",
      "disabling auth method",
      (path) => `Disabled the auth method (if it existed) at: ${path}`,
    ),
  },
  { name: "auth tune", values: VALUES, takes: [1, 1], run: tuning("auth", "auth method") },
  {
    name: "audit enable",
    values: ["path", "description"],
    switches: ["local"],
    takes: [1, 50],
    run: enableDevice,
  },
  { name: "audit list", switches: ["detailed"], takes: [0, 0], run: listDevices },
  {
    name: "audit disable",
    takes: [1, 1],
    run: disabling(
      "audit",
      "disabling audit device",
      (path) => `Disabled audit device (if it was enabled) at: ${path}`,
    ),
  },
];
