/** `stat`, `realpath`, `truncate`, `install`. @see https://www.gnu.org/software/coreutils/stat */
import type { Command, ExecResult } from "just-bash/browser";
import { accounts } from "./lib/accounts.ts";
import {
  type Context,
  failed,
  gnuCommand,
  pathOf,
  readBytes,
  reasonOf,
  result,
  type Stat,
  statOf,
  usage,
  writeBytes,
} from "./lib/invocation.ts";
import { modeText } from "./lib/mode.ts";
import type { Options } from "./lib/options.ts";

export const statCommands: readonly Command[] = [
  gnuCommand(
    "stat",
    {
      short: "c:fLt",
      long: { "format:": "c", "printf:": "printf", dereference: "L", "file-system": "f", terse: "t" },
    },
    stat,
  ),
  gnuCommand(
    "realpath",
    {
      short: "emsqz",
      long: {
        "canonicalize-existing": "e",
        "canonicalize-missing": "m",
        "no-symlinks": "s",
        quiet: "q",
        "relative-to:": "to",
      },
    },
    realpath,
  ),
  gnuCommand("truncate", { short: "cs:", long: { "no-create": "c", "size:": "s" } }, truncate),
  gnuCommand("install", { short: "dDm:v", long: { directory: "d", "mode:": "m", verbose: "v" } }, install),
];

async function stat(options: Options, context: Context): Promise<ExecResult> {
  if (options.operands.length === 0) return usage("stat", "missing operand");
  const owners = new Map((await accounts(context)).map(({ name, uid }) => [name, uid]));
  let stdout = "";
  let stderr = "";
  for (const name of options.operands) {
    const path = pathOf(context, name);
    const found = await statOf(context, path, options.has("L"));
    if (typeof found === "string") {
      stderr += `stat: cannot statx '${name}': ${found}\n`;
      continue;
    }
    const target = found.isSymbolicLink ? await context.fs.readlink(path) : null;
    const facts = factsOf(name, found, target, owners);
    const format = options.value("c");
    const printf = options.value("printf");
    if (printf !== undefined) stdout += filled(escapes(printf), facts);
    else stdout += `${filled(format ?? DEFAULT(target), facts)}\n`;
  }
  return result(stdout, stderr, stderr ? 1 : 0);
}

const DEFAULT = (target: string | null) =>
  `  File: %n${target === null ? "" : ` -> ${target}`}\n  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\nDevice: 0,1\tInode: %-11i Links: %h\n` +
  "Access: (%04a/%A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)\nAccess: %x\nModify: %y\nChange: %z\n Birth: -";

function factsOf(
  name: string,
  stat: Stat,
  target: string | null,
  owners: ReadonlyMap<string, number>,
): Record<string, string> {
  const seconds = String(Math.floor(stat.mtime.getTime() / 1000));
  const iso = stat.mtime.toISOString();
  const time = `${iso.slice(0, 10)} ${iso.slice(11, 23)}000000 +0000`;
  const owner = stat.owner ?? "user";
  const uid = String(owners.get(owner) ?? 0);
  const size = stat.isDirectory ? 4096 : stat.size;
  const kind = stat.isDirectory
    ? "directory"
    : stat.isSymbolicLink
      ? "symbolic link"
      : !stat.isFile
        ? "character special file"
        : stat.size === 0
          ? "regular empty file"
          : "regular file";
  return {
    n: name,
    N: target === null ? `'${name}'` : `'${name}' -> '${target}'`,
    s: String(size),
    F: kind,
    a: (stat.isSymbolicLink ? 0o777 : stat.mode).toString(8),
    A: modeText(stat),
    U: owner,
    G: owner,
    u: uid,
    g: uid,
    h: String(stat.isDirectory ? 2 : (stat.nlink ?? 1)),
    i: String(stat.ino ?? 1),
    b: String(Math.ceil(size / 4096) * 8),
    B: "512",
    o: "4096",
    d: "1",
    x: time,
    y: time,
    z: time,
    w: "-",
    X: seconds,
    Y: seconds,
    Z: seconds,
    W: "0",
    "%": "%",
  };
}

function filled(format: string, facts: Readonly<Record<string, string>>): string {
  return format.replace(
    /%(-?)(0?)(\d*)([a-zA-Z%])/g,
    (_whole, left: string, zero: string, width: string, letter: string) => {
      const value = facts[letter] ?? "?";
      return left ? value.padEnd(Number(width)) : value.padStart(Number(width), zero ? "0" : " ");
    },
  );
}

function escapes(text: string): string {
  const known: Record<string, string> = { n: "\n", t: "\t", "\\": "\\", '"': '"', "0": "\0" };
  return text.replace(/\\(.)/g, (whole, c: string) => known[c] ?? whole);
}

async function realpath(options: Options, context: Context): Promise<ExecResult> {
  if (options.operands.length === 0) return usage("realpath", "missing operand");
  let stdout = "";
  let stderr = "";
  for (const name of options.operands) {
    const path = await resolved(context, name, options);
    if (path.startsWith("/")) stdout += `${relative(path, options.value("to"), context)}\n`;
    else if (!options.has("q")) stderr += `realpath: ${name}: ${path}\n`;
  }
  return result(stdout, stderr, stderr ? 1 : 0);
}

/** The path, or a reason (which never begins with a slash). */
async function resolved(context: Context, name: string, options: Options): Promise<string> {
  const path = pathOf(context, name);
  if (options.has("s")) return path;
  try {
    return await context.fs.realpath(path);
  } catch (error) {
    const parent = path.slice(0, path.lastIndexOf("/")) || "/";
    const lenient = options.has("m") || (!options.has("e") && (await context.fs.exists(parent)));
    return lenient ? path : reasonOf(error);
  }
}

function relative(path: string, to: string | undefined, context: Context): string {
  if (to === undefined) return path;
  const [from, there] = [pathOf(context, to).split("/").filter(Boolean), path.split("/").filter(Boolean)];
  const shared = from.findIndex((part, i) => there[i] !== part);
  const common = shared < 0 ? from.length : shared;
  return [...from.slice(common).map(() => ".."), ...there.slice(common)].join("/") || ".";
}

async function truncate(options: Options, context: Context): Promise<ExecResult> {
  const size = options.value("s");
  if (size === undefined) return usage("truncate", "you must specify either '--size' or '--reference'");
  const [, sign = "", digits = "", unit = ""] = /^([+-]?)(\d+)([KMG]?)B?$/.exec(size) ?? [];
  if (digits === "") return failed("truncate", `Invalid number: '${size}'`);
  if (options.operands.length === 0) return usage("truncate", "missing file operand");
  const amount = Number(digits) * { "": 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 }[unit as "K"];
  let stderr = "";
  for (const name of options.operands) {
    const exists = await context.fs.exists(pathOf(context, name));
    if (!exists && options.has("c")) continue;
    const problem = await resize(context, name, exists, (old) =>
      sign ? Math.max(0, old + (sign === "-" ? -amount : amount)) : amount,
    );
    if (problem !== null) stderr += `truncate: cannot open '${name}' for writing: ${problem}\n`;
  }
  return result("", stderr, stderr ? 1 : 0);
}

async function resize(
  context: Context,
  name: string,
  exists: boolean,
  size: (old: number) => number,
): Promise<string | null> {
  const bytes = exists ? await readBytes(context, name) : new Uint8Array();
  if (typeof bytes === "string") return bytes;
  const length = size(bytes.length);
  if (length > context.limits.maxStringLength) return "File too large";
  const next = new Uint8Array(length);
  next.set(bytes.subarray(0, length));
  return writeBytes(context, name, next);
}

async function install(options: Options, context: Context): Promise<ExecResult> {
  const mode = Number.parseInt(options.value("m") ?? "755", 8);
  const { operands } = options;
  if (operands.length === 0) return usage("install", "missing file operand");
  if (options.has("d")) return each(operands, (path) => makeDirectory(context, path, mode));
  if (operands.length === 1)
    return usage("install", `missing destination file operand after '${operands[0]}'`);
  const target = operands.at(-1) as string;
  const into = await statOf(context, pathOf(context, target), true);
  const directory = typeof into !== "string" && into.isDirectory;
  return each(operands.slice(0, -1), (source) =>
    installFile(
      context,
      source,
      directory ? `${target}/${source.slice(source.lastIndexOf("/") + 1)}` : target,
      mode,
      options.has("D"),
    ),
  );
}

async function each(
  names: readonly string[],
  act: (name: string) => Promise<string | null>,
): Promise<ExecResult> {
  let stderr = "";
  for (const name of names) {
    const problem = await act(name);
    if (problem !== null) stderr += `install: ${problem}\n`;
  }
  return result("", stderr, stderr ? 1 : 0);
}

async function makeDirectory(context: Context, name: string, mode: number): Promise<string | null> {
  try {
    await context.fs.mkdir(pathOf(context, name), { recursive: true });
    await context.fs.chmod(pathOf(context, name), mode);
    return null;
  } catch (error) {
    return `cannot create directory '${name}': ${reasonOf(error)}`;
  }
}

async function installFile(
  context: Context,
  source: string,
  target: string,
  mode: number,
  parents: boolean,
): Promise<string | null> {
  const bytes = await readBytes(context, source);
  if (typeof bytes === "string") return `cannot stat '${source}': ${bytes}`;
  const folder = target.slice(0, target.lastIndexOf("/"));
  if (parents && folder) await makeDirectory(context, folder, 0o755);
  const problem = await writeBytes(context, target, bytes);
  if (problem !== null) return `cannot create regular file '${target}': ${problem}`;
  await context.fs.chmod(pathOf(context, target), mode);
  return null;
}
