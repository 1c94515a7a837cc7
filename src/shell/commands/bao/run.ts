/** Finds the subcommand, reads its flags, runs it, and says what went wrong in the words of the real client. */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import type { BaoCommand, BaoHost } from "./call.ts";
import { BaoStop } from "./stop.ts";
import { Client } from "./client.ts";
import { lateFlags, parseFlags } from "./flags.ts";
import { GENERIC } from "./generic.ts";
import { KV } from "./kv.ts";
import { LEASE } from "./lease.ts";
import { LOGIN, storedToken } from "./login.ts";
import { MOUNTS } from "./mounts.ts";
import { POLICY } from "./policy.ts";
import { SERVER } from "./server.ts";
import { TOKEN } from "./token.ts";

const COMMANDS: readonly BaoCommand[] = [
  ...GENERIC,
  ...KV,
  ...LEASE,
  ...LOGIN,
  ...MOUNTS,
  ...POLICY,
  ...SERVER,
  ...TOKEN,
];

const LOCAL_ADDRESS = "https://127.0.0.1:8200";

export async function bao(host: BaoHost, words: readonly string[]): Promise<ExecResult> {
  const [first = ""] = words;
  if (first === "-version" || first === "--version" || first === "-v") return bao(host, ["version"]);
  const command = named(words);
  if (!command) return unknown(words);
  const rest = words.slice(command.name.split(" ").length);
  if (rest.some((it) => /^--?(?:h|help)$/.test(it))) return help(command);
  try {
    return await run(host, command, rest);
  } catch (error) {
    if (!(error instanceof BaoStop)) throw error;
    return result("", `${error.message}\n`, error.exitCode);
  }
}

async function run(host: BaoHost, command: BaoCommand, words: readonly string[]): Promise<ExecResult> {
  const { flags, args } = parseFlags(words, command);
  const late = lateFlags(args);
  const [least, most] = command.takes ?? [0, 0];
  const count = `(expected ${least === most ? least : `${least}-${most}`}, got ${args.length})`;
  if (args.length < least) throw new BaoStop(`${late}Not enough arguments ${count}`);
  if (args.length > most) throw new BaoStop(`${late}Too many arguments ${count}`);
  for (const flag of ["wrap-ttl", "namespace", "ns", "output-curl-string", "output-policy"])
    if (flags.value(flag) !== undefined) throw new BaoStop(`-${flag}: not simulated in LeakLab`);
  const { env } = host.context;
  const address = flags.value("address") ?? env.get("BAO_ADDR") ?? env.get("VAULT_ADDR") ?? LOCAL_ADDRESS;
  const client = new Client({ reach: host.reach, address, token: await storedToken(host.context) });
  const ran = await command.run({ ...host, client, flags, args });
  return late === "" ? ran : { ...ran, stderr: late + ran.stderr };
}

/** The longest name that fits: `kv metadata put` before `kv`. */
function named(words: readonly string[]): BaoCommand | undefined {
  const fitting = COMMANDS.filter(({ name }) => name === words.slice(0, name.split(" ").length).join(" "));
  return fitting.sort((a, b) => b.name.length - a.name.length)[0];
}

/** Subcommands of a group, or of all. */
function unknown(words: readonly string[]): ExecResult {
  const [first = ""] = words;
  const group = COMMANDS.filter(({ name }) => name.startsWith(`${first} `));
  if (first === "" || /^--?(?:h|help)$/.test(first))
    return result(`Usage: bao <command> [args]\n\n${list(COMMANDS)}`, "", first === "" ? 127 : 0);
  if (group.length === 0) return result("", `bao ${first}: not simulated in LeakLab\n`, 127);
  const asked = words[1];
  if (asked === undefined || /^--?(?:h|help)$/.test(asked))
    return result(`Usage: bao ${first} <subcommand> [options] [args]\n\n${list(group)}`, "", 1);
  return result("", `bao ${first} ${asked}: not simulated in LeakLab\n`, 127);
}

function list(commands: readonly BaoCommand[]): string {
  return `Commands:\n${commands
    .map(({ name }) => `    ${name}\n`)
    .sort()
    .join("")}`;
}

function help({ name, values = [], switches = [] }: BaoCommand): ExecResult {
  const flags = [
    ...values.map((it) => `    -${it}=<value>\n`),
    ...switches.map((it) => `    -${it}\n`),
  ].sort();
  const text = `Usage: bao ${name} [options] [args]\n\n  https://openbao.org/docs/commands/${name.split(" ")[0] ?? ""}/\n`;
  return result(flags.length === 0 ? text : `${text}\nCommand Options:\n${flags.join("")}`);
}
