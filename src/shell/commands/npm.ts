/** `npm` against the registry of the world. https://docs.npmjs.com/cli/commands */
import type { Command, ExecResult } from "just-bash/browser";
import type { Reach } from "../../world/network.ts";
import type { Terminal } from "../terminal.ts";
import { command, type Context, result } from "./lib/invocation.ts";
import { access } from "./npm/access.ts";
import { login, logout, token, whoami } from "./npm/account.ts";
import { audit } from "./npm/auditCommand.ts";
import { absent, type NpmCall, VERSION } from "./npm/call.ts";
import { readConfig } from "./npm/config.ts";
import { config } from "./npm/configCommand.ts";
import { deprecate } from "./npm/deprecate.ts";
import { distTag } from "./npm/distTag.ts";
import { ask } from "./npm/http.ts";
import { cleanInstall, install, uninstall } from "./npm/install.ts";
import { list } from "./npm/list.ts";
import { owner } from "./npm/owner.ts";
import { pack, publish } from "./npm/publish.ts";
import { rebuild } from "./npm/rebuild.ts";
import { run, runShort } from "./npm/run.ts";
import { trust } from "./npm/trust.ts";
import { unpublish } from "./npm/unpublish.ts";
import { view } from "./npm/view.ts";

type Run = (call: NpmCall) => Promise<ExecResult>;

const COMMANDS: Readonly<Record<string, Run>> = {
  whoami,
  login,
  logout,
  token,
  publish,
  pack,
  view,
  "run-script": run,
  test: (call) => runShort(call, "test"),
  start: (call) => runShort(call, "start"),
  owner,
  deprecate,
  undeprecate: deprecate,
  unpublish,
  "dist-tag": distTag,
  access,
  trust,
  audit,
  config,
  get: config,
  set: config,
  rebuild,
  ls: list,
  ci: cleanInstall,
  install,
  uninstall,
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
  "pack-destination",
  "loglevel",
  "prefix",
  "scope",
  "auth-type",
  "omit",
  "include",
  "before",
  "min-release-age",
  "save-prefix",
  "allow-scripts",
  "audit-level",
  "cache",
  "description",
  "cidr",
  "orgs",
  "scopes",
  "file",
  "repo",
  "env",
  "environment",
  "repository",
  "id",
  "orgs-permission",
  "token-description",
  "location",
  "depth",
  "otp",
];

/** Those that may be said several times. */
const LISTS = ["omit", "include", "allow-scripts", "packages", "cidr", "orgs", "scopes"];

/** Other names of commands. https://docs.npmjs.com/cli/commands */
const ALIASES: Readonly<Record<string, string>> = {
  adduser: "login",
  "add-user": "login",
  info: "view",
  show: "view",
  v: "view",
  run: "run-script",
  rum: "run-script",
  t: "test",
  tst: "test",
  i: "install",
  in: "install",
  add: "install",
  author: "owner",
  "dist-tags": "dist-tag",
  "clean-install": "ci",
  ic: "ci",
  un: "uninstall",
  remove: "uninstall",
  rm: "uninstall",
  c: "config",
  rb: "rebuild",
  list: "ls",
  la: "ls",
  r: "uninstall",
};

/** https://docs.npmjs.com/cli/using-npm/config#shorthands-and-other-cli-niceties */
const SHORT: Readonly<Record<string, readonly [name: string, value: string]>> = {
  s: ["silent", "true"],
  D: ["save-dev", "true"],
  E: ["save-exact", "true"],
  O: ["save-optional", "true"],
  P: ["save-prod", "true"],
  g: ["global", "true"],
  f: ["force", "true"],
  p: ["parseable", "true"],
  y: ["yes", "true"],
};

/** How npm gets out: by itself, and through the browser that `npm login` opens. */
interface Ways {
  readonly reach?: Reach;
  readonly browser?: Reach;
}

export function npmCommand({ reach, browser }: Ways, terminal: Terminal, now: () => number): Command {
  return command("npm", async (args, context) => {
    const { flags, words, rest } = split(args);
    if (flags.has("version") || flags.has("v")) return result(`${VERSION}\n`);
    const [typed = "", ...operands] = words;
    const name = (Object.hasOwn(ALIASES, typed) ? ALIASES[typed] : undefined) ?? typed;
    const run = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!run) return name === "" ? result("npm <command>\n", "", 1) : absent(`npm ${name}`);
    const prefix = await projectFolder(context);
    const configuration = await readConfig(context, flags, prefix);
    const call = { command: name, context, reach, browser, terminal, now, operands, rest, prefix };
    const ran = await run({ ...call, config: configuration });
    if (!configuration.has("force")) return ran;
    return { ...ran, stderr: `npm warn using --force Recommended protections disabled.\n${ran.stderr}` };
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
      if (LISTS.includes(long) && flags.has(long))
        flags.set(long, `${flags.get(long)},${attached ?? args[++i] ?? ""}`);
      else if (attached !== undefined) flags.set(long, attached);
      else if (long.startsWith("no-")) flags.set(long.slice(3), "false");
      else flags.set(long, VALUES.includes(long) ? (args[++i] ?? "") : "true");
    } else if (/^-\w+$/.test(arg))
      for (const letter of arg.slice(1))
        flags.set(...((Object.hasOwn(SHORT, letter) && SHORT[letter]) || ([letter, "true"] as const)));
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
