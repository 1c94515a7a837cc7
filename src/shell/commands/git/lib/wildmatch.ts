/** Glob patterns as git matches them: https://git-scm.com/docs/gitignore#_pattern_format */

export interface WildOptions {
  /** `*` and `?` do not match `/`, and `**` has its meaning; without it `*` matches everything. */
  readonly pathname?: boolean;
  readonly ignoreCase?: boolean;
}

const CLASSES: Readonly<Record<string, string>> = {
  alnum: "A-Za-z0-9",
  alpha: "A-Za-z",
  blank: " \\t",
  cntrl: "\\x00-\\x1f\\x7f",
  digit: "0-9",
  graph: "\\x21-\\x7e",
  lower: "a-z",
  print: "\\x20-\\x7e",
  punct: "!-\\/:-@\\[-`{-~",
  space: "\\s",
  upper: "A-Z",
  xdigit: "0-9A-Fa-f",
};

export function wildmatch(pattern: string, text: string, options: WildOptions = {}): boolean {
  return wildRegex(pattern, options).test(text);
}

/** A pattern that cannot match anything (an open bracket) gives a regex that never matches. */
export function wildRegex(pattern: string, options: WildOptions = {}): RegExp {
  const source = translate(pattern, options.pathname ?? false);
  return new RegExp(source === null ? "[]" : `^${source}$`, options.ignoreCase ? "isu" : "su");
}

function translate(pattern: string, pathname: boolean): string | null {
  const any = pathname ? "[^/]" : ".";
  let out = "";
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern.charAt(i);
    if (c === "*") {
      const end = starEnd(pattern, i);
      const whole =
        end - i > 1 &&
        (i === 0 || pattern[i - 1] === "/") &&
        (end === pattern.length || pattern[end] === "/");
      if (!pathname) out += ".*";
      else if (!whole) out += "[^/]*";
      else if (end === pattern.length) out += ".*";
      else out += "(?:.*/)?";
      i = pathname && whole && end < pattern.length ? end : end - 1;
    } else if (c === "?") out += any;
    else if (c === "[") {
      const bracket = bracketAt(pattern, i, pathname);
      if (!bracket) return null;
      out += bracket.source;
      i = bracket.end;
    } else if (c === "\\") {
      if (i + 1 >= pattern.length) return null;
      out += literal(pattern.charAt(++i));
    } else out += literal(c);
  }
  return out;
}

function starEnd(pattern: string, from: number): number {
  let end = from;
  while (pattern[end] === "*") end++;
  return end;
}

function literal(c: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(c) ? `\\${c}` : c;
}

function bracketAt(
  pattern: string,
  start: number,
  pathname: boolean,
): { source: string; end: number } | null {
  let i = start + 1;
  let body = "";
  const negated = pattern[i] === "!" || pattern[i] === "^";
  if (negated) i++;
  for (let first = true; ; first = false, i++) {
    const c = pattern[i];
    if (c === undefined) return null;
    if (c === "]" && !first) break;
    const named = /^\[:(\w+):\]/.exec(pattern.slice(i));
    if (named) {
      const set = CLASSES[named[1] as string];
      if (set === undefined) return null;
      body += set;
      i += named[0].length - 1;
    } else if (c === "\\") {
      i++;
      if (pattern[i] === undefined) return null;
      body += classChar(pattern.charAt(i));
    } else if (c === "-" && !first && pattern[i + 1] !== "]") body += "-";
    else body += classChar(c);
  }
  const set = negated ? `[^${body}]` : `[${body}]`;
  return { source: pathname ? `(?!/)${set}` : set, end: i };
}

function classChar(c: string): string {
  return /[\\\]^[-]/.test(c) ? `\\${c}` : c;
}
