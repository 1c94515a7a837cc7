/** `npm config`, `npm get`, `npm set`. https://docs.npmjs.com/cli/commands/npm-config */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import { absent, failed, usage, type NpmCall } from "./call.ts";

const USAGE = [
  "config set <key>=<value> [<key>=<value> ...]",
  "config get [<key> [<key> ...]]",
  "config delete <key> [<key> ...]",
  "config list [--json]",
];

/** What counts where nothing is said. https://docs.npmjs.com/cli/using-npm/config */
const DEFAULTS: Readonly<Record<string, string>> = {
  registry: "https://registry.npm.test/",
  "ignore-scripts": "false",
  "save-exact": "false",
  "save-prefix": "^",
  "package-lock": "true",
  audit: "true",
  fund: "true",
  tag: "latest",
  provenance: "false",
  "min-release-age": "null",
  before: "null",
  "legacy-peer-deps": "false",
  "strict-allow-scripts": "false",
  loglevel: "notice",
};

export async function config(call: NpmCall): Promise<ExecResult> {
  const operands = call.command === "config" ? call.operands : [call.command, ...call.operands];
  const [action = "", ...rest] = operands;
  if (action === "get") return rest.length === 0 ? absent("npm config get without a name") : get(call, rest);
  if (action === "set") return set(call, rest);
  if (["delete", "del", "rm"].includes(action)) return change(call, new Map(rest.map((key) => [key, null])));
  if (action === "list" || action === "ls") return absent("npm config list");
  return usage("Manage the npm configuration files", USAGE);
}

function get(call: NpmCall, keys: readonly string[]): ExecResult {
  const secret = keys.find((key) => /^_|:_(?:auth|password)/.test(key));
  if (secret !== undefined)
    return failed(null, [`The ${secret} option is protected, and cannot be retrieved in this way`]);
  const lines = keys.map((key) => {
    const value = valueOf(call, key);
    return keys.length === 1 ? value : `${key}=${value}`;
  });
  return result(lines.map((line) => `${line}\n`).join(""));
}

function valueOf({ config, context }: NpmCall, key: string): string {
  const value = config.get(key);
  if (key === "registry") return `${config.registry}/`;
  if (key === "userconfig") return config.userFile;
  if (key === "cache") return value ?? `${context.env.get("HOME") ?? ""}/.npm`;
  return value ?? (Object.hasOwn(DEFAULTS, key) ? (DEFAULTS[key] as string) : "undefined");
}

/** `KEY=VALUE…`, or one key and its value. */
function set(call: NpmCall, words: readonly string[]): Promise<ExecResult> | ExecResult {
  if (words.length === 0) return usage("Manage the npm configuration files", USAGE);
  const [first = "", second] = words;
  const pairs =
    words.length === 2 && !first.includes("=") && second !== undefined
      ? [[first, second] as const]
      : words.map(
          (word) =>
            [word.replace(/=.*/s, ""), word.includes("=") ? word.replace(/^[^=]*=/, "") : ""] as const,
        );
  return change(call, new Map(pairs));
}

/** Null takes a line away. */
async function change(call: NpmCall, values: ReadonlyMap<string, string | null>): Promise<ExecResult> {
  const { context, config, prefix } = call;
  const file =
    config.get("location") === "project" ? `${prefix === "/" ? "" : prefix}/.npmrc` : config.userFile;
  const text = (await context.fs.exists(file)) ? await context.fs.readFile(file) : "";
  const kept = text
    .split("\n")
    .filter((line) => line !== "" && !values.has((line.split("=")[0] ?? "").trim()));
  const added = [...values].flatMap(([key, value]) => (value === null ? [] : [`${key}=${value}`]));
  await context.fs.writeFile(file, [...kept, ...added].map((line) => `${line}\n`).join(""));
  return result("");
}
