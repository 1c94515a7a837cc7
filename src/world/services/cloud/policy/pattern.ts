/**
 * Patterns of policies: `*` is any text, `?` one character. What a variable stands for is taken as it is.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import type { Context } from "./context.ts";

/** A character, or one of the two wildcards. */
type Token = string | typeof ANY | typeof ONE;

const ANY = Symbol("any text");
const ONE = Symbol("one character");

export type Pattern = readonly Token[];

/** A text in which `*` and `?` stand for themselves. */
export function literal(text: string): Pattern {
  return [...text];
}

export function glob(text: string): Pattern {
  return [...text].map((char) => (char === "*" ? ANY : char === "?" ? ONE : char));
}

/**
 * With variables filled in: `${aws:username}`, `${aws:username, 'nobody'}`; `${*}`, `${?}` and `${$}` are the characters
 * themselves. Null where the request does not have one: the statement then matches nothing.
 */
export function withVariables(text: string, context: Context, wild: boolean): Pattern | null {
  const tokens: Token[] = [];
  for (const part of text.split(/(\$\{[^{}]*\})/)) {
    if (!/^\$\{.*\}$/s.test(part)) {
      tokens.push(...(wild ? glob(part) : literal(part)));
      continue;
    }
    const value = variable(part.slice(2, -1), context);
    if (value === null) return null;
    tokens.push(...literal(value));
  }
  return tokens;
}

function variable(inside: string, context: Context): string | null {
  if (["*", "?", "$"].includes(inside)) return inside;
  const [, key = "", otherwise] = /^([^,']*?)\s*(?:,\s*'([^']*)')?$/s.exec(inside) ?? [];
  const values = context.get(key.trim().toLowerCase());
  // A key with several values has no single text.
  return (values?.length === 1 ? values[0] : otherwise) ?? null;
}

/** In time that grows with both lengths, whatever the pattern. */
export function matches(pattern: Pattern, text: string): boolean {
  const chars = [...text];
  let [at, star, back] = [0, -1, 0];
  let next = 0;
  while (at < chars.length) {
    const token = pattern[next];
    if (token === ANY) {
      [star, back] = [next, at];
      next += 1;
    } else if (token === ONE || (token !== undefined && token === chars[at])) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      back += 1;
      [at, next] = [back, star + 1];
    } else return false;
  }
  while (pattern[next] === ANY) next += 1;
  return next === pattern.length;
}
