/**
 * What git does when its output goes to a screen: refs beside commits, colours, a pager. The text is what it is without
 * a screen; only this layer knows of one. https://git-scm.com/docs/git-config#Documentation/git-config.txt-colorui
 */
import type { ExecResult } from "just-git";

/** Commands that git pages by default. */
const PAGED = new Set(["log", "show", "diff", "blame", "grep", "shortlog", "reflog", "whatchanged"]);

const RESET = "\u001b[m";
const paint = (code: string, text: string): string => (text === "" ? "" : `\u001b[${code}m${text}${RESET}`);

const YELLOW = "33";
const RED = "31";
const GREEN = "32";
const CYAN = "36";
const BOLD = "1";

export function isPaged(name: string, args: readonly string[]): boolean {
  return (
    PAGED.has(name) ||
    (name === "stash" && args[0] === "show") ||
    ((name === "branch" || name === "tag") && args.every((arg) => arg.startsWith("-")))
  );
}

/** `log` shows refs on a screen unless it is told otherwise. */
export function decorated(name: string, args: readonly string[]): readonly string[] {
  const told = args.some((arg) => /^--(?:no-)?decorate|^--format|^--pretty/.test(arg));
  return name === "log" && !told ? ["--decorate", ...args] : args;
}

export function coloured(name: string, result: ExecResult): ExecResult {
  const line = LINES[name];
  if (!line || result.stdout.includes("\u001b")) return result;
  const state = { staged: false, hunk: false };
  return {
    ...result,
    stdout: result.stdout
      .split("\n")
      .map((text) => line(text, state))
      .join("\n"),
  };
}

interface Reading {
  /** `status` is in the list of staged changes. */
  staged: boolean;
  /** A diff is inside a hunk. */
  hunk: boolean;
}

type ColourLine = (text: string, reading: Reading) => string;

const diffLine: ColourLine = (text, reading) => {
  if (
    /^(?:diff --|index |new file|deleted file|old mode|new mode|similarity|rename |copy |Binary )/.test(text)
  ) {
    reading.hunk = false;
    return paint(BOLD, text);
  }
  if (!reading.hunk && /^(?:---|\+\+\+) /.test(text)) return paint(BOLD, text);
  const hunk = /^(@@+ .*? @@+)(.*)$/.exec(text);
  if (hunk) {
    reading.hunk = true;
    return paint(CYAN, hunk[1] as string) + (hunk[2] as string);
  }
  if (!reading.hunk) return text;
  if (text.startsWith("+")) return paint(GREEN, text);
  return text.startsWith("-") ? paint(RED, text) : text;
};

const logLine: ColourLine = (text, reading) => {
  const commit = /^([*|\\/_ ]*)(commit )?([0-9a-f]{7,40})( \((?:HEAD|tag:|[\w./-]+).*?\))?(?=$| )(.*)$/.exec(
    text,
  );
  if (!commit || reading.hunk || (text.startsWith(" ") && !/[*|]/.test(commit[1] as string)))
    return diffLine(text, reading);
  const [, graph = "", word = "", id = "", refs = "", rest = ""] = commit;
  return `${graph}${paint(YELLOW, word + id)}${refs ? refs.replace(/^ \((.*)\)$/, (_whole, names: string) => ` ${paint(YELLOW, "(")}${names.split(", ").map(refName).join(paint(YELLOW, ", "))}${paint(YELLOW, ")")}`) : ""}${rest}`;
};

function refName(name: string): string {
  const head = /^HEAD -> (.*)$/.exec(name);
  if (head) return `${paint("1;36", "HEAD -> ")}${paint("1;32", head[1] as string)}`;
  if (name === "HEAD") return paint("1;36", name);
  if (name.startsWith("tag: ")) return paint("1;33", name);
  return paint(name.includes("/") && /^(?:origin|upstream)\//.test(name) ? "1;31" : "1;32", name);
}

const statusLine: ColourLine = (text, reading) => {
  if (text === "Changes to be committed:") reading.staged = true;
  if (/^(?:Changes not staged|Untracked files|Unmerged paths)/.test(text)) reading.staged = false;
  if (text.startsWith("\t")) return `\t${paint(reading.staged ? GREEN : RED, text.slice(1))}`;
  const short = /^([ MADRCU?!])([ MADRCU?!]) (.+)$/.exec(text);
  if (short?.[1] === "?" || short?.[1] === "!")
    return `${paint(RED, `${short[1]}${short[2] as string}`)} ${short[3] as string}`;
  return short
    ? `${paint(GREEN, (short[1] as string).trim()) || " "}${paint(RED, (short[2] as string).trim()) || " "} ${short[3] as string}`
    : text;
};

const branchLine: ColourLine = (text) =>
  text
    .replace(/^\* (\S+|\(.*?\))/, (_whole, name: string) => `* ${paint(GREEN, name)}`)
    .replace(/^ {2}(remotes\/\S+)/, (_whole, name: string) => `  ${paint(RED, name)}`);

const LINES: Readonly<Record<string, ColourLine>> = {
  diff: diffLine,
  show: logLine,
  log: logLine,
  reflog: logLine,
  status: statusLine,
  branch: branchLine,
};
