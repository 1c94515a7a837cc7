/** Which files go into a package. https://docs.npmjs.com/cli/configuring-npm/package-json#files */
import type { Context } from "../lib/invocation.ts";
import { wildRegex } from "../git/lib/wildmatch.ts";
import { alwaysIgnored, isIgnored, type Rules, withIgnoreFiles } from "../secretlint/ignore.ts";
import type { PackageJson } from "./call.ts";

/** Never, whatever is listed. */
const NEVER =
  /(?:^|\/)(?:\.git|node_modules|\.npmrc|\.DS_Store|\.hg|\.svn|CVS|\.lock-wscript|npm-debug\.log|config\.gypi|\._[^/]*|\.[^/]*\.swp|[^/]*\.orig|\.wafpickle-[^/]*)(?:\/|$)|^(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$/;
/** Always, in the root. */
const ALWAYS = /^(?:package\.json|readme(?:\.[^/]*)?|licen[cs]e(?:\.[^/]*)?)$/i;

/** Paths below the root, sorted as npm lists them. */
export async function packedFiles(context: Context, root: string, manifest: PackageJson): Promise<string[]> {
  const listed = Array.isArray(manifest.files) ? manifest.files.map(String) : null;
  const main = typeof manifest.main === "string" ? manifest.main.replace(/^\.?\//, "") : null;
  const found: string[] = [];
  const visit = async (folder: string, rules: Rules): Promise<void> => {
    const path = folder === "" ? root : `${root}/${folder}`;
    const own = listed !== null && folder === "" ? rules : await withOwnRules(context, rules, path);
    for (const name of await context.fs.readdir(path)) {
      const below = folder === "" ? name : `${folder}/${name}`;
      if (NEVER.test(below)) continue;
      const stat = await context.fs.lstat(`${root}/${below}`);
      const always = (folder === "" && ALWAYS.test(name)) || below === main;
      if (stat.isDirectory) {
        if (!isIgnored(own, `${root}/${below}`, true) || main?.startsWith(`${below}/`))
          await visit(below, own);
      } else if (
        stat.isFile &&
        (always || (isListed(listed, below) && !isIgnored(own, `${root}/${below}`, false)))
      )
        found.push(below);
    }
  };
  await visit("", []);
  return found.sort();
}

/** A folder's .npmignore, or its .gitignore where it has none. */
async function withOwnRules(context: Context, rules: Rules, folder: string): Promise<Rules> {
  const name = (await context.fs.exists(`${folder}/.npmignore`)) ? ".npmignore" : ".gitignore";
  return withIgnoreFiles(context, rules.length === 0 ? alwaysIgnored(folder).slice(0, 2) : rules, folder, [
    name,
  ]);
}

/** Patterns of `files`, as in .gitignore with the meaning turned round; the last that fits counts. */
function isListed(listed: readonly string[] | null, path: string): boolean {
  if (listed === null) return true;
  let chosen = false;
  for (const entry of listed) {
    const negated = entry.startsWith("!");
    const pattern = entry
      .replace(/^!/, "")
      .replace(/^\.?\//, "")
      .replace(/\/(?:\*\*?)?$/, "");
    const expression = wildRegex(pattern, { pathname: true });
    const parts = path.split("/");
    const fits =
      pattern === "" ||
      pattern === "." ||
      parts.some((_part, i) => expression.test(parts.slice(0, i + 1).join("/")));
    if (fits) chosen = !negated;
  }
  return chosen;
}
