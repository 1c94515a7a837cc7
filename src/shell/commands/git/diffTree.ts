/** https://git-scm.com/docs/git-diff-tree */
import type { ExecResult } from "just-git";
import type { GitCall } from "./call.ts";
import { byteOutput } from "./lib/byteOutput.ts";
import { combinedDiff } from "./lib/combined.ts";
import { compareTrees } from "./lib/compare.ts";
import { diffOutput, refine } from "./lib/diffOutput.ts";
import { checkFormats, type DiffSettings, diffSettings, takeDiffOption } from "./lib/diffSettings.ts";
import { USAGE } from "./lib/inspectionUsage.ts";
import { type Commit, peel, readCommit } from "./lib/objects.ts";
import { EVERYTHING, parsePathspec, type Pathspec } from "./lib/pathspec.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { parseRevisions, resolveCommit } from "./lib/revision.ts";
import { run, stop } from "./lib/transcript.ts";

/** Stands for changes that are not to be shown. */
const QUIET = "changed";

interface Request {
  readonly repo: Repository;
  readonly settings: DiffSettings;
  readonly paths: Pathspec;
  readonly root: boolean;
  readonly noCommitId: boolean;
}

export async function diffTree(call: GitCall): Promise<ExecResult> {
  let stdout = "";
  const result = await run(async () => {
    const repo = await openRepository(call);
    const settings = diffSettings(repo.config, false);
    settings.abbrev ??= 40;
    const flags = { root: false, noCommitId: false, stdin: false, always: false };
    const { rest, dashes } = readArguments(call.args, settings, flags);
    checkFormats(settings);
    if (settings.formats.has("patch")) settings.recursive = true;
    if (
      [...settings.formats].some(
        (format) => format !== "raw" && format !== "name-only" && format !== "name-status",
      )
    )
      settings.recursive = true;
    const revisions = await parseRevisions(repo, rest, dashes);
    if (revisions.unknown.length > 0) return stop(USAGE.diffTree, 129);
    const paths = revisions.paths.length > 0 ? parsePathspec(revisions.paths, repo.prefix) : EVERYTHING;
    const request: Request = { repo, settings, paths, root: flags.root, noCommitId: flags.noCommitId };
    const named = [...revisions.exclude, ...revisions.include];
    if (named.length === 0 && !flags.stdin) return stop(USAGE.diffTree, 129);
    if (named.length >= 2)
      stdout = await twoTrees(
        request,
        named.map((revision) => revision.id),
      );
    else if (named[0]) stdout = await oneCommit(request, await peel(repo, named[0].id, "commit"));
    if (flags.stdin)
      for (const line of call.stdin.split("\n").filter(Boolean))
        stdout += await oneCommit(request, await resolveCommit(repo, line.split(" ")[0] as string));
    const code = settings.exitCode && stdout !== "" ? 1 : 0;
    if (settings.quiet) stdout = "";
    return code;
  });
  return byteOutput(stdout + result.stdout, result.stderr, result.exitCode);
}

function readArguments(
  args: readonly string[],
  settings: DiffSettings,
  flags: { root: boolean; noCommitId: boolean; stdin: boolean; always: boolean },
) {
  const rest: string[] = [];
  let dashes: number | null = null;
  for (let i = 0; i < args.length;) {
    const arg = args[i] as string;
    if (arg === "--") {
      dashes = rest.length;
      rest.push(...args.slice(i + 1));
      break;
    }
    let taken = 1;
    if (arg === "-r") settings.recursive = true;
    else if (arg === "-t") {
      settings.recursive = true;
      settings.trees = true;
    } else if (arg === "--root") flags.root = true;
    else if (arg === "--no-commit-id") flags.noCommitId = true;
    else if (arg === "--stdin") flags.stdin = true;
    else if (arg === "--always") flags.always = true;
    else {
      taken = arg.startsWith("-") ? takeDiffOption(settings, args, i) : 0;
      if (taken === 0) rest.push(arg);
    }
    i += taken || 1;
  }
  return { rest, dashes };
}

async function text(
  { repo, settings, paths }: Request,
  before: string | null,
  after: string | null,
): Promise<string> {
  const changes = await compareTrees(repo, before, after, {
    paths,
    shallow: !settings.recursive,
    trees: settings.trees,
  });
  const refined = await refine(repo, changes, settings, before);
  if (settings.quiet) return refined.length > 0 ? QUIET : "";
  return diffOutput(
    repo,
    refined,
    {
      ...settings,
      abbrev: settings.formats.has("patch") && settings.abbrev === 40 ? 7 : (settings.abbrev ?? 40),
    },
    "raw",
  );
}

async function twoTrees(request: Request, ids: readonly string[]): Promise<string> {
  const [before, after] = await Promise.all(ids.slice(0, 2).map((id) => peel(request.repo, id, "tree")));
  return text(request, before ?? null, after ?? null);
}

/** A commit's id, and what it changes. */
async function oneCommit(request: Request, id: string | null): Promise<string> {
  const commit = id === null ? null : await readCommit(request.repo, id);
  if (!commit) return stop(USAGE.diffTree, 129);
  const head = request.noCommitId ? "" : `${commit.id}\n`;
  if (commit.parents.length > 1) return mergeText(request, commit, head);
  if (commit.parents.length === 0) {
    const own = request.root ? await text(request, null, commit.tree) : "";
    return own === "" ? "" : head + own;
  }
  const own = await text(request, await treeOf(request.repo, commit.parents[0] as string), commit.tree);
  return own === "" ? "" : head + own;
}

async function treeOf(repo: Repository, commit: string): Promise<string | null> {
  return (await readCommit(repo, commit))?.tree ?? null;
}

async function mergeText(request: Request, commit: Commit, head: string): Promise<string> {
  const { merges } = request.settings;
  if (merges === "separate") {
    let out = "";
    for (const parent of commit.parents) {
      const own = await text(request, await treeOf(request.repo, parent), commit.tree);
      if (own !== "") out += head + own;
    }
    return out;
  }
  if (merges !== "combined" && merges !== "dense") return "";
  const formats = request.settings.formats.size > 0 ? request.settings.formats : new Set(["raw" as const]);
  const own = await combinedDiff(
    request.repo,
    commit,
    { ...request.settings, formats },
    { dense: merges === "dense", paths: request.paths },
  );
  return own === "" ? "" : head + own;
}
