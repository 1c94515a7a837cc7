/** `tar`: -c -t -x -r with -f -z -v -C -O -k and --exclude, in the ustar format. @see https://www.gnu.org/software/tar/manual/ */
import { gunzipSync, gzipSync } from "fflate";
import type { Command, ExecResult } from "just-bash/browser";
import { concat } from "../../base/bytes.ts";
import {
  bytesResult,
  command,
  type Context,
  pathOf,
  readBytes,
  reasonOf,
  result,
  statOf,
  writeBytes,
} from "./lib/invocation.ts";
import { accounts } from "./lib/accounts.ts";
import { modeText } from "./lib/mode.ts";
import { type Options, parseOptions } from "./lib/options.ts";
import { makeParents, matcher, walk, type Walked } from "./lib/tree.ts";
import { type Member, readMembers, writeArchive } from "../../base/ustar.ts";

const TABLE = {
  short: "cxtruf:C:zjJvOkphmaX:",
  long: {
    create: "c",
    extract: "x",
    get: "x",
    list: "t",
    append: "r",
    "file:": "f",
    "directory:": "C",
    gzip: "z",
    verbose: "v",
    "to-stdout": "O",
    "keep-old-files": "k",
    "exclude:": "exclude",
    "strip-components:": "strip",
    "auto-compress": "a",
    dereference: "h",
    "owner:": "owner",
    "group:": "group",
    "mtime:": "mtime",
    "sort:": "sort",
    "numeric-owner": "numeric-owner",
    "no-same-owner": "no-same-owner",
  },
};

const TRY = "Try 'tar --help' or 'tar --usage' for more information.\n";
const ENDING = "tar: Exiting with failure status due to previous errors\n";

export const tarCommand: Command = command("tar", async (args, context) => {
  const options = parseOptions(dashed(args), TABLE);
  if (typeof options === "string") return result("", `tar: ${options}\n${TRY}`, 64);
  const modes = ["c", "x", "t", "r"].filter((mode) => options.has(mode));
  if (options.has("u", "j", "J")) return result("", "tar: -u, -j and -J: not simulated in LeakLab\n", 2);
  if (modes.length === 0)
    return result(
      "",
      `tar: You must specify one of the '-Acdtrux', '--delete' or '--test-label' options\n${TRY}`,
      2,
    );
  if (modes.length > 1)
    return result(
      "",
      `tar: You may not specify more than one '-Acdtrux', '--delete' or  '--test-label' option\n${TRY}`,
      2,
    );
  const within = call(options, context);
  if (options.has("c", "r")) return create(within);
  return read(within);
});

/** The first word may be options without their dash: `tar xzf a.tgz`. */
function dashed(args: readonly string[]): readonly string[] {
  const [first, ...rest] = args;
  if (first === undefined || first.startsWith("-") || first === "") return args;
  const values: string[] = [];
  const taken = [...first].filter((letter) => letter === "f" || letter === "C" || letter === "X").length;
  values.push(...rest.slice(0, taken));
  let next = 0;
  return [
    ...[...first].flatMap((letter) =>
      "fCX".includes(letter) ? [`-${letter}`, values[next++] ?? ""] : [`-${letter}`],
    ),
    ...rest.slice(taken),
  ];
}

interface Call {
  readonly options: Options;
  readonly context: Context;
  /** Where -C leads. */
  readonly inner: Context;
  readonly excluded: (name: string) => boolean;
}

function call(options: Options, context: Context): Call {
  const directory = options.value("C");
  const inner = directory === undefined ? context : { ...bare(context), cwd: pathOf(context, directory) };
  return { options, context, inner, excluded: matcher(options.values("exclude")) };
}

/** The context has getters; a copy with another directory needs only these. */
function bare(context: Context): Context {
  return { fs: context.fs, cwd: context.cwd, env: context.env, stdin: context.stdin, limits: context.limits };
}

async function create(call: Call): Promise<ExecResult> {
  const { options, context, inner } = call;
  if (options.operands.length === 0)
    return result("", `tar: Cowardly refusing to create an empty archive\n${TRY}`, 2);
  const uids = new Map((await accounts(context)).map(({ name, uid }) => [name, uid]));
  const members: Member[] = options.has("r") ? await existing(call) : [];
  let verbose = "";
  let stderr = "";
  for (const name of options.operands) {
    const problem = await statOf(inner, pathOf(inner, name), false);
    if (typeof problem === "string") {
      stderr += `tar: ${name}: Cannot stat: ${problem}\n`;
      continue;
    }
    if (name.startsWith("/") && !stderr.includes("Removing leading"))
      stderr += "tar: Removing leading `/' from member names\n";
    for await (const walked of walk(inner, name, call.excluded)) {
      const member = await memberOf(inner, walked, uids);
      if (typeof member === "string") stderr += `tar: ${walked.name}: Cannot open: ${member}\n`;
      else {
        members.push(member);
        if (options.has("v")) verbose += `${shownName(member)}\n`;
      }
    }
  }
  const failed = /Cannot/.test(stderr);
  return store(call, writeArchive(members), verbose, failed ? stderr + ENDING : stderr, failed ? 2 : 0);
}

async function existing({ options, context }: Call): Promise<Member[]> {
  const bytes = await readBytes(context, options.value("f") ?? "-");
  return typeof bytes === "string" ? [] : [...readMembers(bytes)];
}

async function memberOf(
  context: Context,
  { name, path, stat }: Walked,
  uids: ReadonlyMap<string, number>,
): Promise<Member | string> {
  const owner = stat.owner ?? "user";
  const base = {
    name: name.replace(/^\/+/, "").replace(/\/+$/, ""),
    mode: stat.mode & 0o7777,
    mtimeS: Math.floor(stat.mtime.getTime() / 1000),
    owner,
    uid: uids.get(owner) ?? 0,
    target: "",
    bytes: new Uint8Array(),
  };
  if (stat.isDirectory) return { ...base, kind: "directory" };
  if (stat.isSymbolicLink)
    return { ...base, kind: "link", target: await context.fs.readlink(path), mode: 0o777 };
  const bytes = await readBytes(context, path);
  return typeof bytes === "string" ? bytes : { ...base, kind: "file", bytes };
}

async function store(
  call: Call,
  archive: Uint8Array,
  verbose: string,
  stderr: string,
  exitCode: number,
): Promise<ExecResult> {
  const { options, context } = call;
  const file = options.value("f") ?? "-";
  const zip = options.has("z") || (options.has("a") && /\.t?gz$/.test(file));
  // No time in the header: the same files always give the same archive.
  const bytes = zip ? gzipSync(archive, { mtime: 0, level: 6 }) : archive;
  if (file === "-") return bytesResult(bytes, verbose + stderr, exitCode);
  const problem = await writeBytes(context, file, bytes);
  if (problem !== null)
    return result(
      "",
      `tar: ${file}: Cannot open: ${problem}\ntar: Error is not recoverable: exiting now\n`,
      2,
    );
  return result(verbose, stderr, exitCode);
}

async function read(call: Call): Promise<ExecResult> {
  const { options, context } = call;
  const file = options.value("f") ?? "-";
  const raw = await readBytes(context, file);
  if (typeof raw === "string")
    return result("", `tar: ${file}: Cannot open: ${raw}\ntar: Error is not recoverable: exiting now\n`, 2);
  const bytes = unzipped(raw, context.limits.maxStringLength);
  const members = bytes && [...readMembers(bytes)];
  if (!members || (members.length === 0 && bytes.some((byte) => byte !== 0))) {
    const gzip = options.has("z") && raw[0] !== 0x1f;
    const reason = gzip
      ? "\ngzip: stdin: not in gzip format\ntar: Child returned status 1\n"
      : "tar: This does not look like a tar archive\ntar: Skipping to next header\n";
    return result("", reason + (gzip ? "tar: Error is not recoverable: exiting now\n" : ENDING), 2);
  }
  return options.has("t") ? list(call, members) : extract(call, members);
}

function unzipped(bytes: Uint8Array, limit: number): Uint8Array | null {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    // The last four bytes tell the size.
    const size = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true);
    return size > limit ? null : gunzipSync(bytes);
  } catch {
    return null;
  }
}

function wanted(call: Call, members: readonly Member[]): { chosen: Member[]; missing: string[] } {
  const asked = call.options.operands.map((name) => name.replace(/\/+$/, ""));
  const within = (name: string, member: Member) => member.name === name || member.name.startsWith(`${name}/`);
  const chosen = members.filter(
    (member) =>
      !excludedAbove(call, member.name) && (asked.length === 0 || asked.some((name) => within(name, member))),
  );
  return { chosen, missing: asked.filter((name) => !members.some((member) => within(name, member))) };
}

function excludedAbove({ excluded }: Call, name: string): boolean {
  const parts = name.split("/");
  return parts.some((_, i) => excluded(parts.slice(0, i + 1).join("/")));
}

function shownName(member: Member): string {
  return member.name + (member.kind === "directory" ? "/" : "");
}

function list(call: Call, members: readonly Member[]): ExecResult {
  const { chosen, missing } = wanted(call, members);
  const lines = chosen
    .map((member) => `${call.options.has("v") ? longLine(member) : shownName(member)}\n`)
    .join("");
  return finished(lines, missing);
}

function finished(stdout: string, missing: readonly string[], problems = ""): ExecResult {
  const stderr = problems + missing.map((name) => `tar: ${name}: Not found in archive\n`).join("");
  return result(stdout, stderr && stderr + ENDING, stderr ? 2 : 0);
}

function longLine(member: Member): string {
  const date = new Date(member.mtimeS * 1000).toISOString();
  const kind = {
    isFile: member.kind === "file",
    isDirectory: member.kind === "directory",
    isSymbolicLink: member.kind === "link",
  };
  const mode = modeText({ ...kind, mode: member.mode, size: 0, mtime: new Date(0) });
  const owner = `${member.owner}/${member.owner}`;
  const size = String(member.bytes.length).padStart(Math.max(1, 18 - owner.length));
  return `${mode} ${owner} ${size} ${date.slice(0, 10)} ${date.slice(11, 16)} ${shownName(member)}${member.target ? ` -> ${member.target}` : ""}`;
}

async function extract(call: Call, members: readonly Member[]): Promise<ExecResult> {
  const { options, inner } = call;
  const { chosen, missing } = wanted(call, members);
  const there = await statOf(inner, inner.cwd, true);
  if (typeof there === "string")
    return result(
      "",
      `tar: ${options.value("C")}: Cannot open: ${there}\ntar: Error is not recoverable: exiting now\n`,
      2,
    );
  let stdout = "";
  let problems = "";
  const parts: Uint8Array[] = [];
  for (const member of chosen) {
    const stripped = member.name
      .split("/")
      .slice(Number(options.value("strip") ?? 0))
      .join("/");
    if (stripped === "") continue;
    if (options.has("O")) {
      parts.push(member.bytes);
      continue;
    }
    const problem = await put(inner, { ...member, name: stripped });
    if (problem !== null) problems += `tar: ${stripped}: Cannot open: ${problem}\n`;
    else if (options.has("v")) stdout += `${shownName(member)}\n`;
  }
  if (options.has("O") && missing.length === 0) return bytesResult(concat(parts));
  // Times of folders last: what is put into them changes them.
  for (const { name, mtimeS, kind } of chosen.toReversed())
    if (kind === "directory") await setTime(inner, name, mtimeS);
  return finished(stdout, missing, problems);
}

async function put(context: Context, member: Member): Promise<string | null> {
  // Members that would leave the directory lose what leads out, as GNU tar does.
  const name = member.name.replace(/^\/+/, "").replace(/^(?:.*\/)?\.\.(?:\/|$)/, "");
  if (name === "") return null;
  const path = pathOf(context, name);
  try {
    await makeParents(context, path);
    if (member.kind === "directory") await context.fs.mkdir(path, { recursive: true });
    else {
      await context.fs.rm(path, { force: true });
      if (member.kind === "link") return await context.fs.symlink(member.target, path).then(() => null);
      await context.fs.writeFile(path, member.bytes);
    }
    await context.fs.chmod(path, member.mode & 0o755);
    await setTime(context, name, member.mtimeS);
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

async function setTime(context: Context, name: string, seconds: number): Promise<void> {
  const time = new Date(seconds * 1000);
  await context.fs.utimes(pathOf(context, name), time, time).catch(() => undefined);
}
