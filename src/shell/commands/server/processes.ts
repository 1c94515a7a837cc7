/**
 * `ps`, `pgrep`, `pkill` and `kill` of a machine that runs jobs.
 * @see https://man7.org/linux/man-pages/man1/ps.1.html https://man7.org/linux/man-pages/man1/pgrep.1.html
 */
import type { Command, ExecResult } from "just-bash/browser";
import { changeRunner } from "../../../world/services/forge/actions/runners.ts";
import { RUNNERS } from "../../../world/services/forge/actions/model.ts";
import { endProcess, processesOn, type Process } from "../../../world/servers.ts";
import { signalNumber } from "../../builtins/signals.ts";
import { command, gnuCommand, result, usage } from "../lib/invocation.ts";
import { parseOptions, type Options } from "../lib/options.ts";
import type { ServerHost } from "./serverHost.ts";

const INIT = { pid: 1, user: "root", command: "/sbin/init", startedAtMs: 0 };
const CRON = { pid: 412, user: "root", command: "/usr/sbin/cron -f", startedAtMs: 0 };

type Shown = Pick<Process, "pid" | "user" | "command" | "startedAtMs">;

export function processCommands(host: ServerHost): readonly Command[] {
  return [
    command("ps", (args) => ps(host, args)),
    gnuCommand("pgrep", PATTERN_OPTIONS, (options) => pgrep(host, options), 2),
    gnuCommand("pkill", PATTERN_OPTIONS, (options) => pkill(host, options), 2),
    command("kill", (args) => kill(host, args)),
  ];
}

function shownOn({ world, machine }: ServerHost): Shown[] {
  return [INIT, CRON, ...processesOn(world.tables, machine)];
}

/** BSD letters without a dash (aux) and System V's (-ef, -eo pid,cmd) are the same list in other columns. */
function ps(host: ServerHost, args: readonly string[]): ExecResult {
  const words = args.filter((it) => !/^(?:--no-headers|--sort=.*|--forest|f|-f)$/.test(it)).join(" ");
  const chosen =
    /^-(?:e|A)?o\s*([\w,%= ]+)$/.exec(words)?.[1] ?? /^-(?:e|A) -o\s*([\w,%= ]+)$/.exec(words)?.[1];
  if (chosen !== undefined) return columns(host, chosen.split(/[,\s]+/));
  if (/^(?:-?aux(?:f|w|ww)?|ax|-?axu|-ax)$/.test(words)) return table(host, AUX);
  if (/^-?(?:ef|eF|e|A|Af|ax|)(?:ww?)?$/.test(words) || words.startsWith("-u")) return table(host, EF);
  return result("", `error: unsupported option (ps ${words}: not simulated in LeakLab)\n`, 1);
}

interface Columns {
  readonly head: string;
  line(process: Shown, startedAt: string): string;
}

const EF: Columns = {
  head: "UID          PID    PPID  C STIME TTY          TIME CMD",
  line: ({ pid, user, command: cmd }, at) =>
    `${user.padEnd(8)} ${String(pid).padStart(7)} ${String(pid === 1 ? 0 : 1).padStart(7)}  0 ${at} ?        00:00:00 ${cmd}`,
};
const AUX: Columns = {
  head: "USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND",
  line: ({ pid, user, command: cmd }, at) =>
    `${user.padEnd(8)} ${String(pid).padStart(7)}  0.0  0.1   9212  3480 ?        S    ${at}   0:00 ${cmd}`,
};

function table(host: ServerHost, { head, line }: Columns): ExecResult {
  const lines = shownOn(host).map((it) => line(it, startOf(host, it)));
  return result(`${[head, ...lines].join("\n")}\n`);
}

function columns(host: ServerHost, names: readonly string[]): ExecResult {
  const cell = (it: Shown, name: string) =>
    ({
      pid: String(it.pid).padStart(7),
      user: it.user.padEnd(8),
      cmd: it.command,
      args: it.command,
      command: it.command,
      comm: it.command.split(/[\s/]/).at(-1) ?? "",
      stime: startOf(host, it),
      start: startOf(host, it),
      lstart: new Date(it.startedAtMs || 0).toUTCString(),
    })[name.replace(/=.*/, "")];
  const unknown = names.find((name) => cell(INIT, name) === undefined);
  if (unknown !== undefined)
    return result("", `error: unknown user-defined format specifier "${unknown}"\n`, 1);
  const head = names.some((it) => it.includes("=")) ? [] : [names.map((it) => it.toUpperCase()).join(" ")];
  return result(
    `${[...head, ...shownOn(host).map((it) => names.map((name) => cell(it, name)).join(" "))].join("\n")}\n`,
  );
}

/** Time of day, or the date of an older one. */
function startOf({ world }: ServerHost, { startedAtMs }: Shown): string {
  if (startedAtMs === 0) return "Jan01";
  const date = new Date(startedAtMs).toUTCString();
  const today = new Date(world.clock.now()).toUTCString().slice(0, 16) === date.slice(0, 16);
  return today ? date.slice(17, 22) : `${date.slice(8, 11)}${date.slice(5, 7)}`;
}

const PATTERN_OPTIONS = {
  short: "falxu:n9",
  long: { full: "f", "list-full": "a", "list-name": "l", exact: "x", "user:": "u", "signal:": "s" },
};

function matching(host: ServerHost, options: Options): Shown[] | null {
  const [pattern] = options.operands;
  const user = options.value("u");
  if (pattern === undefined && user === undefined) return null;
  const part = (it: Shown) =>
    options.has("f") ? it.command : (it.command.split(" ")[0]?.split("/").at(-1) ?? "");
  const matches = (text: string) => {
    try {
      return new RegExp(options.has("x") ? `^(?:${pattern})$` : (pattern ?? "")).test(text);
    } catch {
      return false;
    }
  };
  return shownOn(host).filter((it) => matches(part(it)) && (user === undefined || it.user === user));
}

function pgrep(host: ServerHost, options: Options): ExecResult {
  const found = matching(host, options);
  if (!found) return usage("pgrep", "no matching criteria specified", 2);
  const line = ({ pid, command: cmd }: Shown) => (options.has("a", "l") ? `${pid} ${cmd}\n` : `${pid}\n`);
  return result(found.map(line).join(""), "", found.length > 0 ? 0 : 1);
}

function pkill(host: ServerHost, options: Options): ExecResult {
  const found = matching(host, options);
  if (!found) return usage("pkill", "no matching criteria specified", 2);
  const refused = found.map(({ pid }) => end(host, pid)).filter((it) => it !== null);
  return result("", refused.map((it) => `pkill: ${it}`).join(""), found.length > refused.length ? 0 : 1);
}

/** Signal 0 only asks; every other one ends it. */
function kill(host: ServerHost, args: readonly string[]): ExecResult {
  const options = parseOptions(
    args.filter((it) => !/^-(?:\d+|(?:SIG)?[A-Z]+)$/.test(it)),
    { short: "ls:n:" },
  );
  const named = args.find((it) => /^-(?:\d+|(?:SIG)?[A-Z]+)$/.test(it))?.slice(1) ?? "TERM";
  if (typeof options === "string") return result("", `bash: kill: ${options}\n`, 2);
  if (options.operands.length === 0)
    return result(
      "",
      "kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n",
      2,
    );
  const signal = options.value("s", "n") ?? named;
  if (signalNumber(signal) === null)
    return result("", `bash: kill: ${signal}: invalid signal specification\n`, 1);
  const asks = signalNumber(signal) === 0;
  const problems = options.operands.map((word) => {
    if (!/^\d+$/.test(word)) return `bash: kill: ${word}: arguments must be process or job IDs\n`;
    const problem = asks ? known(host, Number(word)) : end(host, Number(word));
    return problem === null ? "" : `bash: kill: ${problem}`;
  });
  return result("", problems.join(""), problems.some((it) => it !== "") ? 1 : 0);
}

function known(host: ServerHost, pid: number): string | null {
  return shownOn(host).some((it) => it.pid === pid) ? null : `(${pid}) - No such process\n`;
}

/** Null, or why not. A runner whose process ends is offline. */
function end(host: ServerHost, pid: number): string | null {
  const { world, machine, user } = host;
  const process = processesOn(world.tables, machine).find((it) => it.pid === pid);
  if (!process) return known(host, pid) ?? `(${pid}) - Operation not permitted\n`;
  if (process.user !== user) return `(${pid}) - Operation not permitted\n`;
  endProcess(world.tables, process);
  const runner = process.runner === null ? undefined : world.tables.of(RUNNERS).get(String(process.runner));
  if (runner) changeRunner(world.forge, runner.id, { status: "offline" });
  return null;
}
