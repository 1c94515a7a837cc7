/** What a JMESPath expression finds in a value. https://jmespath.org/specification.html */
import { canonicalJson, type Json } from "../../../../base/json.ts";
import { unreachable } from "../../../../base/invariant.ts";
import { callFunction, reference, type Argument } from "./functions.ts";
import type { Comparator, Expression } from "./parser.ts";

export function search(expression: Expression, value: Json): Json {
  switch (expression.is) {
    case "current":
      return value;
    case "literal":
      return expression.value;
    case "field":
      return fieldOf(value, expression.name);
    case "index":
      return Array.isArray(value) ? (value.at(expression.at) ?? null) : null;
    case "slice":
      return Array.isArray(value) ? sliced(value, expression.parts) : null;
    case "chain":
    case "pipe":
      return search(expression.right, search(expression.left, value));
    case "or":
    case "and":
      return both(expression, value);
    case "not":
      return !isTrue(search(expression.of, value));
    case "compare":
      return compared(expression.by, search(expression.left, value), search(expression.right, value));
    case "project":
      return projected(elements(expression.over, search(expression.left, value)), expression.right);
    case "filter": {
      const found = search(expression.left, value);
      if (!Array.isArray(found)) return null;
      return projected(
        found.filter((item: Json) => isTrue(search(expression.where, item))),
        expression.right,
      );
    }
    case "list":
      return value === null ? null : expression.items.map((item) => search(item, value));
    case "hash":
      if (value === null) return null;
      return Object.fromEntries(expression.entries.map(([key, of]) => [key, search(of, value)]));
    case "call":
      return callFunction(
        expression.name,
        expression.args.map((arg) => argument(arg, value)),
        search,
      );
    case "reference":
      return null;
    default:
      return unreachable(expression);
  }
}

function argument(expression: Expression, value: Json): Argument {
  return expression.is === "reference" ? reference(expression.to) : search(expression, value);
}

function fieldOf(value: Json, name: string): Json {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return null;
  return Object.hasOwn(value, name) ? ((value as { readonly [key: string]: Json })[name] ?? null) : null;
}

function both({ is, left, right }: Extract<Expression, { is: "or" | "and" }>, value: Json): Json {
  const first = search(left, value);
  return isTrue(first) === (is === "or") ? first : search(right, value);
}

/** False, null and whatever is empty count as false; 0 does not. */
function isTrue(value: Json): boolean {
  if (value === null || value === false || value === "") return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

/** Order is defined for numbers alone. */
function compared(by: Comparator, left: Json, right: Json): Json {
  if (by === "==") return canonicalJson(left) === canonicalJson(right);
  if (by === "!=") return canonicalJson(left) !== canonicalJson(right);
  if (typeof left !== "number" || typeof right !== "number") return null;
  if (by === "<") return left < right;
  if (by === "<=") return left <= right;
  return by === ">" ? left > right : left >= right;
}

function elements(over: "list" | "values" | "flatten", value: Json): readonly Json[] | null {
  if (over === "values")
    return value !== null && typeof value === "object" && !Array.isArray(value)
      ? (Object.values(value) as Json[])
      : null;
  if (!Array.isArray(value)) return null;
  return over === "list" ? (value as readonly Json[]) : ((value as readonly Json[]).flat() as Json[]);
}

/** What comes to null is left out. */
function projected(items: readonly Json[] | null, right: Expression): Json {
  if (items === null) return null;
  return items.map((item) => search(right, item)).filter((item) => item !== null);
}

/** As Python slices: a negative number counts from the end, a negative step goes backwards. */
function sliced(list: readonly Json[], [from, to, by]: readonly (number | null)[]): Json {
  const step = by ?? 1;
  const size = list.length;
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  const bound = (at: number | null | undefined, other: number) =>
    at === null || at === undefined ? other : Math.min(Math.max(at < 0 ? at + size : at, low), high);
  const start = bound(from, step > 0 ? low : high);
  const end = bound(to, step > 0 ? high : low);
  const items: Json[] = [];
  for (let i = start; step > 0 ? i < end : i > end; i += step) items.push(list[i] as Json);
  return items;
}
