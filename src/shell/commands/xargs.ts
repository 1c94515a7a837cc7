/** `xargs`. -P runs one command after another. @see https://www.gnu.org/software/findutils/manual/html_node/find_html/Invoking-xargs.html */
import type { Command, ExecResult } from "just-bash/browser";
import {
  type Context,
  failed,
  gnuCommand,
  readBytes,
  result,
  shellWord,
  stdinText,
  usage,
} from "./lib/invocation.ts";
import type { Options } from "./lib/options.ts";
import { toUtf8 } from "../../base/bytes.ts";

const TABLE = {
  short: "0a:d:E:e::I:i::L:l::n:P:prs:tx",
  long: {
    null: "0",
    "arg-file:": "a",
    "delimiter:": "d",
    "replace::": "i",
    "max-lines::": "l",
    "max-args:": "n",
    "max-procs:": "P",
    "no-run-if-empty": "r",
    "max-chars:": "s",
    verbose: "t",
    exit: "x",
  },
  strict: true,
};

export const xargsCommand: Command = gnuCommand("xargs", TABLE, xargs);

async function xargs(options: Options, context: Context): Promise<ExecResult> {
  for (const name of ["n", "L", "P"]) {
    const value = options.value(name);
    if (value !== undefined && !/^\d+$/.test(value))
      return usage("xargs", `invalid number "${value}" for -${name} option`);
  }
  const source = options.value("a");
  const bytes = source === undefined ? null : await readBytes(context, source);
  if (typeof bytes === "string") return failed("xargs", `Cannot open input file '${source}': ${bytes}`);
  const items = split(bytes ? toUtf8(bytes) : stdinText(context), options);
  if (typeof items === "string") return failed("xargs", items);
  const commands = batches(items, options);
  return run(commands, options, context);
}

/** Items; with -L and -l one per line, each with its words. */
function split(text: string, options: Options): string[][] | string {
  const separator = options.has("0") ? "\0" : delimiter(options.value("d"));
  if (separator !== undefined) {
    const items = text.split(separator);
    if (items.at(-1) === "") items.pop();
    return items.map((item) => [item]);
  }
  const end = options.value("E") ?? options.value("e");
  const lines: string[][] = [];
  for (const line of text.split("\n")) {
    const words = options.has("I", "i") ? wholeLine(line) : quotedWords(line);
    if (typeof words === "string") return words;
    if (end && words[0] === end) break;
    if (words.length > 0) lines.push(words);
  }
  return options.has("L", "l") || options.has("I", "i") ? lines : lines.flat().map((word) => [word]);
}

function delimiter(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const escapes: Record<string, string> = {
    "\\n": "\n",
    "\\t": "\t",
    "\\0": "\0",
    "\\r": "\r",
    "\\\\": "\\",
  };
  return escapes[text] ?? text.charAt(0);
}

function wholeLine(line: string): string[] | string {
  const words = quotedWords(line.replace(/^[ \t]+/, "").replace(/[ \t]/g, (blank) => `\\${blank}`));
  return words;
}

function quotedWords(line: string): string[] | string {
  const words: string[] = [];
  let word: string | null = null;
  for (let i = 0; i < line.length; i++) {
    const c = line.charAt(i);
    if (c === " " || c === "\t") {
      if (word !== null) words.push(word);
      word = null;
    } else if (c === "'" || c === '"') {
      const close = line.indexOf(c, i + 1);
      if (close < 0) {
        return `unmatched ${c === "'" ? "single" : "double"} quote; by default quotes are special to xargs unless you use the -0 option`;
      }
      word = (word ?? "") + line.slice(i + 1, close);
      i = close;
    } else {
      word = (word ?? "") + (c === "\\" ? line.charAt(++i) : c);
    }
  }
  if (word !== null) words.push(word);
  return words;
}

function batches(items: readonly string[][], options: Options): string[][] {
  const words = options.operands.length > 0 ? options.operands : ["echo"];
  const mark = options.value("I") ?? (options.has("i") ? options.value("i") || "{}" : undefined);
  if (mark !== undefined) {
    return items.map((item) =>
      words.map((word, i) => (i === 0 ? word : word.replaceAll(mark, item.join(" ")))),
    );
  }
  const lines = Number(options.value("L") ?? (options.value("l") || (options.has("l") ? 1 : 0)));
  const most = lines > 0 ? lines : Number(options.value("n") ?? 0) || 5000;
  if (items.length === 0) return options.has("r") ? [] : [[...words]];
  const found: string[][] = [];
  for (let i = 0; i < items.length; i += most) found.push([...words, ...items.slice(i, i + most).flat()]);
  return found;
}

async function run(commands: readonly string[][], options: Options, context: Context): Promise<ExecResult> {
  let stdout = "";
  let stderr = "";
  let exitCode = 0;
  for (const words of commands) {
    if (options.has("t")) stderr += `${words.join(" ")}\n`;
    const ran = await context.exec?.(words.map(shellWord).join(" "), {
      cwd: context.cwd,
      env: { ...context.exportedEnv },
      stdin: "",
    });
    if (!ran) return failed("xargs", "no shell here", 127);
    stdout += ran.stdout;
    if (ran.exitCode === 127 && ran.stderr === `bash: ${words[0]}: command not found\n`) {
      return result(stdout, `${stderr}xargs: ${words[0]}: No such file or directory\n`, 127);
    }
    stderr += ran.stderr;
    if (ran.exitCode === 255)
      return result(stdout, `${stderr}xargs: ${words[0]}: exited with status 255; aborting\n`, 124);
    if (ran.exitCode !== 0) exitCode = 123;
  }
  return result(stdout, stderr, exitCode);
}
