/**
 * Commands of chance: `mktemp`, `uuidgen`, `shuf`. They draw from Web Crypto, which the realm makes the world's own stream.
 * @see https://www.gnu.org/software/coreutils/mktemp
 */
import type { Command, ExecResult } from "just-bash/browser";
import {
  type Context,
  failed,
  gnuCommand,
  pathOf,
  readBytes,
  reasonOf,
  result,
  stdinText,
  usage,
  writeBytes,
} from "./lib/invocation.ts";
import { randomBelow, randomUuid } from "./lib/chance.ts";
import type { Options } from "./lib/options.ts";
import { toUtf8 } from "../../base/bytes.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

export const chanceCommands: readonly Command[] = [
  gnuCommand(
    "mktemp",
    {
      short: "dup:qt",
      long: { directory: "d", "dry-run": "u", "tmpdir::": "tmpdir", quiet: "q", "suffix:": "suffix" },
    },
    mktemp,
  ),
  gnuCommand("uuidgen", { short: "rt", long: { random: "r", time: "t" } }, () => result(`${randomUuid()}\n`)),
  gnuCommand(
    "shuf",
    {
      short: "ei:n:o:rz",
      long: {
        echo: "e",
        "input-range:": "i",
        "head-count:": "n",
        "output:": "o",
        repeat: "r",
        "zero-terminated": "z",
      },
    },
    shuf,
  ),
];

async function mktemp(options: Options, context: Context): Promise<ExecResult> {
  if (options.operands.length > 1) return usage("mktemp", "too many templates");
  const [given] = options.operands;
  const template = (given ?? "tmp.XXXXXXXXXX") + (options.value("suffix") ?? "");
  const suffix = options.value("suffix") ?? /X+([^X/]*)$/.exec(template)?.[1] ?? "";
  const stem = template.slice(0, template.length - suffix.length);
  const marks = /X*$/.exec(stem)?.[0].length ?? 0;
  if (marks < 3) return failed("mktemp", `too few X's in template '${given ?? template}'`);
  const folder = temporaryFolder(options, context, given === undefined);
  const random = Array.from({ length: marks }, () => LETTERS.charAt(randomBelow(LETTERS.length))).join("");
  const name =
    (folder === null ? "" : `${folder.replace(/\/$/, "")}/`) +
    stem.slice(0, stem.length - marks) +
    random +
    suffix;
  if (options.has("u")) return result(`${name}\n`);
  const kind = options.has("d") ? "directory" : "file";
  const problem = await create(context, name, options.has("d"));
  const shown = (folder === null ? "" : `${folder.replace(/\/$/, "")}/`) + template;
  if (problem === null) return result(`${name}\n`);
  return options.has("q")
    ? result("", "", 1)
    : failed("mktemp", `failed to create ${kind} via template '${shown}': ${problem}`);
}

function temporaryFolder(options: Options, context: Context, always: boolean): string | null {
  const asked = options.value("p", "tmpdir");
  if (asked) return asked;
  return always || options.has("t", "tmpdir", "p") ? (context.env.get("TMPDIR") ?? "/tmp") : null;
}

async function create(context: Context, name: string, directory: boolean): Promise<string | null> {
  const path = pathOf(context, name);
  try {
    if (directory) await context.fs.mkdir(path);
    else await context.fs.writeFile(path, "");
    await context.fs.chmod(path, directory ? 0o700 : 0o600);
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

async function shuf(options: Options, context: Context): Promise<ExecResult> {
  const lines = await shuffled(options, context);
  if (!Array.isArray(lines)) return lines;
  const end = options.has("z") ? "\0" : "\n";
  const asked = options.value("n");
  if (asked !== undefined && !/^\d+$/.test(asked)) return failed("shuf", `invalid line count: '${asked}'`);
  const count = asked === undefined ? lines.length : Number(asked);
  const picked = options.has("r")
    ? Array.from({ length: Math.min(count, 100_000) }, () => lines[randomBelow(lines.length)] as string)
    : permuted(lines).slice(0, count);
  const text = picked.map((line) => line + end).join("");
  const output = options.value("o");
  if (output === undefined) return result(text);
  const problem = await writeBytes(context, output, text);
  return problem === null ? result("") : failed("shuf", `${output}: ${problem}`);
}

async function shuffled(options: Options, context: Context): Promise<string[] | ExecResult> {
  const range = options.value("i");
  if (range !== undefined) {
    const [, low = "", high = ""] = /^(\d+)-(\d+)$/.exec(range) ?? [];
    if (!high || Number(high) < Number(low) || Number(high) - Number(low) > 1_000_000) {
      return failed("shuf", `invalid input range: '${range}'`);
    }
    return Array.from({ length: Number(high) - Number(low) + 1 }, (_, i) => String(Number(low) + i));
  }
  if (options.has("e")) return [...options.operands];
  const [name = "-"] = options.operands;
  const bytes = name === "-" ? null : await readBytes(context, name);
  if (typeof bytes === "string") return failed("shuf", `${name}: ${bytes}`);
  const text = bytes ? toUtf8(bytes) : stdinText(context);
  const lines = text.split(options.has("z") ? "\0" : "\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** @see https://en.wikipedia.org/wiki/Fisher%E2%80%93Yates_shuffle */
function permuted(items: readonly string[]): string[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = randomBelow(i + 1);
    [order[i], order[j]] = [order[j] as string, order[i] as string];
  }
  return order;
}
