/** Reads a JMESPath expression, by the binding power of what stands between its parts. https://jmespath.org/specification.html */
import type { Json } from "../../../../base/json.ts";
import { QueryError } from "./error.ts";
import { tokensOf, type Token, type TokenType } from "./tokens.ts";

export type Comparator = "==" | "!=" | "<" | "<=" | ">" | ">=";

export type Expression =
  | { readonly is: "current" }
  | { readonly is: "literal"; readonly value: Json }
  | { readonly is: "field"; readonly name: string }
  | { readonly is: "index"; readonly at: number }
  | { readonly is: "slice"; readonly parts: readonly (number | null)[] }
  | { readonly is: "chain"; readonly left: Expression; readonly right: Expression }
  | { readonly is: "pipe"; readonly left: Expression; readonly right: Expression }
  | { readonly is: "or" | "and"; readonly left: Expression; readonly right: Expression }
  | { readonly is: "not"; readonly of: Expression }
  | {
      readonly is: "compare";
      readonly by: Comparator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly is: "project";
      readonly over: "list" | "values" | "flatten";
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly is: "filter";
      readonly left: Expression;
      readonly right: Expression;
      readonly where: Expression;
    }
  | { readonly is: "list"; readonly items: readonly Expression[] }
  | { readonly is: "hash"; readonly entries: readonly (readonly [string, Expression])[] }
  | { readonly is: "call"; readonly name: string; readonly args: readonly Expression[] }
  | { readonly is: "reference"; readonly to: Expression };

const POWER: Readonly<Partial<Record<TokenType, number>>> = {
  pipe: 1,
  or: 2,
  and: 3,
  comparator: 5,
  flatten: 9,
  star: 20,
  filter: 21,
  dot: 40,
  not: 45,
  lbrace: 50,
  lbracket: 55,
  lparen: 60,
};

/** What binds weaker than this ends a projection. */
const PROJECTION_STOP = 10;
/** Nobody nests deeper by hand; a reader that calls itself must stop somewhere. */
const DEEPEST = 200;

const CURRENT: Expression = { is: "current" };

export function parseQuery(text: string): Expression {
  const reader = new Reader(text);
  const expression = reader.expression(0);
  reader.expect("eof");
  return expression;
}

class Reader {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  expression(power: number): Expression {
    if (++this.#depth > DEEPEST) throw new QueryError("Bad jmespath expression: it is nested too deeply");
    let left = this.#prefix(this.#next());
    while (power < (POWER[this.#peek().type] ?? 0)) left = this.#infix(left, this.#next());
    this.#depth -= 1;
    return left;
  }

  expect(type: TokenType): Token {
    const token = this.#next();
    if (token.type !== type) throw this.#problem(token);
    return token;
  }

  #prefix(token: Token): Expression {
    switch (token.type) {
      case "literal":
        return { is: "literal", value: token.value };
      case "unquoted_identifier":
        return { is: "field", name: token.text };
      case "quoted_identifier":
        if (this.#peek().type === "lparen")
          throw this.#problem(token, "Quoted identifier not allowed for function names.");
        return { is: "field", name: token.value as string };
      case "current":
        return CURRENT;
      case "star":
        return this.#projection("values", CURRENT, "star");
      case "flatten":
        return this.#projection("flatten", CURRENT, "flatten");
      case "filter":
        return this.#filter(CURRENT);
      case "lbracket":
        return this.#bracket();
      case "lbrace":
        return this.#hash();
      case "expref":
        return { is: "reference", to: this.expression(POWER.flatten as number) };
      case "not":
        return { is: "not", of: this.expression(POWER.not as number) };
      case "lparen": {
        const inner = this.expression(0);
        this.expect("rparen");
        return inner;
      }
      default:
        throw this.#problem(token);
    }
  }

  #infix(left: Expression, token: Token): Expression {
    switch (token.type) {
      case "dot":
        if (this.#peek().type !== "star")
          return { is: "chain", left, right: this.#afterDot(POWER.dot as number) };
        this.#next();
        return this.#projection("values", left, "star");
      case "pipe":
        return { is: "pipe", left, right: this.expression(POWER.pipe as number) };
      case "or":
      case "and":
        return { is: token.type, left, right: this.expression(POWER[token.type] as number) };
      case "comparator":
        return {
          is: "compare",
          by: token.text as Comparator,
          left,
          right: this.expression(POWER.comparator as number),
        };
      case "flatten":
        return this.#projection("flatten", left, "flatten");
      case "filter":
        return this.#filter(left);
      case "lbracket":
        return this.#indexed(left);
      case "lparen":
        return this.#call(left, token);
      default:
        throw this.#problem(token);
    }
  }

  #projection(over: "list" | "values" | "flatten", left: Expression, type: TokenType): Expression {
    return { is: "project", over, left, right: this.#projected(POWER[type] as number) };
  }

  /** What is done with each element of a projection. */
  #projected(power: number): Expression {
    const token = this.#peek();
    if ((POWER[token.type] ?? 0) < PROJECTION_STOP) return CURRENT;
    if (token.type === "lbracket" || token.type === "filter") return this.expression(power);
    if (token.type !== "dot") throw this.#problem(token);
    this.#next();
    return this.#afterDot(power);
  }

  #afterDot(power: number): Expression {
    const token = this.#peek();
    if (["unquoted_identifier", "quoted_identifier", "star"].includes(token.type))
      return this.expression(power);
    this.#next();
    if (token.type === "lbracket") return this.#list();
    if (token.type === "lbrace") return this.#hash();
    throw this.#problem(token);
  }

  #filter(left: Expression): Expression {
    const where = this.expression(0);
    this.expect("rbracket");
    // `[?…][]` flattens the whole answer, and not each element.
    const right = this.#peek().type === "flatten" ? CURRENT : this.#projected(POWER.filter as number);
    return { is: "filter", left, right, where };
  }

  /** A bracket with nothing before it: an index, a slice, `[*]`, or a list of expressions. */
  #bracket(): Expression {
    const { type } = this.#peek();
    if (type === "number" || type === "colon") return this.#position(CURRENT);
    if (type === "star" && this.#peek(1).type === "rbracket") {
      this.#next();
      this.#next();
      return this.#projection("list", CURRENT, "star");
    }
    return this.#list();
  }

  #indexed(left: Expression): Expression {
    const { type } = this.#peek();
    if (type === "number" || type === "colon") return this.#position(left);
    if (type !== "star" || this.#peek(1).type !== "rbracket") throw this.#problem(this.#peek());
    this.#next();
    this.#next();
    return this.#projection("list", left, "star");
  }

  #position(left: Expression): Expression {
    const slice = this.#peek().type === "colon" || this.#peek(1).type === "colon";
    if (slice) {
      const sliced: Expression = { is: "chain", left, right: this.#slice() };
      return this.#projection("list", sliced, "star");
    }
    const at = Number(this.#next().text);
    this.expect("rbracket");
    return { is: "chain", left, right: { is: "index", at } };
  }

  #slice(): Expression {
    const parts: (number | null)[] = [null, null, null];
    for (let part = 0; this.#peek().type !== "rbracket";) {
      const token = this.#next();
      if (token.type === "colon" && part < 2) part += 1;
      else if (token.type === "number" && parts[part] === null) parts[part] = Number(token.text);
      else throw this.#problem(token);
    }
    this.expect("rbracket");
    if (parts[2] === 0) throw new QueryError("Bad jmespath expression: Step cannot be 0");
    return { is: "slice", parts };
  }

  #list(): Expression {
    const items = this.#separated("rbracket", () => this.expression(0));
    return { is: "list", items };
  }

  #hash(): Expression {
    const entries = this.#separated("rbrace", () => {
      const key = this.#next();
      if (key.type !== "unquoted_identifier" && key.type !== "quoted_identifier") throw this.#problem(key);
      this.expect("colon");
      return [key.value as string, this.expression(0)] as const;
    });
    return { is: "hash", entries };
  }

  #call(left: Expression, token: Token): Expression {
    if (left.is !== "field") throw this.#problem(token);
    if (this.#peek().type !== "rparen")
      return { is: "call", name: left.name, args: this.#separated("rparen", () => this.expression(0)) };
    this.#next();
    return { is: "call", name: left.name, args: [] };
  }

  /** At least one, with commas between. */
  #separated<T>(end: TokenType, one: () => T): T[] {
    const items = [one()];
    while (this.#peek().type === "comma") {
      this.#next();
      items.push(one());
    }
    this.expect(end);
    return items;
  }

  #peek(ahead = 0): Token {
    return (this.#tokens[this.#at + ahead] ?? this.#tokens.at(-1)) as Token;
  }

  #next(): Token {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }

  #problem({ type, text, at }: Token, why = "invalid token"): QueryError {
    const shown = `"${this.#text}"\n${" ".repeat(at + 1)}^`;
    if (type === "eof")
      return new QueryError(`Invalid jmespath expression: Incomplete expression:\n${shown}`);
    const place = `Parse error at column ${at}, token "${text}" (${type.toUpperCase()})`;
    return new QueryError(`${why}: ${place}, for expression:\n${shown}`);
  }
}
