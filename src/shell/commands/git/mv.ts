/** https://git-scm.com/docs/git-mv */
import type { ExecResult } from "just-git";
import type { GitCall } from "./call.ts";
import { type IndexEntry, readIndex, writeIndex } from "./lib/gitIndex.ts";
import { parseOptions } from "./lib/options.ts";
import { openWorkTree, type WorkTreeRepository } from "./lib/repository.ts";
import { die, run, stop, type Transcript } from "./lib/transcript.ts";

const USAGE = `usage: git mv [<options>] <source>... <destination>

    -v, --verbose         be verbose
    -n, --dry-run         dry run
    -f, --force           force move/rename even if target exists
    -k                    skip move/rename errors
    --sparse              allow updating entries outside of the sparse-checkout cone

`;

const OPTIONS = {
  verbose: { names: ["-v", "--verbose"] },
  dryRun: { names: ["-n", "--dry-run"] },
  force: { names: ["-f", "--force"] },
  skip: { names: ["-k"] },
  sparse: { names: ["--sparse"] },
} as const;

interface Move {
  readonly from: string;
  readonly to: string;
  /** A directory: its tracked files move with it. */
  readonly directory: boolean;
}

export function mv(call: GitCall): Promise<ExecResult> {
  return run(async (t) => {
    const parsed = parseOptions(call.args, OPTIONS, { usage: USAGE });
    if ("result" in parsed) return stop(parsed.result.stderr || parsed.result.stdout, parsed.result.exitCode);
    const { values, rest } = parsed;
    const repo = await openWorkTree(call);
    if (rest.length < 2) return stop(USAGE, 129);
    const index = await readIndex(repo.fs, repo.gitDir);
    const target = rest.pop() as string;
    const moves = await planned(repo, rest, target, index.entries, values);
    await perform(repo, moves, index.entries, values, t);
    return 0;
  });
}

function absolute(repo: WorkTreeRepository, path: string): string {
  const parts: string[] = [];
  for (const part of `${repo.prefix}${path}`.split("/")) {
    if (part === "..") {
      if (parts.length === 0) die(`${path}: '${path}' is outside repository at '${repo.workTree}'`);
      parts.pop();
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

async function kind(repo: WorkTreeRepository, path: string): Promise<"file" | "directory" | null> {
  try {
    const stat = await repo.fs.lstat?.(`${repo.workTree}/${path}`);
    return stat ? (stat.isDirectory ? "directory" : "file") : null;
  } catch {
    return null;
  }
}

async function planned(
  repo: WorkTreeRepository,
  sources: readonly string[],
  target: string,
  entries: readonly IndexEntry[],
  values: { force: boolean; skip: boolean },
): Promise<Move[]> {
  const goal = absolute(repo, target);
  const into = (await kind(repo, goal)) === "directory" || goal === "";
  if (sources.length > 1 && !into) die(`destination '${goal}' is not a directory`);
  const moves: Move[] = [];
  for (const source of sources) {
    const from = absolute(repo, source);
    const name = from.slice(from.lastIndexOf("/") + 1);
    const to = into ? (goal === "" ? name : `${goal}/${name}`) : goal;
    const problem = await problemOf(repo, from, to, target.endsWith("/") && !into, entries, values.force);
    if (problem === null) moves.push({ from, to, directory: (await kind(repo, from)) === "directory" });
    else if (!values.skip)
      die(`${problem}, source=${from}, destination=${to}${target.endsWith("/") && !into ? "/" : ""}`);
  }
  return moves;
}

async function problemOf(
  repo: WorkTreeRepository,
  from: string,
  to: string,
  wantsDirectory: boolean,
  entries: readonly IndexEntry[],
  force: boolean,
): Promise<string | null> {
  const source = await kind(repo, from);
  if (source === null) return "bad source";
  if (source === "directory") {
    if (from === to || to.startsWith(`${from}/`)) return "can not move directory into itself";
    if ((await kind(repo, to)) !== null) return "destination already exists";
    return entries.some((entry) => entry.path.startsWith(`${from}/`)) ? null : "source directory is empty";
  }
  const own = entries.find((entry) => entry.path === from);
  if (!own) return "not under version control";
  if (own.stage > 0) return "conflicted";
  const there = await kind(repo, to);
  if (there !== null && !(force && there === "file")) return "destination exists";
  if (wantsDirectory) return "destination directory does not exist";
  return null;
}

async function perform(
  repo: WorkTreeRepository,
  moves: readonly Move[],
  entries: readonly IndexEntry[],
  values: { dryRun: boolean; verbose: boolean; force: boolean },
  t: Transcript,
): Promise<void> {
  let index = [...entries];
  for (const move of moves) {
    const pairs = move.directory
      ? [
          [move.from, move.to] as const,
          ...index
            .filter((entry) => entry.path.startsWith(`${move.from}/`))
            .map((entry) => [entry.path, move.to + entry.path.slice(move.from.length)] as const),
        ]
      : [[move.from, move.to] as const];
    if (values.dryRun) for (const [from, to] of pairs) t.out(`Checking rename of '${from}' to '${to}'\n`);
    if (values.verbose || values.dryRun) for (const [from, to] of pairs) t.out(`Renaming ${from} to ${to}\n`);
    if (values.dryRun) continue;
    await rename(repo, move);
    const renamed = new Map<string, string>(pairs);
    const taken = new Set(renamed.values());
    index = index
      .filter((entry) => !taken.has(entry.path) || renamed.has(entry.path))
      .map((entry) => ({ ...entry, path: renamed.get(entry.path) ?? entry.path }));
  }
  if (!values.dryRun && moves.length > 0) await writeIndex(repo.fs, repo.gitDir, index);
}

async function rename(repo: WorkTreeRepository, { from, to }: Move): Promise<void> {
  const slash = to.lastIndexOf("/");
  if (slash >= 0 && (await kind(repo, to.slice(0, slash))) === null)
    die(`renaming '${from}' failed: No such file or directory`);
  await repo.fs.mv(`${repo.workTree}/${from}`, `${repo.workTree}/${to}`);
}
