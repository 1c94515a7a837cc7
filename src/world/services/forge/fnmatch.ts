/**
 * Patterns of branches, tags and paths in rules, as Ruby's File.fnmatch with FNM_PATHNAME reads them: `*` and `?` stop at a slash,
 * `**` followed by a slash crosses folders, `[a-z]` and `[^a-z]` are sets, a backslash takes the next character literally.
 * https://docs.ruby-lang.org/en/master/File.html#method-c-fnmatch
 */

export function fnmatch(pattern: string, name: string): boolean {
  return matches(pattern, 0, name, 0, { left: MOST_WORK });
}

/** Many stars in one pattern could otherwise cost exponential time. */
const MOST_WORK = 100_000;

interface Work {
  left: number;
}

function matches(pattern: string, p: number, name: string, n: number, work: Work): boolean {
  while (p < pattern.length) {
    if (work.left-- <= 0) return false;
    const atStart = n === 0 || name[n - 1] === "/";
    if (pattern.startsWith("**/", p) && (p === 0 || pattern[p - 1] === "/"))
      return matchesFolders(pattern, p + 3, name, n, work);
    if (pattern[p] === "*") return matchesStar(pattern, p, name, n, work);
    const one = oneCharacter(pattern, p, name[n], atStart);
    if (one === null) return false;
    p = one;
    n += 1;
  }
  return n === name.length;
}

/** No folder, or any number of them; hidden ones do not count. */
function matchesFolders(pattern: string, p: number, name: string, n: number, work: Work): boolean {
  for (let at = n; ;) {
    if (matches(pattern, p, name, at, work)) return true;
    const slash = name.indexOf("/", at);
    if (slash < 0 || name[at] === "." || work.left <= 0) return false;
    at = slash + 1;
  }
}

function matchesStar(pattern: string, p: number, name: string, n: number, work: Work): boolean {
  while (pattern[p] === "*") p += 1;
  if (name[n] === "." && (n === 0 || name[n - 1] === "/")) return false;
  for (let at = n; ; at += 1) {
    if (matches(pattern, p, name, at, work)) return true;
    if (at >= name.length || name[at] === "/" || work.left <= 0) return false;
  }
}

/** Where the pattern goes on after one character; null where it does not fit. */
function oneCharacter(
  pattern: string,
  p: number,
  character: string | undefined,
  atStart: boolean,
): number | null {
  if (character === undefined) return null;
  const wanted = pattern[p] as string;
  const special = character === "/" || (character === "." && atStart);
  if (wanted === "?") return special ? null : p + 1;
  if (wanted === "[") return special ? null : inSet(pattern, p + 1, character);
  const escaped = wanted === "\\" && p + 1 < pattern.length;
  return pattern[escaped ? p + 1 : p] === character ? p + (escaped ? 2 : 1) : null;
}

function inSet(pattern: string, p: number, character: string): number | null {
  const negated = pattern[p] === "^" || pattern[p] === "!";
  if (negated) p += 1;
  let found = false;
  for (; p < pattern.length && pattern[p] !== "]";) {
    const [low, afterLow] = member(pattern, p);
    const isRange =
      pattern[afterLow] === "-" && afterLow + 1 < pattern.length && pattern[afterLow + 1] !== "]";
    const [high, after] = isRange ? member(pattern, afterLow + 1) : [low, afterLow];
    if (low <= character && character <= high) found = true;
    p = after;
  }
  return pattern[p] === "]" && found !== negated ? p + 1 : null;
}

function member(pattern: string, p: number): [character: string, after: number] {
  const at = pattern[p] === "\\" && p + 1 < pattern.length ? p + 1 : p;
  return [pattern[at] as string, at + 1];
}
