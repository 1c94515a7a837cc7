/** Evaluates one expression over contexts of plain JSON. */
import { Evaluator, ExpressionError, ExpressionEvaluationError, Lexer, Parser } from "@actions/expressions";
import type { Json } from "../../base/json.ts";
import { Fields, isTruthy, toJson, type Value } from "./data.ts";
import { FUNCTION_NAMES, functionsFor, STATUS_FUNCTIONS, type Situation } from "./functions.ts";
import { ExpressionProblem } from "./problem.ts";
import { expressionOf, splitTemplate } from "./template.ts";

export interface Scope {
  /** By name; plain JSON. */
  readonly contexts: Readonly<Record<string, unknown>>;
  readonly situation: Situation;
}

/** Nothing ran yet, nothing can have failed. */
export const BEFORE_ANYTHING: Situation = { success: true, failure: false, cancelled: false };

/** Throws ExpressionProblem. */
export function evaluate(expression: string, { contexts, situation }: Scope): Value {
  try {
    const tokens = tokensOf(expression);
    refuseUnknownCalls(tokens);
    const functions = functionsFor(situation);
    const tree = new Parser(tokens, Object.keys(contexts), [...functions]).parse();
    if (tree === undefined) throw new ExpressionProblem("An expression was expected");
    const byName = new Map(functions.map((it) => [it.name, it]));
    return new Evaluator(tree, new Fields(contexts), byName).evaluate();
  } catch (error) {
    throw inWords(error);
  }
}

export function evaluateText(expression: string, scope: Scope): string {
  return evaluate(expression, scope).coerceString();
}

export function evaluateJson(expression: string, scope: Scope): Json {
  return toJson(evaluate(expression, scope));
}

/** An `if:`: success() is meant where it names no status function; it may stand without braces. */
export function evaluateCondition(condition: string, scope: Scope): boolean {
  const expression = withoutBraces(condition.trim());
  if (expression === "") return scope.situation.success && !scope.situation.cancelled;
  return isTruthy(evaluate(withStatus(expression), scope));
}

/** Replaces every `${{ }}` in a text by the text of its value. */
export function fill(template: string, scope: Scope): string {
  return splitTemplate(template)
    .map((part) => (part.expression ? evaluateText(part.text, scope) : part.text))
    .join("");
}

/** Names that an expression calls as functions, in lower case. */
export function callsIn(expression: string): readonly string[] {
  try {
    return called(new Lexer(expression).lex().tokens);
  } catch {
    return [];
  }
}

interface Token {
  readonly lexeme: string;
}

/** The library's lexer (0.3.61) takes back the escape of the first quote in a text only. */
function tokensOf(expression: string): ReturnType<Lexer["lex"]>["tokens"] {
  const { tokens } = new Lexer(expression).lex();
  return tokens.map((token) =>
    token.lexeme.startsWith("'")
      ? { ...token, value: token.lexeme.slice(1, -1).replaceAll("''", "'") }
      : token,
  );
}

function called(tokens: readonly Token[]): string[] {
  return tokens
    .filter(({ lexeme }, i) => /^[a-z_][\w-]*$/i.test(lexeme) && tokens[i + 1]?.lexeme === "(")
    .map(({ lexeme }) => lexeme.toLowerCase());
}

/** The library looks functions up in an object: `constructor('x')` would be found there. */
function refuseUnknownCalls(tokens: readonly Token[]): void {
  const unknown = called(tokens).find((name) => !FUNCTION_NAMES.includes(name));
  if (unknown !== undefined) throw new ExpressionProblem(`Unrecognized function: '${unknown}'`);
}

function withStatus(expression: string): string {
  const asks = callsIn(expression).some((name) => STATUS_FUNCTIONS.includes(name));
  return asks ? expression : `success() && (${expression})`;
}

/** A mixture of text and expressions is a text, as on GitHub (and so nearly always true). */
function withoutBraces(condition: string): string {
  const parts = splitTemplate(condition);
  return parts.some(({ expression }) => expression) ? expressionOf(parts) : condition;
}

function inWords(error: unknown): ExpressionProblem {
  if (error instanceof ExpressionProblem) return error;
  const known = error instanceof ExpressionError || error instanceof ExpressionEvaluationError;
  return new ExpressionProblem(known ? (error as Error).message : ownWords(error));
}

/** The lexer and some functions throw plain errors with sentences of their own; errors of the engine are not repeated. */
function ownWords(error: unknown): string {
  const plain = error instanceof Error && Object.getPrototypeOf(error) === Error.prototype;
  return plain ? error.message : "The expression could not be evaluated";
}
