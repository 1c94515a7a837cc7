/** `git stash`: https://git-scm.com/docs/git-stash */
import type { ExecResult } from "just-git";
import { output, type GitCall, type GitCommand } from "./call.ts";
import { flatTree, writeFlatTree } from "./lib/flatTree.ts";
import { parseOptions, type Options } from "./lib/options.ts";
import { STASH_USAGE } from "./lib/stashUsage.ts";
import { openWorkTree, type WorkTreeRepository } from "./lib/repository.ts";
import { resolveCommit } from "./lib/resolve.ts";
import {
  clearStash,
  dropStash,
  pushStash,
  stashEntries,
  stashEntry,
  type StashEntry,
} from "./lib/stashRef.ts";
import { run, stop, type Transcript } from "./lib/transcript.ts";
import { applyStash } from "./stash/apply.ts";
import { makeStash, pushCommand, type SaveOptions } from "./stash/save.ts";

const SAVE_SPEC = {
  keepIndex: { names: ["-k", "--keep-index"] },
  staged: { names: ["-S", "--staged"] },
  patch: { names: ["-p", "--patch"] },
  quiet: { names: ["-q", "--quiet"] },
  untracked: { names: ["-u", "--include-untracked"] },
  all: { names: ["-a", "--all"] },
  message: { names: ["-m", "--message"], value: "required" },
} as const;
const INDEX_SPEC = { index: { names: ["--index"] }, quiet: { names: ["-q", "--quiet"] } } as const;
const QUIET_SPEC = { quiet: { names: ["-q", "--quiet"] } } as const;
const STORE_SPEC = {
  quiet: { names: ["-q", "--quiet"] },
  message: { names: ["-m", "--message"], value: "required" },
} as const;

interface Sub {
  readonly call: GitCall;
  readonly args: readonly string[];
}

type Work = (repo: WorkTreeRepository, t: Transcript) => Promise<number>;

const SUBCOMMANDS: Readonly<Record<string, (sub: Sub) => Promise<ExecResult>>> = {
  push: (sub) => push(sub, false),
  save,
  list,
  show,
  drop,
  pop: (sub) => applyOrPop(sub, true),
  apply: (sub) => applyOrPop(sub, false),
  clear,
  create,
  store,
  branch,
};

export const stash: GitCommand = async (call) => {
  const [first, ...rest] = call.args;
  const sub = first === undefined || first.startsWith("-") ? undefined : SUBCOMMANDS[first];
  if (sub) return sub({ call, args: rest });
  if (first === "-h") return output(STASH_USAGE.all, "", 129);
  if (first === undefined || first.startsWith("-")) return push({ call, args: call.args }, true);
  return output(
    "",
    `fatal: subcommand wasn't specified; 'push' can't be assumed due to unexpected token '${first}'\n`,
    128,
  );
};

async function inWorkTree(call: GitCall, work: Work): Promise<ExecResult> {
  return run(async (t) => work(await openWorkTree(call), t));
}

async function push({ call, args }: Sub, assumed: boolean): Promise<ExecResult> {
  const parsed = parseOptions(args, SAVE_SPEC, { usage: assumed ? STASH_USAGE.all : STASH_USAGE.push });
  if ("result" in parsed) return parsed.result;
  const { values, counts, rest, dashes } = parsed;
  if (assumed && rest.length > 0 && dashes !== 0 && !values.patch) {
    return output(
      "",
      `fatal: subcommand wasn't specified; 'push' can't be assumed due to unexpected token '${rest[0] ?? ""}'\n`,
      128,
    );
  }
  return inWorkTree(call, (repo, t) =>
    pushCommand(call, repo, t, saveOptions(values, counts.keepIndex, values.message ?? "", rest)),
  );
}

async function save({ call, args }: Sub): Promise<ExecResult> {
  const parsed = parseOptions(args, SAVE_SPEC, { usage: STASH_USAGE.save });
  if ("result" in parsed) return parsed.result;
  const { values, counts, rest } = parsed;
  const message = rest.length > 0 ? rest.join(" ") : (values.message ?? "");
  return inWorkTree(call, (repo, t) =>
    pushCommand(call, repo, t, saveOptions(values, counts.keepIndex, message, [])),
  );
}

interface SaveValues {
  readonly staged: boolean;
  readonly patch: boolean;
  readonly quiet: boolean;
  readonly untracked: boolean;
  readonly all: boolean;
}

function saveOptions(
  values: SaveValues,
  keep: number | undefined,
  message: string,
  paths: readonly string[],
): SaveOptions {
  return {
    message,
    keepIndex: keep === undefined ? undefined : keep > 0,
    staged: values.staged,
    patch: values.patch,
    untracked: values.all ? "all" : values.untracked ? "yes" : "no",
    quiet: values.quiet,
    paths,
  };
}

async function list({ call, args }: Sub): Promise<ExecResult> {
  return inWorkTree(call, async (repo, t) => {
    const entries = await stashEntries(repo);
    if (entries.length === 0) return 0;
    if (args.length > 0)
      return t.add(
        await call.git("log", [
          "--format=%gd: %gs",
          "-g",
          "--first-parent",
          "-m",
          ...args,
          "refs/stash",
          "--",
        ]),
      ).exitCode;
    entries.forEach((entry, i) => t.out(`stash@{${i}}: ${entry.message}\n`));
    return 0;
  });
}

async function show({ call, args }: Sub): Promise<ExecResult> {
  return inWorkTree(call, async (repo, t) => {
    const own = new Set(["-u", "--include-untracked", "--only-untracked", "--no-include-untracked"]);
    const options = args.filter((arg) => arg.startsWith("-") && !own.has(arg));
    const names = args.filter((arg) => !arg.startsWith("-"));
    if (names.length > 1)
      stop(`Too many revisions specified: ${names.map((name) => `'${name}'`).join(" ")}\n`);
    const entry = await stashEntry(repo, names[0]);
    const only = args.includes("--only-untracked");
    const both = args.includes("-u") || args.includes("--include-untracked");
    const [from, to] = await shownTrees(repo, entry, only, both);
    const format = options.length > 0 ? options : ["--stat"];
    return t.add(await call.git("diff", [...format, from, to])).exitCode;
  });
}

async function shownTrees(
  repo: WorkTreeRepository,
  entry: StashEntry,
  only: boolean,
  both: boolean,
): Promise<[string, string]> {
  if (only) return [await writeFlatTree(repo, []), entry.untracked?.tree ?? (await writeFlatTree(repo, []))];
  if (!both || !entry.untracked) return [entry.base.id, entry.commit.id];
  const files = new Map([
    ...(await flatTree(repo, entry.commit.tree)),
    ...(await flatTree(repo, entry.untracked.tree)),
  ]);
  return [entry.base.tree, await writeFlatTree(repo, files)];
}

async function dropEntry(
  repo: WorkTreeRepository,
  t: Transcript,
  entry: StashEntry,
  quiet: boolean,
): Promise<number> {
  if (entry.at === null) stop(`error: '${entry.name}' is not a stash reference\n`);
  await dropStash(repo, entry.at);
  if (!quiet) t.out(`Dropped ${entry.name} (${entry.commit.id})\n`);
  return 0;
}

async function drop({ call, args }: Sub): Promise<ExecResult> {
  const parsed = parseOptions(args, QUIET_SPEC, { usage: STASH_USAGE.drop });
  if ("result" in parsed) return parsed.result;
  return inWorkTree(call, async (repo, t) => {
    tooMany(parsed.rest);
    return dropEntry(repo, t, await stashEntry(repo, parsed.rest[0]), parsed.values.quiet);
  });
}

function tooMany(names: readonly string[]): void {
  if (names.length > 1) stop(`Too many revisions specified: ${names.map((name) => `'${name}'`).join(" ")}\n`);
}

async function applyOrPop({ call, args }: Sub, pops: boolean): Promise<ExecResult> {
  const parsed = parseOptions(args, INDEX_SPEC satisfies Options, {
    usage: pops ? STASH_USAGE.pop : STASH_USAGE.apply,
  });
  if ("result" in parsed) return parsed.result;
  return inWorkTree(call, async (repo, t) => {
    tooMany(parsed.rest);
    const entry = await stashEntry(repo, parsed.rest[0]);
    if (pops && entry.at === null) stop(`error: '${entry.name}' is not a stash reference\n`);
    const code = await applyStash(call, repo, t, entry, parsed.values).catch((problem: unknown) => {
      if (pops) t.out("The stash entry is kept in case you need it again.\n");
      throw problem;
    });
    if (!pops) return code;
    if (code === 0) return dropEntry(repo, t, entry, parsed.values.quiet);
    t.out("The stash entry is kept in case you need it again.\n");
    return code;
  });
}

async function clear({ call, args }: Sub): Promise<ExecResult> {
  return inWorkTree(call, async (repo) => {
    if (args.length > 0) stop("error: git stash clear with arguments is unimplemented\n");
    await clearStash(repo);
    return 0;
  });
}

async function create({ call, args }: Sub): Promise<ExecResult> {
  return inWorkTree(call, async (repo, t) => {
    const options: SaveOptions = {
      message: args.join(" "),
      keepIndex: undefined,
      staged: false,
      patch: false,
      untracked: "no",
      quiet: true,
      paths: [],
    };
    const saved = await makeStash(call, repo, t, options);
    if (saved) t.out(`${saved.id}\n`);
    return 0;
  });
}

async function store({ call, args }: Sub): Promise<ExecResult> {
  const parsed = parseOptions(args, STORE_SPEC, { usage: STASH_USAGE.store });
  if ("result" in parsed) return parsed.result;
  return inWorkTree(call, async (repo) => {
    const [name, ...more] = parsed.rest;
    if (name === undefined || more.length > 0)
      stop(parsed.values.quiet ? "" : '"git stash store" requires one <commit> argument\n');
    const commit = await resolveCommit(repo, name);
    if (!commit) stop(parsed.values.quiet ? "" : `Cannot update refs/stash with ${name}\n`);
    await pushStash(call, repo, commit.id, parsed.values.message ?? 'Created via "git stash store".');
    return 0;
  });
}

async function branch({ call, args }: Sub): Promise<ExecResult> {
  return inWorkTree(call, async (repo, t) => {
    const [name, asked] = args;
    if (name === undefined) stop("No branch name specified\n");
    const entry = await stashEntry(repo, asked);
    const made = t.add(await call.git("checkout", ["-b", name, entry.base.id]));
    if (made.exitCode !== 0) return made.exitCode;
    const code = await applyStash(call, repo, t, entry, { index: true, quiet: false });
    return code === 0 && entry.at !== null ? dropEntry(repo, t, entry, false) : code;
  });
}
