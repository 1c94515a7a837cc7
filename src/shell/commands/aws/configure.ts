/** `aws configure`. https://docs.aws.amazon.com/cli/latest/reference/configure/ */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import type { Machine } from "./machine.ts";
import type { Globals } from "./options.ts";
import { readProfiles, writeValue } from "./profiles.ts";
import { readSettings, type Found, type Settings } from "./settings.ts";
import { AwsStop, notSimulated, usageStop } from "./stop.ts";

const SECRETS = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"];

export async function configure(
  machine: Machine,
  globals: Globals,
  words: readonly string[],
): Promise<ExecResult> {
  const [word, ...args] = words;
  switch (word) {
    case undefined:
      return ask(machine, globals);
    case "get":
      return get(machine, globals, args);
    case "set":
      return set(machine, globals, args);
    case "list":
      return result(listed(await readSettings(machine, globals)));
    case "list-profiles":
      return listProfiles(machine);
    case "import":
    case "sso":
    case "sso-session":
    case "export-credentials":
    case "add-model":
      throw notSimulated(`aws configure ${word}`);
    default:
      throw usageStop(`argument subcommand: Found invalid choice '${word}'`);
  }
}

/** Where a setting is written: "NAME", or "PROFILE.NAME", or "profile.PROFILE.NAME". */
function place(globals: Globals, machine: Machine, asked: string): { profile: string; name: string } {
  const fallback = globals.profile ?? machine.context.exportedEnv?.["AWS_PROFILE"] ?? "default";
  const parts = asked.split(".");
  if (parts.length === 1) return { profile: fallback, name: asked };
  if (parts[0] === "profile" && parts.length >= 3)
    return { profile: parts.slice(1, -1).join("."), name: parts.at(-1) as string };
  return { profile: parts.slice(0, -1).join("."), name: parts.at(-1) as string };
}

async function get(
  machine: Machine,
  globals: Globals,
  [asked, ...more]: readonly string[],
): Promise<ExecResult> {
  if (asked === undefined) throw usageStop("the following arguments are required: varname");
  if (more.length > 0) throw usageStop(`Unknown options: ${more.join(", ")}`);
  const { profile, name } = place(globals, machine, asked);
  const { config, credentials } = await readProfiles(machine);
  const value = credentials.get(profile)?.get(name) ?? config.get(profile)?.get(name);
  if (value === undefined && !config.has(profile) && !credentials.has(profile) && profile !== "default")
    throw new AwsStop(`The config profile (${profile}) could not be found`, 255);
  return value === undefined ? result("", "", 1) : result(`${value}\n`);
}

async function set(machine: Machine, globals: Globals, args: readonly string[]): Promise<ExecResult> {
  const [asked, value, ...more] = args;
  if (asked === undefined || value === undefined)
    throw usageStop(`the following arguments are required: ${asked === undefined ? "varname, " : ""}value`);
  if (more.length > 0) throw usageStop(`Unknown options: ${more.join(", ")}`);
  const { profile, name } = place(globals, machine, asked);
  await writeValue(machine, SECRETS.includes(name) ? "credentials" : "config", profile, name, value);
  return result("");
}

async function listProfiles(machine: Machine): Promise<ExecResult> {
  const { config, credentials } = await readProfiles(machine);
  const names = [...new Set([...config.keys(), ...credentials.keys()])];
  return result(names.map((name) => `${name}\n`).join(""));
}

const PROMPTS = [
  ["aws_access_key_id", "AWS Access Key ID"],
  ["aws_secret_access_key", "AWS Secret Access Key"],
  ["region", "Default region name"],
  ["output", "Default output format"],
] as const;

/** Asks for the four settings; an empty answer leaves one as it is. */
async function ask(machine: Machine, globals: Globals): Promise<ExecResult> {
  const profile = globals.profile ?? machine.context.exportedEnv?.["AWS_PROFILE"] ?? "default";
  const { config, credentials } = await readProfiles(machine);
  for (const [name, title] of PROMPTS) {
    const secret = SECRETS.includes(name);
    const now = (secret ? credentials : config).get(profile)?.get(name);
    const shown = now === undefined ? "None" : secret ? hidden(now) : now;
    const answer = await machine.terminal.readLine(`${title} [${shown}]: `);
    if (answer === null) return result("", "\nEOF when reading a line\n", 255);
    if (answer.trim() !== "")
      await writeValue(machine, secret ? "credentials" : "config", profile, name, answer.trim());
  }
  return result("");
}

function hidden(value: string): string {
  return `${"*".repeat(16)}${value.slice(-4)}`;
}

function listed({ profile, region, key, keyType }: Settings): string {
  const secret = (value: string | undefined): Found | null =>
    value === undefined ? null : { value: hidden(value), type: keyType, location: "" };
  const rows = [
    row("Name", { value: "Value", type: "Type", location: "Location" }),
    row("----", { value: "-----", type: "----", location: "--------" }),
    row("profile", profile),
    row("access_key", secret(key?.accessKeyId)),
    row("secret_key", secret(key?.secretAccessKey)),
    row("region", region),
  ];
  return rows.join("");
}

function row(name: string, found: Found | null): string {
  const { value, type, location } = found ?? { value: "<not set>", type: "None", location: "None" };
  return `${name.padStart(10)} ${value.padStart(24)} ${type.padStart(16)}    ${location}\n`;
}
