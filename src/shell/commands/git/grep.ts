/** https://git-scm.com/docs/git-grep */
import type { ExecResult } from "just-git";
import { fromUtf8, toLatin1 } from "../../../base/bytes.ts";
import type { GitCall } from "./call.ts";
import { asBytes, byteOutput } from "./lib/byteOutput.ts";
import { bytesOf, type Side } from "./lib/change.ts";
import { treeSides } from "./lib/compare.ts";
import { readIndex } from "./lib/gitIndex.ts";
import { USAGE } from "./lib/inspectionUsage.ts";
import { ignoreOf } from "./lib/ignore.ts";
import { isBinary } from "./lib/lines.ts";
import { LINK_MODE, peel } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { parsePathspec, type Pathspec } from "./lib/pathspec.ts";
import { basicRegex } from "./lib/posixRegex.ts";
import { quotePath } from "./lib/quotePath.ts";
import { openRepository, type Repository, type WorkTreeRepository } from "./lib/repository.ts";
import { resolveRevision } from "./lib/revision.ts";
import { relativePath } from "./lib/statusText.ts";
import { die, run, stop } from "./lib/transcript.ts";
import { findUntracked } from "./lib/untracked.ts";
import { fileStat } from "./lib/workTree.ts";

const OPTIONS = {
  cached: { names: ["--cached"] },
  untracked: { names: ["--untracked"] },
  invert: { names: ["-v", "--invert-match"] },
  ignoreCase: { names: ["-i", "--ignore-case"] },
  word: { names: ["-w", "--word-regexp"] },
  text: { names: ["-a", "--text"] },
  noBinary: { names: ["-I"] },
  extended: { names: ["-E", "--extended-regexp"] },
  basic: { names: ["-G", "--basic-regexp"] },
  fixed: { names: ["-F", "--fixed-strings"] },
  perl: { names: ["-P", "--perl-regexp"] },
  number: { names: ["-n", "--line-number"] },
  column: { names: ["--column"] },
  noNames: { names: ["-h"] },
  names: { names: ["-H"] },
  fullName: { names: ["--full-name"] },
  filesWith: { names: ["-l", "--files-with-matches", "--name-only"] },
  filesWithout: { names: ["-L", "--files-without-match"] },
  zero: { names: ["-z", "--null"] },
  only: { names: ["-o", "--only-matching"] },
  count: { names: ["-c", "--count"] },
  break: { names: ["--break"] },
  heading: { names: ["--heading"] },
  context: { names: ["-C", "--context"], value: "required" },
  before: { names: ["-B", "--before-context"], value: "required" },
  after: { names: ["-A", "--after-context"], value: "required" },
  patternFile: { names: ["-f"], value: "list" },
  patterns: { names: ["-e"], value: "list" },
  and: { names: ["--and"] },
  or: { names: ["--or"] },
  quiet: { names: ["-q", "--quiet"] },
  allMatch: { names: ["--all-match"] },
  maxCount: { names: ["-m", "--max-count"], value: "required" },
  color: { names: ["--color"], value: "optional" },
} as const;

interface Target {
  /** `rev:` before the name; "" for the working tree. */
  readonly prefix: string;
  readonly sides: readonly Side[];
}

type Test = (line: string) => [number, number][];

export async function grep(call: GitCall): Promise<ExecResult> {
  let stdout = "";
  const result = await run(async (t) => {
    const parsed = parseOptions(call.args, OPTIONS, { usage: USAGE.grep, number: "context" });
    if ("result" in parsed) {
      t.add(parsed.result);
      return parsed.result.exitCode;
    }
    const { values, rest, dashes } = parsed;
    const repo = await openRepository(call);
    const patterns = [...values.patterns];
    let operands = rest;
    let firstPath = dashes;
    if (patterns.length === 0) {
      const pattern = rest[0];
      if (pattern === undefined) die("no pattern given");
      patterns.push(pattern);
      operands = rest.slice(1);
      if (firstPath !== null) firstPath = Math.max(0, firstPath - 1);
    }
    const config = repo.config;
    const style: Style = {
      ...values,
      number: values.number || config.bool("grep.lineNumber") === true,
      beforeLines: Number(values.before ?? values.context ?? 0),
      afterLines: Number(values.after ?? values.context ?? 0),
      max: values.maxCount === undefined ? -1 : Number(values.maxCount),
      name: (path) => quotePath(values.fullName ? path : relativePath(path, repo.prefix)),
    };
    const extended = values.extended || values.perl || config.get("grep.patternType") === "extended";
    const test = lineTest(
      patterns.flatMap((pattern) => pattern.split("\n")),
      { extended, fixed: values.fixed, ignoreCase: values.ignoreCase, word: values.word },
    );
    let hit = false;
    for (const target of await targetsOf(call, repo, operands, firstPath, values)) {
      for (const side of target.sides) {
        const text = searchFile(
          target.prefix + style.name(side.path),
          toLatin1(await bytesOf(repo, side)),
          test,
          style,
        );
        if (text === null) continue;
        hit = true;
        if (
          stdout !== "" &&
          (style.beforeLines || style.afterLines) &&
          text !== "" &&
          !style.filesWith &&
          !style.count
        )
          stdout += "--\n";
        stdout += text;
      }
    }
    call.terminal.page();
    if (values.quiet) stdout = "";
    return hit ? 0 : 1;
  });
  return byteOutput(stdout + result.stdout, result.stderr, result.exitCode);
}

function lineTest(
  patterns: readonly string[],
  options: { extended: boolean; fixed: boolean; ignoreCase: boolean; word: boolean },
): Test {
  const source = patterns
    .map((pattern) => `(?:${basicRegex(toLatin1(fromUtf8(pattern)), options)})`)
    .join("|");
  let regex: RegExp;
  try {
    regex = new RegExp(
      options.word ? `(?<!\\w)(?:${source})(?!\\w)` : source,
      options.ignoreCase ? "gi" : "g",
    );
  } catch {
    return stop(
      patterns.join("").includes("(")
        ? "fatal: unmatched parenthesis\n"
        : `fatal: command line, '${patterns[0]}': Unmatched [, [^, [:, [., or [=\n`,
      128,
    );
  }
  return (line) => [...line.matchAll(regex)].map((match) => [match.index, match.index + match[0].length]);
}

async function targetsOf(
  call: GitCall,
  repo: Repository,
  operands: readonly string[],
  firstPath: number | null,
  values: { cached: boolean; untracked: boolean },
): Promise<Target[]> {
  const revisions: { text: string; tree: string }[] = [];
  let at = 0;
  for (; at < (firstPath ?? operands.length); at++) {
    const text = operands[at] as string;
    const found = await resolveRevision(repo, text).catch(() => null);
    const tree = found && (await peel(repo, found.id, "tree"));
    if (!tree) {
      if (firstPath !== null) die(`unable to resolve revision: ${text}`);
      break;
    }
    revisions.push({ text, tree });
  }
  const pathArgs = operands.slice(at);
  if (firstPath === null) for (const path of pathArgs) await checkPath(repo, path);
  const paths = parsePathspec(pathArgs.length > 0 ? pathArgs : repo.prefix === "" ? [] : ["."], repo.prefix);
  if (values.cached && revisions.length > 0) die("both --cached and trees are given");
  if (revisions.length === 0) return [{ prefix: "", sides: await indexTargets(call, repo, paths, values) }];
  const targets: Target[] = [];
  for (const { text, tree } of revisions)
    targets.push({ prefix: `${text}:`, sides: [...(await treeSides(repo, tree, paths)).values()] });
  return targets;
}

async function checkPath(repo: Repository, path: string): Promise<void> {
  if (/[*?[]|^:/.test(path)) return;
  if (await repo.fs.exists(`${repo.workTree ?? ""}/${repo.prefix}${path}`)) return;
  stop(
    `fatal: ambiguous argument '${path}': unknown revision or path not in the working tree.\nUse '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'\n`,
    128,
  );
}

async function indexTargets(
  call: GitCall,
  repo: Repository,
  paths: Pathspec,
  values: { cached: boolean; untracked: boolean },
): Promise<Side[]> {
  const index = await readIndex(repo.fs, repo.gitDir);
  const entries = index.entries.filter(
    (entry, i) => paths.matches(entry.path) && index.entries[i - 1]?.path !== entry.path,
  );
  if (values.cached) return entries.map((entry) => ({ path: entry.path, mode: entry.mode, id: entry.oid }));
  if (repo.workTree === null) return die("this operation must be run in a work tree");
  const tree = repo as WorkTreeRepository;
  const names = entries.map((entry) => entry.path);
  if (values.untracked)
    names.push(
      ...(await findUntracked(tree, index, { mode: "all", paths, ignores: ignoreOf(repo, call.env) }))
        .untracked,
    );
  const sides: Side[] = [];
  for (const path of values.untracked ? names.sort() : names) {
    const stat = await fileStat(tree, path);
    if (stat && stat.mode !== LINK_MODE)
      sides.push({ path, mode: stat.mode, id: null, file: `${tree.workTree}/${path}` });
  }
  return sides;
}

interface Style {
  readonly invert: boolean;
  readonly number: boolean;
  readonly column: boolean;
  readonly noNames: boolean;
  readonly filesWith: boolean;
  readonly filesWithout: boolean;
  readonly count: boolean;
  readonly only: boolean;
  readonly text: boolean;
  readonly noBinary: boolean;
  readonly zero: boolean;
  readonly heading: boolean;
  readonly beforeLines: number;
  readonly afterLines: number;
  readonly max: number;
  name(path: string): string;
}

/** What is printed for one file; null where nothing matched (or, with -L, something did). */
function searchFile(name: string, content: string, test: Test, style: Style): string | null {
  const shown = asBytes(name);
  const binary = !style.text && isBinary(content);
  if (binary && style.noBinary) return null;
  const lines = (content.endsWith("\n") ? content.slice(0, -1) : content).split("\n");
  if (content === "") lines.pop();
  let hits = lines.flatMap((line, i) => (test(line).length > 0 !== style.invert ? [i] : []));
  if (style.max >= 0) hits = hits.slice(0, style.max);
  const end = style.zero ? "\0" : "\n";
  if (style.filesWithout) return hits.length === 0 ? shown + end : null;
  if (hits.length === 0) return null;
  if (style.filesWith) return shown + end;
  if (style.count) return `${style.noNames ? "" : `${shown}${style.zero ? "\0" : ":"}`}${hits.length}\n`;
  if (binary) return `Binary file ${shown} matches\n`;
  const heading = style.heading ? `${shown}\n` : "";
  return heading + linesText(shown, lines, new Set(hits), test, style);
}

function linesText(
  name: string,
  lines: readonly string[],
  hits: ReadonlySet<number>,
  test: Test,
  style: Style,
): string {
  let out = "";
  let last = -1;
  for (const [i, line] of lines.entries()) {
    const near = hits.has(i) || isNear(i, hits, style);
    if (!near) continue;
    if (last >= 0 && i > last + 1 && (style.beforeLines || style.afterLines)) out += "--\n";
    last = i;
    const sign = hits.has(i) ? ":" : "-";
    const found = test(line);
    const head =
      (style.noNames || style.heading ? "" : `${name}${style.zero ? "\0" : sign}`) +
      (style.number ? `${i + 1}${sign}` : "");
    const columns = (at: number) => (style.column && hits.has(i) ? `${at + 1}${sign}` : "");
    if (style.only && hits.has(i))
      for (const [from, to] of found) out += `${head}${columns(from)}${line.slice(from, to)}\n`;
    else if (!style.only) out += `${head}${columns(found[0]?.[0] ?? 0)}${line}\n`;
  }
  return out;
}

function isNear(i: number, hits: ReadonlySet<number>, { beforeLines, afterLines }: Style): boolean {
  for (let d = 1; d <= beforeLines; d++) if (hits.has(i + d)) return true;
  for (let d = 1; d <= afterLines; d++) if (hits.has(i - d)) return true;
  return false;
}
