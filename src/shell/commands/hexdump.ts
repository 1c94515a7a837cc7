/** Bytes for people: `xxd`, `od`, `hexdump -C`, `cmp`. @see https://manpages.debian.org/bookworm/xxd/xxd.1.en.html */
import type { Command, ExecResult } from "just-bash/browser";
import { fromHex, toHex, toUtf8 } from "../../base/bytes.ts";
import {
  bytesResult,
  command,
  type Context,
  failed,
  gnuCommand,
  notSimulated,
  readBytes,
  result,
  writeBytes,
} from "./lib/invocation.ts";
import type { Options } from "./lib/options.ts";

export const hexdumpCommands: readonly Command[] = [
  gnuCommand("xxd", { short: "abc:g:il:prs:u", long: {} }, xxd),
  gnuCommand("hexdump", { short: "Cn:s:v" }, hexdump),
  gnuCommand(
    "od",
    {
      short: "A:bcdj:N:oSt:vw::x",
      long: {
        "address-radix:": "A",
        "skip-bytes:": "j",
        "read-bytes:": "N",
        "format:": "t",
        "output-duplicates": "v",
        "width::": "w",
      },
    },
    od,
  ),
  gnuCommand(
    "cmp",
    { short: "bi:ln:s", long: { silent: "s", quiet: "s", "print-bytes": "b", verbose: "l" } },
    cmp,
    2,
  ),
  command(
    "hd",
    (args, context) =>
      hexdumpCommands.find(({ name }) => name === "hexdump")?.execute(["-C", ...args], context) ??
      notSimulated("hd"),
  ),
];

function printable(bytes: Uint8Array): string {
  return [...bytes].map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".")).join("");
}

async function xxd(options: Options, context: Context): Promise<ExecResult> {
  const [name = "-", output] = options.operands;
  const all = await readBytes(context, name);
  if (typeof all === "string") return failed("xxd", `${name}: ${all}`, 2);
  const start = Number(options.value("s") ?? 0);
  const from = start < 0 ? Math.max(0, all.length + start) : start;
  const length = Number(options.value("l") ?? all.length);
  const bytes = all.subarray(from, from + length);
  const text = options.has("r") ? null : dump(bytes, from, name, options);
  const dumped = text ?? undump(toUtf8(all), options.has("p"));
  if (output !== undefined && output !== "-") {
    const problem = await writeBytes(context, output, dumped);
    return problem === null ? result("") : failed("xxd", `${output}: ${problem}`, 3);
  }
  return typeof dumped === "string" ? result(dumped) : bytesResult(dumped);
}

function dump(bytes: Uint8Array, from: number, name: string, options: Options): string {
  const columns = Number(
    options.value("c") ?? (options.has("p") ? 30 : options.has("i") ? 12 : options.has("b") ? 6 : 16),
  );
  const rows = Array.from({ length: Math.ceil(bytes.length / columns) }, (_, i) =>
    bytes.subarray(i * columns, (i + 1) * columns),
  );
  const cased = (hex: string) => (options.has("u") ? hex.toUpperCase() : hex);
  if (options.has("p")) return rows.map((row) => `${cased(toHex(row))}\n`).join("");
  if (options.has("i")) return include(rows, bytes.length, name, cased);
  const size = options.has("b") ? 1 : Number(options.value("g") ?? 2) || columns;
  const digits = options.has("b") ? 8 : 2;
  const width = columns * digits + Math.ceil(columns / size) - 1;
  const cell = (byte: number) =>
    options.has("b") ? byte.toString(2).padStart(8, "0") : cased(byte.toString(16).padStart(2, "0"));
  return rows
    .map((row, i) => {
      const groups: string[] = [];
      for (let at = 0; at < row.length; at += size)
        groups.push([...row.subarray(at, at + size)].map(cell).join(""));
      const offset = (from + i * columns).toString(16).padStart(8, "0");
      return `${offset}: ${groups.join(" ").padEnd(width)}  ${printable(row)}\n`;
    })
    .join("");
}

/** A C array; with a name for a file. */
function include(
  rows: readonly Uint8Array[],
  length: number,
  name: string,
  cased: (hex: string) => string,
): string {
  const lines = rows.map(
    (row) => `  ${[...row].map((byte) => `0x${cased(byte.toString(16).padStart(2, "0"))}`).join(", ")}`,
  );
  const body = lines.length > 0 ? `${lines.join(",\n")}\n` : "";
  if (name === "-") return body;
  const id = name.replace(/[^A-Za-z0-9]/g, "_").replace(/^(\d)/, "__$1");
  return `unsigned char ${id}[] = {\n${body}};\nunsigned int ${id}_len = ${length};\n`;
}

function undump(text: string, plain: boolean): Uint8Array {
  if (plain) return fromHex(text.replace(/[^0-9a-fA-F]/g, ""));
  const rows = text
    .split("\n")
    .flatMap((line) => /^\s*([0-9a-fA-F]+): ((?:[0-9a-fA-F]+ ?)+)/.exec(line) ?? []);
  const hex = rows.filter((_, i) => i % 3 === 2).map((row) => row.replace(/ /g, ""));
  return fromHex(hex.join(""));
}

async function hexdump(options: Options, context: Context): Promise<ExecResult> {
  if (!options.has("C")) return notSimulated("hexdump without -C", 1);
  const [name = "-"] = options.operands;
  const all = await readBytes(context, name);
  if (typeof all === "string") return failed("hexdump", `${name}: ${all}`);
  const start = Number(options.value("s") ?? 0);
  const bytes = all.subarray(start, start + Number(options.value("n") ?? all.length));
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.subarray(at, at + 16);
    const cells = [...row].map((byte) => byte.toString(16).padStart(2, "0"));
    const half = (from: number) =>
      cells
        .slice(from, from + 8)
        .join(" ")
        .padEnd(23);
    lines.push(`${offsetOf(start + at)}  ${half(0)}  ${half(8)}  |${printable(row)}|`);
  }
  return result(bytes.length === 0 ? "" : `${lines.join("\n")}\n${offsetOf(start + bytes.length)}\n`);
}

function offsetOf(at: number): string {
  return at.toString(16).padStart(8, "0");
}

/** Size in bytes, width of a cell, and how a value is written. */
type Cells = readonly [size: number, width: number, text: (value: number) => string];

const NAMED: Readonly<Record<number, string>> = {
  0: "\\0",
  7: "\\a",
  8: "\\b",
  9: "\\t",
  10: "\\n",
  11: "\\v",
  12: "\\f",
  13: "\\r",
};

function charText(byte: number): string {
  return (
    NAMED[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, "0"))
  );
}

function cellsOf(options: Options): Cells | null {
  const asked = options.value("t") ?? ["c", "x", "o", "d", "b"].find((name) => options.has(name)) ?? "o2";
  const type = { x: "x2", o: "o2", d: "u2", b: "o1" }[options.has("t") ? "" : asked] ?? asked;
  if (type === "c") return [1, 4, charText];
  const [, kind = "", digits = ""] = /^([xou])([124]?)$/.exec(type) ?? [];
  const size = Number(digits || 4);
  if (kind === "x") return [size, 2 * size + 1, (value) => value.toString(16).padStart(2 * size, "0")];
  const octal = { 1: 3, 2: 6, 4: 11 }[size] ?? 11;
  if (kind === "o") return [size, octal + 1, (value) => value.toString(8).padStart(octal, "0")];
  if (kind === "u") return [size, { 1: 4, 2: 6, 4: 11 }[size] ?? 11, String];
  return null;
}

/** @see https://www.gnu.org/software/coreutils/od */
async function od(options: Options, context: Context): Promise<ExecResult> {
  const cells = cellsOf(options);
  if (!cells) return notSimulated(`od -t ${options.value("t")}`, 1);
  const [name = "-"] = options.operands;
  const all = await readBytes(context, name);
  if (typeof all === "string") return failed("od", `${name}: ${all}`);
  const start = Number(options.value("j") ?? 0);
  const bytes = all.subarray(start, start + Number(options.value("N") ?? all.length));
  const radix = options.value("A") ?? "o";
  const address = (at: number) =>
    radix === "n" ? "" : at.toString({ x: 16, d: 10 }[radix] ?? 8).padStart(radix === "x" ? 6 : 7, "0");
  const rows: string[] = [];
  let before = "";
  for (let at = 0; at < bytes.length; at += 16) {
    const text = odRow(bytes.subarray(at, at + 16), cells);
    if (text === before && at + 16 < bytes.length && !options.has("v")) {
      if (rows.at(-1) !== "*") rows.push("*");
      continue;
    }
    before = text;
    rows.push(address(start + at) + text);
  }
  return result(
    [...rows, ...(radix === "n" ? [] : [address(start + bytes.length)])].map((row) => `${row}\n`).join(""),
  );
}

function odRow(row: Uint8Array, [size, width, text]: Cells): string {
  const cells: string[] = [];
  for (let at = 0; at < row.length; at += size) {
    const value = [...row.subarray(at, at + size)].reduceRight((sum, byte) => sum * 256 + byte, 0);
    cells.push(text(value).padStart(width));
  }
  return cells.join("");
}

async function cmp(options: Options, context: Context): Promise<ExecResult> {
  const [first, second = "-"] = options.operands;
  if (first === undefined) {
    return result("", "cmp: missing operand after 'cmp'\ncmp: Try 'cmp --help' for more information.\n", 2);
  }
  const [a, b] = [await readBytes(context, first), await readBytes(context, second)];
  for (const [name, bytes] of [
    [first, a],
    [second, b],
  ] as const) {
    if (typeof bytes === "string")
      return options.has("s") ? result("", "", 2) : failed("cmp", `${name}: ${bytes}`, 2);
  }
  return compared(a as Uint8Array, b as Uint8Array, first, second, options);
}

function compared(a: Uint8Array, b: Uint8Array, first: string, second: string, options: Options): ExecResult {
  const shared = Math.min(a.length, b.length);
  const different = Array.from({ length: shared }, (_, i) => i).filter((i) => a[i] !== b[i]);
  if (different.length === 0 && a.length === b.length) return result("");
  if (options.has("s")) return result("", "", 1);
  const lineAt = (end: number) => a.subarray(0, end).reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 1);
  if (options.has("l") && different.length > 0) {
    const width = String(shared).length;
    const octal = (byte: number | undefined) => (byte ?? 0).toString(8).padStart(3);
    return result(
      different.map((i) => `${String(i + 1).padStart(width)} ${octal(a[i])} ${octal(b[i])}\n`).join(""),
      "",
      1,
    );
  }
  const [at] = different;
  if (at !== undefined)
    return result(`${first} ${second} differ: byte ${at + 1}, line ${lineAt(at)}\n`, "", 1);
  const shorter = a.length < b.length ? first : second;
  if (shared === 0) return result("", `cmp: EOF on ${shorter} which is empty\n`, 1);
  const line = a[shared - 1] === 10 ? lineAt(shared) - 1 : lineAt(shared);
  return result(
    "",
    `cmp: EOF on ${shorter} after byte ${shared}, ${a[shared - 1] === 10 ? "" : "in "}line ${line}\n`,
    1,
  );
}
