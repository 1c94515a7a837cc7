/**
 * Numbers of an arithmetic expression whose digits are expanded first: `10#$month`, `16#${hex}`, `0x$byte`.
 * @see https://www.gnu.org/software/bash/manual/bash.html#Shell-Arithmetic
 */
interface BasedWord {
  /** `10#` or `0x`. */
  readonly base: string;
  /** What is expanded, with its dollar sign. */
  readonly word: string;
  /** Where the text goes on. */
  readonly end: number;
}

/** What stands at `at`, behind the digits that were read already; null where it is no expansion. */
export function basedWord(digits: string, text: string, at: number): BasedWord | null {
  const prefix = digits === "0" && /[xX]/.test(text[at] ?? "") ? (text[at] as string) : "";
  if (!digits.endsWith("#") && prefix === "") return null;
  const start = at + prefix.length;
  const word = expansionAt(text, start);
  return word === null ? null : { base: digits + prefix, word, end: start + word.length };
}

function expansionAt(text: string, start: number): string | null {
  if (text[start] !== "$") return null;
  const open = text[start + 1] ?? "";
  if (open === "{") return bracketed(text, start, "{", "}");
  if (open === "(") return bracketed(text, start, "(", ")");
  return /^\$(?:[A-Za-z_]\w*|\d|[#?!$@*-])/.exec(text.slice(start))?.[0] ?? null;
}

function bracketed(text: string, start: number, open: string, close: string): string | null {
  let depth = 0;
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === open) depth += 1;
    if (text[at] === close) depth -= 1;
    if (depth === 0) return text.slice(start, at + 1);
  }
  return null;
}
