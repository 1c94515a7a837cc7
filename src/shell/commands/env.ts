/** `env`, `date` and `tr` where just-bash's own falls short. @see https://www.gnu.org/software/coreutils/env */
import type { Command, ExecResult } from "just-bash/browser";
import {
  command,
  type Context,
  failed,
  gnuCommand,
  pathOf,
  result,
  shellWord,
  statOf,
} from "./lib/invocation.ts";
import type { Options } from "./lib/options.ts";

export const environmentCommands: readonly Command[] = [
  gnuCommand(
    "env",
    {
      short: "iu:0C:",
      long: { "ignore-environment": "i", "unset:": "u", null: "0", "chdir:": "C" },
      strict: true,
    },
    env,
    125,
  ),
  command("date", date),
  command("tr", async (args, context) => {
    const ran = await context.origCommand?.(args.map((arg) => arg.replace(/\\0{1,3}(?![0-7])/g, "\0")));
    if (!ran) return result("", "tr: command not found\n", 127);
    const stderr = ran.stderr.replace(
      /^(tr: missing operand)$/m,
      "$1\nTry 'tr --help' for more information.",
    );
    return { ...ran, stderr };
  }),
];

async function env(options: Options, context: Context): Promise<ExecResult> {
  const variables = new Map(options.has("i") ? [] : Object.entries(context.exportedEnv ?? {}));
  for (const name of options.values("u")) variables.delete(name);
  const { operands } = options;
  const first = operands.findIndex((word) => !/^[^=]+=/.test(word));
  const at = first < 0 ? operands.length : first;
  for (const word of operands.slice(0, at))
    variables.set(word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1));
  const words = operands.slice(at);
  const end = options.has("0") ? "\0" : "\n";
  if (words.length === 0)
    return result([...variables].map(([name, value]) => `${name}=${value}${end}`).join(""));
  const directory = options.value("C");
  const cwd = directory === undefined ? context.cwd : pathOf(context, directory);
  const ran = await context.execWithInheritedStdin?.(words.map(shellWord).join(" "), {
    cwd,
    env: Object.fromEntries(variables),
    replaceEnv: true,
  });
  if (!ran) return failed("env", "no shell here", 126);
  if (ran.exitCode === 127 && ran.stderr === `bash: ${words[0]}: command not found\n`) {
    return failed("env", `'${words[0]}': No such file or directory`, 127);
  }
  return ran;
}

const ISO: Readonly<Record<string, string>> = {
  "": "%Y-%m-%d",
  date: "%Y-%m-%d",
  hours: "%Y-%m-%dT%H+00:00",
  minutes: "%Y-%m-%dT%H:%M+00:00",
  seconds: "%Y-%m-%dT%H:%M:%S+00:00",
};

/** Adds -I, --iso-8601, -R and -r FILE by way of +FORMAT and -d @SECONDS. */
async function date(args: readonly string[], context: Context): Promise<ExecResult> {
  const rewritten: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    const iso = /^(?:-I|--iso-8601=?)(.*)$/.exec(arg);
    const reference = arg === "-r" ? args[++i] : /^--reference=(.*)$/.exec(arg)?.[1];
    if (iso && ISO[iso[1] as string] !== undefined) rewritten.push(`+${ISO[iso[1] as string]}`);
    else if (arg === "-R" || arg === "--rfc-email") rewritten.push("+%a, %d %b %Y %H:%M:%S +0000");
    else if (reference === undefined) rewritten.push(arg);
    else {
      const stat = await statOf(context, pathOf(context, reference), true);
      if (typeof stat === "string") return failed("date", `${reference}: ${stat}`);
      rewritten.push("-d", `@${Math.floor(stat.mtime.getTime() / 1000)}`);
    }
  }
  const ran = await context.origCommand?.(rewritten);
  return ran ?? result("", "date: command not found\n", 127);
}
