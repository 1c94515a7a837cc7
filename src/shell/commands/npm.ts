/** `npm` against the registry of the world. https://docs.npmjs.com/cli/commands */
import type { Command, ExecResult } from "just-bash/browser";
import type { Reach } from "../../world/network.ts";
import type { Terminal } from "../terminal.ts";
import { command, type Context, result } from "./lib/invocation.ts";
import { login, logout, token, whoami } from "./npm/account.ts";
import { absent, type NpmCall, VERSION } from "./npm/call.ts";
import { readConfig } from "./npm/config.ts";
import { ask } from "./npm/http.ts";
import { install } from "./npm/install.ts";
import { pack, publish } from "./npm/publish.ts";
import { run, runShort } from "./npm/run.ts";
import { view } from "./npm/view.ts";

type Run = (call: NpmCall) => Promise<ExecResult>;

const COMMANDS: Readonly<Record<string, Run>> = {
  whoami,
  login,
  adduser: login,
  logout,
  token,
  publish,
  pack,
  view,
  info: view,
  show: view,
  run,
  "run-script": run,
  test: (call) => runShort(call, "test"),
  t: (call) => runShort(call, "test"),
  start: (call) => runShort(call, "start"),
  ci: (call) => install(call, true),
  install: (call) => install(call, false),
  i: (call) => install(call, false),
  ping: async (call) => {
    const answer = await ask(call, "GET", "/-/ping");
    return "failure" in answer
      ? answer.failure
      : result("", `npm notice PING ${call.config.registry}/\nnpm notice PONG 0ms\n`);
  },
};

/** Options that take a value; all others are switches. */
const VALUES = [
  "registry",
  "tag",
  "access",
  "name",
  "packages",
  "expires",
  "packages-and-scopes-permission",
  "userconfig",
  "otp",
  "loglevel",
  "prefix",
  "cidr",
  "scopes",
  "scope",
  "auth-type",
];

/** How npm gets out: by itself, and through the browser that `npm login` opens. */
interface Ways {
  readonly reach?: Reach;
  readonly browser?: Reach;
}

export function npmCommand({ reach, browser }: Ways, terminal: Terminal, now: () => number): Command {
  return command("npm", async (args, context) => {
    const { flags, words, rest } = split(args);
    if (flags.has("version") || flags.has("v")) return result(`${VERSION}\n`);
    const [name = "", ...operands] = words;
    const run = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!run) return name === "" ? result("npm <command>\n", "", 1) : absent(`npm ${name}`);
    const prefix = await projectFolder(context);
    const config = await readConfig(context, flags, prefix);
    return run({ context, reach, browser, terminal, now, config, operands, rest, prefix });
  });
}

interface Split {
  readonly flags: ReadonlyMap<string, string>;
  readonly words: readonly string[];
  readonly rest: readonly string[];
}

function split(args: readonly string[]): Split {
  const flags = new Map<string, string>();
  const words: string[] = [];
  let i = 0;
  for (; i < args.length && args[i] !== "--"; i++) {
    const arg = args[i] as string;
    const [, long, attached] = /^--([\w-]+)(?:=([^]*))?$/.exec(arg) ?? [];
    if (long !== undefined) {
      if (attached !== undefined) flags.set(long, attached);
      else if (long.startsWith("no-")) flags.set(long.slice(3), "false");
      else flags.set(long, VALUES.includes(long) ? (args[++i] ?? "") : "true");
    } else if (arg === "-s") flags.set("silent", "true");
    else if (/^-\w+$/.test(arg)) flags.set(arg.slice(1), "true");
    else words.push(arg);
  }
  return { flags, words, rest: args.slice(i + 1) };
}

/** The nearest folder upwards with a package.json or node_modules; else the current one. */
async function projectFolder({ fs, cwd }: Context): Promise<string> {
  for (let folder = cwd; folder !== ""; folder = folder.slice(0, folder.lastIndexOf("/"))) {
    if ((await fs.exists(`${folder}/package.json`)) || (await fs.exists(`${folder}/node_modules`)))
      return folder;
  }
  return cwd;
}
