/** Who and where: `id`, `groups`, `uname`, `tty`, `nproc`, `arch`, `logname`. @see https://www.gnu.org/software/coreutils/id */
import type { Command, ExecResult } from "just-bash/browser";
import { type Account, accounts, ownAccount } from "./lib/accounts.ts";
import { type Context, failed, gnuCommand, result } from "./lib/invocation.ts";
import type { Options } from "./lib/options.ts";

const UNAME = { s: "Linux", n: "", r: "6.1.0", v: "#1 SMP LeakLab", m: "x86_64", o: "GNU/Linux" };

export const machineCommands: readonly Command[] = [
  gnuCommand(
    "id",
    { short: "gGnruz", long: { user: "u", group: "g", groups: "G", name: "n", real: "r" } },
    id,
  ),
  gnuCommand("groups", { short: "" }, async (options, context) => {
    const found = await named(options.operands[0], context);
    return found
      ? result(`${options.operands.length > 0 ? `${found.name} : ` : ""}${found.name}\n`)
      : missing("groups", options);
  }),
  gnuCommand(
    "uname",
    { short: "asnrvmpio", long: { all: "a", "kernel-name": "s", nodename: "n", machine: "m" } },
    uname,
  ),
  gnuCommand("whoami", { short: "" }, async (_options, context) =>
    result(`${(await ownAccount(context)).name}\n`),
  ),
  gnuCommand("logname", { short: "" }, async (_options, context) =>
    result(`${(await ownAccount(context)).name}\n`),
  ),
  // The shell runs without a terminal device: programs that ask get the answer that scripts get.
  gnuCommand("tty", { short: "s", long: { quiet: "s", silent: "s" } }, (options) =>
    result(options.has("s") ? "" : "not a tty\n", "", 1),
  ),
  gnuCommand("nproc", { short: "", long: { all: "all", "ignore:": "ignore" } }, () => result("1\n")),
  gnuCommand("arch", { short: "" }, () => result(`${UNAME.m}\n`)),
];

async function named(name: string | undefined, context: Context): Promise<Account | undefined> {
  if (name === undefined) return ownAccount(context);
  return (await accounts(context)).find((it) => it.name === name || String(it.uid) === name);
}

function missing(command: string, options: Options): ExecResult {
  return failed(command, `'${options.operands[0]}': no such user`);
}

async function id(options: Options, context: Context): Promise<ExecResult> {
  const account = await named(options.operands[0], context);
  if (!account) return missing("id", options);
  const { name, uid } = account;
  if (options.has("u", "g", "G")) return result(`${options.has("n") ? name : uid}\n`);
  if (options.has("n", "r")) return failed("id", "cannot print only names or real IDs in default format");
  return result(`uid=${uid}(${name}) gid=${uid}(${name}) groups=${uid}(${name})\n`);
}

function uname(options: Options, context: Context): ExecResult {
  const facts: Record<string, string> = {
    ...UNAME,
    n: context.env.get("HOSTNAME") ?? "localhost",
    p: "unknown",
    i: "unknown",
  };
  const asked = options.has("a")
    ? ["s", "n", "r", "v", "m", "o"]
    : ["s", "n", "r", "v", "m", "p", "i", "o"].filter((it) => options.has(it));
  return result(`${(asked.length > 0 ? asked : ["s"]).map((it) => facts[it]).join(" ")}\n`);
}
