/** `gh config`. https://cli.github.com/manual/gh_config */
import { parse, stringify } from "yaml";
import { writeBytes } from "../lib/invocation.ts";
import type { GhCall } from "./call.ts";
import type { GhGroup } from "./command.ts";
import { configFolder } from "./signIn.ts";
import { GhStop } from "./stop.ts";

/** Keys with their defaults, and what they may be. */
const KEYS: Readonly<Record<string, { readonly initial: string; readonly choices?: readonly string[] }>> = {
  git_protocol: { initial: "https", choices: ["https", "ssh"] },
  editor: { initial: "" },
  prompt: { initial: "enabled", choices: ["enabled", "disabled"] },
  pager: { initial: "" },
  http_unix_socket: { initial: "" },
  browser: { initial: "" },
};

const HOST_FLAG = "-h, --host string   Per-host setting";

export const configGroup: GhGroup = {
  name: "config",
  about: "Manage the configuration of gh",
  commands: [
    {
      name: "get",
      args: "<key> [flags]",
      about: "Print the value of a key",
      open: true,
      takes: [1, 1],
      flags: HOST_FLAG,
      run: get,
    },
    {
      name: "list",
      aliases: ["ls"],
      about: "List the configuration",
      open: true,
      flags: HOST_FLAG,
      run: list,
    },
    {
      name: "set",
      args: "<key> <value> [flags]",
      about: "Change a key",
      open: true,
      takes: [2, 2],
      flags: HOST_FLAG,
      run: set,
    },
  ],
};

function configPath(call: GhCall): string {
  return `${configFolder(call.context)}/config.yml`;
}

async function read(call: GhCall): Promise<Record<string, unknown>> {
  let text: string;
  try {
    text = await call.context.fs.readFile(configPath(call));
  } catch {
    return {};
  }
  try {
    const value = parse(text, { maxAliasCount: 0 }) as unknown;
    return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {};
  } catch {
    throw new GhStop(`failed to read configuration: invalid config file ${configPath(call)}`);
  }
}

async function get(call: GhCall): Promise<void> {
  const [key = ""] = call.args;
  const config = await read(call);
  const known = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
  const value = Object.hasOwn(config, key) ? config[key] : known?.initial;
  if (value === undefined) throw new GhStop(`could not find key ${JSON.stringify(key)}`);
  if (value !== "") call.out(`${String(value)}\n`);
}

async function list(call: GhCall): Promise<void> {
  const config = await read(call);
  for (const [key, { initial }] of Object.entries(KEYS))
    call.out(`${key}=${String(Object.hasOwn(config, key) ? config[key] : initial)}\n`);
}

async function set(call: GhCall): Promise<void> {
  const [key = "", value = ""] = call.args;
  const known = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
  if (!known) call.note(`! warning: '${key}' is not a known configuration key`);
  if (known?.choices && !known.choices.includes(value))
    throw new GhStop(
      `failed to set ${JSON.stringify(key)} to ${JSON.stringify(value)}: valid values are ${known.choices.map((it) => `'${it}'`).join(", ")}`,
    );
  const config = Object.entries(await read(call)).filter(([name]) => name !== key);
  const text = stringify(new Map([...config, [key, value]]));
  await call.context.fs.mkdir(configFolder(call.context), { recursive: true }).catch(() => undefined);
  const problem = await writeBytes(call.context, configPath(call), text);
  if (problem !== null) throw new GhStop(`failed to write config to disk: ${problem}`);
}
