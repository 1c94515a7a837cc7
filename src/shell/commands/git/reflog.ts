/** `git reflog`: https://git-scm.com/docs/git-reflog */
import type { ExecResult } from "just-git";
import { output, type GitCall, type GitCommand } from "./call.ts";
import { approxidate, expiryDate } from "./lib/dates.ts";
import { expireReflog, filterReflog } from "./lib/housekeeping.ts";
import { parseOptions } from "./lib/options.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import { expandRef, hasReflog, readReflog, reflogNames, type ReflogEntry } from "./lib/refs.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { die, run, stop } from "./lib/transcript.ts";

export const reflog: GitCommand = async (call) => {
  const [name, ...args] = call.args;
  if (name === "-h") return output(PLUMBING_USAGE.reflog, "", 129);
  if (name === "expire") return expire(call, args);
  if (name === "delete") return remove(call, args);
  if (name === "exists") return exists(call, args);
  return show(call, name === "show" ? args : call.args);
};

/** The log of a log: what `git log -g` prints, one line each. */
function show(call: GitCall, args: readonly string[]): Promise<ExecResult> {
  return call.git("log", ["-g", "--abbrev-commit", "--pretty=oneline", ...args]);
}

/** Git hands -1 to exit(). */
const FAILED = 255;

const EXISTS_USAGE = "usage: git reflog exists <ref>\n\n";

function exists(call: GitCall, args: readonly string[]): Promise<ExecResult> {
  return run(async () => {
    const names = args.filter((arg) => arg !== "--");
    if (names.length !== 1) stop(EXISTS_USAGE, 129);
    const repo = await openRepository(call);
    return (await hasReflog(repo, names[0] as string)) ? 0 : 1;
  });
}

const EXPIRE = {
  dryRun: { names: ["--dry-run"] },
  rewrite: { names: ["--rewrite"] },
  updateRef: { names: ["--updateref"] },
  verbose: { names: ["--verbose"] },
  expire: { names: ["--expire"], value: "required" },
  unreachable: { names: ["--expire-unreachable"], value: "required" },
  staleFix: { names: ["--stale-fix"] },
  all: { names: ["--all"] },
  single: { names: ["--single-worktree"] },
} as const;

const EXPIRE_USAGE = `usage: git reflog expire [--expire=<time>] [--expire-unreachable=<time>]
                         [--rewrite] [--updateref] [--stale-fix]
                         [--dry-run | -n] [--verbose] [--all [--single-worktree] | <refs>...]

    --dry-run             do not actually prune any entries
    --rewrite             rewrite the old SHA1 with the new SHA1 of the entry that now precedes it
    --updateref           update the reference to the value of the top reflog entry
    --verbose             print extra information on screen
    --expire <timestamp>  prune entries older than the specified time
    --expire-unreachable <timestamp>
                          prune entries older than <time> that are not reachable from the current tip of the branch
    --stale-fix           prune any reflog entries that point to broken commits
    --all                 process the reflogs of all references
    -\x01, --single-worktree
                          limits processing to reflogs from the current worktree only

`;

async function expire(call: GitCall, args: readonly string[]): Promise<ExecResult> {
  const parsed = parseOptions(args, EXPIRE, { usage: EXPIRE_USAGE });
  if ("result" in parsed) return parsed.result;
  const { values, rest } = parsed;
  return run(async (t) => {
    const repo = await openRepository(call);
    const time = (text: string | undefined, option: string) => {
      if (text === undefined) return undefined;
      return expiryDate(text, repo.now) ?? die(`invalid timestamp '${text}' given to '--${option}'`);
    };
    const settings = {
      total: time(values.expire, "expire"),
      unreachable: time(values.unreachable, "expire-unreachable"),
      rewrite: values.rewrite,
      updateRef: values.updateRef,
      dryRun: values.dryRun,
      ...(values.verbose ? { onEntry: verbose((text) => t.out(text)) } : {}),
    };
    let status = 0;
    for (const name of values.all ? await reflogNames(repo) : []) await expireReflog(repo, name, settings);
    for (const name of rest) {
      const ref = await expandRef(repo, name);
      if (ref && (await hasReflog(repo, ref.name))) await expireReflog(repo, ref.name, settings);
      else {
        t.err(`error: ${name} points nowhere!\n`);
        status = FAILED;
      }
    }
    return status;
  });
}

/** git 2.39 says `prune` on a dry run too. */
function verbose(say: (text: string) => void): (entry: ReflogEntry, pruned: boolean) => void {
  return (entry, pruned) => say(`${pruned ? "prune" : "keep"} ${entry.message}\n`);
}

const DELETE = {
  dryRun: { names: ["--dry-run"] },
  rewrite: { names: ["--rewrite"] },
  updateRef: { names: ["--updateref"] },
  verbose: { names: ["--verbose"] },
} as const;

const DELETE_USAGE = `usage: git reflog delete [--rewrite] [--updateref]
                         [--dry-run | -n] [--verbose] <ref>@{<specifier>}...

    --dry-run             do not actually prune any entries
    --rewrite             rewrite the old SHA1 with the new SHA1 of the entry that now precedes it
    --updateref           update the reference to the value of the top reflog entry
    --verbose             print extra information on screen

`;

async function remove(call: GitCall, args: readonly string[]): Promise<ExecResult> {
  const parsed = parseOptions(args, DELETE, { usage: DELETE_USAGE });
  if ("result" in parsed) return parsed.result;
  const { values, rest } = parsed;
  return run(async (t) => {
    const repo = await openRepository(call);
    if (rest.length === 0) {
      t.err("error: no reflog specified to delete\n");
      return FAILED;
    }
    let status = 0;
    for (const spec of rest) {
      const problem = await removeEntry(repo, spec, {
        ...values,
        onEntry: values.verbose ? verbose((text) => t.out(text)) : undefined,
      });
      if (problem === null) continue;
      t.err(`error: ${problem}\n`);
      status = FAILED;
    }
    return status;
  });
}

interface Removal {
  readonly dryRun: boolean;
  readonly rewrite: boolean;
  readonly updateRef: boolean;
  readonly onEntry: ((entry: ReflogEntry, pruned: boolean) => void) | undefined;
}

/** Null where it worked. */
async function removeEntry(repo: Repository, spec: string, settings: Removal): Promise<string | null> {
  const match = /^(.*)@\{(.*)\}$/.exec(spec);
  if (!match) return `not a reflog: ${spec}`;
  const ref = await expandRef(repo, (match[1] as string) || "HEAD");
  if (!ref || !(await hasReflog(repo, ref.name))) return `no reflog for '${spec}'`;
  const entries = await readReflog(repo, ref.name);
  const inside = match[2] as string;
  const at = /^\d+$/.test(inside)
    ? entries.length - 1 - Number(inside)
    : newestBefore(entries, approxidate(inside, repo.now) ?? 0);
  const { onEntry, ...rest } = settings;
  await filterReflog(repo, ref.name, { ...rest, ...(onEntry ? { onEntry } : {}) }, async (_, i) => i === at);
  return null;
}

function newestBefore(entries: readonly ReflogEntry[], time: number): number {
  return entries.findLastIndex((entry) => entry.person.timestamp <= time);
}
