/** `.gitignore` and `.secretlintignore` as Secretlint reads them: the folders above a file each add theirs. @see https://git-scm.com/docs/gitignore */
import type { Context } from "../lib/invocation.ts";
import { wildRegex } from "../git/lib/wildmatch.ts";

interface Rule {
  readonly base: string;
  readonly expression: RegExp;
  readonly negated: boolean;
  readonly directoryOnly: boolean;
  readonly anchored: boolean;
}

export type Rules = readonly Rule[];

/** What the command line never looks at. */
const ALWAYS = [
  ".git",
  "node_modules",
  ".secretlintrc",
  ".secretlintrc.json",
  ".secretlintrc.yaml",
  ".secretlintrc.yml",
  ".secretlintrc.js",
  ".secretlintignore*",
];

export function alwaysIgnored(root: string): Rules {
  return ALWAYS.map((pattern) => ruleOf(root, pattern));
}

/** The rules of a folder's own ignore files, after those from above. */
export async function withIgnoreFiles(
  context: Context,
  rules: Rules,
  folder: string,
  names: readonly string[],
): Promise<Rules> {
  let all = rules;
  for (const name of names) {
    try {
      const text = await context.fs.readFile(`${folder === "/" ? "" : folder}/${name}`);
      const patterns = text.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.startsWith("#"));
      all = [...all, ...patterns.map((pattern) => ruleOf(folder, pattern))];
    } catch {
      // A folder without this file adds nothing.
    }
  }
  return all;
}

function ruleOf(base: string, line: string): Rule {
  const negated = line.startsWith("!");
  const text = (negated ? line.slice(1) : line).replace(/(?<!\\)\s+$/, "").replace(/^\\([!#])/, "$1");
  const directoryOnly = text.endsWith("/");
  const pattern = text.replace(/\/$/, "");
  const anchored = pattern.includes("/");
  return {
    base,
    negated,
    directoryOnly,
    anchored,
    expression: wildRegex(pattern.replace(/^\//, ""), { pathname: true }),
  };
}

export function isIgnored(rules: Rules, path: string, directory: boolean): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const rule = rules.findLast(({ base, expression, directoryOnly, anchored }) => {
    if (directoryOnly && !directory) return false;
    if (base !== "/" && !path.startsWith(`${base}/`)) return false;
    return expression.test(anchored ? path.slice(base === "/" ? 1 : base.length + 1) : name);
  });
  return rule !== undefined && !rule.negated;
}
