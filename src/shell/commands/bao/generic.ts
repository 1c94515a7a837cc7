/** `bao read`, `write`, `list`, `delete`: any path. https://openbao.org/docs/commands/read/ */
import { result } from "../lib/invocation.ts";
import { success, type BaoCall, type BaoCommand } from "./call.ts";
import { BaoStop } from "./stop.ts";
import { cleanPath, fieldsFrom } from "./input.ts";
import { formatOf, headed, printData, printSecret } from "./output.ts";

function pathOf({ args }: BaoCall): string {
  return cleanPath(args[0] ?? "");
}

/** Arguments behind the path of a reading command are its query. */
async function query(call: BaoCall): Promise<string> {
  const fields = Object.entries(await fieldsFrom(call, call.args.slice(1)));
  return fields.length === 0
    ? ""
    : `?${fields.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`).join("&")}`;
}

async function read(call: BaoCall) {
  const path = pathOf(call);
  const secret = await call.client.secret(`reading ${path}`, "GET", path + (await query(call)));
  if (!secret) throw new BaoStop(`No value found at ${path}`, 2);
  return printSecret(call, secret);
}

async function write(call: BaoCall) {
  const path = pathOf(call);
  const force = call.flags.on("force") || call.flags.on("f");
  if (call.args.length < 2 && !force) throw new BaoStop("Must supply data or use -force");
  const fields = await fieldsFrom(call, call.args.slice(1));
  const secret = await call.client.secret(`writing data to ${path}`, "PUT", path, fields);
  if (!secret) return formatOf(call) === "table" ? success(`Data written to: ${path}`) : result("");
  if (!secret.data && !secret.auth && secret.lease_id === "") {
    const { stderr } = printSecret(call, secret);
    return { ...success(`Data written to: ${path}`), stderr };
  }
  return printSecret(call, secret);
}

export async function listAt(call: BaoCall, path: string) {
  const secret = await call.client.secret(`listing ${path}`, "LIST", path);
  const keys = secret?.data?.["keys"];
  if (!secret || !Array.isArray(keys)) {
    if (formatOf(call) === "json") return result("{}\n", "", 2);
    throw new BaoStop(`No value found at ${path}`, 2);
  }
  if (formatOf(call) !== "table") return printData(call, keys);
  return result(
    headed(
      ["Keys"],
      keys.map((it) => [String(it)]),
    ),
  );
}

async function remove(call: BaoCall) {
  const path = pathOf(call);
  const secret = await call.client.secret(`deleting ${path}`, "DELETE", path + (await query(call)));
  return secret?.data ? printSecret(call, secret) : success(`Data deleted (if it existed) at: ${path}`);
}

export const GENERIC: readonly BaoCommand[] = [
  { name: "read", takes: [1, 20], run: read },
  { name: "write", switches: ["force", "f"], takes: [1, 200], run: write },
  { name: "list", takes: [1, 1], run: (call) => listAt(call, pathOf(call)) },
  { name: "delete", takes: [1, 20], run: remove },
];
