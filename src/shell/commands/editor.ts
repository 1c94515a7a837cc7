/**
 * `code`, `nano`, `vi`, `vim`: open files in the editor panel and wait until they are closed. A file that does not
 * exist is created when it is saved, not before.
 */
import type { Command, CommandContext } from "just-bash/browser";
import type { Terminal } from "../terminal.ts";

const EDITORS = ["code", "nano", "vi", "vim"] as const;

/** Options of these editors that take a separate value. */
const VALUED = new Set(["--goto", "-g", "--locale", "--user-data-dir", "-c", "--cmd", "-S", "-u", "-T"]);

/** The editor commands of a shell, in front of `terminal`. */
export function editorCommands(terminal: Terminal): Command[] {
  return EDITORS.map((name) => ({
    name,
    execute: (args, context) => openFiles(name, terminal, args, context),
  }));
}

async function openFiles(name: string, terminal: Terminal, args: readonly string[], context: CommandContext) {
  const files = fileArguments(args);
  if (files.length === 0) return { stdout: "", stderr: `${name}: which file?\n`, exitCode: 1 };
  for (const file of files) {
    const path = context.fs.resolvePath(context.cwd, file);
    const problem = await whyNot(context, path);
    if (problem) return { stdout: "", stderr: `${name}: ${file}: ${problem}\n`, exitCode: 1 };
    await terminal.edit(path);
  }
  return { stdout: "", stderr: "", exitCode: 0 };
}

/** Paths among the arguments: `-g FILE:LINE:COLUMN` loses its position, `+LINE` of vi and nano is skipped. */
function fileArguments(args: readonly string[]): string[] {
  const files: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (arg === "--") return [...files, ...args.slice(i + 1)];
    if (arg === "-g" || arg === "--goto") files.push((args[++i] ?? "").replace(/(:\d+){1,2}$/, ""));
    else if (VALUED.has(arg)) i += 1;
    else if (!/^[-+]./.test(arg)) files.push(arg);
  }
  return files.filter((file) => file !== "");
}

async function whyNot(context: CommandContext, path: string): Promise<string | null> {
  if (await context.fs.exists(path)) {
    return (await context.fs.stat(path)).isDirectory ? "Is a directory" : null;
  }
  const parent = path.slice(0, path.lastIndexOf("/")) || "/";
  return (await context.fs.exists(parent)) ? null : "No such file or directory";
}
