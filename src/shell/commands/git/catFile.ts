/** `git cat-file`: https://git-scm.com/docs/git-cat-file */
import type { ExecResult } from "just-git";
import { concat, fromUtf8, toLatin1 } from "../../../base/bytes.ts";
import { output, type GitCommand } from "./call.ts";
import { damageText } from "./lib/looseObject.ts";
import {
  allObjectIds,
  modeText,
  modeType,
  parseTree,
  peel,
  readObject,
  readPacks,
  type ObjectType,
  type RawObject,
} from "./lib/objects.ts";
import { parseOptions, usageError } from "./lib/options.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import { quotePath } from "./lib/quotePath.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { resolveRevision } from "./lib/revision.ts";
import { stdinLines } from "./lib/stdin.ts";
import { die, run, Stop, stop } from "./lib/transcript.ts";

const OPTIONS = {
  exists: { names: ["-e"] },
  pretty: { names: ["-p"] },
  type: { names: ["-t"] },
  size: { names: ["-s"] },
  unknown: { names: ["--allow-unknown-type"] },
  batch: { names: ["--batch"], value: "optional" },
  check: { names: ["--batch-check"], value: "optional" },
  command: { names: ["--batch-command"], value: "optional" },
  all: { names: ["--batch-all-objects"] },
  buffer: { names: ["--buffer"] },
  unordered: { names: ["--unordered"] },
  follow: { names: ["--follow-symlinks"] },
  zero: { names: ["-z"] },
  textconv: { names: ["--textconv"] },
  filters: { names: ["--filters"] },
  path: { names: ["--path"], value: "required" },
} as const;

const MODES = [
  ["exists", "-e"],
  ["pretty", "-p"],
  ["type", "-t"],
  ["size", "-s"],
] as const;

const TYPES: ReadonlySet<string> = new Set(["blob", "tree", "commit", "tag"]);

export const catFile: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, OPTIONS, {
    usage: PLUMBING_USAGE.catFile.replace("--mailmap ...", "--mailmap    "),
  });
  if ("result" in parsed) return parsed.result;
  const { values, rest } = parsed;
  const position = (flag: string) => call.args.indexOf(flag);
  const modes = MODES.filter(([key]) => values[key]).sort((a, b) => position(a[1]) - position(b[1]));
  if (modes.length > 1)
    return usageError(`switch \`${modes[1]?.[1].slice(1)}' is incompatible with ${modes[0]?.[1]}`, "");
  const mode = modes[0]?.[0];
  const format = values.batch ?? values.check ?? values.command;
  if (format !== undefined) {
    const style = values.batch !== undefined ? "contents" : values.check !== undefined ? "info" : "command";
    if (rest.length > 0)
      return output("", `fatal: ${"batch modes take no arguments"}\n\n${PLUMBING_USAGE.catFile}`, 129);
    return binary(
      await run(async (t) => {
        const repo = await openRepository(call);
        const print = (bytes: Uint8Array) => t.out(toLatin1(bytes));
        const batch: Batch = {
          repo,
          print,
          format: format || DEFAULT_FORMAT,
          contents: style === "contents",
        };
        if (values.all) for (const id of await allObjectIds(repo)) await batchOne(batch, id, id);
        else if (style === "command")
          for (const line of stdinLines(call.stdin, values.zero)) await batchCommand(batch, line);
        else for (const line of stdinLines(call.stdin, values.zero)) await batchLine(batch, line);
      }),
    );
  }
  if (values.all || values.buffer)
    return output(
      "",
      `fatal: '--${values.all ? "batch-all-objects" : "buffer"}' requires a batch mode\n\n${PLUMBING_USAGE.catFile}`,
      129,
    );
  return binary(
    await run(async (t) => {
      const wanted = mode === undefined ? rest.length === 2 : rest.length === 1;
      if (!wanted) throw new Stop(wrongCount(rest, mode && MODES.find(([key]) => key === mode)?.[1]), 129);
      const repo = await openRepository(call);
      const name = rest.at(-1) as string;
      const found = await resolveRevision(repo, name);
      if (!found) die(`Not a valid object name ${name}`);
      if (mode === "exists") return (await readObject(repo, found.id)) ? 0 : 1;
      const type = mode === undefined ? (rest[0] as string) : null;
      if (type !== null && !TYPES.has(type)) die(`invalid object type "${type}"`);
      const id = type === null ? found.id : await peelOrDie(repo, found.id, type as ObjectType, name);
      const raw = await readObject(repo, id);
      if (!raw) t.err(await damageText(repo, id));
      if (!raw)
        die(
          mode === "pretty" || type
            ? `Not a valid object name ${name}`
            : "git cat-file: could not get object info",
        );
      if (mode === "type") t.out(`${raw.type}\n`);
      else if (mode === "size") t.out(`${raw.content.length}\n`);
      else t.out(toLatin1(mode === "pretty" ? pretty(raw) : raw.content));
      return 0;
    }),
  );
};

function wrongCount(rest: readonly string[], flag: string | undefined): string {
  const usage = `\n${PLUMBING_USAGE.catFile}`;
  if (flag)
    return `fatal: ${rest.length === 0 ? `<object> required with '${flag}'` : "too many arguments"}\n${usage}`;
  if (rest.length === 0) return PLUMBING_USAGE.catFile;
  return `fatal: ${rest.length === 1 ? "only two arguments allowed in <type> <object> mode, not 1" : `only two arguments allowed in <type> <object> mode, not ${rest.length}`}\n${usage}`;
}

/** The output of cat-file is bytes: a blob passes through a pipe unchanged. */
function binary(result: ExecResult): ExecResult {
  return { ...result, stdoutKind: "bytes" } as ExecResult;
}

async function peelOrDie(repo: Repository, id: string, type: ObjectType, name: string): Promise<string> {
  const raw = await readObject(repo, id);
  if (!raw) die(`git cat-file ${name}: bad file`);
  return (await peel(repo, id, type)) ?? die(`git cat-file ${name}: bad file`);
}

function pretty(raw: RawObject): Uint8Array {
  if (raw.type !== "tree") return raw.content;
  const lines = parseTree(raw.content).map(
    ({ mode, name, id }) => `${modeText(mode)} ${modeType(mode)} ${id}\t${quotePath(name)}\n`,
  );
  return fromUtf8(lines.join(""));
}

const DEFAULT_FORMAT = "%(objectname) %(objecttype) %(objectsize)";

interface Batch {
  readonly repo: Repository;
  print(bytes: Uint8Array): void;
  readonly format: string;
  readonly contents: boolean;
}

async function batchCommand(batch: Batch, line: string): Promise<void> {
  const [command, name] = splitOnce(line);
  if (command === "flush") return;
  if (command !== "contents" && command !== "info")
    die(line === "" ? "empty command in input" : `unknown command: '${line}'`);
  if (name === "") die(`${command} requires arguments`);
  await batchOne({ ...batch, contents: command === "contents" }, name, name);
}

function splitOnce(line: string): [string, string] {
  const space = line.search(/[ \t]/);
  return space < 0 ? [line, ""] : [line.slice(0, space), line.slice(space + 1).trimStart()];
}

function batchLine(batch: Batch, line: string): Promise<void> {
  if (!batch.format.includes("%(rest)")) return batchOne(batch, line, line);
  const [name, rest] = splitOnce(line);
  return batchOne(batch, name, name, rest);
}

async function batchOne(batch: Batch, name: string, shown: string, rest = ""): Promise<void> {
  const { repo } = batch;
  const found = await resolveQuietly(repo, name);
  const raw = typeof found === "string" ? await readObject(repo, found) : null;
  if (typeof found !== "string" || !raw) {
    batch.print(fromUtf8(`${shown} ${found === undefined ? "ambiguous" : "missing"}\n`));
    return;
  }
  const line = fromUtf8(`${await expand(repo, batch.format, found, raw, rest)}\n`);
  batch.print(batch.contents ? concat([line, raw.content, fromUtf8("\n")]) : line);
}

/** Null is missing, undefined ambiguous. */
async function resolveQuietly(repo: Repository, name: string): Promise<string | null | undefined> {
  try {
    return (await resolveRevision(repo, name))?.id ?? null;
  } catch (problem) {
    if (!(problem instanceof Stop)) throw problem;
    return problem.message.includes("is ambiguous") ? undefined : null;
  }
}

async function expand(
  repo: Repository,
  format: string,
  id: string,
  raw: RawObject,
  rest: string,
): Promise<string> {
  let out = "";
  for (const [part, field] of format.matchAll(/%\(([^)]*)\)|[^%]+|%/g)) {
    if (field === undefined) out += part;
    else if (field === "objectname") out += id;
    else if (field === "objecttype") out += raw.type;
    else if (field === "objectsize") out += raw.content.length;
    else if (field === "objectsize:disk") out += await diskSize(repo, id);
    else if (field === "deltabase") out += "0".repeat(40);
    else if (field === "rest") out += rest;
    else stop(`fatal: unknown format element: ${field}\n`, 128);
  }
  return out;
}

async function diskSize(repo: Repository, id: string): Promise<number> {
  const loose = `${repo.gitDir}/objects/${id.slice(0, 2)}/${id.slice(2)}`;
  if (await repo.fs.exists(loose)) return (await repo.fs.stat(loose)).size;
  for (const pack of await readPacks(repo)) {
    const object = pack.objects.find((candidate) => candidate.id === id);
    if (!object) continue;
    const end = (await repo.fs.stat(`${repo.gitDir}/objects/pack/${pack.name}.pack`)).size - 20;
    const next = pack.objects.map(({ offset }) => offset).filter((offset) => offset > object.offset);
    return Math.min(end, ...next) - object.offset;
  }
  return 0;
}
