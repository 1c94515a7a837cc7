/** Texts as lines. All texts here are byte strings: one character (0–255) per byte. */

/** Lines with their newline; the last may lack it. */
export function splitLines(text: string): string[] {
  const lines: string[] = [];
  for (let at = 0; at < text.length;) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline + 1;
    lines.push(text.slice(at, end));
    at = end;
  }
  return lines;
}

/** git takes a file with a NUL in its first 8000 bytes for binary. */
export function isBinary(text: string): boolean {
  const nul = text.indexOf("\0");
  return nul >= 0 && nul < 8000;
}

/** Which differences in white space do not count: https://git-scm.com/docs/git-diff#Documentation/git-diff.txt--b */
export type Whitespace = "exact" | "at-eol" | "change" | "all" | "cr-at-eol";

/** Reduces a line to what counts for equality. */
export function lineKey(whitespace: Whitespace): (line: string) => string {
  if (whitespace === "all") return (line) => line.replace(/[ \t\n\v\f\r]+/g, "");
  if (whitespace === "change")
    return (line) => line.replace(/[ \t\n\v\f\r]+$/, "").replace(/[ \t\n\v\f\r]+/g, " ");
  if (whitespace === "at-eol") return (line) => line.replace(/[ \t\n\v\f\r]+$/, "");
  if (whitespace === "cr-at-eol") return (line) => line.replace(/\r?\n$/, "\n");
  return (line) => line;
}
