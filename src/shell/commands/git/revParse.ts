/** `git rev-parse`: https://git-scm.com/docs/git-rev-parse */
import { NOT_A_REPOSITORY, output, type GitCall, type GitCommand } from "./call.ts";
import { approxidate } from "./lib/dates.ts";
import { abbreviate, peel, readCommit, readObject } from "./lib/objects.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import { expandRef, listRefs, readHead, shortenRef, symbolicEnd } from "./lib/refs.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import {
  ambiguousArgument,
  previousBranchName,
  refGlob,
  resolveRevision,
  upstreamName,
} from "./lib/revision.ts";
import { die, run, Stop, type Transcript } from "./lib/transcript.ts";
import { mergeBases } from "./lib/walk.ts";

interface State {
  readonly call: GitCall;
  readonly repo: Repository;
  readonly t: Transcript;
  verify: boolean;
  quiet: boolean;
  /** Digits; 0 is whole ids. */
  short: number;
  names: "ids" | "symbolic" | "full" | "abbreviated";
  negated: boolean;
  revisions: boolean;
  others: boolean;
  flags: boolean;
  readonly excluded: string[];
  default: string | null;
  asIs: boolean;
  /** What --verify keeps until the end. */
  verified: string[];
}

export const revParse: GitCommand = async (call) => {
  const [first] = call.args;
  if (first === "--sq-quote")
    return output(
      ` ${call.args
        .slice(1)
        .map((arg) => `'${arg.replaceAll("'", "'\\''")}'`)
        .join(" ")}\n`,
    );
  if (first === "-h") return output(PLUMBING_USAGE.revParse, "", 129);
  if (first === "--local-env-vars") return output(`${LOCAL_VARIABLES.join("\n")}\n`);
  return run(async (t) => {
    const repo = await open(call);
    const state: State = {
      call,
      repo,
      t,
      verify: false,
      quiet: false,
      short: 0,
      names: "ids",
      negated: false,
      revisions: true,
      others: true,
      flags: true,
      excluded: [],
      default: null,
      asIs: false,
      verified: [],
    };
    for (let i = 0; i < call.args.length; i++) {
      const used = await argument(state, call.args[i] as string, call.args[i + 1]);
      if (used === "stop") return 0;
      if (used === "two") i += 1;
    }
    return finish(state);
  });
};

async function open(call: GitCall): Promise<Repository> {
  if (!(await call.repository())) die(NOT_A_REPOSITORY);
  return openRepository(call);
}

async function finish(state: State): Promise<number> {
  if (state.verify) {
    if (state.verified.length === 1) {
      state.t.out(state.verified[0] as string);
      return 0;
    }
    if (
      state.verified.length === 0 &&
      state.default !== null &&
      (await showRevision(state, state.default, false))
    )
      return finish({ ...state, default: null });
    return singleNeeded(state);
  }
  if (state.default !== null) await showDefault(state);
  return 0;
}

function singleNeeded(state: State): number {
  if (state.quiet) return 1;
  return die("Needed a single revision");
}

async function showDefault(state: State): Promise<void> {
  const name = state.default as string;
  state.default = null;
  await showRevision(state, name, false);
}

type Used = "one" | "two" | "stop";

async function argument(state: State, arg: string, next: string | undefined): Promise<Used> {
  if (state.asIs) {
    showOther(state, arg);
    return "one";
  }
  if (arg === "--") {
    state.asIs = true;
    if (state.verify) die("Needed a single revision");
    showOther(state, arg);
    return "one";
  }
  if (arg.startsWith("-") && arg !== "-") return option(state, arg, next);
  return revision(state, arg);
}

async function option(state: State, arg: string, next: string | undefined): Promise<Used> {
  const equals = arg.indexOf("=");
  const name = equals < 0 ? arg : arg.slice(0, equals);
  const value = equals < 0 ? null : arg.slice(equals + 1);
  const place = await placeText(state, arg);
  if (place !== null) {
    state.t.out(`${place}\n`);
    return "one";
  }
  if (setting(state, name, value)) return "one";
  if (arg === "--default") {
    if (next === undefined) die("--default requires an argument");
    state.default = next;
    return "two";
  }
  if (arg === "--git-path") {
    if (next === undefined) die("--git-path requires an argument");
    state.t.out(`${gitDirText(state)}/${next}\n`);
    return "two";
  }
  if (arg === "--prefix") return "two";
  if (await references(state, name, value)) return "one";
  const time = /^--(since|after|until|before)=(.*)$/.exec(arg);
  if (time) {
    const seconds = approxidate(time[2] as string, state.repo.now) ?? state.repo.now;
    state.t.out(`--${time[1] === "since" || time[1] === "after" ? "max-age" : "min-age"}=${seconds}\n`);
    return "one";
  }
  if (arg.startsWith("--show-object-format")) {
    state.t.out("sha1\n");
    return "one";
  }
  if (state.verify) die("Needed a single revision");
  if (state.flags) state.t.out(`${arg}\n`);
  return "one";
}

/** Options that only change how what follows is shown. */
function setting(state: State, name: string, value: string | null): boolean {
  switch (name) {
    case "--verify":
      state.verify = true;
      state.flags = state.others = false;
      return true;
    case "-q":
    case "--quiet":
      state.quiet = true;
      return true;
    case "--short":
      state.verify = true;
      state.flags = state.others = false;
      state.short = Math.min(40, Math.max(4, Number(value ?? 7)));
      return true;
    case "--abbrev-ref":
      if (value !== null && value !== "strict" && value !== "loose")
        die(`unknown mode for --abbrev-ref: ${value}`);
      state.names = "abbreviated";
      return true;
    case "--symbolic":
      state.names = "symbolic";
      return true;
    case "--symbolic-full-name":
      if (state.names !== "abbreviated") state.names = "full";
      return true;
    case "--not":
      state.negated = !state.negated;
      return true;
    case "--revs-only":
      state.others = false;
      return true;
    case "--no-revs":
      state.revisions = false;
      return true;
    case "--flags":
      state.others = false;
      return true;
    case "--no-flags":
      state.flags = false;
      return true;
    case "--sq":
    case "--path-format":
      return true;
    case "--exclude":
      state.excluded.push(value ?? "");
      return true;
    default:
      return false;
  }
}

/** Where the repository is, seen from here; null for other options. */
async function placeText({ repo, call }: Pick<State, "repo" | "call">, arg: string): Promise<string | null> {
  const inside = call.cwd === repo.gitDir || call.cwd.startsWith(`${repo.gitDir}/`);
  const depth = repo.prefix.split("/").length - 1;
  switch (arg) {
    case "--show-toplevel":
      return repo.workTree !== null && !inside
        ? repo.workTree
        : die("this operation must be run in a work tree");
    case "--git-dir":
      return gitDirText({ repo, call });
    case "--absolute-git-dir":
      return repo.gitDir;
    case "--git-common-dir":
      return depth > 0 ? `${"../".repeat(depth)}.git` : gitDirText({ repo, call });
    case "--show-prefix":
      return repo.prefix;
    case "--show-cdup":
      return "../".repeat(depth);
    case "--is-inside-work-tree":
      return String(repo.workTree !== null && !inside);
    case "--is-inside-git-dir":
      return String(inside);
    case "--is-bare-repository":
      return String(repo.workTree === null && !repo.gitDir.endsWith("/.git"));
    case "--is-shallow-repository":
      return String(await repo.fs.exists(`${repo.gitDir}/shallow`));
    default:
      return null;
  }
}

function gitDirText({ repo, call }: Pick<State, "repo" | "call">): string {
  if (call.cwd === repo.gitDir) return ".";
  return repo.workTree === call.cwd && repo.gitDir === `${call.cwd}/.git` ? ".git" : repo.gitDir;
}

const PREFIXES: Readonly<Record<string, string>> = {
  "--all": "refs/",
  "--branches": "refs/heads/",
  "--tags": "refs/tags/",
  "--remotes": "refs/remotes/",
  "--glob": "refs/",
};

async function references(state: State, name: string, value: string | null): Promise<boolean> {
  const prefix = PREFIXES[name];
  if (prefix === undefined || (name === "--glob" && value === null)) return false;
  const full = value === null ? null : value.startsWith("refs/") ? value : prefix + value;
  const wanted = full === null ? null : refGlob(/[*?[]/.test(full) ? full : `${full}/*`);
  const unwanted = state.excluded.splice(0).map(refGlob);
  for (const ref of await listRefs(state.repo, prefix)) {
    if ((wanted && !wanted.test(ref.name)) || unwanted.some((pattern) => pattern.test(ref.name))) continue;
    await show(state, ref.id, ref.name, state.negated);
  }
  return true;
}

async function revision(state: State, arg: string): Promise<Used> {
  if (await showRange(state, arg)) return "one";
  if (await showFamily(state, arg)) return "one";
  const negative = arg.startsWith("^");
  if (
    await attempt(state, arg, () =>
      showRevision(state, negative ? arg.slice(1) : arg, negative !== state.negated),
    )
  )
    return "one";
  if (state.verify)
    throw new Stop(state.quiet ? "" : "fatal: Needed a single revision\n", state.quiet ? 1 : 128);
  if (!state.revisions && !state.others) return "one";
  const exists =
    state.repo.workTree !== null &&
    (await state.repo.fs.exists(arg.startsWith("/") ? arg : `${state.call.cwd}/${arg}`));
  if (!exists) {
    if (state.call.args.includes("--")) die(`bad revision '${arg}'`);
    showOther(state, arg);
    throw new Stop((await wrongType(state.repo, arg)) + ambiguousArgument(arg), 128);
  }
  if (state.default !== null) await showDefault(state);
  state.asIs = true;
  showOther(state, arg);
  return "one";
}

/** `HEAD^{blob}`: git looks twice, and says each time that the object is something else. */
async function wrongType(repo: Repository, arg: string): Promise<string> {
  const wanted = /^(.+)\^\{(commit|tree|blob|tag)\}$/.exec(arg);
  const found = wanted && (await resolveRevision(repo, wanted[1] as string));
  const id = found && (await peel(repo, found.id));
  const raw = id ? await readObject(repo, id) : null;
  if (!wanted || !raw) return "";
  const type = raw.type === "commit" && wanted[2] === "blob" ? "tree" : raw.type;
  return `error: ${arg}: expected ${wanted[2]} type, but the object dereferences to ${type} type\n`.repeat(2);
}

/** With --quiet, what git would die of is simply no revision. */
async function attempt(state: State, arg: string, work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work();
  } catch (problem) {
    if (!(problem instanceof Stop) || !state.quiet) {
      if (problem instanceof Stop && problem.message.startsWith("fatal: path")) showOther(state, arg);
      throw problem;
    }
    return false;
  }
}

function showOther(state: State, arg: string): void {
  if (state.others) state.t.out(`${arg}\n`);
}

async function showRevision(state: State, text: string, negative: boolean): Promise<boolean> {
  const found = await resolveRevision(state.repo, text);
  if (!found) return false;
  await show(state, found.id, text, negative);
  return true;
}

async function show(state: State, id: string, name: string | null, negative: boolean): Promise<void> {
  if (!state.revisions) return;
  state.default = null;
  const text = await revisionText(state, id, name);
  if (text === null) return void (state.verify && state.verified.push(""));
  const line = `${negative ? "^" : ""}${text}\n`;
  if (state.verify) state.verified.push(line);
  else state.t.out(line);
}

/** Null where a name was asked for and there is none. */
async function revisionText(state: State, id: string, name: string | null): Promise<string | null> {
  const { repo, names } = state;
  if (name !== null && names === "symbolic") return name;
  if (name !== null && (names === "full" || names === "abbreviated")) {
    const full = await fullName(repo, name);
    if (full === null) return null;
    return names === "full"
      ? full
      : shortenRef(repo, full, repo.config.bool("core.warnAmbiguousRefs") !== false);
  }
  return state.short > 0 ? abbreviate(repo, id, state.short) : id;
}

async function fullName(repo: Repository, name: string): Promise<string | null> {
  const special = /^(.*)@\{(u|upstream|push|-\d+)\}$/i.exec(name);
  if (special) {
    const [, base, kind] = special as unknown as [string, string, string];
    if (kind.startsWith("-")) {
      const branch = await previousBranchName(repo, Number(kind.slice(1)));
      return branch === null ? null : ((await expandRef(repo, branch))?.name ?? null);
    }
    const branch =
      base === "" || base === "HEAD" ? (await readHead(repo)).branch?.slice("refs/heads/".length) : base;
    return branch === undefined ? null : upstreamName(repo, branch);
  }
  const ref = /[~^:{]/.test(name) ? null : await expandRef(repo, name);
  return ref && symbolicEnd(repo, ref.name);
}

async function showRange(state: State, arg: string): Promise<boolean> {
  const dots = /^(.*?)(\.\.\.?)(.*)$/s.exec(arg);
  if (!dots || arg === ".." || state.verify) return false;
  const [, left, kind, right] = dots as unknown as [string, string, string, string];
  const [start, end] = [
    await resolveRevision(state.repo, left || "HEAD"),
    await resolveRevision(state.repo, right || "HEAD"),
  ];
  if (!start || !end) return false;
  await show(state, end.id, right || "HEAD", false);
  await show(state, start.id, left || "HEAD", kind === "..");
  if (kind === "..") return true;
  const [a, b] = [await peel(state.repo, start.id, "commit"), await peel(state.repo, end.id, "commit")];
  if (a !== null && b !== null)
    for (const base of await mergeBases(state.repo, a, [b])) await show(state, base, null, true);
  return true;
}

async function showFamily(state: State, arg: string): Promise<boolean> {
  const family = /^(.+)\^(@|!|-(\d*))$/s.exec(arg);
  const found = family && (await resolveRevision(state.repo, family[1] as string));
  const id = found && (await peel(state.repo, found.id, "commit"));
  const commit = id ? await readCommit(state.repo, id) : null;
  if (!family || !commit) return false;
  const kind = family[2] as string;
  const n = Number(family[3] || 1);
  const parents = kind.startsWith("-") ? commit.parents.slice(n - 1, n) : commit.parents;
  if (kind !== "@") await show(state, commit.id, family[1] as string, false);
  for (const parent of parents) await show(state, parent, null, kind !== "@");
  return true;
}

const LOCAL_VARIABLES = [
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_CONFIG",
  "GIT_CONFIG_PARAMETERS",
  "GIT_CONFIG_COUNT",
  "GIT_OBJECT_DIRECTORY",
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_IMPLICIT_WORK_TREE",
  "GIT_GRAFT_FILE",
  "GIT_INDEX_FILE",
  "GIT_NO_REPLACE_OBJECTS",
  "GIT_REPLACE_REF_BASE",
  "GIT_PREFIX",
  "GIT_INTERNAL_SUPER_PREFIX",
  "GIT_SHALLOW_FILE",
  "GIT_COMMON_DIR",
] as const;
