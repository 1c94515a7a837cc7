/**
 * just-bash's own commands, with their complaints in the wording and with the exit codes of the GNU tools.
 * @see https://www.gnu.org/prep/standards/html_node/Errors.html
 */
import type { Command, ExecResult } from "just-bash/browser";
import { command, type Context, pathOf, readBytes, reasonOf, statOf } from "./lib/invocation.ts";

type Rule = readonly [pattern: RegExp, replacement: string, exitCode?: number];

const NO_FILE = "(No such file or directory|Permission denied|Is a directory|Not a directory)";

/** What Node.js says in the message of a failed file operation, and what strerror(3) says. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "No such file or directory",
  EACCES: "Permission denied",
  EISDIR: "Is a directory",
  ENOTDIR: "Not a directory",
  EEXIST: "File exists",
  ENOSPC: "No space left on device",
  EFBIG: "File too large",
  EPERM: "Operation not permitted",
  ENOTEMPTY: "Directory not empty",
  ELOOP: "Too many levels of symbolic links",
  ENAMETOOLONG: "File name too long",
  EINVAL: "Invalid argument",
};

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  head: [[new RegExp(`^head: (.*): ${NO_FILE}$`, "gm"), "head: cannot open '$1' for reading: $2"]],
  tail: [[new RegExp(`^tail: (?!cannot)(.*): ${NO_FILE}$`, "gm"), "tail: cannot open '$1' for reading: $2"]],
  sort: [[new RegExp(`^sort: (.*): ${NO_FILE}$`, "gm"), "sort: cannot read: $1: $2", 2]],
  find: [
    [new RegExp(`^find: (?!')(.*): ${NO_FILE}$`, "gm"), "find: '$1': $2"],
    [/^find: unknown predicate '(.*)'$/m, "find: unknown predicate `$1'"],
  ],
  jq: [
    [new RegExp(`^jq: (.*): ${NO_FILE}$`, "m"), "jq: error: Could not open file $1: $2", 2],
    [/^jq: parse error: Unexpected token EOF.*$/m, "$&", 3],
    [/^jq: parse error: .*JSON.*$/m, "$&", 2],
  ],
  cp: [
    [/^cp: missing destination file operand$/m, "$&"],
    [/^cp: '(.*)' and '.*' are the same file$/m, "cp: '$1' and '$1' are the same file"],
  ],
  cut: [[/^(cut: you must specify.*)$/m, "$1\nTry 'cut --help' for more information."]],
  chmod: [[/^(chmod: invalid mode: .*)$/m, "$1\nTry 'chmod --help' for more information."]],
  rm: [[/^(rm: missing operand)$/m, "$1\nTry 'rm --help' for more information."]],
  mkdir: [[/^(mkdir: missing operand)$/m, "$1\nTry 'mkdir --help' for more information."]],
  rmdir: [[/^(rmdir: missing operand)$/m, "$1\nTry 'rmdir --help' for more information."]],
  touch: [[/^(touch: missing file operand)$/m, "$1\nTry 'touch --help' for more information."]],
  gunzip: [
    [/^gunzip: (.*unknown suffix.*)$/gm, "gzip: $1", 2],
    [/^gunzip: (.*)$/gm, "gzip: $1"],
  ],
  strings: [[new RegExp(`^strings: (.*): No such file or directory$`, "gm"), "strings: '$1': No such file"]],
  printf: [[/^printf: /gm, "bash: printf: "]],
  alias: [[/^alias: /gm, "bash: alias: "]],
  unalias: [[/^unalias: /gm, "bash: unalias: "]],
};

/** Commands whose wrong usage is exit 2. */
const USAGE_TWO = new Set(["sort", "diff", "jq", "ls", "grep"]);

/** Other commands that only need the general rules. */
const GENERAL = [
  "cat",
  "mv",
  "ln",
  "readlink",
  "comm",
  "paste",
  "rev",
  "nl",
  "fold",
  "expand",
  "unexpand",
  "split",
  "column",
  "join",
  "tee",
  "basename",
  "dirname",
  "tree",
  "du",
  "printenv",
  "sleep",
  "timeout",
  "seq",
  "tac",
  "gzip",
  "zcat",
  "file",
];

export const wordedCommands: readonly Command[] = [...Object.keys(RULES), ...GENERAL].map((name) =>
  command(name, async (args, context) => {
    if (!context.origCommand) return { stdout: "", stderr: `${name}: command not found\n`, exitCode: 127 };
    const ran = await context.origCommand([...args]);
    if (name === "rm" && args.some((arg) => /^-\w*f/.test(arg))) return forced(args, ran, context);
    if ((name === "cp" || name === "mv") && ran.stdout !== "")
      return { ...ran, stdout: asTyped(ran.stdout, args, context) };
    if (ran.stderr === "") return ran;
    const stderr = await withReasons(
      name === "cp" ? await missingTarget(ran.stderr, args, context) : ran.stderr,
      context,
    );
    return reworded(name, args, { ...ran, stderr });
  }),
);

/** `-v` names the target as it was typed. */
function asTyped(stdout: string, args: readonly string[], context: Context): string {
  const target = args.at(-1) ?? "";
  return stdout.replaceAll(`-> '${pathOf(context, target)}`, `-> '${target}`).replace(/([^/])\/\/+/g, "$1/");
}

/** just-bash calls the source absent where the folder of the target is. */
async function missingTarget(stderr: string, args: readonly string[], context: Context): Promise<string> {
  const [source, target, more] = args.filter((arg) => !arg.startsWith("-"));
  if (
    source === undefined ||
    target === undefined ||
    more !== undefined ||
    !stderr.includes(`cannot stat '${source}'`)
  )
    return stderr;
  const found = await statOf(context, pathOf(context, source), false);
  return typeof found === "string"
    ? stderr
    : stderr.replace(`cannot stat '${source}'`, `cannot create regular file '${target}'`);
}

/** `rm -f` is silent about what is absent, not about what it may not remove. */
async function forced(args: readonly string[], ran: ExecResult, context: Context): Promise<ExecResult> {
  let stderr = ran.stderr;
  for (const file of args.filter((arg) => !arg.startsWith("-"))) {
    const stat = await statOf(context, pathOf(context, file), false);
    if (typeof stat === "string" || stderr.includes(`'${file}'`)) continue;
    stderr += `rm: cannot remove '${file}': ${await whyNot(context, file)}\n`;
  }
  return { ...ran, stderr, exitCode: stderr === "" ? ran.exitCode : 1 };
}

/** The disk is asked once more, for the reason. */
async function whyNot(context: Context, file: string): Promise<string> {
  try {
    await context.fs.rm(pathOf(context, file), { recursive: true });
    return "Input/output error";
  } catch (error) {
    return reasonOf(error);
  }
}

/** just-bash takes every file that it cannot read for absent; the disk knows better. */
async function withReasons(stderr: string, context: Context): Promise<string> {
  const lines = stderr.split("\n").map(async (line) => {
    const [, head, file] = /^(.*?)([^:\s']+)(?=: No such file or directory$)/.exec(line) ?? [];
    if (head === undefined || file === undefined) return line;
    const bytes = await readBytes(context, file);
    return typeof bytes === "string" ? line.replace(/No such file or directory$/, bytes) : line;
  });
  return (await Promise.all(lines)).join("\n");
}

function reworded(name: string, args: readonly string[], ran: ExecResult): ExecResult {
  let stderr = ran.stderr.replace(
    /\b(E[A-Z]+): [^\n]*?, \w+ '[^\n']*'(?: -> '[^\n']*')?/g,
    (whole, code: string) => REASONS[code] ?? whole,
  );
  let exitCode = ran.exitCode;
  const [last] = args.slice(-1);
  if (/^(?:cp|mv|ln)$/.test(name) && args.filter((arg) => !arg.startsWith("-")).length === 1) {
    stderr = stderr.replace(
      /(missing destination file operand)$/m,
      `$1 after '${last}'\nTry '${name} --help' for more information.`,
    );
  }
  const operands = args.filter((arg) => !arg.startsWith("-"));
  if (name === "cp" && operands.length === 2) {
    stderr = stderr.replace(
      /^cp: cannot copy '.*?': (.*)$/m,
      `cp: cannot create regular file '${operands[1]}': $1`,
    );
  }
  if (name === "chmod" && args.length === 1)
    stderr = stderr.replace(/missing operand$/m, `missing operand after '${last}'`);
  for (const [pattern, replacement, code] of RULES[name] ?? []) {
    if (!pattern.test(stderr)) continue;
    pattern.lastIndex = 0;
    stderr = stderr.replace(pattern, replacement);
    if (code !== undefined) exitCode = code;
  }
  const usage = /^\w+: (?:invalid option|unrecognized option|missing (?:file )?operand)/m;
  if (usage.test(stderr) && !/^Try '/m.test(stderr)) {
    stderr += `Try '${name} --help' for more information.\n`;
    if (USAGE_TWO.has(name)) exitCode = 2;
  }
  return { ...ran, stderr, exitCode };
}
