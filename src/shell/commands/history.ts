/**
 * `history`: the lines of ~/.bash_history with their numbers; there is no other list behind it, so that what it
 * removes is removed from the file.
 * @see https://www.gnu.org/software/bash/manual/bash.html#index-history
 */
import type { Command, ExecResult } from "just-bash/browser";
import { command, type Context, reasonOf, result } from "./lib/invocation.ts";

const USAGE =
  "history: usage: history [-c] [-d offset] [n] or history -anrw [filename] or history -ps arg [arg...]\n";

export const historyCommand: Command = command("history", async (args, context) => {
  const [first, second] = args;
  const lines = await read(context);
  if (first === undefined) return result(listing(lines, 0));
  if (first === "-c") return write(context, []);
  // The file and the list are one.
  if (["-a", "-n", "-r", "-w"].includes(first)) return result("");
  if (first === "-d" || /^-d./.test(first))
    return remove(context, lines, first === "-d" ? second : first.slice(2));
  if (first === "-s") return write(context, [...lines, args.slice(1).join(" ")]);
  if (/^-\D/.test(first)) return result("", `bash: history: ${first}: invalid option\n${USAGE}`, 2);
  if (!/^\d+$/.test(first)) return result("", `bash: history: ${first}: numeric argument required\n`, 1);
  return result(listing(lines, Math.max(0, lines.length - Number(first))));
});

function listing(lines: readonly string[], from: number): string {
  return lines
    .slice(from)
    .map((line, i) => `${String(from + i + 1).padStart(5)}  ${line}\n`)
    .join("");
}

function path(context: Context): string {
  return context.env.get("HISTFILE") || `${context.env.get("HOME") ?? ""}/.bash_history`;
}

async function read(context: Context): Promise<string[]> {
  try {
    const lines = (await context.fs.readFile(path(context))).split("\n");
    return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
  } catch {
    return [];
  }
}

async function write(context: Context, lines: readonly string[]): Promise<ExecResult> {
  try {
    await context.fs.writeFile(path(context), lines.map((line) => `${line}\n`).join(""));
    return result("");
  } catch (error) {
    return result("", `bash: history: ${path(context)}: cannot write: ${reasonOf(error)}\n`, 1);
  }
}

/** `-d 3`, `-d -1` (from the end), `-d 3-5`. */
async function remove(
  context: Context,
  lines: readonly string[],
  asked: string | undefined,
): Promise<ExecResult> {
  if (asked === undefined) return result("", `bash: history: -d: option requires an argument\n${USAGE}`, 2);
  const [, from = "", to = from] = /^(-?\d+)(?:-(-?\d+))?$/.exec(asked) ?? [];
  const at = (text: string) => (Number(text) < 0 ? lines.length + Number(text) : Number(text) - 1);
  const [start, end] = [at(from), at(to)];
  if (from === "" || start < 0 || end >= lines.length || end < start) {
    return result("", `bash: history: ${asked}: history position out of range\n`, 1);
  }
  return write(
    context,
    lines.filter((_, i) => i < start || i > end),
  );
}
