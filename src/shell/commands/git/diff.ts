/** https://git-scm.com/docs/git-diff */
import type { ExecResult } from "just-git";
import type { GitCall } from "./call.ts";
import { byteOutput } from "./lib/byteOutput.ts";
import type { Change, Side } from "./lib/change.ts";
import { combinedPatch } from "./lib/combined.ts";
import { compareIndexWorktree, compareTreeIndex, compareTrees, compareTreeWorktree } from "./lib/compare.ts";
import { diffOutput, differsAtAll, refine } from "./lib/diffOutput.ts";
import { checkFormats, type DiffSettings, diffSettings, takeDiffOption } from "./lib/diffSettings.ts";
import { readIndex } from "./lib/gitIndex.ts";
import { USAGE } from "./lib/inspectionUsage.ts";
import { noIndexChanges } from "./lib/noIndex.ts";
import { peel, readObject } from "./lib/objects.ts";
import { parsePathspec, type Pathspec } from "./lib/pathspec.ts";
import { readHead } from "./lib/refs.ts";
import { openRepository, type Repository, type WorkTreeRepository } from "./lib/repository.ts";
import { parseRevisions, type Revision, type Revisions } from "./lib/revision.ts";
import { die, run, stop } from "./lib/transcript.ts";
import { fileStat } from "./lib/workTree.ts";
import { mergeBases } from "./lib/walk.ts";

interface Request {
  readonly settings: DiffSettings;
  readonly cached: boolean;
  readonly mergeBase: boolean;
  readonly noIndex: boolean;
  readonly rest: string[];
  readonly dashes: number | null;
}

export async function diff(call: GitCall): Promise<ExecResult> {
  let stdout = "";
  const result = await run(async () => {
    const found = await call.repository();
    const request = readRequest(call, found ? await openRepository(call) : null);
    const { settings } = request;
    const outside = request.noIndex || !found;
    const comparison = outside
      ? await noIndex(call, request, found !== null)
      : await inRepository(await openRepository(call), request);
    const { repo, changes, oldTree } = comparison;
    const refined = await refine(repo, changes, settings, oldTree);
    const shown =
      settings.relative === false
        ? refined
        : relativeTo(refined, settings.relative === true ? repo.prefix : `${settings.relative}`);
    stdout = comparison.combined ?? (await diffOutput(repo, shown, settings));
    call.terminal.page();
    if (settings.formats.has("check")) return stdout === "" ? 0 : 2;
    return settings.exitCode || outside ? ((await differsAtAll(repo, shown, settings)) ? 1 : 0) : 0;
  });
  return byteOutput(stdout + result.stdout, result.stderr, result.exitCode);
}

function readRequest(call: GitCall, repo: Repository | null): Request {
  const settings = diffSettings(repo?.config ?? null, true);
  const rest: string[] = [];
  let [cached, mergeBase, noIndex, dashes] = [false, false, false, null as number | null];
  for (let i = 0; i < call.args.length;) {
    const arg = call.args[i] as string;
    if (arg === "--") {
      dashes = rest.length;
      rest.push(...call.args.slice(i + 1));
      break;
    }
    const taken = arg.startsWith("-") && arg !== "-" ? takeDiffOption(settings, call.args, i) : 0;
    if (taken === 0) {
      if (arg === "--cached" || arg === "--staged") cached = true;
      else if (arg === "--merge-base") mergeBase = true;
      else if (arg === "--no-index") noIndex = true;
      else if (arg === "-h") stop(USAGE.diff, 129);
      else if (/^--(base|ours|theirs)$|^-[123]$/.test(arg)) rest.push(arg);
      else if (arg.startsWith("-") && arg !== "-") stop(`error: invalid option: ${arg}\n`, 255);
      else rest.push(arg);
    }
    i += taken || 1;
  }
  checkFormats(settings);
  return { settings, cached, mergeBase, noIndex, rest, dashes };
}

interface Comparison {
  readonly repo: Repository;
  readonly changes: readonly Change[];
  readonly oldTree: string | null;
  /** Output of a conflict or a merge, made already. */
  readonly combined?: string;
}

async function noIndex(call: GitCall, request: Request, inside: boolean): Promise<Comparison> {
  if (request.rest.length !== 2) {
    if (!inside && !request.noIndex)
      stop(
        `warning: Not a git repository. Use --no-index to compare two paths outside a working tree\n${USAGE.diffNoIndex}`,
        129,
      );
    stop(USAGE.diffNoIndex, 129);
  }
  const repo = {
    fs: call.fs,
    gitDir: "",
    workTree: null,
    prefix: "",
    objectStore: { findByPrefix: async () => [] },
  } as unknown as Repository;
  const changes = await noIndexChanges(call, request.rest[0] as string, request.rest[1] as string);
  return { repo, changes, oldTree: null };
}

async function inRepository(repo: Repository, request: Request): Promise<Comparison> {
  const revisions = await parseRevisions(repo, request.rest, request.dashes);
  const unknown = revisions.unknown[0];
  if (unknown !== undefined) stop(`error: invalid option: ${unknown}\n`, 129);
  const paths = parsePathspec(revisions.paths, repo.prefix);
  const blobs = await blobPair(repo, revisions);
  if (blobs) return { repo, changes: blobs, oldTree: null };
  const trees = await treesOf(repo, revisions);
  if (request.cached) return cachedChanges(repo, request, trees, paths);
  if (trees.length >= 2) return twoTrees(repo, request, revisions, trees, paths);
  if (repo.workTree === null) die("this operation must be run in a work tree");
  return worktreeChanges(repo as WorkTreeRepository, request, trees, paths);
}

interface NamedTree {
  readonly revision: Revision;
  readonly tree: string;
  readonly excluded: boolean;
}

async function treesOf(repo: Repository, revisions: Revisions): Promise<NamedTree[]> {
  const all = [
    ...revisions.exclude.map((revision) => ({ revision, excluded: true })),
    ...revisions.include.map((revision) => ({ revision, excluded: false })),
  ];
  const trees: NamedTree[] = [];
  for (const { revision, excluded } of all) {
    const tree = await peel(repo, revision.id, "tree");
    if (tree === null) die(`bad object ${revision.text}`);
    trees.push({ revision, tree, excluded });
  }
  return trees;
}

async function cachedChanges(
  repo: Repository,
  request: Request,
  trees: readonly NamedTree[],
  paths: Pathspec,
): Promise<Comparison> {
  const head = (await readHead(repo)).id;
  let before = trees[0]?.tree ?? (head === null ? null : await peel(repo, head, "tree"));
  if (request.mergeBase && trees[0] && head)
    before = await peel(repo, (await mergeBases(repo, trees[0].revision.id, [head]))[0] ?? head, "tree");
  const index = await readIndex(repo.fs, repo.gitDir);
  return { repo, changes: await compareTreeIndex(repo, before, index, paths), oldTree: before };
}

/** `a b`, `a..b` and `a...b`: the excluded one is where the comparison starts. */
async function twoTrees(
  repo: Repository,
  request: Request,
  revisions: Revisions,
  trees: readonly NamedTree[],
  paths: Pathspec,
): Promise<Comparison> {
  const left = revisions.include.find((revision) => revision.left);
  let before = trees[0] as NamedTree;
  let after = trees[1] as NamedTree;
  if (left) {
    const base = trees.find((tree) => tree.excluded);
    if (!base)
      die(
        `${left.text}...${revisions.include.find((revision) => !revision.left)?.text ?? ""}: no merge base`,
      );
    before = base;
    after = trees.find((tree) => !tree.excluded && !tree.revision.left) as NamedTree;
  } else if (request.mergeBase) {
    const base =
      (await mergeBases(repo, before.revision.id, [after.revision.id]))[0] ?? die("no merge base found");
    before = { ...before, tree: (await peel(repo, base, "tree")) as string };
  }
  return {
    repo,
    changes: await compareTrees(repo, before.tree, after.tree, { paths }),
    oldTree: before.tree,
  };
}

async function worktreeChanges(
  repo: WorkTreeRepository,
  request: Request,
  trees: readonly NamedTree[],
  paths: Pathspec,
): Promise<Comparison> {
  const index = await readIndex(repo.fs, repo.gitDir);
  const named = trees[0];
  if (named) {
    let tree: string | null = named.tree;
    const head = (await readHead(repo)).id;
    if (request.mergeBase && head)
      tree = await peel(repo, (await mergeBases(repo, named.revision.id, [head]))[0] ?? head, "tree");
    return { repo, changes: await compareTreeWorktree(repo, tree, index, paths), oldTree: tree };
  }
  const changes = await compareIndexWorktree(repo, index, paths);
  if (!changes.some((change) => change.status === "U") || !patchesOnly(request.settings))
    return { repo, changes, oldTree: null };
  return { repo, changes, oldTree: null, combined: await conflictText(repo, changes, request.settings) };
}

function patchesOnly({ formats }: DiffSettings): boolean {
  return formats.size === 0 || (formats.size === 1 && formats.has("patch"));
}

/** Unmerged files as combined diffs against both sides, then the others as usual. */
async function conflictText(
  repo: WorkTreeRepository,
  changes: readonly Change[],
  settings: DiffSettings,
): Promise<string> {
  const index = await readIndex(repo.fs, repo.gitDir);
  const unmerged = new Set(
    changes.filter((change) => change.status === "U").map((change) => change.new.path),
  );
  let text = "";
  let queued = "";
  for (const change of changes) {
    const path = change.new.path;
    if (!unmerged.has(path))
      queued += await diffOutput(repo, await refine(repo, [change], settings), settings);
    else if (change.status === "U") {
      const stages = [2, 3].map((n) =>
        index.entries.find((entry) => entry.path === path && entry.stage === n),
      );
      const stat = await fileStat(repo, path);
      if (stages.some((stage) => !stage) || !stat) {
        queued += `* Unmerged path ${path}\n`;
        continue;
      }
      const parents = stages.map((stage): Side => ({ path, mode: stage?.mode ?? 0, id: stage?.oid ?? null }));
      const result: Side = { path, mode: stat.mode, id: null, file: `${repo.workTree}/${path}` };
      text += await combinedPatch(repo, { path, parents, result, id: "0".repeat(40) }, settings, true);
    }
  }
  return text + queued;
}

/** Two blobs (`HEAD:a HEAD:b`). */
async function blobPair(repo: Repository, revisions: Revisions): Promise<Change[] | null> {
  const both = [...revisions.exclude, ...revisions.include];
  if (both.length !== 2) return null;
  const sides: Side[] = [];
  for (const revision of both) {
    if ((await readObject(repo, revision.id))?.type !== "blob") return null;
    const colon = revision.text.indexOf(":");
    sides.push({
      path: colon < 0 ? revision.id : revision.text.slice(colon + 1).replace(/^\.\//, repo.prefix),
      mode: 0o100644,
      id: revision.id,
    });
  }
  const [a, b] = sides as [Side, Side];
  return a.id === b.id ? [] : [{ status: "M", old: a, new: b }];
}

function relativeTo(changes: readonly Change[], prefix: string): Change[] {
  const root = prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`;
  const cut = (side: Side): Side => ({
    ...side,
    path: side.path.startsWith(root) ? side.path.slice(root.length) : side.path,
  });
  return changes
    .filter((change) => change.new.path.startsWith(root))
    .map((change) => ({ ...change, old: cut(change.old), new: cut(change.new) }));
}
