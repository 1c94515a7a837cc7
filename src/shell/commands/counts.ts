/** `wc`, `uniq -c`, `yes` and `cksum`: what just-bash lays out otherwise, or lacks. @see https://www.gnu.org/software/coreutils/wc */
import type { Command, ExecResult } from "just-bash/browser";
import { toUtf8 } from "../../base/bytes.ts";
import { command, type Context, gnuCommand, readBytes, result, usage } from "./lib/invocation.ts";
import type { Options } from "./lib/options.ts";

export const countCommands: readonly Command[] = [
  gnuCommand(
    "wc",
    { short: "cmlLw", long: { bytes: "c", chars: "m", lines: "l", "max-line-length": "L", words: "w" } },
    wc,
  ),
  command("uniq", async (args, context) => {
    const ran = await context.origCommand?.([...args]);
    if (!ran) return result("");
    const counted = args.some((arg) => /^-\w*c/.test(arg) || arg === "--count");
    return counted
      ? { ...ran, stdout: ran.stdout.replace(/^ *(\d+) /gm, (_whole, n: string) => `${n.padStart(7)} `) }
      : ran;
  }),
  command("yes", (args, context) => {
    const line = `${args.join(" ") || "y"}\n`;
    // A pipe would stop it after a few lines; there is nobody to stop it here but this limit.
    const most = Math.min(context.limits.maxOutputSize >> 4, 128 << 10);
    return result(line.repeat(Math.max(1, Math.floor(most / line.length))));
  }),
  gnuCommand("cksum", { short: "" }, cksum),
];

type Row = readonly [counts: readonly number[], name: string];

async function wc(options: Options, context: Context): Promise<ExecResult> {
  const rows: Row[] = [];
  let stderr = "";
  const sizes: number[] = [];
  for (const name of options.operands.length > 0 ? options.operands : [""]) {
    const bytes = await readBytes(context, name || "-");
    if (typeof bytes === "string") {
      stderr += `wc: ${name}: ${bytes}\n`;
      if (bytes === "Is a directory") rows.push([count(new Uint8Array(), options), name]);
      continue;
    }
    sizes.push(bytes.length);
    rows.push([count(bytes, options), name]);
  }
  const several = options.operands.length > 1;
  if (several) rows.push([totals(rows, options), "total"]);
  const width = columnWidth(rows, options, sizes);
  const line = ([counts, name]: Row) =>
    `${counts.map((n) => String(n).padStart(width)).join(" ")}${name ? ` ${name}` : ""}\n`;
  return result(rows.map(line).join(""), stderr, stderr ? 1 : 0);
}

/** One number of one file is not padded; standard input takes seven columns; files as many as their sizes together. */
function columnWidth(rows: readonly Row[], options: Options, sizes: readonly number[]): number {
  const perRow = rows[0]?.[0].length ?? 1;
  if (perRow === 1 && options.operands.length <= 1) return 1;
  if (options.operands.length === 0 || options.operands.includes("-")) return 7;
  return String(sizes.reduce((sum, size) => sum + size, 0)).length;
}

function count(bytes: Uint8Array, options: Options): number[] {
  const all = !options.has("c", "m", "l", "L", "w");
  const text = toUtf8(bytes);
  const counts: number[] = [];
  if (all || options.has("l")) counts.push(bytes.reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0));
  if (all || options.has("w")) counts.push(text.match(/\S+/g)?.length ?? 0);
  if (options.has("m")) counts.push([...text].length);
  if (all || options.has("c")) counts.push(bytes.length);
  if (options.has("L")) counts.push(Math.max(0, ...text.split("\n").map((line) => [...line].length)));
  return counts;
}

function totals(rows: readonly Row[], options: Options): number[] {
  const columns = rows[0]?.[0].length ?? 0;
  return Array.from({ length: columns }, (_, i) => {
    const values = rows.map(([counts]) => counts[i] ?? 0);
    return options.has("L") && i === columns - 1
      ? Math.max(0, ...values)
      : values.reduce((sum, n) => sum + n, 0);
  });
}

/** @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/cksum.html */
async function cksum(options: Options, context: Context): Promise<ExecResult> {
  let [stdout, stderr] = ["", ""];
  for (const name of options.operands.length > 0 ? options.operands : ["-"]) {
    const bytes = await readBytes(context, name);
    if (typeof bytes === "string") stderr += `cksum: ${name}: ${bytes}\n`;
    else stdout += `${crc(bytes)} ${bytes.length}${name === "-" ? "" : ` ${name}`}\n`;
  }
  return stdout || stderr ? result(stdout, stderr, stderr ? 1 : 0) : usage("cksum", "missing operand");
}

function crc(bytes: Uint8Array): number {
  let sum = 0;
  const feed = (byte: number) => {
    sum ^= byte << 24;
    for (let i = 0; i < 8; i++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  };
  bytes.forEach(feed);
  for (let length = bytes.length; length > 0; length = Math.floor(length / 256)) feed(length & 0xff);
  return ~sum >>> 0;
}
