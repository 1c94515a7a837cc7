/** `sha256sum` and its kin, with `-c`. @see https://www.gnu.org/software/coreutils/sha2-utilities */
import { md5, sha1 } from "@noble/hashes/legacy.js";
import { sha224, sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import type { Command, ExecResult } from "just-bash/browser";
import { toHex, toUtf8 } from "../../base/bytes.ts";
import { type Context, failed, gnuCommand, readBytes, result } from "./lib/invocation.ts";
import type { Options } from "./lib/options.ts";

export type Digest = (bytes: Uint8Array) => Uint8Array;

export const DIGESTS: Readonly<Record<string, Digest>> = { md5, sha1, sha224, sha256, sha384, sha512 };

const TABLE = {
  short: "bctwz",
  long: {
    binary: "b",
    check: "c",
    text: "t",
    warn: "w",
    zero: "z",
    tag: "tag",
    quiet: "quiet",
    status: "status",
    strict: "strict",
    "ignore-missing": "ignore-missing",
  },
};

export const digestCommands: readonly Command[] = Object.entries(DIGESTS).map(([id, digest]) =>
  gnuCommand(`${id}sum`, TABLE, (options, context) => {
    const names = options.operands.length > 0 ? options.operands : ["-"];
    const run = options.has("c") ? check : sums;
    return run({ name: `${id}sum`, id, digest, options, context }, names);
  }),
);

interface Call {
  readonly name: string;
  readonly id: string;
  readonly digest: Digest;
  readonly options: Options;
  readonly context: Context;
}

async function sums(call: Call, names: readonly string[]): Promise<ExecResult> {
  const { options } = call;
  let stdout = "";
  let stderr = "";
  for (const name of names) {
    const bytes = await readBytes(call.context, name);
    if (typeof bytes === "string") {
      stderr += `${call.name}: ${name}: ${bytes}\n`;
      continue;
    }
    const hex = toHex(call.digest(bytes));
    const line = options.has("tag")
      ? `${call.id.toUpperCase()} (${name}) = ${hex}`
      : `${hex} ${options.has("b") ? "*" : " "}${name}`;
    stdout += line + (options.has("z") ? "\0" : "\n");
  }
  return result(stdout, stderr, stderr ? 1 : 0);
}

interface Tally {
  stdout: string;
  stderr: string;
  exitCode: number;
}

async function check(call: Call, names: readonly string[]): Promise<ExecResult> {
  const tally: Tally = { stdout: "", stderr: "", exitCode: 0 };
  for (const name of names) await checkList(call, name, tally);
  return result(tally.stdout, tally.stderr, tally.exitCode);
}

async function checkList(call: Call, name: string, tally: Tally): Promise<void> {
  const bytes = await readBytes(call.context, name);
  if (typeof bytes === "string") {
    tally.stderr += `${call.name}: ${name}: ${bytes}\n`;
    tally.exitCode = 1;
    return;
  }
  const lines = toUtf8(bytes)
    .split("\n")
    .filter((line) => line !== "");
  const entries = lines.flatMap((line) => entryOf(line, call) ?? []);
  const counts = { missing: 0, wrong: 0 };
  for (const entry of entries) await checkFile(call, entry, counts, tally);
  report(call, name, { total: lines.length, good: entries.length, ...counts }, tally);
}

function entryOf(line: string, { digest, id }: Call): { hex: string; file: string } | null {
  const length = 2 * digest(new Uint8Array()).length;
  const tagged = /^(\w+) \((.*)\) = ([0-9a-fA-F]+)$/.exec(line);
  if (tagged?.[1]?.toLowerCase() === id && tagged[3]?.length === length)
    return { hex: tagged[3], file: tagged[2] as string };
  const plain = /^([0-9a-fA-F]+) [ *](.+)$/.exec(line);
  return plain?.[1]?.length === length ? { hex: plain[1], file: plain[2] as string } : null;
}

async function checkFile(
  call: Call,
  { hex, file }: { hex: string; file: string },
  counts: { missing: number; wrong: number },
  tally: Tally,
) {
  const { options } = call;
  const bytes = await readBytes(call.context, file);
  const silent = options.has("status");
  if (typeof bytes === "string") {
    if (options.has("ignore-missing")) return;
    counts.missing += 1;
    tally.stderr += `${call.name}: ${file}: ${bytes}\n`;
    if (!silent) tally.stdout += `${file}: FAILED open or read\n`;
    return;
  }
  const same = toHex(call.digest(bytes)) === hex.toLowerCase();
  if (!same) counts.wrong += 1;
  if (!silent && !(same && options.has("quiet"))) tally.stdout += `${file}: ${same ? "OK" : "FAILED"}\n`;
}

interface Counts {
  readonly total: number;
  readonly good: number;
  readonly missing: number;
  readonly wrong: number;
}

function report(call: Call, list: string, counts: Counts, tally: Tally): void {
  const warn = (text: string) => {
    if (!call.options.has("status")) tally.stderr += `${call.name}: WARNING: ${text}\n`;
  };
  if (counts.good === 0) {
    const { stderr } = failed(call.name, `${list}: no properly formatted checksum lines found`);
    tally.stderr += stderr;
    tally.exitCode = 1;
    return;
  }
  const bad = counts.total - counts.good;
  if (bad > 0) warn(`${bad} line${bad > 1 ? "s are" : " is"} improperly formatted`);
  const { missing, wrong } = counts;
  if (missing > 0) warn(`${missing} listed file${missing > 1 ? "s" : ""} could not be read`);
  if (wrong > 0) warn(`${wrong} computed checksum${wrong > 1 ? "s" : ""} did NOT match`);
  if (missing > 0 || wrong > 0 || (bad > 0 && call.options.has("strict"))) tally.exitCode = 1;
}
