/**
 * Which untracked paths are ignored, and by which pattern: https://git-scm.com/docs/gitignore
 */
import type { Repository } from "./repository.ts";
import { wildRegex } from "./wildmatch.ts";

export interface IgnoreRule {
  /** As `check-ignore -v` shows it: relative to where the person stands, or absolute. */
  readonly source: string;
  readonly line: number;
  /** As written, trailing spaces removed. */
  readonly pattern: string;
  readonly negated: boolean;
  readonly directoryOnly: boolean;
  matches(path: string): boolean;
}

/** The rules of a repository; files are read once, when a path below them is asked for. */
export interface Ignore {
  /**
   * The rule that decides about a path, negated ones included; null where none does.
   * @param path from the root of the working tree, no slash at its end
   */
  ruleFor(path: string, directory: boolean): Promise<IgnoreRule | null>;
  isIgnored(path: string, directory: boolean): Promise<boolean>;
}

/** @param env for HOME and XDG_CONFIG_HOME */
export function ignoreOf(repo: Repository, env: ReadonlyMap<string, string>): Ignore {
  const files = new Map<string, Promise<readonly IgnoreRule[]>>();
  const rulesIn = (directory: string) => {
    const known =
      files.get(directory) ??
      readRules(repo, `${repo.workTree}/${directory}.gitignore`, `${directory}.gitignore`, directory);
    files.set(directory, known);
    return known;
  };
  const common = commonRules(repo, env);
  const decided = new Map<string, Promise<IgnoreRule | null>>();
  const own = async (path: string, directory: boolean): Promise<IgnoreRule | null> => {
    for (let base = parentOf(path); ; base = parentOf(base.slice(0, -1))) {
      const rule = lastMatch(await rulesIn(base), path, directory);
      if (rule) return rule;
      if (base === "") break;
    }
    for (const rules of await common) {
      const rule = lastMatch(rules, path, directory);
      if (rule) return rule;
    }
    return null;
  };
  /** An ignored directory decides for everything below it. */
  const ruleFor = async (path: string, directory: boolean): Promise<IgnoreRule | null> => {
    const parent = parentOf(path).slice(0, -1);
    const above =
      parent === "" ? null : await (decided.get(parent) ?? remember(parent, ruleFor(parent, true)));
    return above && !above.negated ? above : own(path, directory);
  };
  const remember = (path: string, rule: Promise<IgnoreRule | null>) => {
    decided.set(path, rule);
    return rule;
  };
  const isIgnored = async (path: string, directory: boolean) => {
    const rule = await ruleFor(path, directory);
    return rule !== null && !rule.negated;
  };
  return { ruleFor, isIgnored };
}

/** With its slash; "" for the root. */
function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

function lastMatch(rules: readonly IgnoreRule[], path: string, directory: boolean): IgnoreRule | null {
  return rules.findLast((rule) => (directory || !rule.directoryOnly) && rule.matches(path)) ?? null;
}

/** `.git/info/exclude`, then `core.excludesFile`. */
async function commonRules(
  repo: Repository,
  env: ReadonlyMap<string, string>,
): Promise<readonly (readonly IgnoreRule[])[]> {
  const home = env.get("HOME") ?? "";
  const configured = repo.config.get("core.excludesFile");
  const global =
    configured === undefined
      ? `${env.get("XDG_CONFIG_HOME") || `${home}/.config`}/git/ignore`
      : configured.replace(/^~(?=\/)/, home);
  const exclude = `${repo.gitDir}/info/exclude`;
  const shown =
    repo.workTree !== null && exclude.startsWith(`${repo.workTree}/`)
      ? exclude.slice(repo.workTree.length + 1)
      : exclude;
  const at = global.startsWith("/") ? global : `${repo.workTree ?? ""}/${global}`;
  return [await readRules(repo, exclude, shown, ""), await readRules(repo, at, global, "")];
}

async function readRules(
  repo: Repository,
  path: string,
  source: string,
  base: string,
): Promise<readonly IgnoreRule[]> {
  let text: string;
  try {
    text = await repo.fs.readFile(path);
  } catch {
    return [];
  }
  const rules: IgnoreRule[] = [];
  for (const [i, line] of text
    .replace(/^\ufeff/, "")
    .split("\n")
    .entries()) {
    const rule = parseRule(line.replace(/\r$/, ""), source, i + 1, base);
    if (rule) rules.push(rule);
  }
  return rules;
}

function parseRule(written: string, source: string, line: number, base: string): IgnoreRule | null {
  if (written === "" || written.startsWith("#")) return null;
  const pattern = trimEnd(written);
  const negated = pattern.startsWith("!");
  const body = negated ? pattern.slice(1) : pattern;
  const directoryOnly = body.endsWith("/");
  const glob = directoryOnly ? body.slice(0, -1) : body;
  if (glob === "") return null;
  const anchored = glob.includes("/");
  const regex = wildRegex(glob.replace(/^\//, ""), { pathname: anchored });
  const matches = (path: string) => {
    if (!path.startsWith(base)) return false;
    const relative = path.slice(base.length);
    return regex.test(anchored ? relative : relative.slice(relative.lastIndexOf("/") + 1));
  };
  return { source, line, pattern, negated, directoryOnly, matches };
}

/** Trailing spaces do not count unless a backslash stands before them. */
function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && text.charAt(end - 1) === " " && !/(^|[^\\])(\\\\)*\\$/.test(text.slice(0, end - 1)))
    end -= 1;
  return text.slice(0, end);
}
