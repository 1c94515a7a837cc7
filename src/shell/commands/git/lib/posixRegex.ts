/**
 * POSIX regular expressions as JavaScript ones, for byte strings.
 * https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/V1_chap09.html, with the GNU additions that git inherits.
 */
import { fromUtf8, toLatin1 } from "../../../../base/bytes.ts";

export interface RegexOptions {
  /** -E; without it a basic expression, where `\(` groups and `(` is itself. */
  readonly extended?: boolean;
  /** -F */
  readonly fixed?: boolean;
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

/** The source of a JavaScript expression. Throws SyntaxError where the pattern is malformed, later, when compiled. */
export function basicRegex(pattern: string, options: RegexOptions = {}): string {
  if (options.fixed) return pattern.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  let out = "";
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern.charAt(i);
    if (c === "[") {
      const [source, end] = bracket(pattern, i);
      out += source;
      i = end;
    } else if (c === "\\" && i + 1 < pattern.length)
      out += escaped(pattern.charAt(++i), options.extended ?? false);
    else if (options.extended) out += c;
    else out += basicChar(pattern, i, out);
  }
  return out;
}

function basicChar(pattern: string, i: number, before: string): string {
  const c = pattern.charAt(i);
  const atStart = before === "" || before.endsWith("(") || before.endsWith("|");
  if (c === "*" && (atStart || before === "^")) return "\\*";
  if (c === "^") return atStart ? "^" : "\\^";
  if (c === "$") return i === pattern.length - 1 || /^\\[)|]/.test(pattern.slice(i + 1)) ? "$" : "\\$";
  return "+?(){}|/".includes(c) ? `\\${c}` : c;
}

function escaped(c: string, extended: boolean): string {
  if (c === "<") return "\\b(?=\\w)";
  if (c === ">") return "\\b(?<=\\w)";
  if ("bBwWsS".includes(c)) return `\\${c}`;
  if (c === "`") return "^";
  if (c === "'") return "$";
  if (!extended && "(){}|+?".includes(c)) return c;
  if (/[1-9]/.test(c)) return `\\${c}`;
  return /[A-Za-z0-9]/.test(c) ? c : `\\${c}`;
}

function bracket(pattern: string, start: number): [string, number] {
  let i = start + 1;
  let body = "";
  const negated = pattern[i] === "^";
  if (negated) i++;
  for (let first = true; i < pattern.length; first = false, i++) {
    const c = pattern.charAt(i);
    if (c === "]" && !first) return [`[${negated ? "^" : ""}${body}]`, i];
    const named = /^\[:(\w+):\]/.exec(pattern.slice(i));
    if (named) {
      body += CLASSES[named[1] as string] ?? "";
      i += named[0].length - 1;
    } else body += /[\\\][^]/.test(c) ? `\\${c}` : c;
  }
  return ["[", pattern.length];
}

/** Compiles for byte strings: characters beyond ASCII stand for their UTF-8 bytes. */
export function byteRegex(source: string, flags: string): RegExp {
  return new RegExp(toLatin1(fromUtf8(source)), flags);
}
