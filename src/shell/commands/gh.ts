/** `gh`: a thin client of the forge's REST API. https://cli.github.com/manual/ */
import type { Command, ExecResult } from "just-bash/browser";
import { loadedOnce } from "../../base/loaded.ts";
import type { Reach } from "../../world/network.ts";
import type { Terminal } from "../terminal.ts";
import { authGroup } from "./gh/auth.ts";
import { GhCall, type Machine } from "./gh/call.ts";
import { type GhCommand, type GhGroup, isGroup } from "./gh/command.ts";
import { type Flag, Flags, flagTable, type Parsed, parseFlags } from "./gh/flags.ts";
import { GhStop } from "./gh/stop.ts";
import { command, result } from "./lib/invocation.ts";

// Neither is needed to answer git, which is asked before a lab begins.
const helpOf = () => import("./gh/help.ts");
const jsonOf = () => import("./gh/json.ts");

const NOTHING: Parsed = { flags: new Flags([]), args: [], dash: null };
const REPO_FLAG =
  "-R, --repo [HOST/]OWNER/REPO   Select another repository using the [HOST/]OWNER/REPO format";

/** `now`: virtual time, for "about an hour ago" on a terminal; without it times are told as the forge writes them. */
export function ghCommand(
  reach: Reach | undefined,
  terminal: Terminal,
  now: () => number = () => 0,
): Command {
  return command("gh", (args, context) => dispatch({ context, reach, terminal, now }, args));
}

interface Found {
  readonly path: string;
  readonly item: GhCommand | GhGroup;
  readonly inherited: readonly Flag[];
  readonly rest: readonly string[];
}

async function dispatch(machine: Machine, args: readonly string[]): Promise<ExecResult> {
  const asked =
    args[0] === "help" ? [...args.slice(1), "--help"] : args[0] === "--version" ? ["version"] : args;
  const { path, item, inherited, rest } = find(await rootFor(asked), asked);
  if (!isGroup(item)) return runCommand(machine, path, item, inherited, rest);
  const [word] = rest;
  if (word === undefined || word === "--help" || word === "-h")
    return result((await helpOf()).helpText(path, item, [], inherited));
  if (word.startsWith("-")) {
    const name = word.replace(/=.*/s, "");
    const said = word.startsWith("--")
      ? `unknown flag: ${name}`
      : `unknown shorthand flag: '${word[1]}' in ${word}`;
    return result("", `${said}\n\n${(await helpOf()).usageText(path, item, [])}\n`, 1);
  }
  return result("", await unknownCommand(path, item, word), 1);
}

async function unknownCommand(path: string, item: GhGroup, word: string): Promise<string> {
  const { suggestions, usageText } = await helpOf();
  const near = suggestions(word, item);
  const advice = near.length > 0 ? `\nDid you mean this?\n${near.map((name) => `\t${name}\n`).join("")}` : "";
  return `unknown command ${JSON.stringify(word)} for "${path}"\n${advice}\n${usageText(path, item, [])}${path === "gh" ? "\n" : ""}`;
}

const registry = loadedOnce(() => import("./gh/registry.ts"));

/** Every push asks `gh auth git-credential`; it need not wait for the other commands. */
async function rootFor([first]: readonly string[]): Promise<GhGroup> {
  if (first === authGroup.name) return { name: "gh", about: "", commands: [authGroup] };
  return (await registry()).ROOT;
}

/** Goes down the groups; `-R x` may stand before the name of a command. */
function find(root: GhGroup, args: readonly string[]): Found {
  let item: GhCommand | GhGroup = root;
  let path = "gh";
  let rest = args;
  let inherited: readonly Flag[] = [];
  while (isGroup(item)) {
    const skipped: number = item.repoFlag ? repoWords(rest) : 0;
    const word: string | undefined = rest[skipped];
    const next: GhCommand | GhGroup | undefined = item.commands.find(
      (it) => it.name === word || (!isGroup(it) && it.aliases?.includes(word ?? "")),
    );
    if (!next) break;
    rest = [...rest.slice(0, skipped), ...rest.slice(skipped + 1)];
    path = `${path} ${next.name}`;
    item = next;
    if (isGroup(item) && item.repoFlag) inherited = flagTable(REPO_FLAG);
  }
  return { path, item, inherited, rest };
}

function repoWords([first = ""]: readonly string[]): number {
  if (first === "-R" || first === "--repo") return 2;
  return /^(?:-R.|--repo=)/.test(first) ? 1 : 0;
}

async function runCommand(
  machine: Machine,
  path: string,
  item: GhCommand,
  inherited: readonly Flag[],
  args: readonly string[],
): Promise<ExecResult> {
  const json = item.json ? { fields: item.json, ...(await jsonOf()) } : null;
  const own = flagTable((item.flags ?? "") + (json?.JSON_FLAGS ?? ""));
  const end = args.indexOf("--");
  const before = end < 0 ? args : args.slice(0, end);
  const short = own.some((flag) => flag.short === "h") ? [] : ["-h"];
  if (before.some((arg) => arg === "--help" || short.includes(arg)))
    return result((await helpOf()).helpText(path, item, own, inherited));
  let call: GhCall | null = null;
  try {
    if (json && args.at(-1) === "--json") throw json.fieldsNeeded(json.fields);
    const parsed = item.absent ? NOTHING : parseFlags(args, [...own, ...inherited]);
    call = new GhCall(machine, parsed.flags, parsed.args, parsed.dash);
    checkCount(item, parsed.args);
    if (json) json.checkJsonFlags(call, json.fields);
    if (!item.open) await needSignIn(call);
    return call.result((await item.run(call)) ?? 0);
  } catch (error) {
    if (!(error instanceof GhStop)) throw error;
    if (error.message !== "") {
      const text = error.withUsage
        ? `${error.message}\n\n${(await helpOf()).usageText(path, item, own)}\n`
        : `${error.message}\n`;
      if (call === null) return result("", text, error.exitCode);
      call.note(text.slice(0, -1));
    }
    return call === null ? result("", "", error.exitCode) : call.result(error.exitCode);
  }
}

function checkCount({ takes = [0, 0] }: GhCommand, args: readonly string[]): void {
  const [least, most, missing] = takes;
  const count = args.length;
  if (count < least && missing !== undefined) throw new GhStop(missing, 1, true);
  if (least === most && count !== least && least > 0)
    throw new GhStop(`accepts ${least} arg(s), received ${count}`);
  if (count < least) throw new GhStop(`requires at least ${least} arg(s), only received ${count}`);
  if (count > most && most === 0) throw new GhStop(unknownArguments(args), 1, true);
  if (count > most) throw new GhStop(`accepts at most ${most} arg(s), received ${count}`);
}

/** A token, or (where there is none) the session of the machine's person. */
async function needSignIn(call: GhCall): Promise<void> {
  if (await call.token()) return;
  const signedOut = new GhStop(
    "To get started with GitHub CLI, please run:  gh auth login\nAlternatively, populate the GH_TOKEN environment variable with a GitHub API authentication token.",
    4,
  );
  if (!call.online) throw signedOut;
  const response = await (await call.client()).send("GET", "user");
  if (response.status === 401) throw signedOut;
}

function unknownArguments(args: readonly string[]): string {
  const [first] = args;
  if (args.length === 1) return `unknown argument ${JSON.stringify(first)}`;
  return `unknown arguments [${args.map((arg) => JSON.stringify(arg)).join(" ")}]; please quote all values that have spaces`;
}
