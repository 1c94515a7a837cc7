/** The globs of Secretlint's command line: `**`, `*`, `?`, `[…]`, `{a,b}`; dot files match. @see https://github.com/micromatch/picomatch#globbing-features */

/** A glob for a path relative to its root, or what never matches where it cannot be read. */
export function globExpression(glob: string): RegExp {
  try {
    return new RegExp(`^${translated(glob)}$`, "u");
  } catch {
    return /(?!)/;
  }
}

function translated(glob: string): string {
  let out = "";
  let braces = 0;
  for (let i = 0; i < glob.length; i++) {
    const c = glob.charAt(i);
    if (c === "*" && glob[i + 1] === "*") {
      while (glob[i + 1] === "*") i += 1;
      // `**/` also stands for no folder at all.
      if (glob[i + 1] === "/") {
        out += "(?:[^/]+/)*";
        i += 1;
      } else out += ".*";
    } else if (c === "*") out += startsSegment(glob, i) ? "(?!\\.{1,2}(?:/|$))[^/]*" : "[^/]*";
    else if (c === "?") out += "[^/]";
    else if (c === "[") {
      const close = glob.indexOf("]", i + 2);
      out +=
        close < 0
          ? "\\["
          : `[${glob
              .slice(i + 1, close)
              .replace(/^!/, "^")
              .replace(/\\/g, "\\\\")}]`;
      if (close >= 0) i = close;
    } else if (c === "{" && /^\{[^{}]*,[^{}]*\}/.test(glob.slice(i))) {
      out += "(?:";
      braces += 1;
    } else if (c === "}" && braces > 0) {
      out += ")";
      braces -= 1;
    } else if (c === "," && braces > 0) out += "|";
    else if (c === "\\") out += escaped(glob.charAt(++i));
    else out += escaped(c);
  }
  return out;
}

function startsSegment(glob: string, at: number): boolean {
  return at === 0 || glob[at - 1] === "/";
}

function escaped(c: string): string {
  return c.replace(/[.*+?^${}()|[\]\\/]/, "\\$&");
}

export function isGlob(pattern: string): boolean {
  return /[*?[\]{}]/.test(pattern);
}
