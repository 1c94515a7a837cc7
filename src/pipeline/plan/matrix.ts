/**
 * A matrix as the list of its combinations.
 * https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations
 */
import { canonicalJson, type Json } from "../../base/json.ts";
import { ExpressionProblem } from "../expression/problem.ts";
import { plainText } from "../workflow/node.ts";

export type Combination = { readonly [key: string]: Json };

export const MOST_COMBINATIONS = 256;

/** `matrix` is evaluated. Throws ExpressionProblem for what is no matrix. */
export function combinationsOf(matrix: Json): Combination[] {
  const { include = [], exclude = [], ...axes } = mapping(matrix, "matrix");
  const product = productOf(axes).filter(
    (combination) => !list(exclude, "exclude").some((entry) => isPartOf(entry, combination)),
  );
  const combinations = withIncluded(product, list(include, "include"), Object.keys(axes));
  if (combinations.length === 0) throw new ExpressionProblem("Matrix must define at least one vector");
  if (combinations.length > MOST_COMBINATIONS)
    throw new ExpressionProblem(`Strategy produced more than ${MOST_COMBINATIONS} jobs`);
  return combinations;
}

function productOf(axes: Readonly<Record<string, Json>>): Combination[] {
  const names = Object.keys(axes);
  if (names.length === 0) return [];
  let combinations: Combination[] = [{}];
  for (const name of names) {
    const values = axes[name];
    if (!Array.isArray(values)) throw new ExpressionProblem(`Matrix vector '${name}' is no list`);
    if (values.length === 0)
      throw new ExpressionProblem(`Matrix vector '${name}' does not contain any values`);
    if (combinations.length * values.length > MOST_COMBINATIONS * 64)
      throw new ExpressionProblem(`Strategy produced more than ${MOST_COMBINATIONS} jobs`);
    combinations = combinations.flatMap((combination) =>
      values.map((value: Json) => ({ ...combination, [name]: value })),
    );
  }
  return combinations;
}

/**
 * An `include` entry is added to every combination whose original values it does not overwrite; where it fits none it is
 * a combination of its own.
 */
function withIncluded(
  product: readonly Combination[],
  include: readonly Combination[],
  axes: readonly string[],
): Combination[] {
  const extended = [...product];
  const own: Combination[] = [];
  for (const entry of include) {
    const shared = axes.filter((name) => Object.hasOwn(entry, name));
    const fits = (original: Combination) => shared.every((name) => same(entry[name], original[name]));
    const matching = product.flatMap((original, i) => (fits(original) ? [i] : []));
    if (matching.length === 0) own.push(entry);
    for (const i of matching) extended[i] = { ...extended[i], ...entry };
  }
  return [...extended, ...own];
}

function isPartOf(part: Combination, whole: Combination): boolean {
  return Object.keys(part).every((name) => includes(whole[name], part[name]));
}

/** Of objects an `exclude` may name some fields only. */
function includes(whole: Json | undefined, part: Json | undefined): boolean {
  if (isMapping(whole) && isMapping(part))
    return Object.keys(part).every((name) => includes(whole[name], part[name]));
  return same(whole, part);
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b);
}

function isMapping(json: Json | undefined): json is { readonly [key: string]: Json } {
  return json !== null && typeof json === "object" && !Array.isArray(json);
}

function mapping(json: Json, what: string): Combination {
  if (!isMapping(json)) throw new ExpressionProblem(`Unexpected value for ${what}: a mapping was expected`);
  return json;
}

function list(json: Json, what: string): readonly Combination[] {
  if (json === null) return [];
  if (!Array.isArray(json)) throw new ExpressionProblem(`Unexpected value for ${what}: a list was expected`);
  return json.map((item: Json) => mapping(item, what));
}

/** As a job's name shows it: "(20, linux)". */
export function suffixOf(combination: Combination): string {
  const words = (json: Json): string[] => {
    if (Array.isArray(json)) return json.flatMap((item: Json) => words(item));
    if (isMapping(json)) return Object.values(json).flatMap((item) => words(item));
    return json === null ? [] : [plainText(json)];
  };
  const shown = Object.values(combination).flatMap(words);
  return shown.length === 0 ? "" : ` (${shown.join(", ")})`;
}
