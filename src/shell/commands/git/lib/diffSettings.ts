/** The options that diff, log, show and diff-tree share: https://git-scm.com/docs/diff-options */
import { parseBool, type Config } from "./config.ts";
import type { Whitespace } from "./lines.ts";
import { die, stop } from "./transcript.ts";

export type Format =
  | "patch"
  | "raw"
  | "stat"
  | "numstat"
  | "shortstat"
  | "summary"
  | "name-only"
  | "name-status"
  | "check"
  | "none";

export interface DiffSettings {
  formats: Set<Format>;
  context?: number;
  interHunk?: number;
  whitespace: Whitespace;
  ignoreBlankLines: boolean;
  text: boolean;
  fullIndex: boolean;
  abbrev?: number;
  /** Absent: no renames. */
  renames?: number;
  renameLimit: number;
  /** 1: copies from changed files; 2: from all files. */
  copies: 0 | 1 | 2;
  /** Letters of --diff-filter as given. */
  filter: string;
  pickaxe?: { kind: "S" | "G"; text: string; regex: boolean; all: boolean; ignoreCase: boolean };
  zero: boolean;
  quiet: boolean;
  exitCode: boolean;
  reverse: boolean;
  prefixes: [string, string];
  statWidth?: number;
  statNameWidth?: number;
  statGraphWidth?: number;
  statCount?: number;
  /** Paths relative to a directory, and only what is below it. */
  relative: boolean | string;
  /** How merges are shown. */
  merges: "default" | "off" | "separate" | "combined" | "dense" | "first-parent" | "remerge";
  /** `-t`. */
  trees: boolean;
  recursive: boolean;
}

/** @param porcelain whether diff.renames and its like apply */
export function diffSettings(config: Config | null, porcelain: boolean): DiffSettings {
  const settings: DiffSettings = {
    formats: new Set(),
    whitespace: "exact",
    ignoreBlankLines: false,
    text: false,
    fullIndex: false,
    renameLimit: 1000,
    copies: 0,
    filter: "",
    zero: false,
    quiet: false,
    exitCode: false,
    reverse: false,
    prefixes: ["a/", "b/"],
    relative: false,
    merges: "default",
    trees: false,
    recursive: false,
  };
  const abbrev = Number(config?.get("core.abbrev"));
  if (abbrev >= 4) settings.abbrev = abbrev;
  if (porcelain) applyConfig(settings, config);
  return settings;
}

function applyConfig(settings: DiffSettings, config: Config | null): void {
  const renames = config?.get("diff.renames");
  if (renames === undefined || parseBool(renames) !== false) settings.renames = 50;
  if (renames === "copies" || renames === "copy") settings.copies = 1;
  const context = Number(config?.get("diff.context") ?? Number.NaN);
  if (context >= 0) settings.context = context;
  if (config?.bool("diff.noprefix")) settings.prefixes = ["", ""];
}

type Flag = (settings: DiffSettings) => void;

const format =
  (name: Format): Flag =>
  (settings) =>
    void settings.formats.add(name);

const FLAGS: Readonly<Record<string, Flag>> = {
  "-p": format("patch"),
  "-u": format("patch"),
  "--patch": format("patch"),
  "--raw": format("raw"),
  "--numstat": format("numstat"),
  "--shortstat": format("shortstat"),
  "--summary": format("summary"),
  "--name-only": format("name-only"),
  "--name-status": format("name-status"),
  "--check": format("check"),
  "-s": (s) => void (s.formats = new Set(["none"])),
  "--no-patch": (s) => void (s.formats = new Set(["none"])),
  "--patch-with-stat": (s) => void s.formats.add("patch").add("stat"),
  "--patch-with-raw": (s) => void s.formats.add("patch").add("raw"),
  "--compact-summary": (s) => void s.formats.add("stat").add("summary"),
  "-w": (s) => void (s.whitespace = "all"),
  "--ignore-all-space": (s) => void (s.whitespace = "all"),
  "-b": (s) => void (s.whitespace = "change"),
  "--ignore-space-change": (s) => void (s.whitespace = "change"),
  "--ignore-space-at-eol": (s) => void (s.whitespace = "at-eol"),
  "--ignore-cr-at-eol": (s) => void (s.whitespace = "cr-at-eol"),
  "--ignore-blank-lines": (s) => void (s.ignoreBlankLines = true),
  "-a": (s) => void (s.text = true),
  "--text": (s) => void (s.text = true),
  "--full-index": (s) => void (s.fullIndex = true),
  "--abbrev": (s) => void (s.abbrev = 7),
  "--no-abbrev": (s) => void (s.abbrev = 40),
  "--no-renames": (s) => {
    delete s.renames;
    s.copies = 0;
  },
  "--find-copies-harder": (s) => {
    s.renames ??= 50;
    s.copies = 2;
  },
  "--rename-empty": () => undefined,
  "--pickaxe-regex": (s) => pickaxe(s, { regex: true }),
  "--pickaxe-all": (s) => pickaxe(s, { all: true }),
  "-z": (s) => void (s.zero = true),
  "--quiet": (s) => {
    s.quiet = true;
    s.exitCode = true;
  },
  "--exit-code": (s) => void (s.exitCode = true),
  "-R": (s) => {
    s.reverse = true;
    s.prefixes = [s.prefixes[1], s.prefixes[0]];
  },
  "--no-prefix": (s) => void (s.prefixes = ["", ""]),
  "--relative": (s) => void (s.relative = true),
  "--no-relative": (s) => void (s.relative = false),
  "-m": (s) => void (s.merges = "separate"),
  "-c": (s) => void (s.merges = "combined"),
  "--cc": (s) => void (s.merges = "dense"),
  "--no-diff-merges": (s) => void (s.merges = "off"),
  "--no-color": () => undefined,
  "--color": () => undefined,
  "--minimal": () => undefined,
  "--indent-heuristic": () => undefined,
  "--no-ext-diff": () => undefined,
  "--ext-diff": () => undefined,
  "--textconv": () => undefined,
  "--no-textconv": () => undefined,
  "--no-color-moved": () => undefined,
};

function pickaxe(settings: DiffSettings, change: Partial<NonNullable<DiffSettings["pickaxe"]>>): void {
  settings.pickaxe = {
    kind: "S",
    text: "",
    regex: false,
    all: false,
    ignoreCase: false,
    ...settings.pickaxe,
    ...change,
  };
}

/** How many arguments from `at` were a diff option; 0 where it is none. Dies on a wrong value. */
export function takeDiffOption(settings: DiffSettings, args: readonly string[], at: number): number {
  const arg = args[at] as string;
  const flag = FLAGS[arg];
  if (flag) {
    flag(settings);
    return 1;
  }
  return takeLetter(settings, args, at) || takeValue(settings, args, at);
}

function takeLetter(settings: DiffSettings, args: readonly string[], at: number): number {
  const arg = args[at] as string;
  const letter = arg.slice(0, 2);
  const attached = arg.slice(2);
  if (letter === "-S" || letter === "-G") {
    const text = attached === "" ? args[at + 1] : attached;
    if (text === undefined) stop(`error: switch \`${letter.charAt(1)}' requires a value\n`, 129);
    pickaxe(settings, { kind: letter === "-S" ? "S" : "G", text });
    return attached === "" ? 2 : 1;
  }
  if (letter === "-U") {
    if (attached !== "") settings.context = contextLines(attached);
    settings.formats.add("patch");
    return 1;
  }
  if (letter === "-M" && !arg.startsWith("--")) {
    settings.renames = similarity(attached, "find-renames");
    return 1;
  }
  if (letter === "-C" && !arg.startsWith("--")) {
    settings.renames = similarity(attached, "find-copies");
    settings.copies = settings.copies === 0 ? 1 : 2;
    return 1;
  }
  if (/^-l\d+$/.test(arg)) {
    settings.renameLimit = Number(attached);
    return 1;
  }
  return 0;
}

function contextLines(text: string): number {
  if (!/^\d+$/.test(text)) stop("error: --unified expects a numerical value\n", 129);
  return Number(text);
}

/** `90%`, `9` (90 %), `` (50 %). */
function similarity(text: string, name: string): number {
  if (text === "") return 50;
  const match = /^(\d*)(?:\.(\d+))?(%?)$/.exec(text);
  if (!match) stop(`error: invalid argument to ${name}\n`, 129);
  const [, whole = "", fraction = "", percent = ""] = match;
  if (percent) return Math.min(100, Number(`${whole || 0}.${fraction || 0}`));
  return Math.min(100, Number(`0.${whole}${fraction}`) * 100);
}

const VALUES: Readonly<Record<string, (settings: DiffSettings, value: string) => void>> = {
  "--inter-hunk-context": (s, value) => void (s.interHunk = Number(value)),
  "--diff-filter": (s, value) => {
    const wrong = /[^ACDMRTUXBacdmrtuxb*]/.exec(value);
    if (wrong)
      stop(`error: unknown change class '${value.slice(wrong.index)}' in --diff-filter=${value}\n`, 129);
    s.filter += value;
  },
  "--stat-width": (s, value) => stat(s, () => (s.statWidth = Number(value))),
  "--stat-name-width": (s, value) => stat(s, () => (s.statNameWidth = Number(value))),
  "--stat-graph-width": (s, value) => stat(s, () => (s.statGraphWidth = Number(value))),
  "--stat-count": (s, value) => stat(s, () => (s.statCount = Number(value))),
  "--src-prefix": (s, value) => void (s.prefixes[0] = value),
  "--dst-prefix": (s, value) => void (s.prefixes[1] = value),
  "--diff-algorithm": (_, value) => {
    if (!/^(myers|default|minimal|patience|histogram)$/.test(value)) {
      stop('error: option diff-algorithm accepts "myers", "minimal", "patience" and "histogram"\n', 129);
    }
  },
};

function stat(settings: DiffSettings, change: () => void): void {
  settings.formats.add("stat");
  change();
}

const MERGE_MODES: Readonly<Record<string, DiffSettings["merges"]>> = {
  off: "off",
  none: "off",
  on: "separate",
  m: "separate",
  separate: "separate",
  c: "combined",
  combined: "combined",
  cc: "dense",
  "dense-combined": "dense",
  "1": "first-parent",
  "first-parent": "first-parent",
  r: "remerge",
  remerge: "remerge",
};

const OPTIONAL: Readonly<Record<string, (settings: DiffSettings, value: string) => void>> = {
  "--stat": (s, value) => {
    s.formats.add("stat");
    const [width, name, count] = value.split(",");
    if (width) s.statWidth = Number(width);
    if (name) s.statNameWidth = Number(name);
    if (count) s.statCount = Number(count);
  },
  "--unified": (s, value) => {
    if (value !== "") s.context = contextLines(value);
    s.formats.add("patch");
  },
  "--find-renames": (s, value) => void (s.renames = similarity(value, "find-renames")),
  "--find-copies": (s, value) => {
    s.renames = similarity(value, "find-copies");
    s.copies = s.copies === 0 ? 1 : 2;
  },
  "--abbrev": (s, value) => void (s.abbrev = Math.max(4, Math.min(40, Number(value)))),
  "--relative": (s, value) => void (s.relative = value),
  "--color": () => undefined,
  "--diff-merges": (s, value) => {
    const mode = MERGE_MODES[value];
    if (!mode) die(`invalid value for '--diff-merges': '${value}'`);
    s.merges = mode;
  },
  "--ignore-submodules": () => undefined,
  "--submodule": () => undefined,
};

function takeValue(settings: DiffSettings, args: readonly string[], at: number): number {
  const arg = args[at] as string;
  if (!arg.startsWith("--")) return 0;
  const equals = arg.indexOf("=");
  const name = equals < 0 ? arg : arg.slice(0, equals);
  const optional = OPTIONAL[name];
  if (optional) {
    optional(settings, equals < 0 ? "" : arg.slice(equals + 1));
    return 1;
  }
  const needed = VALUES[name];
  if (!needed) return 0;
  const value = equals < 0 ? args[at + 1] : arg.slice(equals + 1);
  if (value === undefined) stop(`error: option \`${name.slice(2)}' requires a value\n`, 129);
  needed(settings, value);
  return equals < 0 ? 2 : 1;
}

/** Dies where formats exclude each other. */
export function checkFormats(settings: DiffSettings): void {
  const exclusive = (["name-only", "name-status", "check", "none"] as const).filter((name) =>
    settings.formats.has(name),
  );
  if (exclusive.length > 1)
    die("options '--name-only', '--name-status', '--check', and '-s' cannot be used together");
  if (settings.pickaxe?.kind === "G" && settings.pickaxe.regex) {
    die("options '-G' and '--pickaxe-regex' cannot be used together, use '--pickaxe-regex' with '-S'");
  }
}
