/** All commands of a shell: just-bash's own, and ours, which come first where both have a name. */
import { type Command, getCommandNames, getNetworkCommandNames } from "just-bash/browser";
import { awsCommand } from "./commands/aws.ts";
import { baoCommand } from "./commands/bao.ts";
import { base64Command } from "./commands/base64.ts";
import { bashCommands } from "./commands/bash.ts";
import { editorCommands } from "./commands/editor.ts";
import { gitCommand } from "./commands/git/git.ts";
import type { ClockPort, LabPort } from "./commands/lab.ts";
import { machineCommands } from "./commands/machine.ts";
import type { NodeHost } from "./commands/node.ts";
import { refusedCommands, refusedServerCommands } from "./commands/refused.ts";
import type { ServerHost } from "./commands/server/serverHost.ts";
import { sshCommand, type SshPort } from "./commands/ssh.ts";
import { sedCommand } from "./commands/sed.ts";
import { wordedCommands } from "./commands/wording.ts";
import { invariant } from "../base/invariant.ts";
import { loadedOnce } from "../base/loaded.ts";
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
  const loaded = loadedOnce(load);
  return { name, execute: async (args, context) => (await loaded()).execute(args, context) };
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

const CHANCE = ["mktemp", "uuidgen", "shuf"];
const COUNTS = ["wc", "uniq", "yes", "cksum"];
const DIGESTS = ["md5sum", "sha1sum", "sha224sum", "sha256sum", "sha384sum", "sha512sum"];
const ENVIRONMENT = ["env", "date", "tr"];
const GREP = ["grep", "egrep", "fgrep"];
const HEXDUMP = ["xxd", "hexdump", "od", "cmp", "hd"];
const LAB = ["lab", "clock", "advance"];
const LS = ["ls", "dir"];
const MAIL = ["mail", "mailx"];
const PAGER = ["less", "more", "man", "clear"];
const SECRETLINT = ["secretlint", "npx"];
const SERVER = [
  ...["ps", "pgrep", "pkill", "kill", "nohup", "setsid"],
  ...["crontab", "systemctl", "Runner.Listener"],
];
const STAT = ["stat", "realpath", "truncate", "install"];
const ZIP = ["unzip", "zip"];

function nodeLater(host: NodeHost): Command {
  return later("node", async () => (await import("./commands/node.ts")).nodeCommand(host));
}

function serverLater(server: ServerHost): Command[] {
  return laterOf(SERVER, async () => (await import("./commands/server/commands.ts")).serverCommands(server));
}

export function shellCommands(host: CommandHost): Command[] {
  const now = () => host.now();
  return [
    ...wordedCommands,
    ...refusedCommands,
    ...bashCommands,
    ...laterOf(CHANCE, async () => (await import("./commands/chance.ts")).chanceCommands),
    ...laterOf(COUNTS, async () => (await import("./commands/counts.ts")).countCommands),
    ...laterOf(DIGESTS, async () => (await import("./commands/digests.ts")).digestCommands),
    ...laterOf(ENVIRONMENT, async () => (await import("./commands/env.ts")).environmentCommands),
    ...laterOf(GREP, async () => (await import("./commands/grep.ts")).grepCommands),
    ...laterOf(HEXDUMP, async () => (await import("./commands/hexdump.ts")).hexdumpCommands),
    ...machineCommands,
    ...laterOf(SECRETLINT, async () => (await import("./commands/secretlint.ts")).secretlintCommands),
    ...laterOf(STAT, async () => (await import("./commands/stat.ts")).statCommands),
    ...laterOf(ZIP, async () => (await import("./commands/zip.ts")).zipCommands),
    ...laterOf(LS, async () => (await import("./commands/ls.ts")).lsCommands(now)),
    ...laterOf(PAGER, async () => (await import("./commands/pager.ts")).pagerCommands(host.terminal)),
    ...editorCommands(host.terminal),
    ...laterOf(LAB, async () => (await import("./commands/lab.ts")).labCommands(host.lab, host.clock)),
    ...(host.node ? [nodeLater(host.node)] : []),
    ...(host.ssh ? [sshCommand(host.ssh, host.terminal)] : []),
    ...(host.server ? serverLater(host.server) : refusedServerCommands),
    awsCommand(host.reach, host.terminal, () => host.now()),
    baoCommand(host, host.terminal),
    base64Command,
    later("curl", async () => (await import("./commands/curl.ts")).curlCommand),
    later("gh", async () => (await import("./commands/gh.ts")).ghCommand(host.reach, host.terminal, now)),
    ...laterOf(MAIL, async () =>
      (await import("./commands/mail.ts")).mailCommands(host.browser, host.terminal),
    ),
    later("chat", async () => (await import("./commands/chat.ts")).chatCommand(host.browser)),
    later("npm", async () => (await import("./commands/npm.ts")).npmCommand(host, host.terminal, now)),
    later("psql", async () => (await import("./commands/psql.ts")).psqlCommand(host.reach, host.terminal)),
    later("diff", async () => (await import("./commands/diff.ts")).diffCommand),
    later("history", async () => (await import("./commands/history.ts")).historyCommand),
    later("openssl", async () => (await import("./commands/openssl.ts")).opensslCommand),
    sedCommand,
    later("tar", async () => (await import("./commands/tar.ts")).tarCommand),
    later("xargs", async () => (await import("./commands/xargs.ts")).xargsCommand),
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
