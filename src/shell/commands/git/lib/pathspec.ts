/** Path limits of commands: https://git-scm.com/docs/gitglossary#Documentation/gitglossary.txt-aiddefpathspecapathspec */
import { die } from "./transcript.ts";
import { wildRegex } from "./wildmatch.ts";

export interface PathspecItem {
  /** As the person wrote it, for messages. */
  readonly original: string;
  /** From the root of the working tree; no slash at the end. */
  readonly path: string;
  readonly exclude: boolean;
  /** It ended in a slash: only directories (and what is in them). */
  readonly directory: boolean;
  matches(path: string): boolean;
}

export interface Pathspec {
  readonly items: readonly PathspecItem[];
  /** Whether a file is meant. No items: every file is. */
  matches(path: string): boolean;
  /** Whether files below a directory may be meant. */
  mayContain(directory: string): boolean;
}

/** @param prefix where the person stands, from the root, ending in a slash; "" at the root */
export function parsePathspec(args: readonly string[], prefix: string): Pathspec {
  const items = args.map((arg) => parseItem(arg, prefix));
  const wanted = items.filter((item) => !item.exclude);
  const unwanted = items.filter((item) => item.exclude);
  return {
    items,
    matches: (path) =>
      (wanted.length === 0 || wanted.some((item) => item.matches(path))) &&
      !unwanted.some((item) => item.matches(path)),
    mayContain: (directory) => wanted.length === 0 || wanted.some((item) => mayContain(item, directory)),
  };
}

export const EVERYTHING: Pathspec = parsePathspec([], "");

function mayContain(item: PathspecItem, directory: string): boolean {
  const fixed = item.path.slice(0, wildAt(item.path));
  return fixed.startsWith(`${directory}/`) || `${directory}/`.startsWith(fixed) || item.matches(directory);
}

/** Where the first wildcard stands, else the length. */
function wildAt(path: string): number {
  const at = path.search(/[*?[\\]/);
  return at < 0 ? path.length : at;
}

const WORDS = new Set(["top", "exclude", "glob", "icase", "literal"]);
const SIGNS: Readonly<Record<string, string>> = { "/": "top", "!": "exclude", "^": "exclude" };

function parseItem(original: string, prefix: string): PathspecItem {
  const { magic, rest } = readMagic(original);
  const directory = rest.endsWith("/");
  const path = resolve(rest, magic.has("top") ? "" : prefix, original);
  return {
    original,
    path,
    directory,
    exclude: magic.has("exclude"),
    matches: matcher(path, directory, magic, prefix),
  };
}

function readMagic(original: string): { magic: Set<string>; rest: string } {
  const magic = new Set<string>();
  if (original.startsWith(":(")) {
    const end = original.indexOf(")");
    if (end < 0) die(`Missing ')' at the end of pathspec magic in '${original}'`);
    for (const word of original
      .slice(2, end)
      .split(",")
      .filter((part) => part !== "")) {
      if (!WORDS.has(word)) die(`Invalid pathspec magic '${word}' in '${original}'`);
      magic.add(word);
    }
    return { magic, rest: original.slice(end + 1) };
  }
  if (!original.startsWith(":") || original === ":") return { magic, rest: original === ":" ? "" : original };
  let at = 1;
  for (; at < original.length && SIGNS[original.charAt(at)]; at++)
    magic.add(SIGNS[original.charAt(at)] as string);
  if (original[at] === ":") at++;
  else if (at === 1 && /[^\w./*?[\\ -]/.test(original.charAt(1)))
    die(`Unimplemented pathspec magic '${original.charAt(1)}' in '${original}'`);
  return { magic, rest: original.slice(at) };
}

function resolve(path: string, prefix: string, original: string): string {
  const parts = prefix.split("/").filter((part) => part !== "");
  for (const part of path.split("/")) {
    if (part === "..") {
      if (parts.length === 0) die(`${original}: '${original}' is outside repository at '/'`);
      parts.pop();
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

function matcher(
  path: string,
  directory: boolean,
  magic: ReadonlySet<string>,
  _prefix: string,
): (candidate: string) => boolean {
  const fold = magic.has("icase") ? (text: string) => text.toLowerCase() : (text: string) => text;
  const wanted = fold(path);
  const plain = (candidate: string) => {
    const it = fold(candidate);
    return wanted === "" || (!directory && it === wanted) || it.startsWith(`${wanted}/`);
  };
  if (magic.has("literal") || !/[*?[\\]/.test(path)) return plain;
  const regex = wildRegex(path, { pathname: magic.has("glob"), ignoreCase: magic.has("icase") });
  return (candidate) => plain(candidate) || regex.test(candidate);
}
