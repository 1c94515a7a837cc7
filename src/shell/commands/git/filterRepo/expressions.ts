/** The files of --replace-text and --replace-message: one rule per line, `old==>new`. Works on byte strings. */
import { fromUtf8, toLatin1 } from "../../../../base/bytes.ts";
import { escapeRegExp } from "../lib/escapeRegExp.ts";
import { stop } from "../lib/transcript.ts";

export type Rewrite = (text: string) => string;

const REMOVED = "***REMOVED***";

export function rewriteOf(file: string): Rewrite {
  const literals: [string, string][] = [];
  const patterns: [RegExp, string][] = [];
  for (const raw of toLatin1(fromUtf8(file)).split("\n")) {
    const line = raw.replace(/\r$/, "");
    const arrow = line.lastIndexOf("==>");
    const wanted = arrow < 0 ? line : line.slice(0, arrow);
    const replacement = arrow < 0 ? REMOVED : line.slice(arrow + 3);
    if (wanted.startsWith("regex:")) patterns.push([pattern(wanted.slice(6)), groups(replacement)]);
    else if (wanted.startsWith("glob:"))
      patterns.push([new RegExp(globPattern(wanted.slice(5)), "g"), replacement.replaceAll("$", "$$$$")]);
    else {
      const literal = wanted.startsWith("literal:") ? wanted.slice(8) : wanted;
      if (literal !== "") literals.push([literal, replacement]);
    }
  }
  return (text) => {
    let out = text;
    for (const [from, to] of literals) out = out.replaceAll(from, () => to);
    for (const [from, to] of patterns) out = out.replace(from, to);
    return out;
  };
}

/** Python's inline flags become JavaScript's. */
function pattern(source: string): RegExp {
  const flags = /^\(\?([imsx]+)\)/.exec(source);
  const body = flags ? source.slice(flags[0].length) : source;
  try {
    return new RegExp(body.replace(/\(\?P</g, "(?<"), `g${(flags?.[1] ?? "").replace("x", "")}`);
  } catch {
    return stop(`Error: bad regular expression: ${source}\n`);
  }
}

/** `\1` and `\g<name>` in a replacement. */
function groups(replacement: string): string {
  return replacement
    .replaceAll("$", "$$$$")
    .replace(/\\(\d+)/g, "$$$1")
    .replace(/\\g<(\d+)>/g, "$$$1")
    .replace(/\\g<(\w+)>/g, "$$<$1>");
}

function globPattern(glob: string): string {
  return [...glob]
    .map((char) => (char === "*" ? "[^\\n]*" : char === "?" ? "[^\\n]" : escapeRegExp(char)))
    .join("");
}
