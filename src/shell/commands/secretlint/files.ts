/** Which files a run of Secretlint looks at. @see https://github.com/secretlint/secretlint#secretlintignore */
import { type Context, pathOf, statOf } from "../lib/invocation.ts";
import { globExpression, isGlob } from "./glob.ts";
import { alwaysIgnored, isIgnored, type Rules, withIgnoreFiles } from "./ignore.ts";

export interface Search {
  /** Names of ignore files, for example `.gitignore`. */
  readonly ignoreFiles: readonly string[];
  /** Patterns are file names, whatever they look like. */
  readonly literal: boolean;
}

/** Absolute paths in code-unit order; null where no file matches, ignored or not. */
export async function searchFiles(
  context: Context,
  patterns: readonly string[],
  search: Search,
): Promise<string[] | null> {
  const found = await walkAll(context, patterns, search, false);
  if (found.size > 0) return [...found].sort();
  const unfiltered = await walkAll(context, patterns, { ...search, ignoreFiles: [] }, true);
  return unfiltered.size > 0 ? [] : null;
}

interface Walk {
  readonly context: Context;
  readonly ignoreFiles: readonly string[];
  readonly links: boolean;
  readonly found: Set<string>;
  accepts(path: string): boolean;
}

async function walkAll(
  context: Context,
  patterns: readonly string[],
  search: Search,
  links: boolean,
): Promise<Set<string>> {
  const found = new Set<string>();
  const negative = patterns.filter((it) => it.startsWith("!")).map((it) => globExpression(it.slice(1)));
  const asked = patterns.length > 0 ? patterns.filter((it) => !it.startsWith("!")) : ["."];
  for (const pattern of asked) {
    const literal =
      search.literal ||
      !isGlob(pattern) ||
      typeof (await statOf(context, pathOf(context, pattern), true)) !== "string";
    const root = pathOf(context, literal ? pattern : staticPart(pattern));
    const expression = literal
      ? null
      : globExpression(pattern.slice(staticPart(pattern).length).replace(/^\//, ""));
    const relative = (path: string) => path.slice(root === "/" ? 1 : root.length + 1);
    const accepts = (path: string) =>
      (expression?.test(relative(path)) ?? true) && !negative.some((it) => it.test(relative(path)));
    const walk: Walk = { context, ignoreFiles: search.ignoreFiles, links, found, accepts };
    await enter(walk, root);
  }
  return found;
}

function staticPart(glob: string): string {
  const parts = glob.split("/");
  const dynamic = parts.findIndex(isGlob);
  return parts.slice(0, dynamic).join("/") || (glob.startsWith("/") ? "/" : "");
}

/** Rules of the folders from the working directory down to the root of a pattern, then what is below. */
async function enter(walk: Walk, root: string): Promise<void> {
  const { context, ignoreFiles } = walk;
  const stat = await statOf(context, root, true);
  if (typeof stat === "string") return;
  let rules = alwaysIgnored(context.cwd);
  const below = root.startsWith(`${context.cwd === "/" ? "" : context.cwd}/`)
    ? root.slice(context.cwd.length).split("/").filter(Boolean)
    : [];
  rules = await withIgnoreFiles(context, rules, context.cwd, ignoreFiles);
  let folder = context.cwd === "/" ? "" : context.cwd;
  for (const part of below.slice(0, -1)) {
    folder += `/${part}`;
    rules = await withIgnoreFiles(context, rules, folder, ignoreFiles);
  }
  if (root !== context.cwd && isIgnored(rules, root, stat.isDirectory)) return;
  if (stat.isDirectory) await descend(walk, root, rules, root !== context.cwd);
  else if (stat.isFile) walk.found.add(root);
}

async function descend(walk: Walk, folder: string, above: Rules, ownFiles: boolean): Promise<void> {
  const rules = ownFiles ? await withIgnoreFiles(walk.context, above, folder, walk.ignoreFiles) : above;
  let names: string[];
  try {
    names = await walk.context.fs.readdir(folder);
  } catch {
    return;
  }
  for (const name of names) {
    const path = `${folder === "/" ? "" : folder}/${name}`;
    const stat = await statOf(walk.context, path, false);
    if (typeof stat === "string" || isIgnored(rules, path, stat.isDirectory)) continue;
    if (stat.isDirectory) await descend(walk, path, rules, true);
    else if ((stat.isFile || (walk.links && stat.isSymbolicLink)) && walk.accepts(path)) walk.found.add(path);
  }
}
