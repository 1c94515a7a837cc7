/** https://git-scm.com/docs/git-ls-files */
import type { ExecResult } from "just-git";
import type { GitCall } from "./call.ts";
import { type GitIndex, type IndexEntry, readIndex } from "./lib/gitIndex.ts";
import { type Ignore, ignoreOf } from "./lib/ignore.ts";
import { USAGE } from "./lib/inspectionUsage.ts";
import { abbreviate, modeText } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { parsePathspec, type Pathspec } from "./lib/pathspec.ts";
import { quotePath } from "./lib/quotePath.ts";
import { openWorkTree, openRepository, type WorkTreeRepository } from "./lib/repository.ts";
import { relativePath } from "./lib/statusText.ts";
import { die, run, type Transcript } from "./lib/transcript.ts";
import { findUntracked } from "./lib/untracked.ts";
import { wildmatch } from "./lib/wildmatch.ts";
import { fileChange, fileStat } from "./lib/workTree.ts";

const OPTIONS = {
  zero: { names: ["-z"] },
  tag: { names: ["-t"] },
  verbose: { names: ["-v"] },
  cached: { names: ["-c", "--cached"] },
  deleted: { names: ["-d", "--deleted"] },
  modified: { names: ["-m", "--modified"] },
  others: { names: ["-o", "--others"] },
  ignored: { names: ["-i", "--ignored"] },
  stage: { names: ["-s", "--stage"] },
  killed: { names: ["-k", "--killed"] },
  directory: { names: ["--directory"] },
  eol: { names: ["--eol"] },
  emptyDirectory: { names: ["--empty-directory"] },
  unmerged: { names: ["-u", "--unmerged"] },
  exclude: { names: ["-x", "--exclude"], value: "list" },
  excludeFrom: { names: ["-X", "--exclude-from"], value: "list" },
  excludePerDirectory: { names: ["--exclude-per-directory"], value: "required" },
  excludeStandard: { names: ["--exclude-standard"] },
  fullName: { names: ["--full-name"] },
  errorUnmatch: { names: ["--error-unmatch"] },
  deduplicate: { names: ["--deduplicate"] },
  abbrev: { names: ["--abbrev"], value: "optional" },
} as const;

interface Listing {
  readonly repo: WorkTreeRepository;
  readonly index: GitIndex;
  readonly paths: Pathspec;
  readonly ignore: Pick<Ignore, "isIgnored">;
  /** One path with its mark; `entry` where it is in the index. */
  show(mark: string, path: string, entry?: IndexEntry): Promise<void>;
}

export function lsFiles(call: GitCall): Promise<ExecResult> {
  return run(async (t) => {
    const parsed = parseOptions(call.args, OPTIONS, { usage: USAGE.lsFiles });
    if ("result" in parsed) {
      t.add(parsed.result);
      return parsed.result.exitCode;
    }
    const { values, rest } = parsed;
    const bare = await openRepository(call);
    const repo = bare.workTree === null ? { ...bare, workTree: "" } : await openWorkTree(call);
    const index = await readIndex(repo.fs, repo.gitDir);
    const paths = parsePathspec(rest.length > 0 ? rest : ["."], repo.prefix);
    const noRules =
      !values.excludeStandard &&
      values.exclude.length === 0 &&
      values.excludeFrom.length === 0 &&
      values.excludePerDirectory === undefined;
    if (values.ignored && !values.others && !values.cached)
      die("ls-files -i must be used with either -o or -c");
    if (values.ignored && noRules) die("ls-files --ignored needs some exclude pattern");
    const standard = ignoreOf(repo, call.env);
    const patterns = [...values.exclude, ...(await filePatterns(call, values.excludeFrom))];
    const ignore = patternIgnore(
      patterns,
      values.excludeStandard || values.excludePerDirectory !== undefined ? standard : null,
    );
    const stage = values.stage || values.unmerged;
    const marks = values.tag || values.verbose;
    const full = values.abbrev === undefined;
    const show = async (mark: string, path: string, entry?: IndexEntry) => {
      const id =
        entry && stage
          ? `${modeText(entry.mode)} ${full ? entry.oid : await abbreviate(repo, entry.oid, Number(values.abbrev || 7))} ${entry.stage}\t`
          : "";
      const name = values.fullName ? path : relativePath(path, repo.prefix);
      t.out(
        `${marks ? `${mark} ` : ""}${id}${values.zero ? name : quotePath(name)}${values.zero ? "\0" : "\n"}`,
      );
    };
    const listing: Listing = { repo, index, paths, ignore, show };
    const plain = !(values.deleted || values.modified || values.others || values.unmerged || values.killed);
    if (values.others) await others(listing, values);
    if (values.cached || stage || plain) await cached(listing, values.unmerged, values.ignored);
    if (values.deleted || values.modified) await changed(listing, values);
    return values.errorUnmatch ? unmatched(rest, paths, index, t) : 0;
  });
}

async function filePatterns(call: GitCall, files: readonly string[]): Promise<string[]> {
  const all: string[] = [];
  for (const file of files) {
    const path = file.startsWith("/") ? file : `${call.cwd}/${file}`;
    const text = await call.fs.readFile(path).catch(() => die(`cannot use ${file} as exclude file`));
    all.push(...text.split("\n").filter((line) => line !== "" && !line.startsWith("#")));
  }
  return all;
}

/** Patterns from the command line, then the usual rules. */
export function patternIgnore(
  patterns: readonly string[],
  standard: Ignore | null,
): Pick<Ignore, "isIgnored"> {
  const named = (path: string, directory: boolean) => {
    const hit = patterns.findLast((pattern) => {
      const glob = pattern.replace(/^!/, "").replace(/\/$/, "");
      if (pattern.endsWith("/") && !directory) return false;
      return glob.includes("/")
        ? wildmatch(glob.replace(/^\//, ""), path, { pathname: true })
        : wildmatch(glob, path.slice(path.lastIndexOf("/") + 1));
    });
    return hit === undefined ? null : !hit.startsWith("!");
  };
  const isIgnored = async (path: string, directory: boolean): Promise<boolean> => {
    for (let slash = path.indexOf("/"); slash > 0; slash = path.indexOf("/", slash + 1))
      if (named(path.slice(0, slash), true)) return true;
    return named(path, directory) ?? (standard ? standard.isIgnored(path, directory) : false);
  };
  return { isIgnored };
}

async function others(
  { repo, index, paths, ignore, show }: Listing,
  values: { ignored: boolean; directory: boolean },
): Promise<void> {
  const found = await findUntracked(repo, index, {
    mode: values.directory ? "normal" : "all",
    paths,
    ignores: ignore,
    wantsIgnored: values.ignored ? "traditional" : "no",
  });
  for (const path of values.ignored ? found.ignored : found.untracked) await show("?", path);
}

async function cached(
  { index, paths, ignore, show }: Listing,
  unmerged: boolean,
  ignored: boolean,
): Promise<void> {
  for (const entry of index.entries) {
    if (!paths.matches(entry.path) || (unmerged && entry.stage === 0)) continue;
    if (ignored && !(await ignore.isIgnored(entry.path, false))) continue;
    await show(entry.stage > 0 ? "M" : "H", entry.path, entry);
  }
}

async function changed(
  { repo, index, paths, show }: Listing,
  values: { deleted: boolean; modified: boolean },
): Promise<void> {
  for (const entry of index.entries) {
    if (!paths.matches(entry.path)) continue;
    const gone = (await fileStat(repo, entry.path)) === null;
    if (gone && values.deleted) await show("R", entry.path, entry);
    if (values.modified && (gone || entry.stage > 0 || (await fileChange(repo, index, entry))))
      await show("C", entry.path, entry);
  }
}

function unmatched(args: readonly string[], paths: Pathspec, index: GitIndex, t: Transcript): number {
  const missing = paths.items.filter((item) => !index.entries.some((entry) => item.matches(entry.path)));
  if (args.length === 0 || missing.length === 0) return 0;
  for (const item of missing)
    t.err(`error: pathspec '${item.original}' did not match any file(s) known to git\n`);
  t.err("Did you forget to 'git add'?\n");
  return 1;
}
