/** Which files go into a package. https://docs.npmjs.com/cli/configuring-npm/package-json#files */
import type { Context } from "../lib/invocation.ts";
import type { PackageJson } from "./call.ts";
import { isIncluded, partsOf, rulesOf, type Level } from "./packRules.ts";
import { binOf, manifestOf } from "./tree/manifest.ts";
import { compareText } from "./tree/order.ts";

/** Before anything that is said. */
const DEFAULTS =
  ".npmignore .gitignore **/.git **/.svn **/.hg **/CVS **/.git/** **/.svn/** **/.hg/** **/CVS/** /.lock-wscript /.wafpickle-* /build/config.gypi npm-debug.log **/.npmrc .*.swp .DS_Store **/.DS_Store/** ._* **/._*/** *.orig /archived-packages/**".split(
    " ",
  );
/** After everything that is said. */
const ALWAYS =
  "/.git !/package.json !/readme{,.*[^~$]} !/copying{,.*[^~$]} !/license{,.*[^~$]} !/licence{,.*[^~$]} /.git /node_modules .npmrc /package-lock.json /yarn.lock /pnpm-lock.yaml /bun.lockb".split(
    " ",
  );

export interface PackList {
  /** Paths below the root, in the order of the archive: like beside like, which packs better. */
  readonly paths: readonly string[];
  /** Only .gitignore says what stays out: npm warns of it. */
  readonly byGitignore: boolean;
}

export async function packedFiles(context: Context, root: string, manifest: PackageJson): Promise<PackList> {
  const { fs } = context;
  const listed = Array.isArray(manifest.files)
    ? await listedRules(context, root, manifest.files.map(String))
    : null;
  const required = [...(listed?.files ?? []), ...requiredFiles(manifest)];
  const found: string[] = [];
  let byGitignore = false;
  const visit = async (folder: string, levels: readonly Level[]): Promise<void> => {
    const path = folder === "" ? root : `${root}/${folder}`;
    const names = await fs.readdir(path === "" ? "/" : path);
    const own = folder === "" ? listed : null;
    const ignore = own ? null : ignoreFile(names);
    if (folder === "" && ignore === ".gitignore") byGitignore = true;
    const rules = [
      ...rulesOf(DEFAULTS),
      ...(own ? rulesOf(["*", ...own.patterns]) : []),
      ...(ignore ? rulesOf((await fs.readFile(`${path}/${ignore}`)).split(/\r?\n/)) : []),
      ...(folder === "" ? rulesOf([...(listed?.strict ?? []), ...ALWAYS]) : rulesOf(["/.git"])),
      ...rulesOf(below(required, folder).map((file) => `!/${file}`)),
    ];
    const inner = [...levels, { folder, rules }];
    for (const name of names) {
      if (name.includes("*")) continue;
      const place = folder === "" ? name : `${folder}/${name}`;
      const stat = await fs.lstat(`${root}/${place}`);
      if (!isIncluded(inner, partsOf(place), stat.isDirectory)) continue;
      if (stat.isDirectory) await visit(place, inner);
      else if (stat.isFile) found.push(place);
    }
  };
  await visit("", []);
  return { paths: found.sort(byKind), byGitignore };
}

/** .npmignore, or .gitignore where there is none. */
function ignoreFile(names: readonly string[]): string | null {
  return [".npmignore", ".gitignore"].find((name) => names.includes(name)) ?? null;
}

interface Listed {
  readonly patterns: readonly string[];
  /** Single files: they count more than anything else. */
  readonly strict: readonly string[];
  readonly files: readonly string[];
}

async function listedRules({ fs }: Context, root: string, files: readonly string[]): Promise<Listed> {
  const [patterns, strict, single]: [string[], string[], string[]] = [[], [], []];
  for (const entry of files) {
    const file = (entry.startsWith("./") ? entry.slice(1) : entry).replace(/\/\*$/, "/**");
    const path = `${root}/${file.replace(/^!+/, "").replace(/^\//, "")}`;
    const stat = (await fs.exists(path)) ? await fs.lstat(path) : null;
    if (stat?.isFile) {
      strict.unshift(`!${file}`);
      single.push(file.replace(/^\//, ""));
    } else if (stat?.isDirectory) patterns.push(`!${file}`, `!${file}/**`);
    else if (!stat) patterns.push(`!${file}`);
  }
  return { patterns, strict, files: single.filter((file) => !file.startsWith("!")) };
}

function requiredFiles(manifest: PackageJson): string[] {
  const { main, browser } = manifest;
  const named = [main, browser].filter((it): it is string => typeof it === "string");
  return [...named, ...binOf(manifestOf(manifest)).map(([, path]) => path)].map((path) =>
    path.replace(/^\.?\//, ""),
  );
}

/** What of a list lies below a folder, seen from there. */
function below(files: readonly string[], folder: string): string[] {
  if (folder === "") return [...files];
  return files.flatMap((file) => (file.startsWith(`${folder}/`) ? [file.slice(folder.length + 1)] : []));
}

function byKind(a: string, b: string): number {
  const [left, right] = [a, b].map((path) => {
    const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
    const dot = name.lastIndexOf(".");
    return { name, extension: dot > 0 ? name.slice(dot) : "" };
  }) as [{ name: string; extension: string }, { name: string; extension: string }];
  return (
    compareText(left.extension, right.extension) || compareText(left.name, right.name) || compareText(a, b)
  );
}

/** As npm lists them: those that begin with a capital or a sign first, numbers by their value. */
export function listingOrder<File extends { readonly path: string }>(files: readonly File[]): File[] {
  const isUpper = ({ path }: File) => path.charAt(0) === path.charAt(0).toUpperCase();
  const sorted = [...files].sort((a, b) => compareNumeric(a.path, b.path));
  return [...sorted.filter(isUpper), ...sorted.filter((file) => !isUpper(file))];
}

function compareNumeric(a: string, b: string): number {
  const [left, right] = [a, b].map((text): string[] => [...(text.match(/\d+|\D+/g) ?? [])]) as [
    string[],
    string[],
  ];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i] as string, right[i] as string];
    const numbers = /^\d/.test(x) && /^\d/.test(y);
    const difference = numbers ? Number(x) - Number(y) : x === y ? 0 : compareText(x, y);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
