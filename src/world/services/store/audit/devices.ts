/**
 * Audit devices: where the store writes down each request and answer. Values are hashed with a key of the device, so
 * that who knows a value can find it, and who reads the log learns none. https://openbao.org/docs/audit/
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { fromUtf8, toHex } from "../../../../base/bytes.ts";
import type { Json } from "../../../../base/json.ts";
import { tableName } from "../../../../base/tables.ts";
import type { ServicePorts } from "../../../service.ts";
import { STORE_MACHINE } from "../host.ts";

export interface Device {
  readonly path: string;
  readonly type: "file" | "syslog" | "socket";
  readonly description: string;
  readonly options: Readonly<Record<string, string>>;
  readonly local: boolean;
  readonly salt: string;
}

/** By path. */
export const DEVICES = tableName<Device>("store/audit");

/** The user as which the store runs. */
const USER = { name: "openbao" };

/** Hashes texts at any depth; numbers and switches stay as they are. */
export function hashed(device: Device, value: Json): Json {
  if (typeof value === "string") return device.options["log_raw"] === "true" ? value : hashOf(device, value);
  if (Array.isArray(value)) return value.map((it) => hashed(device, it as Json));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, hashed(device, it as Json)]));
}

export function hashOf({ salt }: Pick<Device, "salt">, text: string): string {
  return `hmac-sha256:${toHex(hmac(sha256, fromUtf8(salt), fromUtf8(text)))}`;
}

/** Null, or why a line could not be written. */
export function writeLine(
  { machines }: ServicePorts,
  { type, options }: Device,
  line: string,
): string | null {
  if (type === "syslog")
    return append(machines.get(STORE_MACHINE), "/var/log/syslog", `openbao: ${line}`, null);
  if (type === "socket") return `dial tcp ${options["address"] ?? ""}: connect: connection refused`;
  const path = options["file_path"] ?? "";
  if (path === "stdout" || path === "discard" || path === "/dev/null") return null;
  return append(machines.get(STORE_MACHINE), path, line, Number.parseInt(options["mode"] ?? "0600", 8));
}

type Disk = ReturnType<ServicePorts["machines"]["get"]>;

function append(disk: Disk, path: string, line: string, mode: number | null): string | null {
  try {
    const folder = path.slice(0, path.lastIndexOf("/"));
    const user = mode === null ? undefined : USER;
    if (folder !== "" && !disk.exists(folder)) disk.mkdir(folder, { recursive: true }, user);
    const isNew = !disk.exists(path);
    disk.append(path, `${line}\n`, user);
    if (isNew && mode !== null) disk.chmod(path, mode);
    return null;
  } catch (error) {
    const { reason = "input/output error" } = error as { readonly reason?: string };
    return `open ${path}: ${reason.toLowerCase()}`;
  }
}
