/** `sys/audit`. https://openbao.org/api-docs/system/audit/ */
import type { Json } from "../../../../base/json.ts";
import { data, done, wrong, type Reply } from "../answer.ts";
import { writes, type Route, type StoreCall } from "../call.ts";
import { base62, flagOf, mapOf, textOf } from "../fields.ts";
import { DEVICES, hashOf, writeLine, type Device } from "./devices.ts";

function list({ ports }: StoreCall): Reply {
  const devices = ports.tables.of(DEVICES).all();
  return data(
    Object.fromEntries(
      devices.map(({ path, type, description, options, local }) => [
        path,
        { description, local, options: { ...options }, path, type } as Json,
      ]),
    ),
  );
}

/** A device that cannot write is refused: it would stop the store. */
function enable({ ports, fields }: StoreCall, name: string): Reply {
  const type = textOf(fields, "type");
  const path = `${name.replace(/\/$/, "")}/`;
  if (type === "") return wrong("audit type must be specified as a string");
  if (!["file", "syslog", "socket"].includes(type))
    return wrong(`unknown audit backend type: ${JSON.stringify(type)}`);
  if (ports.tables.of(DEVICES).has(path)) return wrong("path already in use");
  const options = Object.fromEntries(
    Object.entries(mapOf(fields, "options") ?? {}).map(([key, it]) => [key, String(it)]),
  );
  if (type === "file" && (options["file_path"] ?? "") === "") return wrong("file_path is required");
  if (type === "socket" && (options["address"] ?? "") === "") return wrong("address is required");
  const device: Device = {
    path,
    type: type as Device["type"],
    description: textOf(fields, "description"),
    options,
    local: flagOf(fields, "local"),
    salt: base62(ports, 32),
  };
  const problem = writeLine(
    ports,
    device,
    JSON.stringify({ type: "request", request: { id: "test", operation: "update", path: "sys/audit/test" } }),
  );
  if (problem !== null)
    return {
      status: 400,
      errors: [`1 error occurred:\n\t* sanity check failed; unable to write: ${problem}\n\n`],
    };
  ports.tables.of(DEVICES).set(path, device);
  return done();
}

function disable({ ports }: StoreCall, name: string): Reply {
  ports.tables.of(DEVICES).delete(`${name.replace(/\/$/, "")}/`);
  return done();
}

function hash({ ports, fields }: StoreCall, name: string): Reply {
  const device = ports.tables.of(DEVICES).get(`${name.replace(/\/$/, "")}/`);
  if (!device) return wrong("unknown audit backend");
  return data({ hash: hashOf(device, textOf(fields, "input")) });
}

export const AUDIT_ROUTES: readonly Route[] = [
  { pattern: /^audit\/?$/, serve: { read: list, list } },
  {
    pattern: /^audit\/(.+)$/,
    serve: {
      delete: (call, [, name = ""]) => disable(call, name),
      ...writes((call, [, name = ""]) => enable(call, name)),
    },
  },
  { pattern: /^audit-hash\/(.+)$/, serve: writes((call, [, name = ""]) => hash(call, name)) },
];
