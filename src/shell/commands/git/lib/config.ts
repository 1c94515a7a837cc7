/**
 * Git configuration: files, `-c`, and edits that preserve the text around them.
 * Syntax and precedence: https://git-scm.com/docs/git-config#_configuration_file
 */
import type { FileSystem } from "just-git";
import type { GitCall } from "../call.ts";
import { wildmatch } from "./wildmatch.ts";

export interface ConfigEntry {
  /** `section.subsection.key`, section and key in lower case. */
  readonly key: string;
  /** Null where the line has no `=`, which means true. */
  readonly value: string | null;
  readonly scope: "system" | "global" | "local" | "command";
  /** As `--show-origin` names it: an absolute path, or "" for the command line. */
  readonly file: string;
}

export interface Config {
  readonly entries: readonly ConfigEntry[];
  /** The last value; true without `=` reads as "true". */
  get(key: string): string | undefined;
  all(key: string): string[];
  /** Undefined where unset; git's words for true and false, else the default. */
  bool(key: string): boolean | undefined;
  /** With the suffixes k, m and g; undefined where unset or malformed. */
  int(key: string): number | undefined;
}

/** A line that no version of git accepts. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly line: number;
  readonly file: string;
  constructor(line: number, file: string) {
    super(`bad config line ${line} in file ${file}`);
    this.line = line;
    this.file = file;
  }
}

/** The paths that are read, lowest precedence first. */
export function configFiles(
  call: Pick<GitCall, "env">,
  gitDir: string | null,
): { scope: ConfigEntry["scope"]; file: string }[] {
  const home = call.env.get("HOME");
  const files: { scope: ConfigEntry["scope"]; file: string }[] = [];
  if (!call.env.get("GIT_CONFIG_NOSYSTEM")) files.push({ scope: "system", file: "/etc/gitconfig" });
  const global = call.env.get("GIT_CONFIG_GLOBAL");
  if (global !== undefined) files.push({ scope: "global", file: global });
  else if (home) {
    const xdg = call.env.get("XDG_CONFIG_HOME") || `${home}/.config`;
    files.push(
      { scope: "global", file: `${xdg}/git/config` },
      { scope: "global", file: `${home}/.gitconfig` },
    );
  }
  if (gitDir !== null) files.push({ scope: "local", file: `${gitDir}/config` });
  return files;
}

/** Everything that holds in this place. Unreadable files count as empty. Throws ConfigError. */
export async function loadConfig(
  call: Pick<GitCall, "env" | "fs" | "overrides">,
  gitDir: string | null,
): Promise<Config> {
  const entries: ConfigEntry[] = [];
  for (const { scope, file } of configFiles(call, gitDir)) {
    entries.push(...(await readEntries(call, scope, file, gitDir)));
  }
  const count = Number(call.env.get("GIT_CONFIG_COUNT") ?? 0);
  for (let i = 0; i < count; i++) {
    const key = call.env.get(`GIT_CONFIG_KEY_${i}`);
    if (key !== undefined)
      entries.push({
        key: canonicalKey(key),
        value: call.env.get(`GIT_CONFIG_VALUE_${i}`) ?? "",
        scope: "command",
        file: "",
      });
  }
  for (const [key, value] of call.overrides) entries.push({ key, value, scope: "command", file: "" });
  return configOf(entries);
}

/** Entries of a file, with those of files that it includes in the place of the include. */
async function readEntries(
  call: Pick<GitCall, "env" | "fs">,
  scope: ConfigEntry["scope"],
  file: string,
  gitDir: string | null,
  depth = 0,
): Promise<ConfigEntry[]> {
  const entries: ConfigEntry[] = [];
  for (const { key, value } of parseConfig(await readText(call.fs, file), file)) {
    entries.push({ key, value, scope, file });
    const included = value === null ? null : includedFile(key, value, file, gitDir, call.env.get("HOME"));
    if (included !== null && depth < DEEPEST_INCLUDE)
      entries.push(...(await readEntries(call, scope, included, gitDir, depth + 1)));
  }
  return entries;
}

const DEEPEST_INCLUDE = 10;

/** `include.path`, and `includeIf.gitdir:PATTERN.path` where it fits. https://git-scm.com/docs/git-config#_includes */
function includedFile(
  key: string,
  path: string,
  file: string,
  gitDir: string | null,
  home = "",
): string | null {
  const condition = /^includeif\.(.*)\.path$/s.exec(key)?.[1];
  if (key !== "include.path" && (condition === undefined || !holds(condition, gitDir, file, home)))
    return null;
  const expanded = path.replace(/^~(?=\/)/, home);
  return expanded.startsWith("/") ? expanded : `${file.slice(0, file.lastIndexOf("/"))}/${expanded}`;
}

function holds(condition: string, gitDir: string | null, file: string, home: string): boolean {
  const [, kind = "", written = ""] = /^(gitdir(?:\/i)?):(.*)$/s.exec(condition) ?? [];
  if (kind === "" || gitDir === null) return false;
  const pattern = written
    .replace(/^~(?=\/)/, home)
    .replace(/^\.(?=\/)/, file.slice(0, file.lastIndexOf("/")))
    .replace(/^(?!\/)/, "**/")
    .replace(/\/$/, "/**");
  return wildmatch(pattern, gitDir, { pathname: true, ignoreCase: kind === "gitdir/i" });
}

export function configOf(entries: readonly ConfigEntry[]): Config {
  const all = (key: string) => {
    const wanted = canonicalKey(key);
    return entries.filter((entry) => entry.key === wanted).map((entry) => entry.value ?? "true");
  };
  const get = (key: string) => all(key).at(-1);
  return {
    entries,
    get,
    all,
    bool: (key) => {
      const value = get(key);
      return value === undefined ? undefined : parseBool(value);
    },
    int: (key) => {
      const value = get(key);
      return value === undefined ? undefined : parseInteger(value);
    },
  };
}

/** `true yes on 1` and numbers other than 0; undefined for what is no boolean. */
export function parseBool(value: string): boolean | undefined {
  if (/^(true|yes|on)$/i.test(value)) return true;
  if (/^(false|no|off|)$/i.test(value)) return false;
  const number = parseInteger(value);
  return number === undefined ? undefined : number !== 0;
}

export function parseInteger(value: string): number | undefined {
  const match = /^\s*([+-]?\d+)([kmg]?)$/i.exec(value);
  if (!match) return undefined;
  return (
    Number(match[1]) * ({ k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[(match[2] as string).toLowerCase()] ?? 1)
  );
}

/** Lower-cases section and key, keeps the subsection. */
export function canonicalKey(key: string): string {
  const first = key.indexOf(".");
  const last = key.lastIndexOf(".");
  if (first < 0) return key.toLowerCase();
  return key.slice(0, first).toLowerCase() + key.slice(first, last + 1) + key.slice(last + 1).toLowerCase();
}

async function readText(fs: FileSystem, path: string): Promise<string> {
  try {
    return await fs.readFile(path);
  } catch {
    return "";
  }
}

export interface ConfigLine {
  readonly key: string;
  readonly value: string | null;
  /** Offsets of the whole assignment in the text, its newline included. */
  readonly start: number;
  readonly end: number;
  /** Offset just after the header of the section it stands in. */
  readonly section: string;
}

/** The assignments of one file in order. Throws ConfigError. */
export function parseConfig(text: string, file = ""): ConfigLine[] {
  return scan(text, file).lines;
}

interface SectionSpan {
  /** `section` or `section.subsection`. */
  readonly name: string;
  readonly start: number;
  /** After the header (its newline included where nothing follows it). */
  body: number;
  end: number;
}

function scan(text: string, file: string): { lines: ConfigLine[]; sections: SectionSpan[] } {
  const lines: ConfigLine[] = [];
  const sections: SectionSpan[] = [];
  const bad = (at: number): never => {
    throw new ConfigError(text.slice(0, at).split("\n").length, file);
  };
  let at = text.startsWith("\ufeff") ? 1 : 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (/\s/.test(char)) at += 1;
    else if (char === "#" || char === ";") at = lineEnd(text, at);
    else if (char === "[") at = scanHeader(text, at, sections) ?? bad(at);
    else
      at =
        scanAssignment(text, at, sections.at(-1)?.name ?? bad(at), sections.at(-1)?.body ?? 0, lines) ??
        bad(at);
    const open = sections.at(-1);
    if (open) open.end = at;
  }
  return { lines, sections };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}

function scanHeader(text: string, at: number, sections: SectionSpan[]): number | null {
  const match = /\[([A-Za-z0-9.-]+)(?:[ \t]+"((?:[^"\\\n]|\\[^\n])*)")?\]/y;
  match.lastIndex = at;
  const found = match.exec(text);
  if (!found) return null;
  const [header, section, sub] = found as unknown as [string, string, string | undefined];
  const name =
    sub === undefined ? section.toLowerCase() : `${section.toLowerCase()}.${sub.replace(/\\(.)/g, "$1")}`;
  const after = at + header.length;
  const blank = /[ \t\r]*\n/y;
  blank.lastIndex = after;
  const body = blank.test(text) ? blank.lastIndex : after;
  sections.push({ name, start: at, body, end: after });
  return body;
}

function scanAssignment(
  text: string,
  at: number,
  section: string,
  body: number,
  lines: ConfigLine[],
): number | null {
  const name = /([A-Za-z][A-Za-z0-9-]*)[ \t]*/y;
  name.lastIndex = at;
  const found = name.exec(text);
  if (!found) return null;
  const key = `${section}.${(found[1] as string).toLowerCase()}`;
  const after = name.lastIndex;
  // An assignment may stand on the line of its section's header.
  const start = Math.max(text.lastIndexOf("\n", at) + 1, body);
  if (text.charAt(after) !== "=") {
    if (!/[\n\r#;]|^$/.test(text.charAt(after))) return null;
    const end = lineEnd(text, after);
    lines.push({ key, value: null, start: Math.max(start, 0), end, section });
    return end;
  }
  const value = scanValue(text, after + 1);
  if (!value) return null;
  lines.push({ key, value: value.text, start, end: value.end, section });
  return value.end;
}

/** Quotes, escapes, continued lines and comments: https://git-scm.com/docs/git-config#_values */
function scanValue(text: string, from: number): { text: string; end: number } | null {
  let out = "";
  let kept = 0;
  let quoted = false;
  let at = from;
  while (at < text.length && /[ \t]/.test(text.charAt(at))) at += 1;
  for (; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "\n") {
      if (quoted) return null;
      return { text: out.slice(0, kept), end: at + 1 };
    }
    if (char === "\\") {
      const escape = text.charAt(++at);
      if (escape === "\r" && text.charAt(at + 1) === "\n") at += 1;
      else if (escape !== "\n") {
        const meant = ESCAPES[escape];
        if (meant === undefined) return null;
        out += meant;
      }
      kept = out.length;
    } else if (char === '"') {
      quoted = !quoted;
      kept = out.length;
    } else if (!quoted && (char === "#" || char === ";")) {
      return { text: out.slice(0, kept), end: lineEnd(text, at) };
    } else {
      if (char === "\r" && text.charAt(at + 1) === "\n") continue;
      out += char;
      if (quoted || !/\s/.test(char)) kept = out.length;
    }
  }
  return quoted ? null : { text: out.slice(0, kept), end: at };
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", b: "\b", '"': '"', "\\": "\\" };

/** The text with the (last) value of `key` replaced, or a new line in a new or existing section. `add` never replaces. */
export function setConfig(text: string, key: string, value: string, options: { add?: boolean } = {}): string {
  const { lines, sections } = scan(text, "");
  const canonical = canonicalKey(key);
  const dot = canonical.lastIndexOf(".");
  const assignment = `\t${key.slice(key.lastIndexOf(".") + 1)} = ${quoteValue(value)}\n`;
  const existing = options.add ? undefined : lines.findLast((line) => line.key === canonical);
  if (existing) return withNewline(text.slice(0, existing.start)) + assignment + text.slice(existing.end);
  const section = sections.findLast((candidate) => candidate.name === canonical.slice(0, dot));
  if (!section) return `${withNewline(text)}${headerText(key.slice(0, dot))}\n${assignment}`;
  const last = lines.findLast((line) => line.start >= section.start && line.end <= section.end);
  const at = last ? last.end : section.body;
  return withNewline(text.slice(0, at)) + assignment + text.slice(at);
}

/** The text without the values of `key`; a section that becomes empty goes too, as git does it. */
export function unsetConfig(
  text: string,
  key: string,
  matches: (value: string) => boolean = () => true,
): string {
  const canonical = canonicalKey(key);
  let rest = text;
  for (const line of scan(text, "").lines.toReversed()) {
    if (line.key === canonical && matches(line.value ?? ""))
      rest = rest.slice(0, line.start) + rest.slice(line.end);
  }
  return rest === text ? text : dropEmptySection(rest, canonical.slice(0, canonical.lastIndexOf(".")));
}

function dropEmptySection(text: string, name: string): string {
  for (const section of scan(text, "").sections.toReversed()) {
    if (section.name === name && text.slice(section.body, section.end).trim() === "")
      text = text.slice(0, section.start) + text.slice(section.end);
  }
  return text;
}

/** Removes every section of that name (`branch.main`). Null where there is none. */
export function removeSection(text: string, name: string): string | null {
  const spans = scan(text, "").sections.filter((section) => section.name === name);
  if (spans.length === 0) return null;
  return spans.toReversed().reduce((rest, span) => rest.slice(0, span.start) + rest.slice(span.end), text);
}

export function renameSection(text: string, from: string, to: string): string | null {
  const spans = scan(text, "").sections.filter((section) => section.name === from);
  if (spans.length === 0) return null;
  return spans.toReversed().reduce((rest, span) => {
    const close = rest.indexOf(
      "]",
      rest.indexOf('"', span.start) > 0 && rest.indexOf('"', span.start) < span.body
        ? rest.lastIndexOf('"', span.body)
        : span.start,
    );
    return rest.slice(0, span.start) + headerText(to) + rest.slice(close + 1);
  }, text);
}

function headerText(section: string): string {
  const dot = section.indexOf(".");
  if (dot < 0) return `[${section}]`;
  return `[${section.slice(0, dot)} "${section.slice(dot + 1).replace(/["\\]/g, "\\$&")}"]`;
}

function withNewline(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function quoteValue(value: string): string {
  const escaped = value
    .replace(/[\\"]/g, "\\$&")
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t")
    .replaceAll("\b", "\\b");
  return /^\s|\s$|[;#\r]/.test(value) ? `"${escaped}"` : escaped;
}
