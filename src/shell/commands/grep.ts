/**
 * `grep`, `egrep`, `fgrep`: just-bash's own search with what it lacks: colours, GNU's complaints and exit codes.
 * @see https://www.gnu.org/software/grep/manual/grep.html
 */
import type { Command, ExecResult } from "just-bash/browser";
import { command, type Context, pathOf, result, statOf } from "./lib/invocation.ts";

export const grepCommands: readonly Command[] = ["grep", "egrep", "fgrep"].map((name) =>
  command(name, (args, context) => grep(args, context)),
);

const USAGE = "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n";
const VALUED =
  /^-[A-Za-z]*[eABCmfdD]$|^--(?:regexp|file|include|exclude|exclude-dir|max-count|after-context|before-context|context)$/;
/** `-s` alone or among short flags without values; `-a` likewise: every file is text here. */
const SILENT = /^-[EFGHILPRTUVZabchilnoqrsuvwxyz]*s|^--no-messages$/;
const TEXT = /^-[EFGHILPRTUVZabchilnoqrsuvwxyz]*a|^--text$|^--binary-files=text$/;
const NAMED = /^-[EFGHILPRTUVZabchilnoqrsuvwxyz]*H|^--with-filename$/;
/** With a second file, just-bash's grep names the first; nothing is in this one. */
const NOTHING = "/dev/null";

async function grep(args: readonly string[], context: Context): Promise<ExecResult> {
  const asked = args
    .filter((arg) => !/^--colou?r(=|$)/.test(arg) && arg !== "--line-buffered")
    .flatMap((arg) => (/^-[EFGHILPRTUVZabchilnoqrsuvwxyz]+e$/.test(arg) ? [arg.slice(0, -1), "-e"] : [arg]));
  const silent = sorted(asked).flags.some((flag) => SILENT.test(flag));
  const named = sorted(asked).flags.some((flag) => NAMED.test(flag));
  const coloured = args.some((arg) => /^--colou?r=(always|yes|force)$/.test(arg));
  const plain = without(NAMED, "H", without(TEXT, "a", without(SILENT, "s", asked)));
  const { flags, operands, patterns } = sorted(plain);
  const [pattern = patterns[0]] = patterns.length > 0 ? patterns : operands;
  if (pattern === undefined) return result("", USAGE, 2);
  const files = patterns.length > 0 ? operands : operands.slice(1);
  const searched = [...files, ...impliedFiles(files, flags, named)];
  const ran = await context.origCommand?.([
    ...((await isOneFile(searched, context)) ? ["-h"] : []),
    ...(patterns.length > 1
      ? joined(flags, patterns, searched, plain)
      : [...plain, ...searched.slice(files.length)]),
  ]);
  if (!ran) return result("", "grep: command not found\n", 127);
  const problems = await complaints(ran.stderr, files, flags, context);
  const quietFound =
    ran.exitCode === 0 &&
    flags.some((flag) => /^-\w*q/.test(flag) || flag === "--quiet" || flag === "--silent");
  const exitCode = problems && !quietFound ? 2 : ran.exitCode;
  const stderr = silent ? "" : problems;
  const found = named ? withNames(ran.stdout) : ran.stdout;
  const shown = underDot(found, flags, files);
  const stdout = coloured ? colour(shown, pattern, named ? [...flags, "-H"] : flags, files) : shown;
  return { ...ran, stdout, stderr, exitCode };
}

/** What must be said to just-bash's grep: the folder that `-r` searches, and a second file for `-H`. */
function impliedFiles(files: readonly string[], flags: readonly string[], named: boolean): string[] {
  const implied = files.length > 0 ? [] : isRecursive(flags) ? ["."] : named ? ["-"] : [];
  return named ? [...implied, NOTHING] : implied;
}

function withNames(stdout: string): string {
  return stdout.replace(/^\/dev\/null(?::.*)?\n/gm, "").replace(/^-(?=:)/gm, "(standard input)");
}

function isRecursive(flags: readonly string[]): boolean {
  return flags.some((flag) => /^-\w*[rR]/.test(flag) || /^--(?:dereference-)?recursive$/.test(flag));
}

/** `-r` alone names no file either where it was given one only. */
async function isOneFile(files: readonly string[], context: Context): Promise<boolean> {
  const [file, more] = files;
  if (file === undefined || more !== undefined) return false;
  const stat = await statOf(context, pathOf(context, file), true);
  return typeof stat !== "string" && stat.isFile;
}

/** just-bash's grep does not know the flag; among others it stands in one word with them. */
function without(option: RegExp, letter: string, args: readonly string[]): string[] {
  const flags = new Set(sorted(args).flags);
  return args.flatMap((arg) => {
    if (!flags.has(arg) || !option.test(arg)) return [arg];
    const rest = arg.startsWith("--") ? "-" : arg.replaceAll(letter, "");
    return rest === "-" ? [] : [rest];
  });
}

function sorted(args: readonly string[]): { flags: string[]; operands: string[]; patterns: string[] } {
  const found = { flags: [] as string[], operands: [] as string[], patterns: [] as string[] };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (arg === "--") {
      found.operands.push(...args.slice(i + 1));
      break;
    }
    if (!arg.startsWith("-") || arg === "-") {
      found.operands.push(arg);
      continue;
    }
    found.flags.push(arg);
    const value = VALUED.test(arg) ? args[++i] : undefined;
    if (/^-\w*e$|^--regexp$/.test(arg) && value !== undefined) found.patterns.push(value);
    else if (arg.startsWith("--regexp=")) found.patterns.push(arg.slice(9));
    else if (/^-e./.test(arg)) found.patterns.push(arg.slice(2));
    else if (/^-\w*f$|^--file/.test(arg)) found.patterns.push("");
  }
  return found;
}

/** just-bash takes the last of several patterns only: one pattern with alternatives says the same. */
function joined(
  flags: readonly string[],
  patterns: readonly string[],
  files: readonly string[],
  plain: readonly string[],
): string[] {
  const has = (letter: string) =>
    flags.some((flag) => /^-[A-Za-z]/.test(flag) && !flag.startsWith("-e") && flag.includes(letter));
  const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const extended = has("E") || has("P") || has("F");
  const pattern = patterns.map((it) => (has("F") ? escaped(it) : it)).join(extended ? "|" : "\\|");
  const rest = plain.filter(
    (arg, i) =>
      !/^-e|^--regexp/.test(arg) &&
      !/^(?:-e|--regexp)$/.test(plain[i - 1] ?? "") &&
      !files.includes(arg) &&
      arg !== "--",
  );
  const letters = rest.map((flag) => (/^-[A-Za-z]/.test(flag) && has("F") ? flag.replace("F", "E") : flag));
  return [...letters, "-e", pattern, "--", ...files];
}

/** Names below `.` keep the `./` that they were asked with. */
function underDot(stdout: string, flags: readonly string[], files: readonly string[]): string {
  const recursive = flags.some((flag) => /^-[A-Za-z]*[rR]/.test(flag));
  const nameless = flags.some((flag) => /^-[A-Za-z]*h/.test(flag));
  if (!recursive || nameless || files.length !== 1 || !/^\.\/?$/.test(files[0] as string)) return stdout;
  return stdout.replace(/^(?!--$)(?!\.\/)(?=.)/gm, "./");
}

async function complaints(
  stderr: string,
  files: readonly string[],
  flags: readonly string[],
  context: Context,
): Promise<string> {
  if (/missing pattern/.test(stderr)) return USAGE;
  if (/invalid regular expression/.test(stderr)) return "grep: Invalid regular expression\n";
  if (/(?:invalid|unrecognized) option/.test(stderr)) return stderr + USAGE;
  let folders = "";
  for (const file of isRecursive(flags) ? [] : files) {
    const stat = await statOf(context, pathOf(context, file), true);
    if (typeof stat !== "string" && stat.isDirectory) folders += `grep: ${file}: Is a directory\n`;
  }
  return (
    folders +
    stderr.replace(/^grep: .*: Is a directory\n/gm, "").replace(/ENOENT[^\n]*/g, "No such file or directory")
  );
}

const [MATCH, FILE, LINE, SEPARATOR] = ["01;31", "35", "32", "36"];

function paint(code: string, text: string): string {
  return `\u001b[${code}m\u001b[K${text}\u001b[m\u001b[K`;
}

/** Colours what was found. The pattern is read as an extended expression of JavaScript, which covers what people search for. */
function colour(stdout: string, pattern: string, flags: readonly string[], files: readonly string[]): string {
  const has = (letter: string) =>
    flags.some((flag) => !flag.startsWith("--") && flag.slice(1).includes(letter));
  if (has("c") || has("l") || has("L") || has("q")) return stdout;
  const expression = matchExpression(pattern, has("i"), has("F"), has("w"));
  const named = (files.length > 1 || has("r") || has("R") || has("H")) && !has("h");
  const prefix = new RegExp(`^${named ? "([^:\\n]*)(:)" : "()()"}${has("n") ? "(\\d+)(:)" : "()()"}`);
  return stdout
    .split("\n")
    .map((line) => colourLine(line, prefix, has("v") ? null : expression))
    .join("\n");
}

function colourLine(line: string, prefix: RegExp, expression: RegExp | null): string {
  if (line === "" || line === "--") return line === "--" ? paint(SEPARATOR as string, line) : line;
  const parts = prefix.exec(line);
  if (!parts) return line;
  const [whole, file = "", colon = "", number = "", second = ""] = parts;
  const head =
    (file ? paint(FILE as string, file) : "") +
    (colon ? paint(SEPARATOR as string, colon) : "") +
    (number ? paint(LINE as string, number) : "") +
    (second ? paint(SEPARATOR as string, second) : "");
  const rest = line.slice(whole.length);
  return (
    head +
    (expression ? rest.replace(expression, (found) => (found ? paint(MATCH as string, found) : "")) : rest)
  );
}

function matchExpression(pattern: string, ignoreCase: boolean, fixed: boolean, word: boolean): RegExp | null {
  const source = fixed
    ? pattern.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    : pattern.replace(/\\([|+?(){}])/g, "$1");
  try {
    return new RegExp(word ? `\\b(?:${source})\\b` : source, ignoreCase ? "gi" : "g");
  } catch {
    return null;
  }
}
