/** `sed`: just-bash's own, with backups of `-i.bak` and GNU's complaints. @see https://www.gnu.org/software/sed/manual/sed.html */
import type { Command, ExecResult } from "just-bash/browser";
import { command, type Context, pathOf, readBytes, result } from "./lib/invocation.ts";

export const sedCommand: Command = command("sed", async (args, context) => {
  const suffix = args
    .map((arg) => /^(?:-[nErs]*i|--in-place=)(.+)$/.exec(arg)?.[1])
    .find((it) => it !== undefined);
  const plain = args.map((arg) => arg.replace(/^(-[nErs]*i).+$/, "$1").replace(/^--in-place=.*$/, "-i"));
  if (suffix !== undefined) await backUp(context, args, suffix);
  const ran = await context.origCommand?.(plain);
  return ran ? complained(ran, plain) : result("", "sed: command not found\n", 127);
});

async function backUp(context: Context, args: readonly string[], suffix: string): Promise<void> {
  for (const file of args.filter((arg) => !arg.startsWith("-"))) {
    const bytes = await readBytes(context, file);
    if (typeof bytes !== "string") await context.fs.writeFile(pathOf(context, file + suffix), bytes);
  }
}

function complained(ran: ExecResult, args: readonly string[]): ExecResult {
  const script = args.find((arg) => !arg.startsWith("-")) ?? "";
  const missing = /^sed: (?!-e|can't)(.*): (No such file or directory|Permission denied)$/m.test(ran.stderr);
  const stderr = ran.stderr
    .replace(
      /^sed: (?!-e|can't)(.*): (No such file or directory|Permission denied)$/gm,
      "sed: can't read $1: $2",
    )
    .replace(
      /^sed: invalid command: unterminated substitution.*$/m,
      `sed: -e expression #1, char ${script.length}: unterminated \`s' command`,
    );
  return { ...ran, stderr, exitCode: missing ? 2 : ran.exitCode };
}
