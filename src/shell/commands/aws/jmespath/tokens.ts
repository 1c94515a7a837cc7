/** Splits a JMESPath expression into tokens. https://jmespath.org/specification.html#grammar */
import type { Json } from "../../../../base/json.ts";
import { QueryError } from "./error.ts";

export type TokenType =
  | "dot"
  | "star"
  | "lbracket"
  | "rbracket"
  | "flatten"
  | "filter"
  | "lbrace"
  | "rbrace"
  | "lparen"
  | "rparen"
  | "comma"
  | "colon"
  | "current"
  | "expref"
  | "pipe"
  | "or"
  | "and"
  | "not"
  | "comparator"
  | "number"
  | "unquoted_identifier"
  | "quoted_identifier"
  | "literal"
  | "eof";

export interface Token {
  readonly type: TokenType;
  /** As it is written. */
  readonly text: string;
  /** Of a literal or a quoted name. */
  readonly value: Json;
  readonly at: number;
}

/** The first that fits counts, so longer signs come first. */
const SIGNS: readonly (readonly [string, TokenType])[] = [
  ["[?", "filter"],
  ["[]", "flatten"],
  ["||", "or"],
  ["&&", "and"],
  ["==", "comparator"],
  ["!=", "comparator"],
  ["<=", "comparator"],
  [">=", "comparator"],
  ["<", "comparator"],
  [">", "comparator"],
  ["!", "not"],
  ["|", "pipe"],
  ["&", "expref"],
  ["[", "lbracket"],
  ["]", "rbracket"],
  ["{", "lbrace"],
  ["}", "rbrace"],
  ["(", "lparen"],
  [")", "rparen"],
  [".", "dot"],
  ["*", "star"],
  [",", "comma"],
  [":", "colon"],
  ["@", "current"],
];

const WORDS: readonly (readonly [RegExp, (text: string, at: number) => Omit<Token, "at">])[] = [
  [/[A-Za-z_][A-Za-z0-9_]*/y, (text) => ({ type: "unquoted_identifier", text, value: text })],
  [/-?[0-9]+/y, (text) => ({ type: "number", text, value: Number(text) })],
  [
    /"(?:[^"\\]|\\[^])*"/y,
    (text, at) => ({ type: "quoted_identifier", text, value: parsed(text, text, at) as string }),
  ],
  [
    /'(?:[^'\\]|\\[^])*'/y,
    (text) => ({ type: "literal", text, value: text.slice(1, -1).replaceAll("\\'", "'") }),
  ],
  [/`(?:[^`\\]|\\[^])*`/y, (text, at) => ({ type: "literal", text, value: literal(text, at) })],
];

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const token = { ...tokenAt(text, at), at };
    tokens.push(token);
    at += token.text.length;
  }
  return [...tokens, { type: "eof", text: "", value: null, at: text.length }];
}

function tokenAt(text: string, at: number): Omit<Token, "at"> {
  const sign = SIGNS.find(([chars]) => text.startsWith(chars, at));
  if (sign) return { type: sign[1], text: sign[0], value: null };
  for (const [pattern, make] of WORDS) {
    pattern.lastIndex = at;
    const word = pattern.exec(text)?.[0];
    if (word !== undefined) return make(word, at);
  }
  const char = text.charAt(at);
  const why = /["'`]/.test(char) ? `Unclosed ${char} delimiter` : `Unknown token ${char}`;
  throw new QueryError(`Bad jmespath expression: ${why}:\n${text}\n${" ".repeat(at)}^`);
}

/** Between backticks is JSON, or (as of old) a text without quotes. */
function literal(text: string, at: number): Json {
  const inner = text.slice(1, -1).replaceAll("\\`", "`").trimStart();
  const isJson = /^(?:["[{]|-?[0-9]|(?:true|false|null)$)/.test(inner);
  return isJson ? parsed(inner, text, at) : inner;
}

function parsed(json: string, text: string, at: number): Json {
  try {
    return JSON.parse(json) as Json;
  } catch {
    throw new QueryError(`Bad jmespath expression: Invalid literal ${text} at column ${at}`);
  }
}
