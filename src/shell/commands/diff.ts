/** `diff`: normal, unified and brief output, files and (with -r) folders. @see https://www.gnu.org/software/diffutils/manual/ */
import type { Command, ExecResult } from "just-bash/browser";
import { toLatin1 } from "../../base/bytes.ts";
import {
  type Context,
  failed,
  gnuCommand,
  pathOf,
  readBytes,
  result,
  statOf,
  usage,
} from "./lib/invocation.ts";
import type { Options } from "./lib/options.ts";
import { changes, hunkHeader, hunks, NO_NEWLINE } from "./git/lib/hunks.ts";
import { isBinary, splitLines, type Whitespace } from "./git/lib/lines.ts";

const TABLE = {
  short: "abBcdeqrNsuU:wiyL:Z",
  long: {
    brief: "q",
    recursive: "r",
    "new-file": "N",
    "report-identical-files": "s",
    "unified::": "unified",
    "label:": "L",
    "ignore-all-space": "w",
    "ignore-space-change": "b",
    "ignore-trailing-space": "Z",
    text: "a",
    "color::": "color",
  },
};

export const diffCommand: Command = gnuCommand("diff", TABLE, diff, 2);

async function diff(options: Options, context: Context, args: readonly string[]): Promise<ExecResult> {
  const unknown = ["c", "e", "y", "i", "B"].find((name) => options.has(name));
  if (unknown) return failed("diff", `-${unknown}: not simulated in LeakLab`, 2);
  const [a, b, extra] = options.operands;
  if (a === undefined || b === undefined)
    return usage("diff", `missing operand after '${a ?? args.at(-1) ?? "diff"}'`, 2);
  if (extra !== undefined) return usage("diff", `extra operand '${extra}'`, 2);
  const flags = args.filter((arg) => arg.startsWith("-") && arg !== "-" && !arg.startsWith("--"));
  return compare(a, b, { options, context, title: null, flags });
}

interface Call {
  readonly options: Options;
  readonly context: Context;
  /** Put before a difference found in a folder. */
  readonly title: string | null;
  readonly flags: readonly string[];
}

async function compare(a: string, b: string, call: Call): Promise<ExecResult> {
  const [left, right] = [await kindOf(a, call), await kindOf(b, call)];
  const problems = [left, right].filter((it) => typeof it === "string");
  if (problems.length > 0) return result("", problems.map((text) => `diff: ${text}\n`).join(""), 2);
  const [l, r] = [left as Side, right as Side];
  if (l.directory && r.directory) return folders(a, b, call);
  const base = (path: string) => path.slice(path.lastIndexOf("/") + 1);
  if (l.directory) return compare(`${a.replace(/\/$/, "")}/${base(b)}`, b, call);
  if (r.directory) return compare(a, `${b.replace(/\/$/, "")}/${base(a)}`, call);
  return files(a, b, l, r, call);
}

interface Side {
  readonly directory: boolean;
  readonly text: string;
  readonly mtime: Date;
}

async function kindOf(name: string, { context, options }: Call): Promise<Side | string> {
  if (name === "-") return { directory: false, text: context.stdin as unknown as string, mtime: new Date(0) };
  const stat = await statOf(context, pathOf(context, name), true);
  if (typeof stat === "string") {
    return options.has("N") ? { directory: false, text: "", mtime: new Date(0) } : `${name}: ${stat}`;
  }
  if (stat.isDirectory) return { directory: true, text: "", mtime: stat.mtime };
  const bytes = await readBytes(context, name);
  return typeof bytes === "string"
    ? `${name}: ${bytes}`
    : { directory: false, text: toLatin1(bytes), mtime: stat.mtime };
}

async function folders(a: string, b: string, call: Call): Promise<ExecResult> {
  const { context, options } = call;
  const [left, right] = [
    await context.fs.readdir(pathOf(context, a)),
    await context.fs.readdir(pathOf(context, b)),
  ];
  let [stdout, stderr, exitCode] = ["", "", 0];
  for (const name of [...new Set([...left, ...right])].sort()) {
    const [inA, inB] = [left.includes(name), right.includes(name)];
    if (!(inA && inB) && !options.has("N")) {
      stdout += `Only in ${inA ? a : b}: ${name}\n`;
      exitCode = Math.max(exitCode, 1);
      continue;
    }
    const [x, y] = [`${a}/${name}`, `${b}/${name}`];
    const both = await Promise.all([x, y].map(async (it) => statOf(context, pathOf(context, it), true)));
    if (both.every((it) => typeof it !== "string" && it.isDirectory) && !options.has("r")) {
      stdout += `Common subdirectories: ${x} and ${y}\n`;
      continue;
    }
    const title = ["diff", ...call.flags, x, y].join(" ");
    const found = await compare(x, y, { ...call, title });
    stdout += found.stdout;
    stderr += found.stderr;
    exitCode = Math.max(exitCode, found.exitCode);
  }
  return result(stdout, stderr, exitCode);
}

function files(a: string, b: string, left: Side, right: Side, { options, title }: Call): ExecResult {
  const whitespace: Whitespace = options.has("w")
    ? "all"
    : options.has("b")
      ? "change"
      : options.has("Z")
        ? "at-eol"
        : "exact";
  const same =
    left.text === right.text ||
    changes(splitLines(left.text), splitLines(right.text), whitespace).length === 0;
  if (same) return result(options.has("s") ? `Files ${a} and ${b} are identical\n` : "");
  if (options.has("q")) return result(`Files ${a} and ${b} differ\n`, "", 1);
  if (!options.has("a") && (isBinary(left.text) || isBinary(right.text)))
    return result(`Binary files ${a} and ${b} differ\n`, "", 1);
  const body = options.has("u", "U", "unified")
    ? unified(a, b, left, right, options, whitespace)
    : normal(left.text, right.text, whitespace);
  const text = (title === null ? "" : `${title}\n`) + body;
  return { stdout: text, stderr: "", exitCode: 1, stdoutKind: "bytes", stdoutEncoding: "binary" };
}

function unified(
  a: string,
  b: string,
  left: Side,
  right: Side,
  options: Options,
  whitespace: Whitespace,
): string {
  const [labelA, labelB] = options.values("L");
  const asked = options.value("U", "unified");
  const head = (name: string, label: string | undefined, side: Side) =>
    label === undefined ? `${name}\t${stamp(side.mtime)}` : label;
  const found = hunks(left.text, right.text, { context: asked ? Number(asked) : 3, whitespace });
  const lines = found.map(
    (hunk) =>
      `${hunkHeader(hunk).replace(/^(@@ [^@]* @@).*$/, "$1")}\n${hunk.lines.map((line) => `${line}\n`).join("")}`,
  );
  return `--- ${head(a, labelA, left)}\n+++ ${head(b, labelB, right)}\n${lines.join("")}`;
}

function stamp(time: Date): string {
  const iso = time.toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 23)}000000 +0000`;
}

function normal(a: string, b: string, whitespace: Whitespace): string {
  const [left, right] = [splitLines(a), splitLines(b)];
  return changes(left, right, whitespace)
    .map((change) => {
      const { a: at, aCount, b: bt, bCount } = change;
      const letter = aCount === 0 ? "a" : bCount === 0 ? "d" : "c";
      const body =
        marked("<", left.slice(at, at + aCount)) +
        (letter === "c" ? "---\n" : "") +
        marked(">", right.slice(bt, bt + bCount));
      return `${span(at, aCount)}${letter}${span(bt, bCount)}\n${body}`;
    })
    .join("");
}

function span(at: number, count: number): string {
  return count === 0 ? String(at) : count === 1 ? String(at + 1) : `${at + 1},${at + count}`;
}

function marked(mark: string, lines: readonly string[]): string {
  return lines.map((line) => `${mark} ${line.endsWith("\n") ? line : `${line}\n${NO_NEWLINE}\n`}`).join("");
}
