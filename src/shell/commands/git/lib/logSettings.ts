/** The options of log, show and their like: https://git-scm.com/docs/git-log#_options */
import { approxidate } from "./dates.ts";
import { type DiffSettings, checkFormats, diffSettings, takeDiffOption } from "./diffSettings.ts";
import { builtIn, parsePretty, type Pretty } from "./pretty.ts";
import type { Repository } from "./repository.ts";
import { die, stop } from "./transcript.ts";
import type { Walk } from "./walk.ts";

export interface LogSettings {
  diff: DiffSettings;
  pretty: Pretty;
  /** --pretty, --format or --oneline was given. */
  prettyGiven: boolean;
  abbrevCommit: boolean;
  date: string;
  dateGiven: boolean;
  decorate: "no" | "short" | "full";
  graph: boolean;
  order: NonNullable<Walk["order"]>;
  reverse: boolean;
  count: number;
  skip: number;
  since: number | null;
  until: number | null;
  authors: string[];
  committers: string[];
  greps: string[];
  invertGrep: boolean;
  allMatch: boolean;
  ignoreCase: boolean;
  regex: "basic" | "extended" | "fixed";
  minParents: number;
  maxParents: number;
  firstParent: boolean;
  fullHistory: boolean;
  fullDiff: boolean;
  follow: boolean;
  reflogs: boolean;
  noWalk: "sorted" | "unsorted" | null;
  leftRight: boolean;
  cherry: "no" | "pick" | "mark";
  sides: "both" | "left" | "right";
  boundary: boolean;
  source: boolean;
  showParents: boolean;
  /** null: as the format says; [] none; else refs. */
  notes: string[] | null | "default";
  expandTabs: boolean;
  /** What is left: revisions and paths. */
  rest: string[];
  dashes: number | null;
}

export function logSettings(repo: Repository): LogSettings {
  const format = repo.config.get("format.pretty");
  const decorate = repo.config.get("log.decorate");
  return {
    diff: diffSettings(repo.config, true),
    pretty: format === undefined ? builtIn("medium") : parsePretty(format, repo.config),
    prettyGiven: false,
    abbrevCommit: repo.config.bool("log.abbrevCommit") ?? false,
    date: repo.config.get("log.date") ?? "default",
    dateGiven: false,
    decorate:
      decorate === "full"
        ? "full"
        : decorate === "short" || repo.config.bool("log.decorate")
          ? "short"
          : "no",
    graph: false,
    order: "default",
    reverse: false,
    count: -1,
    skip: 0,
    since: null,
    until: null,
    authors: [],
    committers: [],
    greps: [],
    invertGrep: false,
    allMatch: false,
    ignoreCase: false,
    regex: "basic",
    minParents: 0,
    maxParents: -1,
    firstParent: false,
    fullHistory: false,
    fullDiff: false,
    follow: repo.config.bool("log.follow") ?? false,
    reflogs: false,
    noWalk: null,
    leftRight: false,
    cherry: "no",
    sides: "both",
    boundary: false,
    source: false,
    showParents: false,
    notes: null,
    expandTabs: true,
    rest: [],
    dashes: null,
  };
}

type Flag = (s: LogSettings) => void;

const FLAGS: Readonly<Record<string, Flag>> = {
  "--oneline": (s) => {
    s.pretty = builtIn("oneline");
    s.prettyGiven = true;
    s.abbrevCommit = true;
  },
  "--abbrev-commit": (s) => void (s.abbrevCommit = true),
  "--no-abbrev-commit": (s) => void (s.abbrevCommit = false),
  "--decorate": (s) => void (s.decorate = "short"),
  "--no-decorate": (s) => void (s.decorate = "no"),
  "--clear-decorations": () => undefined,
  "--graph": (s) => void (s.graph = true),
  "--no-graph": (s) => void (s.graph = false),
  "--topo-order": (s) => void (s.order = "topo"),
  "--date-order": (s) => void (s.order = "date"),
  "--author-date-order": (s) => void (s.order = "author-date"),
  "--reverse": (s) => void (s.reverse = !s.reverse),
  "--relative-date": (s) => {
    s.date = "relative";
    s.dateGiven = true;
  },
  "--invert-grep": (s) => void (s.invertGrep = true),
  "--all-match": (s) => void (s.allMatch = true),
  "-i": (s) => void (s.ignoreCase = true),
  "--regexp-ignore-case": (s) => void (s.ignoreCase = true),
  "-E": (s) => void (s.regex = "extended"),
  "--extended-regexp": (s) => void (s.regex = "extended"),
  "-P": (s) => void (s.regex = "extended"),
  "--perl-regexp": (s) => void (s.regex = "extended"),
  "-F": (s) => void (s.regex = "fixed"),
  "--fixed-strings": (s) => void (s.regex = "fixed"),
  "--basic-regexp": (s) => void (s.regex = "basic"),
  "--merges": (s) => void (s.minParents = 2),
  "--no-merges": (s) => void (s.maxParents = 1),
  "--no-min-parents": (s) => void (s.minParents = 0),
  "--no-max-parents": (s) => void (s.maxParents = -1),
  "--first-parent": (s) => void (s.firstParent = true),
  "--full-history": (s) => void (s.fullHistory = true),
  "--full-diff": (s) => void (s.fullDiff = true),
  "--follow": (s) => void (s.follow = true),
  "--no-follow": (s) => void (s.follow = false),
  "-g": (s) => void (s.reflogs = true),
  "--walk-reflogs": (s) => void (s.reflogs = true),
  "--no-walk": (s) => void (s.noWalk = "sorted"),
  "--do-walk": (s) => void (s.noWalk = null),
  "--left-right": (s) => void (s.leftRight = true),
  "--cherry-pick": (s) => void (s.cherry = "pick"),
  "--cherry-mark": (s) => void (s.cherry = "mark"),
  "--cherry": (s) => {
    s.cherry = "mark";
    s.sides = "right";
    s.maxParents = 1;
  },
  "--left-only": (s) => void (s.sides = "left"),
  "--right-only": (s) => void (s.sides = "right"),
  "--boundary": (s) => void (s.boundary = true),
  "--source": (s) => void (s.source = true),
  "--parents": (s) => void (s.showParents = true),
  "--notes": (s) => void (s.notes = "default"),
  "--show-notes": (s) => void (s.notes = "default"),
  "--no-notes": (s) => void (s.notes = []),
  "--expand-tabs": (s) => void (s.expandTabs = true),
  "--no-expand-tabs": (s) => void (s.expandTabs = false),
  "--root": () => undefined,
  "--dense": () => undefined,
  "--sparse": () => undefined,
  "--no-mailmap": () => undefined,
  "--use-mailmap": () => undefined,
  "--no-show-signature": () => undefined,
  "-r": () => undefined,
  "-t": (s) => void (s.diff.trees = true),
};

type Value = (s: LogSettings, value: string, now: number, repo: Repository) => void;

/** With `=value` or the next argument. */
const VALUES: Readonly<Record<string, Value>> = {
  "--max-count": (s, value) => void (s.count = integer(value)),
  "--skip": (s, value) => void (s.skip = integer(value)),
  "--since": (s, value, now) => void (s.since = approxidate(value, now) ?? now),
  "--after": (s, value, now) => void (s.since = approxidate(value, now) ?? now),
  "--until": (s, value, now) => void (s.until = approxidate(value, now) ?? now),
  "--before": (s, value, now) => void (s.until = approxidate(value, now) ?? now),
  "--author": (s, value) => void s.authors.push(value),
  "--committer": (s, value) => void s.committers.push(value),
  "--grep": (s, value) => void s.greps.push(value),
  "--min-parents": (s, value) => void (s.minParents = Number(value)),
  "--max-parents": (s, value) => void (s.maxParents = Number(value)),
  "--date": (s, value) => {
    s.date = value;
    s.dateGiven = true;
  },
  "--decorate-refs": () => undefined,
  "--decorate-refs-exclude": () => undefined,
  "--encoding": () => undefined,
};

/** As atoi(3) reads it. */
function integer(text: string): number {
  return Number(/^\s*[+-]?\d+/.exec(text)?.[0] ?? 0);
}

/** Only with `=value`. */
const ATTACHED: Readonly<Record<string, Value>> = {
  "--pretty": (s, value, _, repo) => setPretty(s, value, repo),
  "--format": (s, value, _, repo) => setPretty(s, value, repo),
  "--decorate": (s, value) => {
    const modes: Readonly<Record<string, LogSettings["decorate"]>> = {
      short: "short",
      full: "full",
      no: "no",
      auto: "no",
      true: "short",
      yes: "short",
    };
    const mode = modes[value];
    if (!mode) die(`invalid --decorate option: ${value}`);
    s.decorate = mode;
  },
  "--no-walk": (s, value) => {
    if (value !== "sorted" && value !== "unsorted") die("invalid argument to --no-walk");
    s.noWalk = value;
  },
  "--notes": (s, value) => void (s.notes = [...(Array.isArray(s.notes) ? s.notes : []), value]),
  "--show-notes": (s, value) => void (s.notes = [value]),
  "--expand-tabs": () => undefined,
};

function setPretty(s: LogSettings, value: string, repo: Repository): void {
  s.pretty = parsePretty(value, repo.config);
  s.prettyGiven = true;
  if (value === "reference") s.abbrevCommit = true;
}

/** Reads everything but revisions and paths, which are left in `rest`. */
export function readLogOptions(
  settings: LogSettings,
  args: readonly string[],
  repo: Repository,
  now: number,
): void {
  for (let i = 0; i < args.length;) {
    const arg = args[i] as string;
    if (arg === "--") {
      settings.dashes = settings.rest.length;
      settings.rest.push(...args.slice(i + 1));
      break;
    }
    const taken = arg.startsWith("-") && arg !== "-" ? takeLogOption(settings, args, i, repo, now) : 0;
    if (taken === 0) settings.rest.push(arg);
    i += taken || 1;
  }
  finish(settings);
}

function takeLogOption(
  settings: LogSettings,
  args: readonly string[],
  at: number,
  repo: Repository,
  now: number,
): number {
  const arg = args[at] as string;
  const flag = FLAGS[arg];
  if (flag) {
    flag(settings);
    return 1;
  }
  if (/^-\d+$/.test(arg)) {
    settings.count = Number(arg.slice(1));
    return 1;
  }
  if (arg.startsWith("-n")) {
    const value = arg === "-n" ? args[at + 1] : arg.slice(2);
    if (value === undefined) stop("error: -n requires an argument\n", 128);
    settings.count = integer(value);
    return arg === "-n" ? 2 : 1;
  }
  return takeNamed(settings, args, at, repo, now) || takeDiffOption(settings.diff, args, at);
}

function takeNamed(
  settings: LogSettings,
  args: readonly string[],
  at: number,
  repo: Repository,
  now: number,
): number {
  const arg = args[at] as string;
  const equals = arg.indexOf("=");
  const name = equals < 0 ? arg : arg.slice(0, equals);
  const attached = equals < 0 ? undefined : ATTACHED[name];
  if (attached) {
    attached(settings, arg.slice(equals + 1), now, repo);
    return 1;
  }
  if (name === "--pretty" && equals < 0) {
    setPretty(settings, "medium", repo);
    return 1;
  }
  const needed = VALUES[name];
  if (!needed) return 0;
  const value = equals < 0 ? args[at + 1] : arg.slice(equals + 1);
  if (value === undefined) die(`Option '${name}' requires a value`);
  needed(settings, value, now, repo);
  return equals < 0 ? 2 : 1;
}

function finish(settings: LogSettings): void {
  const { diff } = settings;
  if ((diff.merges === "combined" || diff.merges === "dense") && diff.formats.size === 0)
    diff.formats.add("patch");
  checkFormats(settings.diff);
  if (settings.ignoreCase && settings.diff.pickaxe)
    settings.diff.pickaxe = { ...settings.diff.pickaxe, ignoreCase: true };
  if (settings.graph && settings.reverse) die("options '--reverse' and '--graph' cannot be used together");
  if (settings.graph && settings.noWalk) die("options '--no-walk' and '--graph' cannot be used together");
  if (settings.graph && settings.reflogs)
    die("options '--walk-reflogs' and '--graph' cannot be used together");
  if (settings.reverse && settings.reflogs)
    die("options '--reverse' and '--walk-reflogs' cannot be used together");
  if (settings.graph && settings.order === "default") settings.order = "topo";
}
