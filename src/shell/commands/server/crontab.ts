/** `crontab` of a machine that runs jobs. @see https://man7.org/linux/man-pages/man1/crontab.1.html */
import type { Command, ExecResult } from "just-bash/browser";
import { toUtf8 } from "../../../base/bytes.ts";
import { crontabPath, seeCron } from "../../../world/servers.ts";
import { gnuCommand, notSimulated, readBytes, result, type Context } from "../lib/invocation.ts";
import type { Options } from "../lib/options.ts";
import type { ServerHost } from "./serverHost.ts";

export function crontabCommand(host: ServerHost): Command {
  return gnuCommand("crontab", { short: "lreiu:" }, (options, context) => crontab(host, options, context));
}

async function crontab(host: ServerHost, options: Options, context: Context): Promise<ExecResult> {
  const { world, machine, user } = host;
  const path = crontabPath(user);
  const disk = world.machines.get(machine);
  const there = disk.exists(path);
  if (options.has("u") && options.value("u") !== user) return result("", "must be privileged to use -u\n", 1);
  if (options.has("e")) return notSimulated("crontab -e (write a file and load it: crontab FILE)", 1);
  if (options.has("l"))
    return there ? result(disk.readText(path)) : result("", `no crontab for ${user}\n`, 1);
  if (options.has("r")) {
    if (!there) return result("", `no crontab for ${user}\n`, 1);
    disk.remove(path);
    return result("");
  }
  const [file = "-"] = options.operands;
  const bytes = await readBytes(context, file);
  if (typeof bytes === "string") return result("", `${file}: ${bytes}\n`, 1);
  const text = toUtf8(bytes);
  const wrong = text.split("\n").findIndex((line) => !LINE.test(line));
  if (wrong >= 0)
    return result("", `"${file}":${wrong}: bad minute\nerrors in crontab file, can't install.\n`, 1);
  disk.mkdir("/var/spool/cron/crontabs", { recursive: true });
  disk.write(path, text);
  seeCron(world.tables, machine, user, world.clock.now());
  return result("");
}

/** Empty, a comment, a variable, or five fields and a command. */
const LINE = /^\s*(?:#.*|\w+\s*=.*|@\w+\s+\S.*|(?:[\d*,/\-A-Za-z]+\s+){5}\S.*)?$/;
