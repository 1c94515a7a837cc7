/**
 * `secretlint` and `npx`: the real engine over the files of the world, with the options, the configuration files, the
 * output and the exit codes of the real command line.
 * @see https://github.com/secretlint/secretlint#cli
 */
import { lintSource } from "@secretlint/core";
import type { SecretLintCoreConfig, SecretLintCoreResult } from "@secretlint/types";
import type { Command, ExecResult } from "just-bash/browser";
import { toUtf8 } from "../../base/bytes.ts";
import type { Result } from "../../base/result.ts";
import { err, ok } from "../../base/result.ts";
import { loadConfig, parseConfig } from "../../engine/config.ts";
import {
  command,
  type Context,
  notSimulated,
  pathOf,
  readBytes,
  reasonOf,
  result,
  stdinText,
  writeBytes,
} from "./lib/invocation.ts";
import { searchFiles } from "./secretlint/files.ts";
import { FORMATS, OTHER_FORMATS } from "./secretlint/formats.ts";

const VERSION = "13.0.7";

export const secretlintCommands: readonly Command[] = [
  command("secretlint", (args, context) => secretlint(args, context)),
  command("npx", npx),
];

function npx(args: readonly string[], context: Context): Promise<ExecResult> | ExecResult {
  const at = args.findIndex((arg) => !/^(?:-y|--yes|--no-install|--no|-q|--quiet|--)$/.test(arg));
  const [name = "", ...rest] = at < 0 ? [] : args.slice(at);
  if (/^secretlint(@[\w.^~-]+)?$/.test(name)) return secretlint(rest, context);
  if (name === "") return result("", "npx: which package?\n", 1);
  return notSimulated(`npx ${name}`, 1);
}

interface Call {
  readonly patterns: readonly string[];
  readonly flags: ReadonlyMap<string, string | boolean>;
}

const TEXTS = [
  "format",
  "output",
  "secretlintrc",
  "secretlintignore",
  "stdinFileName",
  "secretlintrcJSON",
  "locale",
  "cwd",
];
const SWITCHES = [
  "color",
  "terminalLink",
  "maskSecrets",
  "glob",
  "gitignore",
  "profile",
  "debug",
  "help",
  "version",
  "init",
];

/** As Node's parseArgs with `allowNegative`: `--no-NAME`, `--name=value`, `--name value`. */
function parseCall(args: readonly string[]): Result<Call> {
  const flags = new Map<string, string | boolean>();
  const patterns: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (arg === "--") return ok({ patterns: [...patterns, ...args.slice(i + 1)], flags });
    if (!arg.startsWith("-") || arg === "-") {
      patterns.push(arg);
      continue;
    }
    const [, negative = "", name = "", value] = /^--(no-)?([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (TEXTS.includes(name) && !negative) {
      const text = value ?? args[++i];
      if (text === undefined) return err(`Option '--${name} <value>' argument missing`);
      flags.set(name, text);
    } else if (SWITCHES.includes(name) && value === undefined) flags.set(name, negative === "");
    else return err(`Unknown option '${name ? `--${negative}${name}` : arg}'`);
  }
  return ok({ patterns, flags });
}

async function secretlint(args: readonly string[], context: Context): Promise<ExecResult> {
  const parsed = parseCall(args);
  if (!parsed.ok) return fatal(`TypeError [ERR_PARSE_ARGS_UNKNOWN_OPTION]: ${parsed.error}`);
  const { flags, patterns } = parsed.value;
  if (flags.get("help")) return result(HELP);
  if (flags.get("version")) return result(`${VERSION}\n`);
  if (flags.get("init")) return init(context);
  const format = String(flags.get("format") ?? "stylish");
  if (OTHER_FORMATS.includes(format)) return notSimulated(`secretlint --format ${format}`);
  if (!(format in FORMATS)) return fatal(`Error: Could not find formatter ${format}`);
  const config = await configOf(flags, context);
  if (!config.ok) return fatal(config.error);
  const sources = await sourcesOf(patterns, flags, context);
  if (!sources.ok) return fatal(sources.error);
  return report(sources.value, config.value, flags, format, context);
}

/** What Node prints of an error that nobody caught; exit 2. */
function fatal(message: string): ExecResult {
  return result("", `${message}\n`, 2);
}

async function init(context: Context): Promise<ExecResult> {
  const path = pathOf(context, ".secretlintrc.json");
  if (await context.fs.exists(path)) return fatal(".secretlintrc.json is already existed.");
  const rules = [{ id: "@secretlint/secretlint-rule-preset-recommend" }];
  const problem = await writeBytes(context, path, `${JSON.stringify({ rules }, null, 2)}\n`);
  return problem === null ? result("") : fatal(`Error: ${path}: ${problem}`);
}

async function configOf(flags: Call["flags"], context: Context): Promise<Result<SecretLintCoreConfig>> {
  const inline = flags.get("secretlintrcJSON");
  const file =
    inline === undefined
      ? await configFile(flags, context)
      : { path: "--secretlintrcJSON", text: String(inline) };
  if (file === null) {
    return err(
      "Error: secretlint config is not found\n\nSecretlint require .secretlintrc config file.\nThe config file define the use of rules.",
    );
  }
  const parsed = parseConfig(file.text);
  if (!parsed.ok) return err(`SyntaxError: Cannot read config file: ${file.path}\nError: ${parsed.error}`);
  const loaded = loadConfig(parsed.value);
  if (loaded.ok) return loaded;
  const missing = loaded.error.map(
    (id) =>
      `Failed to load rule module: ${id}\n\nError: Failed to load secretlint's rule module: "${id}" is not found.`,
  );
  return err(`AggregationError: secretlint loading errors\n\n----\n\n${missing.join("\n\n----\n\n")}`);
}

/** The file that is asked for, or the nearest `.secretlintrc.json` from here upwards. */
async function configFile(
  flags: Call["flags"],
  context: Context,
): Promise<{ path: string; text: string } | null> {
  const asked = flags.get("secretlintrc");
  const candidates =
    typeof asked === "string"
      ? [pathOf(context, asked)]
      : above(context.cwd).flatMap((folder) => [`${folder}/.secretlintrc.json`, `${folder}/.secretlintrc`]);
  for (const path of candidates) {
    try {
      return { path, text: await context.fs.readFile(path) };
    } catch {
      continue;
    }
  }
  return null;
}

function above(folder: string): string[] {
  const parts = folder.split("/").filter(Boolean);
  return [...parts, ""].map((_, i) =>
    parts
      .slice(0, parts.length - i)
      .map((part) => `/${part}`)
      .join(""),
  );
}

interface Source {
  readonly path: string;
  readonly text: string;
}

async function sourcesOf(
  patterns: readonly string[],
  flags: Call["flags"],
  context: Context,
): Promise<Result<Source[]>> {
  const name = flags.get("stdinFileName");
  if (typeof name === "string") return ok([{ path: name, text: stdinText(context) }]);
  const ignoreFiles = [
    String(flags.get("secretlintignore") ?? ".secretlintignore"),
    ...(flags.get("gitignore") === false ? [] : [".gitignore"]),
  ];
  const paths = await searchFiles(context, patterns, { ignoreFiles, literal: flags.get("glob") === false });
  if (paths === null) return err("Error: Not found target files");
  const sources: Source[] = [];
  for (const path of paths) {
    const bytes = await readBytes(context, path);
    if (typeof bytes === "string") return err(`Error: ${bytes}, open '${path}'`);
    sources.push({ path, text: toUtf8(bytes) });
  }
  return ok(sources);
}

/** As `path.extname`; a binary key file gets none, because its rule would read the disk of the host. */
function extensionOf(path: string): string {
  const extension = /[^/](\.[^./]*)$/.exec(path)?.[1] ?? "";
  return extension === ".p12" ? "" : extension;
}

async function report(
  sources: readonly Source[],
  config: SecretLintCoreConfig,
  flags: Call["flags"],
  format: string,
  context: Context,
): Promise<ExecResult> {
  const results: SecretLintCoreResult[] = [];
  for (const { path, text } of sources) {
    const source = { filePath: path, content: text, ext: extensionOf(path), contentType: "text" as const };
    const options = {
      config,
      locale: String(flags.get("locale") ?? "en"),
      maskSecrets: flags.get("maskSecrets") !== false,
      noPhysicFilePath: true,
    };
    try {
      results.push(await lintSource({ source, options }));
    } catch (error) {
      return fatal(`Error: ${reasonOf(error)}`);
    }
  }
  const output = (FORMATS[format] as (typeof FORMATS)[string])(results);
  const file = flags.get("output");
  if (typeof file === "string") {
    const problem = await writeBytes(context, file, output);
    return problem === null ? result("") : fatal(`Error: ${problem}, open '${file}'`);
  }
  const found = results.some(({ messages }) => messages.length > 0);
  return result(output === "" ? "" : `${output}\n`, "", found ? 1 : 0);
}

const HELP = `
Usage
  $ secretlint [file|glob*]

Options
  --init             setup config file: creates .secretlintrc.json
  --format           [String] ${Object.keys(FORMATS).join(", ")}. Default: "stylish"
  --output           [path:String] write the report to a file
  --secretlintrc     [path:String] config file. Default: .secretlintrc.json
  --secretlintrcJSON [String] the config itself
  --secretlintignore [path:String] ignore file. Default: .secretlintignore
  --stdinFileName    [String] lint standard input under this name
  --no-color         no colours
  --no-maskSecrets   show values; they are masked by default
  --no-glob          take inputs as file names
  --no-gitignore     do not respect .gitignore
  --locale           [String] language of messages. Default: en

Exit status
  0: nothing found, or --output given.  1: found something.  2: error.
`;
