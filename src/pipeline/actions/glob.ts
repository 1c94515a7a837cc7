/**
 * Patterns of files as actions read them: one per line, `!` excludes, `**` crosses folders, and what names a folder means
 * everything below it.
 * https://github.com/actions/toolkit/tree/main/packages/glob
 */
import { resolvePath } from "../../disk/path.ts";
import type { Execution } from "../runner/execution.ts";

export interface Found {
  /** Absolute paths of files, sorted. */
  readonly files: readonly string[];
  /** From where each pattern searches: its folders before the first `*`, `?` or `[`. */
  readonly roots: readonly string[];
}

interface Pattern {
  readonly excludes: boolean;
  readonly root: string;
  readonly expression: RegExp;
}

export function findFiles(execution: Execution, written: readonly string[], hidden: boolean): Found {
  const patterns = written.map((line) => patternOf(execution, line));
  const wanted = patterns.filter(({ excludes }) => !excludes);
  const roots = [...new Set(wanted.map(({ root }) => root))];
  const files = new Set<string>();
  for (const root of roots) {
    for (const path of filesBelow(execution, root, hidden)) if (isWanted(patterns, path)) files.add(path);
  }
  return { files: [...files].sort(), roots };
}

/** The last pattern that fits decides. */
function isWanted(patterns: readonly Pattern[], path: string): boolean {
  const last = patterns.findLast(({ expression }) => expression.test(path));
  return last !== undefined && !last.excludes;
}

function patternOf({ request, home }: Execution, line: string): Pattern {
  const excludes = line.startsWith("!");
  const text = line.replace(/^!\s*/, "").replace(/^~(?=\/|$)/, home);
  const absolute = text.startsWith("/") ? text : `${request.state.workspace}/${text}`;
  const path = absolute.includes("..") ? resolvePath("/", absolute) : absolute;
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  const special = parts.findIndex((part) => /[*?[]/.test(part));
  const fixed = special < 0 ? parts : parts.slice(0, special);
  // A folder matches with all that is below it.
  const source = parts.map(partSource).join("");
  return { excludes, root: `/${fixed.join("/")}`, expression: new RegExp(`^${source}(?:/.*)?$`, "s") };
}

function partSource(part: string): string {
  if (part === "**") return "(?:/[^/]+)*?";
  const source = part.replace(/\[[^\]/]+\]|\*+|\?|[.+^${}()|[\]\\]/g, (found) => {
    if (found.startsWith("*")) return "[^/]*";
    if (found === "?") return "[^/]";
    if (found.length > 2 && found.startsWith("["))
      return found.replace(/^\[!/, "[^").replaceAll("\\", "\\\\");
    return `\\${found}`;
  });
  return `/${source}`;
}

/** Links to files are followed; a link to a folder, or one that leads nowhere, is passed over. */
function* filesBelow(execution: Execution, path: string, hidden: boolean): Generator<string> {
  const { disk, user } = execution;
  if (!disk.exists(path, user)) return;
  const { isDirectory } = disk.stat(path, {}, user);
  if (!isDirectory) yield path;
  else if (!disk.stat(path, { follow: false }, user).isSymbolicLink) {
    const names = disk.list(path, user).filter((name) => hidden || !name.startsWith("."));
    for (const name of names) yield* filesBelow(execution, `${path === "/" ? "" : path}/${name}`, hidden);
  }
}

/** The folder that all of them share. */
export function commonFolder(paths: readonly string[]): string {
  const [first = [], ...others] = paths.map((path) => path.split("/").filter((part) => part !== ""));
  let length = first.length;
  for (const parts of others) {
    let same = 0;
    while (same < length && parts[same] === first[same]) same += 1;
    length = same;
  }
  return `/${first.slice(0, length).join("/")}`;
}
