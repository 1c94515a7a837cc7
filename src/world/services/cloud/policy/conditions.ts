/**
 * Condition operators. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import type { Context } from "./context.ts";
import { glob, literal, matches, withVariables, type Pattern } from "./pattern.ts";

/** One comparison of what a policy says with one value of the request. */
type Compare = (expected: Pattern, plain: string, actual: string) => boolean;

interface Operator {
  /** Texts of the policy may have wildcards. */
  readonly wild: boolean;
  readonly compare: Compare;
  /** None of the values may match. */
  readonly negated: boolean;
}

const same: Compare = (expected, _, actual) => matches(expected, actual);
const sameIgnoringCase: Compare = (_, plain, actual) => plain.toLowerCase() === actual.toLowerCase();
const number = (holds: (a: number, b: number) => boolean): Compare => {
  return (_, plain, actual) => isNumber(plain) && isNumber(actual) && holds(Number(actual), Number(plain));
};
const date = (holds: (a: number, b: number) => boolean): Compare => {
  return (_, plain, actual) => {
    const [a, b] = [timeOf(actual), timeOf(plain)];
    return a !== null && b !== null && holds(a, b);
  };
};

const POSITIVE: Readonly<Record<string, Omit<Operator, "negated">>> = {
  StringEquals: { wild: false, compare: same },
  StringEqualsIgnoreCase: { wild: false, compare: sameIgnoringCase },
  StringLike: { wild: true, compare: same },
  NumericEquals: { wild: false, compare: number((a, b) => a === b) },
  NumericLessThan: { wild: false, compare: number((a, b) => a < b) },
  NumericLessThanEquals: { wild: false, compare: number((a, b) => a <= b) },
  NumericGreaterThan: { wild: false, compare: number((a, b) => a > b) },
  NumericGreaterThanEquals: { wild: false, compare: number((a, b) => a >= b) },
  DateEquals: { wild: false, compare: date((a, b) => a === b) },
  DateLessThan: { wild: false, compare: date((a, b) => a < b) },
  DateLessThanEquals: { wild: false, compare: date((a, b) => a <= b) },
  DateGreaterThan: { wild: false, compare: date((a, b) => a > b) },
  DateGreaterThanEquals: { wild: false, compare: date((a, b) => a >= b) },
  Bool: { wild: false, compare: sameIgnoringCase },
  BinaryEquals: { wild: false, compare: same },
  IpAddress: { wild: false, compare: (_, plain, actual) => inRange(plain, actual) },
  ArnEquals: { wild: true, compare: sameArn },
  ArnLike: { wild: true, compare: sameArn },
};

/** Each says the opposite of another. */
const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
  NumericNotEquals: "NumericEquals",
  DateNotEquals: "DateEquals",
  NotIpAddress: "IpAddress",
  ArnNotEquals: "ArnEquals",
  ArnNotLike: "ArnLike",
};

const NULL = "Null";

export function isOperator(name: string): boolean {
  const { base } = partsOf(name);
  return base === NULL || operatorOf(base) !== null;
}

/** Whether one line of a Condition block holds. A variable that the request does not have makes it false. */
export function holds(
  { operator, key, values }: { operator: string; key: string; values: readonly string[] },
  context: Context,
  variables: boolean,
): boolean {
  const { set, base, ifExists } = partsOf(operator);
  const actual = context.get(key.toLowerCase());
  if (base === NULL)
    return values.some((value) => (value.toLowerCase() === "true") === (actual === undefined));
  const found = operatorOf(base);
  if (!found) return false;
  if (actual === undefined) return missing(found, set, ifExists);
  const expected = values.map((value) => compiled(value, context, variables, found.wild));
  if (expected.some((it) => it === null)) return false;
  const fits = (one: string) =>
    expected.some((pattern, i) => found.compare(pattern as Pattern, textOf(pattern, values[i]), one));
  return decide(found, set, actual, fits);
}

/** What a condition is about is not there: a positive one fails, its opposite holds. */
function missing({ negated }: Operator, set: string | null, ifExists: boolean): boolean {
  if (set === "ForAnyValue") return ifExists;
  return ifExists || set === "ForAllValues" || negated;
}

function decide(
  { negated }: Operator,
  set: string | null,
  actual: readonly string[],
  fits: (one: string) => boolean,
): boolean {
  if (set === "ForAllValues") return actual.every((one) => fits(one) !== negated);
  if (set === "ForAnyValue") return actual.some((one) => fits(one) !== negated);
  return actual.some(fits) !== negated;
}

function partsOf(name: string): { set: string | null; base: string; ifExists: boolean } {
  const [, set = null, rest = name] = /^(ForAllValues|ForAnyValue):(.*)$/s.exec(name) ?? [];
  const ifExists = rest.endsWith("IfExists");
  return { set, base: ifExists ? rest.slice(0, -"IfExists".length) : rest, ifExists };
}

function operatorOf(base: string): Operator | null {
  if (Object.hasOwn(POSITIVE, base)) return { ...(POSITIVE[base] as Operator), negated: false };
  const opposite = Object.hasOwn(NEGATED, base) ? NEGATED[base] : undefined;
  return opposite === undefined ? null : { ...(POSITIVE[opposite] as Operator), negated: true };
}

function compiled(value: string, context: Context, variables: boolean, wild: boolean): Pattern | null {
  return variables ? withVariables(value, context, wild) : wild ? glob(value) : literal(value);
}

/** What variables made of it, where nothing in it is a wildcard. */
function textOf(pattern: Pattern | null | undefined, otherwise = ""): string {
  return pattern?.every((token) => typeof token === "string") ? pattern.join("") : otherwise;
}

/** Each of the six parts on its own: a wildcard does not reach over a colon. */
function sameArn(expected: Pattern, _: string, actual: string): boolean {
  const [wanted, given] = [patternParts(expected), actual.split(":")];
  const parts = [...given.slice(0, 5), given.slice(5).join(":")];
  if (given.length < 6 || wanted.length !== 6) return false;
  return wanted.every((part, i) => matches(part, parts[i] ?? ""));
}

function patternParts(pattern: Pattern): Pattern[] {
  const parts: Pattern[number][][] = [[]];
  for (const token of pattern)
    if (token === ":" && parts.length < 6) parts.push([]);
    else parts.at(-1)?.push(token);
  return parts;
}

function isNumber(text: string): boolean {
  return /^-?\d+(?:\.\d+)?$/.test(text);
}

/** ISO 8601, or seconds since 1970. */
function timeOf(text: string): number | null {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isFinite(ms) ? ms : null;
}

/** https://www.rfc-editor.org/rfc/rfc4632 — IPv4 only: the world has no other addresses. */
function inRange(range: string, address: string): boolean {
  const [base = "", length = "32"] = range.split("/");
  const [wanted, given, bits] = [addressOf(base), addressOf(address), Number(length)];
  if (wanted === null || given === null || !/^\d{1,2}$/.test(length) || bits > 32) return false;
  const size = 2 ** (32 - bits);
  return Math.floor(wanted / size) === Math.floor(given / size);
}

function addressOf(text: string): number | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (!parts || parts.some((part) => part > 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}
