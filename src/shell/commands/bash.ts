/** `bash` and `sh` with the options of `set` in front: `bash -x script`, `bash -euo pipefail -c …`. @see https://www.gnu.org/software/bash/manual/bash.html#Invoking-Bash */
import type { Command, ExecResult } from "just-bash/browser";
import { command, type Context, readBytes, reasonOf, result, stdinText } from "./lib/invocation.ts";
import { toUtf8 } from "../../base/bytes.ts";

export const bashCommands: readonly Command[] = ["bash", "sh"].map((name) =>
  command(name, (args, context) => bash(name, args, context)),
);

async function bash(name: string, args: readonly string[], context: Context): Promise<ExecResult> {
  const { sets, rest, reads, check } = split(args);
  const run = async (words: readonly string[]) =>
    (await context.origCommand?.([...words])) ?? result("", `${name}: command not found\n`, 127);
  if (sets.length === 0 && !check) return run(reads ? ["-c", stdinText(context), name, ...rest] : rest);
  // On the same line, so that messages keep their line numbers.
  const prefix = sets.length > 0 ? `set ${sets.join(" ")}; ` : "";
  if (rest[0] === "-c") return run(["-c", (check ? "set -n; " : prefix) + (rest[1] ?? ""), ...rest.slice(2)]);
  const [file, ...more] = rest;
  if (file === undefined || reads) return run(["-c", prefix + stdinText(context), name, ...rest]);
  const bytes = await readBytes(context, file);
  if (typeof bytes === "string")
    return result(
      "",
      `${name}: ${file}: ${reasonOf({ reason: bytes })}\n`,
      bytes === "Is a directory" ? 126 : 127,
    );
  return run(["-c", (check ? "set -n; " : prefix) + toUtf8(bytes).replace(/^#!.*/, ":"), file, ...more]);
}

interface Split {
  readonly sets: readonly string[];
  readonly rest: readonly string[];
  /** -s: the script comes from standard input. */
  readonly reads: boolean;
  /** -n: read, do not run. */
  readonly check: boolean;
}

function split(args: readonly string[]): Split {
  const sets: string[] = [];
  let [reads, check, script] = [false, false, false];
  let i = 0;
  for (; i < args.length; i++) {
    const arg = args[i] as string;
    if (/^--(?:norc|noprofile|login|posix|verbose|noediting)$/.test(arg)) continue;
    if (arg === "--" || !/^[-+][a-zA-Z]+$/.test(arg)) break;
    const letters = arg.slice(1);
    script ||= letters.includes("c");
    reads ||= letters.includes("s");
    check ||= letters.includes("n");
    const own = letters.replace(/[csnlio]/g, "");
    if (own) sets.push(arg.charAt(0) + own);
    if (letters.includes("o")) sets.push(`${arg.charAt(0)}o`, args[++i] ?? "");
  }
  const rest = args.slice(args[i] === "--" ? i + 1 : i);
  return { sets, rest: script ? ["-c", ...rest] : rest, reads, check };
}
