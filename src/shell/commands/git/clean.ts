/** https://git-scm.com/docs/git-clean */
import type { ExecResult } from "just-git";
import type { GitCall } from "./call.ts";
import { readIndex } from "./lib/gitIndex.ts";
import { ignoreOf } from "./lib/ignore.ts";
import { USAGE } from "./lib/inspectionUsage.ts";
import { compareText } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { parsePathspec } from "./lib/pathspec.ts";
import { quotePath } from "./lib/quotePath.ts";
import { openWorkTree, type WorkTreeRepository } from "./lib/repository.ts";
import { relativePath } from "./lib/statusText.ts";
import { die, run } from "./lib/transcript.ts";
import { findUntracked } from "./lib/untracked.ts";
import { patternIgnore } from "./lsFiles.ts";

const OPTIONS = {
  quiet: { names: ["-q", "--quiet"] },
  dryRun: { names: ["-n", "--dry-run"] },
  force: { names: ["-f", "--force"] },
  interactive: { names: ["-i", "--interactive"] },
  directories: { names: ["-d"] },
  exclude: { names: ["-e", "--exclude"], value: "list" },
  all: { names: ["-x"] },
  onlyIgnored: { names: ["-X"] },
} as const;

export function clean(call: GitCall): Promise<ExecResult> {
  return run(async (t) => {
    const parsed = parseOptions(call.args, OPTIONS, { usage: USAGE.clean });
    if ("result" in parsed) {
      t.add(parsed.result);
      return parsed.result.exitCode;
    }
    const { values, counts, rest } = parsed;
    const repo = await openWorkTree(call);
    const required = repo.config.bool("clean.requireForce");
    if (values.interactive) die("interactive clean is not simulated in LeakLab");
    if (!values.force && !values.dryRun && required !== false) {
      die(
        `clean.requireForce ${required === undefined ? "defaults to true" : "set to true"} and neither -i, -n, nor -f given; refusing to clean`,
      );
    }
    if (values.all && values.onlyIgnored) die("-x and -X cannot be used together");
    const index = await readIndex(repo.fs, repo.gitDir);
    const paths = parsePathspec(rest.length > 0 ? rest : ["."], repo.prefix);
    const ignores = patternIgnore(values.exclude, values.all ? null : ignoreOf(repo, call.env));
    const found = await findUntracked(repo, index, {
      mode: "normal",
      paths,
      ignores,
      wantsIgnored: values.onlyIgnored ? "traditional" : "no",
    });
    const folders = values.directories || rest.length > 0;
    const doomed = values.onlyIgnored
      ? found.ignored
      : await withEmptyFolders(repo, found.untracked, folders && rest.length === 0, ignores);
    for (const path of doomed.filter((one) => !one.endsWith("/") || folders)) {
      const nested = path.endsWith("/") && (await repo.fs.exists(`${repo.workTree}/${path}.git`));
      const name = quotePath(relativePath(path, repo.prefix));
      if (nested && (counts.force ?? 0) < 2) {
        if (!values.quiet) t.out(`${values.dryRun ? "Would skip" : "Skipping"} repository ${name}\n`);
        continue;
      }
      if (!values.quiet || values.dryRun) t.out(`${values.dryRun ? "Would remove" : "Removing"} ${name}\n`);
      if (!values.dryRun)
        await repo.fs.rm(`${repo.workTree}/${path.replace(/\/$/, "")}`, { recursive: true, force: true });
    }
    return 0;
  });
}

/** git cleans directories that hold nothing too, although no command lists them. */
async function withEmptyFolders(
  repo: WorkTreeRepository,
  untracked: readonly string[],
  wanted: boolean,
  ignores: { isIgnored(path: string, directory: boolean): Promise<boolean> },
): Promise<string[]> {
  if (!wanted) return [...untracked];
  const empty: string[] = [];
  await emptyFolders(repo, repo.prefix, untracked, ignores, empty);
  return [...untracked, ...empty].sort(compareText);
}

/** Collects directories without files below `folder`; true where `folder` itself holds none. */
async function emptyFolders(
  repo: WorkTreeRepository,
  folder: string,
  known: readonly string[],
  ignores: { isIgnored(path: string, directory: boolean): Promise<boolean> },
  out: string[],
): Promise<boolean> {
  let empty = true;
  const below: string[] = [];
  for (const name of await repo.fs.readdir(`${repo.workTree}/${folder}`.replace(/\/$/, ""))) {
    const path = `${folder}${name}`;
    const stat = await (repo.fs.lstat ?? repo.fs.stat).call(repo.fs, `${repo.workTree}/${path}`);
    const skipped =
      name === ".git" ||
      known.includes(`${path}/`) ||
      (stat.isDirectory && (await ignores.isIgnored(path, true)));
    if (!stat.isDirectory || skipped) empty = false;
    else if (await emptyFolders(repo, `${path}/`, known, ignores, below)) below.push(`${path}/`);
    else empty = false;
  }
  if (!empty || folder === repo.prefix)
    out.push(...below.filter((path) => !below.some((other) => other !== path && path.startsWith(other))));
  return empty;
}
