/** The built-in functions of JMESPath. https://jmespath.org/specification.html#built-in-functions */
import type { Json } from "../../../../base/json.ts";
import { QueryError } from "./error.ts";
import type { Expression } from "./parser.ts";

/** What `&name` stands for. */
export interface Reference {
  readonly to: Expression;
}

export type Argument = Json | Reference;
export type Search = (expression: Expression, value: Json) => Json;
type Row = { readonly [key: string]: Json };

interface Known {
  /** For each argument what it may be, with `|` between; `…` at the end: any number of the last. */
  readonly takes: readonly string[];
  run(args: readonly never[], search: Search): Json;
}

function known(takes: string, run: (args: readonly never[], search: Search) => Json): Known {
  return { takes: takes.split(" "), run };
}

const BOTH = "array[number]|array[string]";

const FUNCTIONS: Readonly<Record<string, Known>> = {
  abs: known("number", ([value]: readonly number[]) => Math.abs(value as number)),
  avg: known("array[number]", ([list]: readonly number[][]) =>
    list?.length ? sum(list) / list.length : null,
  ),
  ceil: known("number", ([value]: readonly number[]) => Math.ceil(value as number)),
  contains: known("array|string any", ([subject, item]: readonly Json[]) =>
    contains(subject as Json, item as Json),
  ),
  ends_with: known("string string", ([text, end]: readonly string[]) =>
    (text as string).endsWith(end as string),
  ),
  floor: known("number", ([value]: readonly number[]) => Math.floor(value as number)),
  join: known("string array[string]", (args: readonly Json[]) =>
    (args[1] as string[]).join(args[0] as string),
  ),
  keys: known("object", ([value]: readonly Row[]) => Object.keys(value as Row)),
  length: known("string|array|object", ([value]: readonly Json[]) => lengthOf(value as Json)),
  map: known("expression array", (args: readonly Argument[], search) =>
    (args[1] as Json[]).map((item) => search((args[0] as Reference).to, item)),
  ),
  max: known(BOTH, ([list]: readonly Json[][]) => sorted(list as Json[]).at(-1) ?? null),
  max_by: known(
    "array expression",
    (args: readonly Argument[], search) => sortedBy("max_by", args, search).at(-1) ?? null,
  ),
  merge: known("object…", (rows: readonly Row[]) =>
    Object.fromEntries(rows.flatMap((row) => Object.entries(row))),
  ),
  min: known(BOTH, ([list]: readonly Json[][]) => sorted(list as Json[])[0] ?? null),
  min_by: known(
    "array expression",
    (args: readonly Argument[], search) => sortedBy("min_by", args, search)[0] ?? null,
  ),
  not_null: known("any…", (values: readonly Json[]) => values.find((value) => value !== null) ?? null),
  reverse: known("array|string", ([value]: readonly (Json[] | string)[]) =>
    typeof value === "string" ? [...value].reverse().join("") : [...(value as Json[])].reverse(),
  ),
  sort: known(BOTH, ([list]: readonly Json[][]) => sorted(list as Json[])),
  sort_by: known("array expression", (args: readonly Argument[], search) =>
    sortedBy("sort_by", args, search),
  ),
  starts_with: known("string string", ([text, head]: readonly string[]) =>
    (text as string).startsWith(head as string),
  ),
  sum: known("array[number]", ([list]: readonly number[][]) => sum(list as number[])),
  to_array: known("any", ([value]: readonly Json[]) => (Array.isArray(value) ? value : [value as Json])),
  to_number: known("any", ([value]: readonly Json[]) => toNumber(value as Json)),
  to_string: known("any", ([value]: readonly Json[]) =>
    typeof value === "string" ? value : JSON.stringify(value),
  ),
  type: known("any", ([value]: readonly Json[]) => typeOf(value as Json)),
  values: known("object", ([value]: readonly Row[]) => Object.values(value as Row)),
};

export function callFunction(name: string, args: readonly Argument[], search: Search): Json {
  const found = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!found) throw new QueryError(`Unknown function: ${name}()`);
  checkArguments(name, found.takes, args);
  return found.run(args as readonly never[], search);
}

function checkArguments(name: string, takes: readonly string[], args: readonly Argument[]): void {
  const open = takes.at(-1)?.endsWith("…");
  if (open ? args.length < takes.length : args.length !== takes.length)
    throw new QueryError(
      `Expected ${open ? "at least " : ""}${takes.length} argument${takes.length === 1 ? "" : "s"} for function ${name}(), received ${args.length}`,
    );
  for (const [i, arg] of args.entries()) {
    const allowed = (takes[Math.min(i, takes.length - 1)] as string).replace("…", "").split("|");
    if (allowed.some((type) => fits(arg, type))) continue;
    const names = [...new Set(allowed.map((type) => type.replace(/\[.*/, "")))]
      .map((it) => `'${it}'`)
      .join(", ");
    throw new QueryError(
      `In function ${name}(), invalid type for value: ${python(arg)}, expected one of: [${names}], received: "${isReference(arg) ? "expref" : typeOf(arg)}"`,
    );
  }
}

function fits(arg: Argument, type: string): boolean {
  if (type === "expression") return isReference(arg);
  if (isReference(arg)) return false;
  if (type === "any") return true;
  const of = /^array\[(\w+)\]$/.exec(type)?.[1];
  return of === undefined
    ? typeOf(arg) === type
    : Array.isArray(arg) && (arg as readonly Json[]).every((item) => typeOf(item) === of);
}

function isReference(arg: Argument): arg is Reference {
  if (arg === null || typeof arg !== "object" || Array.isArray(arg)) return false;
  const { to } = arg as { readonly to?: unknown };
  return to !== null && typeof to === "object" && Object.hasOwn(arg, REFERENCE);
}

/** Marks a reference: no JSON has it. */
const REFERENCE: unique symbol = Symbol("reference");

export function reference(to: Expression): Reference {
  return { to, [REFERENCE]: true } as Reference;
}

export function typeOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}

/** As Python writes it, in which the real tool is written. */
function python(value: Argument): string {
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  return isReference(value) ? "expression" : JSON.stringify(value).slice(0, 200);
}

function contains(subject: Json, item: Json): boolean {
  if (typeof subject === "string") return typeof item === "string" && subject.includes(item);
  return (subject as readonly Json[]).some(
    (one) => one === item || JSON.stringify(one) === JSON.stringify(item),
  );
}

function lengthOf(value: Json): number {
  if (typeof value === "string") return [...value].length;
  return Array.isArray(value) ? value.length : Object.keys(value as Row).length;
}

function toNumber(value: Json): Json {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\s*-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?\s*$/.test(value)
    ? Number(value)
    : null;
}

function sum(list: readonly number[]): number {
  return list.reduce((total, value) => total + value, 0);
}

function sorted(list: readonly Json[]): Json[] {
  return [...list].sort((a, b) => order(a, b));
}

function sortedBy(name: string, [list, by]: readonly Argument[], search: Search): Json[] {
  const keyed = (list as readonly Json[]).map((item) => ({ item, key: search((by as Reference).to, item) }));
  const types = new Set(keyed.map(({ key }) => typeOf(key)));
  const [first = "number"] = types;
  const wrong = keyed.find(({ key }) => typeOf(key) !== first || !["number", "string"].includes(first));
  if (wrong)
    throw new QueryError(
      `In function ${name}(), invalid type for value: ${python(wrong.key)}, expected one of: ['string', 'number'], received: "${typeOf(wrong.key)}"`,
    );
  return keyed.sort((a, b) => order(a.key, b.key)).map(({ item }) => item);
}

/** Code units; numbers by value. */
function order(a: Json, b: Json): number {
  return (a as string) < (b as string) ? -1 : (a as string) > (b as string) ? 1 : 0;
}
