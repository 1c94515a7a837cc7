/** `unzip` and `zip`, as far as everyday use goes. @see https://infozip.sourceforge.net/UnZip.html */
import { unzipSync, zipSync, type Zippable } from "fflate";
import type { Command, ExecResult } from "just-bash/browser";
import { concat } from "../../base/bytes.ts";
import {
  bytesResult,
  type Context,
  gnuCommand,
  pathOf,
  readBytes,
  reasonOf,
  result,
  statOf,
  writeBytes,
} from "./lib/invocation.ts";
import type { Options } from "./lib/options.ts";
import { makeParents, matcher, walk } from "./lib/tree.ts";

export const zipCommands: readonly Command[] = [
  gnuCommand("unzip", { short: "d:jlnopqtv" }, unzip, 10),
  gnuCommand(
    "zip",
    { short: "jqrvx:9", long: { "recurse-paths": "r", quiet: "q", "junk-paths": "j" } },
    zip,
    16,
  ),
];

interface Entry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly stored: boolean;
}

async function unzip(options: Options, context: Context): Promise<ExecResult> {
  const [file, ...names] = options.operands;
  if (file === undefined)
    return result("UnZip 6.00. Usage: unzip [-lpoqnj] file[.zip] [list] [-d exdir]\n", "", 10);
  const found = await archive(context, file);
  if (found === null)
    return result("", `unzip:  cannot find or open ${file}, ${file}.zip or ${file}.ZIP.\n`, 9);
  const entries = entriesOf(found.bytes, context.limits.maxStringLength);
  if (entries === null) {
    const text =
      "  End-of-central-directory signature not found.  Either this file is not\n  a zipfile, or it constitutes one disk of a multi-part archive.\n";
    return result(
      `Archive:  ${found.name}\n`,
      `${text}unzip:  cannot find zipfile directory in ${found.name}.\n`,
      9,
    );
  }
  const chosen = names.length > 0 ? entries.filter(({ name }) => matcher(names)(name)) : entries;
  if (names.length > 0 && chosen.length === 0)
    return result("", `caution: filename not matched:  ${names[0]}\n`, 11);
  if (options.has("p")) return bytesResult(concat(chosen.map(({ bytes }) => bytes)));
  if (options.has("l", "v")) return result(listing(found.name, chosen));
  if (options.has("t")) return result(`No errors detected in compressed data of ${found.name}.\n`);
  return extract(options, context, found.name, chosen);
}

async function archive(context: Context, file: string): Promise<{ name: string; bytes: Uint8Array } | null> {
  for (const name of [file, `${file}.zip`, `${file}.ZIP`]) {
    const bytes = await readBytes(context, name);
    if (typeof bytes !== "string") return { name, bytes };
  }
  return null;
}

function entriesOf(bytes: Uint8Array, limit: number): Entry[] | null {
  const stored = new Map<string, boolean>();
  let total = 0;
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, compression, originalSize }) => {
        stored.set(name, compression === 0);
        total += originalSize;
        return total <= limit;
      },
    });
    if (total > limit) return null;
    return Object.entries(files).map(([name, content]) => ({
      name,
      bytes: content,
      stored: stored.get(name) ?? true,
    }));
  } catch {
    return null;
  }
}

/** Without times: fflate does not tell them. */
function listing(name: string, entries: readonly Entry[]): string {
  const total = entries.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const rows = entries.map((entry) => `${String(entry.bytes.length).padStart(9)}  ${entry.name}\n`).join("");
  const files = entries.length === 1 ? "1 file" : `${entries.length} files`;
  return `Archive:  ${name}\n  Length    Name\n---------   ----\n${rows}---------   -------\n${String(total).padStart(9)}   ${files}\n`;
}

async function extract(
  options: Options,
  context: Context,
  archiveName: string,
  entries: readonly Entry[],
): Promise<ExecResult> {
  const quiet = options.has("q");
  let stdout = quiet ? "" : `Archive:  ${archiveName}\n`;
  let stderr = "";
  const folder = options.value("d");
  for (const { name, bytes, stored } of entries) {
    const target = options.has("j") ? name.slice(name.lastIndexOf("/") + 1) : name;
    if (/(^|\/)\.\.(\/|$)/.test(target) || target === "") continue;
    const shown = (folder === undefined ? "" : `${folder.replace(/\/$/, "")}/`) + target.replace(/^\/+/, "");
    const path = pathOf(context, shown);
    const exists = typeof (await statOf(context, path, false)) !== "string";
    if (exists && !target.endsWith("/") && options.has("n")) continue;
    if (exists && !target.endsWith("/") && !options.has("o")) {
      stderr += `error:  ${shown} already exists; use -o to overwrite or -n to keep\n`;
      continue;
    }
    try {
      await makeParents(context, path.replace(/\/$/, ""));
      if (target.endsWith("/")) {
        if (!exists && !quiet) stdout += `   creating: ${shown}\n`;
        await context.fs.mkdir(path, { recursive: true });
        continue;
      }
      await context.fs.writeFile(path, bytes);
      if (!quiet) stdout += `${stored ? " extracting" : "  inflating"}: ${shown.padEnd(24)}\n`;
    } catch (error) {
      stderr += `error:  cannot create ${shown}\n        ${reasonOf(error)}\n`;
    }
  }
  return result(stdout, stderr, stderr ? 1 : 0);
}

async function zip(options: Options, context: Context): Promise<ExecResult> {
  const [file, ...names] = options.operands;
  if (file === undefined || names.length === 0)
    return result("", "\nzip error: Nothing to do! (zip needs an archive and files)\n", 12);
  const target = /\.[^/]+$/.test(file) ? file : `${file}.zip`;
  const before = await readBytes(context, target);
  const contents: Zippable = {};
  if (typeof before !== "string")
    for (const { name, bytes } of entriesOf(before, context.limits.maxStringLength) ?? [])
      contents[name] = stamped(bytes, new Date(0));
  let stdout = "";
  const excluded = matcher(options.values("x"));
  for (const name of names) {
    for await (const { name: path, path: full, stat } of walk(context, name, excluded)) {
      if (stat.isDirectory && !options.has("r") && path !== name) break;
      const bytes = stat.isDirectory ? new Uint8Array() : await readBytes(context, full);
      if (typeof bytes === "string") continue;
      const key =
        (options.has("j") ? path.slice(path.lastIndexOf("/") + 1) : path.replace(/^(?:\.?\/)+/, "")) +
        (stat.isDirectory ? "/" : "");
      const known = key in contents;
      contents[key] = stamped(bytes, stat.mtime);
      if (!options.has("q")) stdout += `${known ? "updating" : "  adding"}: ${key}${ratio(bytes)}\n`;
    }
  }
  if (Object.keys(contents).length === 0) return result("", `\nzip error: Nothing to do! (${target})\n`, 12);
  const problem = await writeBytes(context, target, zipSync(contents));
  return problem === null ? result(stdout) : result("", `zip I/O error: ${problem}\n`, 15);
}

/** A zip file knows no time before 1980. */
function stamped(bytes: Uint8Array, time: Date): [Uint8Array, { level: 0 | 6; mtime: Date }] {
  const earliest = new Date(Date.UTC(1980, 0, 1));
  return [bytes, { level: deflates(bytes) ? 6 : 0, mtime: time < earliest ? earliest : time }];
}

function deflates(bytes: Uint8Array): boolean {
  return bytes.length > 0 && packed(bytes) < bytes.length;
}

function packed(bytes: Uint8Array): number {
  const overhead = zipSync({
    a: [new Uint8Array(), { level: 6, mtime: new Date(Date.UTC(1980, 0, 1)) }],
  }).length;
  return zipSync({ a: [bytes, { level: 6, mtime: new Date(Date.UTC(1980, 0, 1)) }] }).length - overhead;
}

function ratio(bytes: Uint8Array): string {
  if (!deflates(bytes)) return " (stored 0%)";
  return ` (deflated ${Math.round(100 * (1 - packed(bytes) / bytes.length))}%)`;
}
