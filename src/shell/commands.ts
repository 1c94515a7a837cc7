/** All commands of a shell: just-bash's own, and ours, which come first where both have a name. */
import { type Command, getCommandNames, getNetworkCommandNames } from "just-bash/browser";
import { awsCommand } from "./commands/aws.ts";
import { baoCommand } from "./commands/bao.ts";
import { base64Command } from "./commands/base64.ts";
import { bashCommands } from "./commands/bash.ts";
import { chanceCommands } from "./commands/chance.ts";
import { countCommands } from "./commands/counts.ts";
import { curlCommand } from "./commands/curl.ts";
import { diffCommand } from "./commands/diff.ts";
import { digestCommands } from "./commands/digests.ts";
import { editorCommands } from "./commands/editor.ts";
import { environmentCommands } from "./commands/env.ts";
import { gitCommand } from "./commands/git/git.ts";
import { grepCommands } from "./commands/grep.ts";
import { historyCommand } from "./commands/history.ts";
import { type ClockPort, labCommands, type LabPort } from "./commands/lab.ts";
import { lsCommands } from "./commands/ls.ts";
import { machineCommands } from "./commands/machine.ts";
import { mailCommands } from "./commands/mail.ts";
import type { NodeHost } from "./commands/node.ts";
import { pagerCommands } from "./commands/pager.ts";
import { refusedCommands } from "./commands/refused.ts";
import { serverCommands } from "./commands/server/commands.ts";
import type { ServerHost } from "./commands/server/serverHost.ts";
import { sshCommand, type SshPort } from "./commands/ssh.ts";
import { sedCommand } from "./commands/sed.ts";
import { statCommands } from "./commands/stat.ts";
import { wordedCommands } from "./commands/wording.ts";
import { xargsCommand } from "./commands/xargs.ts";
import { invariant } from "../base/invariant.ts";
import { type Terminal, unattended } from "./terminal.ts";
import type { Reach } from "../world/network.ts";

export interface CommandHost {
  readonly terminal: Terminal;
  /** Virtual time, ms since 1970. */
  now(): number;
  /** How this machine's programs (git, gh, npm…) reach hosts of the world; absent where there is no network. */
  readonly reach?: Reach;
  /** The browser of this machine, in which its person is signed in: for mail, and for sign-ins that open one. */
  readonly browser?: Reach;
  /** Disk and user of `node`; absent where there is none. */
  readonly node?: NodeHost;
  /** The lab being played; absent for the narrator and in an empty world. */
  readonly lab?: LabPort;
  readonly clock?: ClockPort;
  /** Other machines of the company, for people. */
  readonly ssh?: SshPort;
  /** A machine that runs jobs: its processes. */
  readonly server?: ServerHost;
}

/** A command whose code loads when it is first called: nobody waits for `gh` to see a prompt. */
function later(name: string, load: () => Promise<Command>): Command {
  return { name, execute: async (args, context) => (await load()).execute(args, context) };
}

/** The same for a file of several commands. */
function laterOf(names: readonly string[], load: () => Promise<readonly Command[]>): Command[] {
  return names.map((name, i) =>
    later(name, async () => {
      const commands = await load();
      const there = commands.map((it) => it.name).join(" ");
      invariant(there === names.join(" "), `the commands that load later are ${there}`);
      return commands[i] as Command;
    }),
  );
}

const HEXDUMP = ["xxd", "hexdump", "od", "cmp", "hd"];
const SECRETLINT = ["secretlint", "npx"];
const ZIP = ["unzip", "zip"];

function nodeLater(host: NodeHost): Command {
  return later("node", async () => (await import("./commands/node.ts")).nodeCommand(host));
}

export function shellCommands(host: CommandHost): Command[] {
  const now = () => host.now();
  return [
    ...wordedCommands,
    ...refusedCommands,
    ...bashCommands,
    ...chanceCommands,
    ...countCommands,
    ...digestCommands,
    ...environmentCommands,
    ...grepCommands,
    ...laterOf(HEXDUMP, async () => (await import("./commands/hexdump.ts")).hexdumpCommands),
    ...machineCommands,
    ...laterOf(SECRETLINT, async () => (await import("./commands/secretlint.ts")).secretlintCommands),
    ...statCommands,
    ...laterOf(ZIP, async () => (await import("./commands/zip.ts")).zipCommands),
    ...lsCommands(() => host.now()),
    ...pagerCommands(host.terminal),
    ...editorCommands(host.terminal),
    ...labCommands(host.lab, host.clock),
    ...(host.node ? [nodeLater(host.node)] : []),
    ...(host.ssh ? [sshCommand(host.ssh, host.terminal)] : []),
    ...serverCommands(host.server),
    awsCommand(host.reach, host.terminal, () => host.now()),
    baoCommand(host, host.terminal),
    base64Command,
    curlCommand,
    later("gh", async () => (await import("./commands/gh.ts")).ghCommand(host.reach, host.terminal, now)),
    ...mailCommands(host.browser, host.terminal),
    later("chat", async () => (await import("./commands/chat.ts")).chatCommand(host.browser)),
    later("npm", async () => (await import("./commands/npm.ts")).npmCommand(host, host.terminal, now)),
    later("psql", async () => (await import("./commands/psql.ts")).psqlCommand(host.reach, host.terminal)),
    diffCommand,
    historyCommand,
    later("openssl", async () => (await import("./commands/openssl.ts")).opensslCommand),
    sedCommand,
    later("tar", async () => (await import("./commands/tar.ts")).tarCommand),
    xargsCommand,
    gitCommand({ ...host, network: gitNetwork(host.reach) }),
  ];
}

/** As git wants it. */
function gitNetwork(reach: Reach | undefined) {
  if (!reach) return false;
  return { fetch: (input: string | URL | Request, init?: RequestInit) => reach(new Request(input, init)) };
}

/** Names of every command, sorted: the files that /bin and /usr/bin need. */
export function commandNames(): string[] {
  const nowhere: CommandHost = { terminal: unattended, now: () => 0 };
  const ours = shellCommands(nowhere).map(({ name }) => name);
  return [...new Set([...getCommandNames(), ...getNetworkCommandNames(), ...ours])].sort();
}
