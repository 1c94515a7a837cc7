/** https://git-scm.com/docs/git-config */
import type { ExecResult } from "just-git";
import type { GitCall } from "./call.ts";
import {
  canonicalKey,
  type ConfigEntry,
  ConfigError,
  loadConfig,
  parseBool,
  parseConfig,
  parseInteger,
} from "./lib/config.ts";
import { gitEditor, launchEditor } from "./lib/editor.ts";
import { USAGE } from "./lib/firstUsage.ts";
import { parseOptions } from "./lib/options.ts";
import { openRepository } from "./lib/repository.ts";
import { die, run, stop, type Transcript } from "./lib/transcript.ts";
import {
  addValue,
  removeNamedSection,
  renameNamedSection,
  replaceValues,
  setValue,
  unsetValues,
} from "./config/write.ts";

const OPTIONS = {
  global: { names: ["--global"] },
  system: { names: ["--system"] },
  local: { names: ["--local"] },
  worktree: { names: ["--worktree"] },
  file: { names: ["-f", "--file"], value: "required" },
  get: { names: ["--get"] },
  getAll: { names: ["--get-all"] },
  getRegexp: { names: ["--get-regexp"] },
  replaceAll: { names: ["--replace-all"] },
  add: { names: ["--add"] },
  unset: { names: ["--unset"] },
  unsetAll: { names: ["--unset-all"] },
  renameSection: { names: ["--rename-section"] },
  removeSection: { names: ["--remove-section"] },
  list: { names: ["-l", "--list"] },
  fixedValue: { names: ["--fixed-value"] },
  edit: { names: ["-e", "--edit"] },
  type: { names: ["-t", "--type"], value: "required" },
  bool: { names: ["--bool"] },
  int: { names: ["--int"] },
  boolOrInt: { names: ["--bool-or-int"] },
  path: { names: ["--path"] },
  zero: { names: ["-z", "--null"] },
  nameOnly: { names: ["--name-only"] },
  includes: { names: ["--includes"] },
  showOrigin: { names: ["--show-origin"] },
  showScope: { names: ["--show-scope"] },
  default: { names: ["--default"], value: "required" },
} as const;

type Action =
  | "get"
  | "getAll"
  | "getRegexp"
  | "replaceAll"
  | "add"
  | "unset"
  | "unsetAll"
  | "renameSection"
  | "removeSection"
  | "list"
  | "edit"
  | "set"
  | "auto";

/** Least and most operands. */
const ARITY: Readonly<Record<Action, readonly [number, number]>> = {
  get: [1, 2],
  getAll: [1, 2],
  getRegexp: [1, 2],
  replaceAll: [2, 3],
  add: [2, 2],
  unset: [1, 2],
  unsetAll: [1, 2],
  renameSection: [2, 2],
  removeSection: [1, 1],
  list: [0, 0],
  edit: [0, 0],
  set: [2, 3],
  auto: [1, 3],
};

const ACTIONS: readonly Action[] = [
  "get",
  "getAll",
  "getRegexp",
  "replaceAll",
  "add",
  "unset",
  "unsetAll",
  "renameSection",
  "removeSection",
  "list",
  "edit",
];

interface Place {
  /** The file that is read and written; null: reads all, writes to the repository's. */
  readonly file: string | null;
  readonly scope: ConfigEntry["scope"] | null;
  readonly gitDir: string | null;
}

interface Query {
  readonly place: Place;
  readonly type: string | null;
  readonly fixed: boolean;
  readonly zero: boolean;
  readonly nameOnly: boolean;
  readonly showOrigin: boolean;
  readonly showScope: boolean;
  readonly fallback: string | undefined;
}

export function config(call: GitCall): Promise<ExecResult> {
  return run(async (t) => {
    const parsed = parseOptions(call.args, OPTIONS, { usage: USAGE.config });
    if ("result" in parsed) {
      t.add(parsed.result);
      return parsed.result.exitCode;
    }
    const { values, rest } = parsed;
    const place = await placeOf(call, values);
    const chosen = ACTIONS.filter((action) => values[action as keyof typeof values]);
    if (chosen.length > 1) return stop(`error: only one action at a time\n${USAGE.config}`, 129);
    const action = chosen[0] ?? (rest.length >= 2 ? "set" : "auto");
    if (rest.length === 0 && action === "auto") return stop(USAGE.config, 129);
    checkArity(action, rest.length);
    const type =
      values.type ??
      (values.bool
        ? "bool"
        : values.int
          ? "int"
          : values.boolOrInt
            ? "bool-or-int"
            : values.path
              ? "path"
              : null);
    if (type !== null && !/^(bool|int|bool-or-int|bool-or-str|path|expiry-date|color)$/.test(type))
      die(`unrecognized --type argument, ${type}`);
    const query: Query = {
      place,
      type,
      fixed: values.fixedValue,
      zero: values.zero,
      nameOnly: values.nameOnly,
      showOrigin: values.showOrigin,
      showScope: values.showScope,
      fallback: values.default,
    };
    try {
      return await perform(call, action, rest, query, t);
    } catch (problem) {
      if (!(problem instanceof ConfigError)) throw problem;
      return die(
        place.gitDir === null
          ? problem.message
          : problem.message.replace(`${place.gitDir}/config`, ".git/config"),
      );
    }
  });
}

function checkArity(action: Action, count: number): void {
  const [least, most] = ARITY[action];
  if (count >= least && count <= most) return;
  const text = least === most ? `should be ${least}` : `should be from ${least} to ${most}`;
  stop(`error: wrong number of arguments, ${text}\n${USAGE.config}`, 129);
}

interface PlaceValues {
  readonly global: boolean;
  readonly system: boolean;
  readonly local: boolean;
  readonly worktree: boolean;
  readonly file: string | undefined;
}

async function placeOf(call: GitCall, values: PlaceValues): Promise<Place> {
  const gitDir = (await call.repository())?.gitDir ?? null;
  const given = [
    values.global,
    values.system,
    values.local,
    values.worktree,
    values.file !== undefined,
  ].filter(Boolean).length;
  if (given > 1) stop(`error: only one config file at a time\n${USAGE.config}`, 129);
  const home = call.env.get("HOME");
  if (values.local && gitDir === null) die("--local can only be used inside a git repository");
  if (values.worktree && gitDir === null) die("--worktree can only be used inside a git repository");
  if (values.global)
    return {
      file: call.env.get("GIT_CONFIG_GLOBAL") ?? (home ? `${home}/.gitconfig` : die("$HOME not set")),
      scope: "global",
      gitDir,
    };
  if (values.system) return { file: "/etc/gitconfig", scope: "system", gitDir };
  if (values.file !== undefined) return { file: values.file, scope: "command", gitDir };
  if (values.local || values.worktree) return { file: `${gitDir}/config`, scope: "local", gitDir };
  return { file: null, scope: null, gitDir };
}

function absolute(call: GitCall, file: string): string {
  return file.startsWith("/") ? file : `${call.cwd}/${file}`;
}

async function perform(
  call: GitCall,
  action: Action,
  rest: readonly string[],
  query: Query,
  t: Transcript,
): Promise<number> {
  const [first = "", second, third] = rest;
  if (action === "list") return listAll(await readEntries(call, query, true), query, t);
  if (action === "edit") return editFile(call, query, t);
  if (action === "getRegexp")
    return getRegexp(await readEntries(call, query, false), first, second, query, t);
  if (action === "get" || action === "getAll" || action === "auto")
    return getValues(await readEntries(call, query, false), action, first, second, query, t);
  const { place } = query;
  const target =
    place.file ?? (place.gitDir === null ? die("not in a git directory") : `${place.gitDir}/config`);
  const file = { fs: call.fs, path: absolute(call, target) };
  const matches = valueFilter(third, query.fixed);
  if (action === "removeSection") return removeNamedSection(file, first);
  if (action === "renameSection") return renameNamedSection(file, first, second as string);
  checkKey(first);
  if (action === "unset" || action === "unsetAll")
    return unsetValues(file, first, valueFilter(second, query.fixed), action === "unsetAll");
  const value = normalised(second as string, query.type, first);
  if (action === "add") return addValue(file, first, value);
  if (action === "replaceAll") return replaceValues(file, first, value, matches);
  return setValue(file, first, value, matches);
}

/** Dies with 1 as git does where a name is malformed. */
function checkKey(key: string): void {
  const last = key.lastIndexOf(".");
  if (last <= 0) stop(`error: key does not contain a section: ${key}\n`, key.includes(".") ? 2 : 2);
  if (last === key.length - 1) stop(`error: key does not contain variable name: ${key}\n`, 2);
  const section = key.slice(0, key.indexOf("."));
  if (!/^[A-Za-z0-9-]+$/.test(section) || !/^[A-Za-z][A-Za-z0-9-]*$/.test(key.slice(last + 1)))
    stop(`error: invalid key: ${key}\n`, 1);
}

function valueFilter(pattern: string | undefined, fixed: boolean): (value: string) => boolean {
  if (pattern === undefined) return () => true;
  if (fixed) return (value) => value === pattern;
  const negated = pattern.startsWith("!");
  const regex = new RegExp(negated ? pattern.slice(1) : pattern);
  return (value) => regex.test(value) !== negated;
}

async function readEntries(
  call: GitCall,
  { place }: Query,
  listing: boolean,
): Promise<readonly ConfigEntry[]> {
  if (place.file === null) return (await loadConfig(call, place.gitDir)).entries;
  const path = absolute(call, place.file);
  if (!(await call.fs.exists(path))) {
    if (listing && place.scope !== "local")
      die(`unable to read config file '${place.file}': No such file or directory`);
    return [];
  }
  const text = place.file === "-" ? call.stdin : await call.fs.readFile(path);
  const scope = place.scope ?? "local";
  return parseConfig(text, place.file).map(({ key, value }) => ({
    key,
    value,
    scope,
    file: place.file as string,
  }));
}

function prefixOf(entry: ConfigEntry, query: Query): string {
  const end = query.zero ? "\0" : "\t";
  const scope = query.showScope ? `${entry.scope}${end}` : "";
  const config = query.place.gitDir === null ? "" : `${query.place.gitDir}/config`;
  const file = entry.file === config ? ".git/config" : entry.file;
  const origin = query.showOrigin
    ? `${entry.scope === "command" && entry.file === "" ? "command line:" : `file:${file}`}${end}`
    : "";
  return scope + origin;
}

function listAll(entries: readonly ConfigEntry[], query: Query, t: Transcript): number {
  for (const entry of entries) t.out(keyed(entry, query, "="));
  return 0;
}

/** `key=value`, or with -z `key\nvalue\0`; a key without `=` stands alone. */
function keyed(entry: ConfigEntry, query: Query, separator: string): string {
  const end = query.zero ? "\0" : "\n";
  const between = query.zero ? "\n" : separator;
  const value =
    entry.value === null && query.type === null ? "" : `${between}${typed(entry.value, query.type, entry)}`;
  return `${prefixOf(entry, query)}${entry.key}${query.nameOnly ? "" : value}${end}`;
}

function getRegexp(
  entries: readonly ConfigEntry[],
  pattern: string,
  value: string | undefined,
  query: Query,
  t: Transcript,
): number {
  const regex = new RegExp(lowerPattern(pattern));
  const accepts = valueFilter(value, query.fixed);
  const found = entries.filter((entry) => regex.test(entry.key) && accepts(entry.value ?? ""));
  for (const entry of found) t.out(keyed(entry, query, " "));
  return found.length > 0 ? 0 : 1;
}

/** Section and variable are matched in lower case. */
function lowerPattern(pattern: string): string {
  const first = pattern.indexOf(".");
  const last = pattern.lastIndexOf(".");
  if (first < 0) return pattern.toLowerCase();
  return (
    pattern.slice(0, first).toLowerCase() + pattern.slice(first, last) + pattern.slice(last).toLowerCase()
  );
}

function getValues(
  entries: readonly ConfigEntry[],
  action: Action,
  key: string,
  value: string | undefined,
  query: Query,
  t: Transcript,
): number {
  checkKeyForReading(key);
  const accepts = valueFilter(value, query.fixed);
  const wanted = canonicalKey(key);
  const found = entries.filter((entry) => entry.key === wanted && accepts(entry.value ?? ""));
  const end = query.zero ? "\0" : "\n";
  if (found.length === 0) {
    if (query.fallback === undefined) return 1;
    t.out(
      `${typed(query.fallback, query.type, { key: wanted, file: "", scope: "command", value: query.fallback })}${end}`,
    );
    return 0;
  }
  for (const entry of action === "getAll" ? found : found.slice(-1))
    t.out(`${prefixOf(entry, query)}${typed(entry.value, query.type, entry)}${end}`);
  return 0;
}

function checkKeyForReading(key: string): void {
  const last = key.lastIndexOf(".");
  if (last <= 0) stop(`error: key does not contain a section: ${key}\n`, 1);
  if (last === key.length - 1) stop(`error: key does not contain variable name: ${key}\n`, 1);
  if (!/^[A-Za-z0-9-]+\./.test(key) || !/^[A-Za-z][A-Za-z0-9-]*$/.test(key.slice(last + 1)))
    stop(`error: invalid key: ${key}\n`, 1);
}

function typed(value: string | null, type: string | null, entry: ConfigEntry): string {
  if (type === "bool") return String(booleanOf(value, entry));
  if (type === "int") return String(integerOf(value ?? "", entry));
  if (type === "bool-or-int")
    return value !== null && parseInteger(value) !== undefined
      ? String(parseInteger(value))
      : String(booleanOf(value, entry));
  return value ?? "";
}

function booleanOf(value: string | null, entry: ConfigEntry): boolean {
  const bool = value === null ? true : parseBool(value);
  return bool ?? die(`bad boolean config value '${value}' for '${entry.key}'`);
}

function integerOf(value: string, entry: ConfigEntry): number {
  const number = parseInteger(value);
  if (number !== undefined) return number;
  const place =
    entry.file === "" ? "" : ` in file ${entry.file.endsWith("/.git/config") ? ".git/config" : entry.file}`;
  return die(`bad numeric config value '${value}' for '${entry.key}'${place}: invalid unit`);
}

/** What is written for a typed value. */
function normalised(value: string, type: string | null, key: string): string {
  const entry: ConfigEntry = { key: canonicalKey(key), value, scope: "command", file: "" };
  return type === null || type === "path" ? value : typed(value, type, entry);
}

async function editFile(call: GitCall, { place }: Query, t: Transcript): Promise<number> {
  const target =
    place.file ?? (place.gitDir === null ? die("not in a git directory") : `${place.gitDir}/config`);
  const path = absolute(call, target);
  if (!(await call.fs.exists(path))) await call.fs.writeFile(path, "");
  const repo = place.gitDir === null ? null : await openRepository(call);
  const editor = repo
    ? await gitEditor(call, repo)
    : (call.env.get("GIT_EDITOR") ?? call.env.get("VISUAL") ?? call.env.get("EDITOR") ?? "vi");
  return (await launchEditor(call, t, editor, path)) ? 0 : 1;
}
