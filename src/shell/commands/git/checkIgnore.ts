/** `git check-ignore`: https://git-scm.com/docs/git-check-ignore */
import type { GitCommand } from "./call.ts";
import { readIndex } from "./lib/gitIndex.ts";
import { ignoreOf, type IgnoreRule } from "./lib/ignore.ts";
import { parseOptions } from "./lib/options.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import { quotePath } from "./lib/quotePath.ts";
import { openWorkTree, type WorkTreeRepository } from "./lib/repository.ts";
import { stdinLines } from "./lib/stdin.ts";
import { die, run } from "./lib/transcript.ts";

const OPTIONS = {
  quiet: { names: ["-q", "--quiet"] },
  verbose: { names: ["-v", "--verbose"] },
  stdin: { names: ["--stdin"] },
  zero: { names: ["-z"] },
  nonMatching: { names: ["-n", "--non-matching"] },
  index: { names: ["--index"] },
} as const;

export const checkIgnore: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, OPTIONS, { usage: PLUMBING_USAGE.checkIgnore });
  if ("result" in parsed) return parsed.result;
  const { values, counts, rest } = parsed;
  return run(async (t) => {
    const repo = await openWorkTree(call);
    if (values.stdin && rest.length > 0) die("cannot specify pathnames with --stdin");
    if (!values.stdin && values.zero) die("-z only makes sense with --stdin");
    if (!values.stdin && rest.length === 0) die("no path specified");
    if (values.quiet && rest.length > 1) die("--quiet is only valid with a single pathname");
    if (values.quiet && values.verbose) die("cannot have both --quiet and --verbose");
    if (values.nonMatching && !values.verbose) die("--non-matching is only valid with --verbose");
    const tracked =
      counts.index === -1
        ? new Set<string>()
        : new Set((await readIndex(repo.fs, repo.gitDir)).entries.map((entry) => entry.path));
    const ignore = ignoreOf(repo, call.env);
    let found = 0;
    for (const written of values.stdin ? stdinLines(call.stdin, values.zero) : rest) {
      const path = fromRoot(repo, written);
      const rule =
        tracked.has(path) || path === ""
          ? null
          : await ignore.ruleFor(path, await isDirectory(repo, path, written));
      const shown = rule?.negated && !values.verbose ? null : rule;
      if (shown) found += 1;
      if (!values.quiet && (shown || values.nonMatching)) t.out(line(shown, written, values));
    }
    return found > 0 ? 0 : 1;
  });
};

function line(rule: IgnoreRule | null, path: string, values: { verbose: boolean; zero: boolean }): string {
  const shown = values.zero ? path : quotePath(path);
  const end = values.zero ? "\0" : "\n";
  if (!values.verbose) return shown + end;
  const [source, number, pattern] = rule ? [rule.source, String(rule.line), rule.pattern] : ["", "", ""];
  if (values.zero) return [source, number, pattern, shown].join("\0") + end;
  return `${quotePath(source)}:${number}:${pattern}\t${shown}${end}`;
}

function fromRoot(repo: WorkTreeRepository, written: string): string {
  const absolute = written.startsWith("/") ? written : `${repo.workTree}/${repo.prefix}${written}`;
  const parts: string[] = [];
  for (const part of absolute.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  const path = `/${parts.join("/")}`;
  if (path !== repo.workTree && !path.startsWith(`${repo.workTree}/`))
    die(`${written}: '${written}' is outside repository at '${repo.workTree}'`);
  return path.slice(repo.workTree.length + 1);
}

async function isDirectory(repo: WorkTreeRepository, path: string, written: string): Promise<boolean> {
  if (written.endsWith("/")) return true;
  const at = `${repo.workTree}/${path}`;
  if (!(await repo.fs.exists(at))) return false;
  return (repo.fs.lstat ? await repo.fs.lstat(at) : await repo.fs.stat(at)).isDirectory;
}
