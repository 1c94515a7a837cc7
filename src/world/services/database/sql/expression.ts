/** Expressions: read once, evaluated against a row. https://www.postgresql.org/docs/current/sql-expressions.html */
import type { Value } from "../model.ts";
import { SqlError, type Reader } from "./tokens.ts";

export interface Scope {
  column(name: string, at: number): Value;
  call(name: string, args: readonly Value[], at: number): Value;
}

export interface Expression {
  /** How the column of a result is called. */
  readonly label: string;
  /** It counts rows. */
  readonly counts: boolean;
  value(scope: Scope): Value;
}

/** Words that are functions without parentheses. */
const BARE = [
  "current_user",
  "session_user",
  "user",
  "current_database",
  "current_timestamp",
  "current_date",
];
const COMPARISONS = ["=", "<>", "!=", "<", ">", "<=", ">="];

function expression(label: string, value: (scope: Scope) => Value, counts = false): Expression {
  return { label, value, counts };
}

export function readExpression(reader: Reader): Expression {
  let left = readConjunction(reader);
  while (reader.take("or")) {
    const [a, b] = [left, readConjunction(reader)];
    left = expression("?column?", (scope) => a.value(scope) === true || b.value(scope) === true);
  }
  return left;
}

function readConjunction(reader: Reader): Expression {
  let left = readNegation(reader);
  while (reader.take("and")) {
    const [a, b] = [left, readNegation(reader)];
    left = expression("?column?", (scope) => a.value(scope) === true && b.value(scope) === true);
  }
  return left;
}

function readNegation(reader: Reader): Expression {
  if (!reader.take("not")) return readComparison(reader);
  const inner = readNegation(reader);
  return expression("?column?", (scope) => inner.value(scope) !== true);
}

function readComparison(reader: Reader): Expression {
  const left = readPrimary(reader);
  const operator = COMPARISONS.find((it) => reader.take(it));
  if (operator !== undefined) {
    const right = readPrimary(reader);
    return expression("?column?", (scope) => compared(operator, left.value(scope), right.value(scope)));
  }
  if (reader.take("is")) {
    const not = reader.take("not");
    reader.need("null");
    return expression("?column?", (scope) => (left.value(scope) === null) !== not);
  }
  const not = reader.take("not");
  if (reader.take("like")) {
    const right = readPrimary(reader);
    return expression("?column?", (scope) => like(left.value(scope), right.value(scope)) !== not);
  }
  if (reader.take("in")) {
    const list = readList(reader);
    return expression(
      "?column?",
      (scope) => list.some((it) => compared("=", left.value(scope), it.value(scope)) === true) !== not,
    );
  }
  if (not) throw reader.wrong();
  return left;
}

function readPrimary(reader: Reader): Expression {
  const { token } = reader;
  if (reader.take("(")) {
    const inner = readExpression(reader);
    reader.need(")");
    return cast(reader, inner);
  }
  if (reader.take("-")) {
    const inner = readPrimary(reader);
    return expression("?column?", (scope) => -Number(inner.value(scope)));
  }
  if (token?.kind === "number" || token?.kind === "string") {
    const { text } = reader.any();
    const value = token.kind === "number" ? Number(text) : text;
    return cast(
      reader,
      expression("?column?", () => value),
    );
  }
  if (reader.take("true")) return expression("bool", () => true);
  if (reader.take("false")) return expression("bool", () => false);
  if (reader.take("null")) return expression("?column?", () => null);
  return cast(reader, readNamed(reader));
}

/** A column, `table.column`, or a call. */
function readNamed(reader: Reader): Expression {
  const at = reader.token?.at ?? 0;
  let name = reader.name();
  if (reader.take(".")) name = reader.name();
  if (!reader.is("(")) {
    if (BARE.includes(name)) return expression(name, (scope) => scope.call(name, [], at));
    return expression(name, (scope) => scope.column(name, at));
  }
  if (name === "count" && reader.take("(", "*", ")")) return expression("count", () => 0, true);
  const args = readList(reader);
  return expression(name, (scope) =>
    scope.call(
      name,
      args.map((it) => it.value(scope)),
      at,
    ),
  );
}

function readList(reader: Reader): Expression[] {
  reader.need("(");
  const items: Expression[] = [];
  if (reader.take(")")) return items;
  do items.push(readExpression(reader));
  while (reader.take(","));
  reader.need(")");
  return items;
}

/** `::type` is read and changes nothing that is shown here. */
function cast(reader: Reader, inner: Expression): Expression {
  while (reader.take("::")) reader.name();
  return inner;
}

function compared(operator: string, left: Value, right: Value): Value {
  if (left === null || right === null) return null;
  const numbers = typeof left === "number" || typeof right === "number";
  const [a, b] = numbers ? [Number(left), Number(right)] : [shown(left), shown(right)];
  if (numbers && (Number.isNaN(a) || Number.isNaN(b))) {
    const text = typeof left === "string" ? left : shown(right);
    throw new SqlError(`invalid input syntax for type integer: "${text}"`);
  }
  if (operator === "=") return a === b;
  if (operator === "<>" || operator === "!=") return a !== b;
  if (operator === "<") return a < b;
  if (operator === ">") return a > b;
  return operator === "<=" ? a <= b : a >= b;
}

/** A boolean is written t and f; "true" as a literal means the same. */
function shown(value: Value): string {
  if (typeof value === "boolean") return value ? "t" : "f";
  if (value === "true" || value === "false") return value.charAt(0);
  return String(value);
}

function like(value: Value, pattern: Value): boolean {
  const source = String(pattern)
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll("%", "[^]*")
    .replaceAll("_", "[^]");
  return new RegExp(`^${source}$`).test(String(value));
}
