/** How `bao` prints what it got: tables, JSON, YAML, or one field. https://openbao.org/docs/commands/#output-formats */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import type { BaoCall } from "./call.ts";
import { BaoStop } from "./stop.ts";
import type { Auth, Fields, Secret } from "./client.ts";

export type Format = "table" | "json" | "yaml" | "pretty";

export function formatOf({ flags, context }: BaoCall): Format {
  const wanted =
    flags.value("format") ?? context.env.get("BAO_FORMAT") ?? context.env.get("VAULT_FORMAT") ?? "table";
  if (!["table", "json", "yaml", "yml", "pretty"].includes(wanted))
    throw new BaoStop(`Invalid output format: ${wanted}`);
  return wanted === "yml" ? "yaml" : (wanted as Format);
}

/** Two columns, or more, as wide as they need to be. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => [...(row[i] ?? "")].length)));
  return rows
    .map(
      (row) =>
        row
          .map((cell, i) =>
            i === row.length - 1 ? cell : cell + " ".repeat((widths[i] ?? 0) - [...cell].length),
          )
          .join("    ")
          .trimEnd() + "\n",
    )
    .join("");
}

export function headed(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return table([head, head.map((it) => "-".repeat(it.length)), ...rows]);
}

/** A value as Go's %v prints it. */
export function goText(value: unknown): string {
  if (value === null || value === undefined) return "<nil>";
  if (Array.isArray(value)) return `[${value.map(goText).join(" ")}]`;
  if (typeof value !== "object") return String(value as string | number | boolean);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[${entries.map(([key, it]) => `${key}:${goText(it)}`).join(" ")}]`;
}

const DURATION = /^(?:ttl|period|duration|lease_max|ttl_max)$|_(?:ttl|period|duration)$/;

/** "1h30m", without parts that are nothing. */
export function span(seconds: number): string {
  if (seconds === 0) return "0s";
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const text = `${h > 0 ? `${h}h` : ""}${h > 0 || m > 0 ? `${m}m` : ""}${s}s`;
  return text.replace(/m0s$/, "m").replace(/h0m/, "h");
}

function shown(key: string, value: unknown): string {
  if (DURATION.test(key) && typeof value === "number") return span(value);
  return goText(value);
}

export function dataRows(data: Fields): [string, string][] {
  const sorted = Object.keys(data).sort();
  return sorted.map((key) => [key, shown(key, data[key])]);
}

function authRows(auth: Auth): [string, string][] {
  const quoted = (names: readonly string[] | null) =>
    `[${(names ?? []).map((it) => JSON.stringify(it)).join(" ")}]`;
  const forever = auth.lease_duration === 0;
  const meta = Object.entries(auth.metadata ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ["token", auth.client_token],
    ["token_accessor", auth.accessor],
    ["token_duration", forever ? "∞" : span(auth.lease_duration)],
    ["token_renewable", String(auth.renewable)],
    ["token_policies", quoted(auth.token_policies)],
    ["identity_policies", quoted(auth.identity_policies)],
    ["policies", quoted(auth.policies)],
    ...meta.map(([key, value]): [string, string] => [`token_meta_${key}`, value]),
  ];
}

export function secretTable({ lease_id, lease_duration, renewable, data, auth }: Secret): string {
  const lease: [string, string][] =
    lease_id === ""
      ? lease_duration > 0 && !auth
        ? [["refresh_interval", span(lease_duration)]]
        : []
      : [
          ["lease_id", lease_id],
          ["lease_duration", span(lease_duration)],
          ["lease_renewable", String(renewable)],
        ];
  return headed(["Key", "Value"], [...lease, ...(auth ? authRows(auth) : []), ...dataRows(data ?? {})]);
}

export function warningsText(secret: Pick<Secret, "warnings">): string {
  const { warnings } = secret;
  if (!warnings || warnings.length === 0) return "";
  const lines = warnings.map((it) => `  * ${it}\n`);
  return `WARNING! The following warnings were returned from OpenBao:\n\n${lines.join("\n")}\n`;
}

/** A secret in the format that was asked for. */
export function printSecret(call: BaoCall, secret: Secret): ExecResult {
  const format = formatOf(call);
  const field = call.flags.value("field");
  if (field !== undefined) return printField(call, fieldOf(secret, field), field);
  if (format === "table") return result(secretTable(secret), warningsText(secret));
  const { auth, ...rest } = secret;
  return printData(call, auth ? { ...rest, auth } : rest);
}

export function printData(call: BaoCall, data: unknown): ExecResult {
  return result(formatOf(call) === "yaml" ? yaml(data, 0) : `${JSON.stringify(data, null, 2)}\n`);
}

function fieldOf({ auth, data, ...rest }: Secret, name: string): unknown {
  const named: Fields = auth ? { ...data, ...Object.fromEntries(authRows(auth)) } : { ...data };
  if (Object.hasOwn(named, name)) return named[name];
  const known = rest as Fields;
  return ["lease_id", "lease_duration", "renewable"].includes(name) ? known[name] : undefined;
}

/** Bare, and with a newline only where somebody looks. */
export function printField(call: BaoCall, value: unknown, name: string): ExecResult {
  if (value === undefined || value === null) throw new BaoStop(`Field "${name}" not present in secret`);
  if (formatOf(call) !== "table") return printData(call, value);
  const text = DURATION.test(name) && typeof value === "number" ? String(value) : goText(value);
  return result(call.terminal.direct?.() ? `${text}\n` : text);
}

/** Plain data as block YAML; texts are quoted where they could be read as something else. */
function yaml(value: unknown, depth: number): string {
  const pad = "  ".repeat(depth);
  if (Array.isArray(value)) return value.map((it) => `${pad}- ${scalar(it)}\n`).join("");
  if (value === null || typeof value !== "object") return `${pad}${scalar(value)}\n`;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, it]) => {
      const nested = it !== null && typeof it === "object" && Object.keys(it).length > 0;
      return nested
        ? `${pad}${key}:\n${yaml(it, Array.isArray(it) ? depth : depth + 1)}`
        : `${pad}${key}: ${scalar(it)}\n`;
    })
    .join("");
}

function scalar(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return /^[A-Za-z][\w./@-]*$/.test(value) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(value)
    ? value
    : JSON.stringify(value);
}

/** `=== Data ===`, as wide as the table below it. */
export function title(text: string, width: number): string {
  const equals = Math.max(width - (text.length + 2), 0) || 4;
  const side = "=".repeat(Math.ceil(equals / 2));
  return `${side} ${text} ${side}\n`;
}

export function titled(text: string, data: Fields): string {
  const longest = Math.max(0, ...Object.keys(data).map((key) => key.length));
  return title(text, longest + 9) + headed(["Key", "Value"], dataRows(data));
}
