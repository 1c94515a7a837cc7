/** https://git-scm.com/docs/git-rm */
import type { ExecResult } from "just-git";
import type { GitCall } from "./call.ts";
import { type GitIndex, type IndexEntry, readIndex, writeIndex } from "./lib/gitIndex.ts";
import { entryAt, peel } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { parsePathspec, type PathspecItem } from "./lib/pathspec.ts";
import { readHead } from "./lib/refs.ts";
import { openWorkTree, type WorkTreeRepository } from "./lib/repository.ts";
import { quotePath } from "./lib/quotePath.ts";
import { die, run, stop } from "./lib/transcript.ts";
import { fileChange, fileStat, removeFile } from "./lib/workTree.ts";

const USAGE = `usage: git rm [-f | --force] [-n] [-r] [--cached] [--ignore-unmatch]
              [--quiet] [--pathspec-from-file=<file> [--pathspec-file-nul]]
              [--] [<pathspec>...]

    -n, --dry-run         dry run
    -q, --quiet           do not list removed files
    --cached              only remove from the index
    -f, --force           override the up-to-date check
    -r                    allow recursive removal
    --ignore-unmatch      exit with a zero status even if nothing matched
    --sparse              allow updating entries outside of the sparse-checkout cone
    --pathspec-from-file <file>
                          read pathspec from file
    --pathspec-file-nul   with --pathspec-from-file, pathspec elements are separated with NUL character

`;

const OPTIONS = {
  dryRun: { names: ["-n", "--dry-run"] },
  quiet: { names: ["-q", "--quiet"] },
  cached: { names: ["--cached"] },
  force: { names: ["-f", "--force"] },
  recursive: { names: ["-r"] },
  ignoreUnmatch: { names: ["--ignore-unmatch"] },
  sparse: { names: ["--sparse"] },
} as const;

export function rm(call: GitCall): Promise<ExecResult> {
  return run(async (t) => {
    const parsed = parseOptions(call.args, OPTIONS, { usage: USAGE });
    if ("result" in parsed) return stop(parsed.result.stderr || parsed.result.stdout, parsed.result.exitCode);
    const { values, rest } = parsed;
    const repo = await openWorkTree(call);
    if (rest.length === 0) die("No pathspec was given. Which files should I remove?");
    const index = await readIndex(repo.fs, repo.gitDir);
    const doomed = chosen(index, rest, repo.prefix, values);
    if (!values.force) await refuseChanges(repo, index, doomed, values.cached);
    if (!values.quiet) for (const path of doomed) t.out(`rm '${quotePath(path)}'\n`);
    if (values.dryRun) return;
    if (!values.cached) for (const path of doomed) await removeFile(repo, path);
    await writeIndex(
      repo.fs,
      repo.gitDir,
      index.entries.filter((entry) => !doomed.has(entry.path)),
    );
  });
}

function chosen(
  index: GitIndex,
  args: readonly string[],
  prefix: string,
  values: { recursive: boolean; ignoreUnmatch: boolean },
): Set<string> {
  const { items, matches } = parsePathspec(args, prefix);
  const paths = new Set(index.entries.map((entry) => entry.path).filter(matches));
  for (const item of items) {
    if (item.exclude) continue;
    const own = [...paths].filter((path) => item.matches(path));
    if (own.length === 0 && !values.ignoreUnmatch) die(`pathspec '${item.original}' did not match any files`);
    if (!values.recursive && own.some((path) => insideDirectory(item, path)))
      die(`not removing '${item.original}' recursively without -r`);
  }
  return paths;
}

/** The item named a directory above the file rather than the file. */
function insideDirectory(item: PathspecItem, path: string): boolean {
  return item.path === "" || path.startsWith(`${item.path}/`);
}

interface Refused {
  readonly staged: string[];
  readonly changed: string[];
  readonly both: string[];
}

async function refuseChanges(
  repo: WorkTreeRepository,
  index: GitIndex,
  doomed: ReadonlySet<string>,
  cached: boolean,
): Promise<void> {
  const head = await readHead(repo);
  const tree = head.id === null ? null : await peel(repo, head.id, "tree");
  const refused: Refused = { staged: [], changed: [], both: [] };
  for (const entry of index.entries) {
    if (entry.stage === 0 && doomed.has(entry.path)) await judge(repo, index, entry, tree, cached, refused);
  }
  const text =
    complaint(
      refused.both,
      "staged content different from both the\nfile and the HEAD:",
      "\n(use -f to force removal)",
    ) +
    complaint(
      refused.staged,
      "changes staged in the index:",
      "\n(use --cached to keep the file, or -f to force removal)",
    ) +
    complaint(
      refused.changed,
      "local modifications:",
      "\n(use --cached to keep the file, or -f to force removal)",
    );
  if (text !== "") stop(text, 1);
}

async function judge(
  repo: WorkTreeRepository,
  index: GitIndex,
  entry: IndexEntry,
  tree: string | null,
  cached: boolean,
  refused: Refused,
): Promise<void> {
  if (!(await fileStat(repo, entry.path))) return;
  const local = (await fileChange(repo, index, entry)) !== null;
  const before = tree === null ? null : await entryAt(repo, tree, entry.path);
  const staged = !before || before.id !== entry.oid || before.mode !== entry.mode;
  if (local && staged && !(cached && entry.intentToAdd)) refused.both.push(entry.path);
  else if (!cached && staged) refused.staged.push(entry.path);
  else if (!cached && local) refused.changed.push(entry.path);
}

function complaint(paths: readonly string[], problem: string, hint: string): string {
  if (paths.length === 0) return "";
  const one = paths.length === 1;
  const head = `the following file${one ? " has" : "s have"} ${problem}`;
  return `error: ${head}${paths.map((path) => `\n    ${path}`).join("")}${hint}\n`;
}
