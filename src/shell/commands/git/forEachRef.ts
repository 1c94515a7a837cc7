/** `git for-each-ref`: https://git-scm.com/docs/git-for-each-ref */
import type { GitCommand } from "./call.ts";
import { parseOptions } from "./lib/options.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import { refFilter, type RefFilter } from "./lib/refFilter.ts";
import { parseRefFormat, type RefFormat, type RefItem, refItem, sortRefs } from "./lib/refFormat.ts";
import { listRefs } from "./lib/refs.ts";
import { openRepository } from "./lib/repository.ts";
import { run, Stop, stop } from "./lib/transcript.ts";
import { wildmatch } from "./lib/wildmatch.ts";

const OPTIONS = {
  shell: { names: ["-s", "--shell"] },
  perl: { names: ["-p", "--perl"] },
  python: { names: ["--python"] },
  tcl: { names: ["--tcl"] },
  count: { names: ["--count"], value: "required" },
  format: { names: ["--format"], value: "required" },
  color: { names: ["--color"], value: "optional" },
  sort: { names: ["--sort"], value: "list" },
  pointsAt: { names: ["--points-at"], value: "required" },
  merged: { names: ["--merged"], value: "optional", noNegation: true },
  noMerged: { names: ["--no-merged"], value: "optional", noNegation: true },
  contains: { names: ["--contains"], value: "optional", noNegation: true },
  noContains: { names: ["--no-contains"], value: "optional", noNegation: true },
  ignoreCase: { names: ["--ignore-case"] },
} as const;

/** These take the next word too, where it is not an option; the default is HEAD. */
const COMMIT_OPTIONS = new Set(["--merged", "--no-merged", "--contains", "--no-contains"]);

export const forEachRef: GitCommand = async (call) => {
  const parsed = parseOptions(joinCommits(call.args), OPTIONS, { usage: PLUMBING_USAGE.forEachRef });
  if ("result" in parsed) return parsed.result;
  const { values, rest } = parsed;
  return run(async (t) => {
    const repo = await openRepository(call);
    const limit = values.count === undefined ? 0 : Number(values.count);
    if (!(limit >= 0))
      stop(`error: invalid --count argument: \`${values.count}'\n${PLUMBING_USAGE.forEachRef}`, 129);
    const format = formatOrUsage(values.format ?? "%(objectname) %(objecttype)\t%(refname)");
    const filter: RefFilter = await refFilter(repo, values);
    const items: RefItem[] = [];
    for (const ref of await listRefs(repo)) {
      if (rest.length > 0 && !rest.some((pattern) => matches(pattern, ref.name))) continue;
      if (await filter(ref)) items.push(refItem(repo, ref));
    }
    const sorted = await sortRefs(items, values.sort, values.ignoreCase);
    const quoting = values.shell
      ? "shell"
      : values.perl
        ? "perl"
        : values.python
          ? "python"
          : values.tcl
            ? "tcl"
            : "none";
    for (const item of limit > 0 ? sorted.slice(0, limit) : sorted) t.out(`${await format(item, quoting)}\n`);
  });
};

function formatOrUsage(text: string): RefFormat {
  try {
    return parseRefFormat(text);
  } catch (problem) {
    if (!(problem instanceof Stop)) throw problem;
    return stop(problem.message + PLUMBING_USAGE.forEachRef, 129);
  }
}

function joinCommits(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    const next = args[i + 1];
    if (COMMIT_OPTIONS.has(arg) && next !== undefined && !next.startsWith("-")) {
      joined.push(`${arg}=${next}`);
      i += 1;
    } else joined.push(arg);
  }
  return joined;
}

/** The whole name, its beginning up to a slash, or a glob. */
function matches(pattern: string, name: string): boolean {
  const plain = pattern.replace(/\/$/, "");
  return name === plain || name.startsWith(`${plain}/`) || wildmatch(pattern, name, { pathname: true });
}
