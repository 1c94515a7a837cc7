/**
 * What a set of policies allows. Nothing is allowed that no rule names; where several rules fit, only the one with the
 * highest priority counts. https://openbao.org/docs/concepts/policies/#priority-matching
 */
import type { Json } from "../../../../base/json.ts";
import type { Operation } from "../call.ts";
import type { Fields } from "../model.ts";
import { CAPABILITIES, type Parameters, type Policy, type Rule } from "./policy.ts";

export interface Acl {
  /** Everything is allowed. */
  readonly root: boolean;
  /** One rule for each path, merged. */
  readonly rules: readonly Rule[];
}

export interface Verdict {
  readonly allowed: boolean;
  /** May also use paths that only operators use. */
  readonly sudo: boolean;
}

export interface Asked {
  readonly operation: Operation;
  readonly path: string;
  readonly fields: Fields;
}

export function aclOf(names: readonly string[], policies: readonly Policy[]): Acl {
  if (names.includes("root")) return { root: true, rules: [] };
  const merged = new Map<string, Rule>();
  for (const { rules } of policies)
    for (const rule of rules) {
      const before = merged.get(rule.path);
      merged.set(rule.path, before ? mergedRule(before, rule) : rule);
    }
  return { root: false, rules: [...merged.values()] };
}

/** The same path in several policies: both count, and a denial of one wins. */
function mergedRule(a: Rule, b: Rule): Rule {
  if (isDenial(a)) return a;
  if (isDenial(b)) return b;
  return {
    path: a.path,
    capabilities: [...new Set([...a.capabilities, ...b.capabilities])],
    allowed: mergedParameters(a.allowed, b.allowed),
    denied: mergedParameters(a.denied, b.denied),
    required: [...new Set([...a.required, ...b.required])],
  };
}

function isDenial({ capabilities }: Rule): boolean {
  return capabilities.includes("deny");
}

/** An empty list is any value, so it takes the place of all others. */
function mergedParameters(a: Parameters | null, b: Parameters | null): Parameters | null {
  if (!a || !b) return a ?? b;
  const entries = [...new Set([...Object.keys(a), ...Object.keys(b)])].map((name) => {
    const [mine, theirs] = [own(a, name), own(b, name)];
    if (!mine || !theirs) return [name, mine ?? theirs ?? []] as const;
    return [name, mine.length === 0 || theirs.length === 0 ? [] : [...theirs, ...mine]] as const;
  });
  return Object.fromEntries(entries);
}

function own(parameters: Parameters, name: string) {
  return Object.hasOwn(parameters, name) ? parameters[name] : undefined;
}

export function judge(acl: Acl, asked: Asked): Verdict {
  if (acl.root) return { allowed: true, sudo: true };
  const rule = ruleFor(acl, asked.path, asked.operation === "list");
  if (!rule) return { allowed: false, sudo: false };
  const sudo = rule.capabilities.includes("sudo");
  const allowed = rule.capabilities.includes(asked.operation) && parametersAllow(rule, asked);
  return { allowed, sudo };
}

/** What `capabilities` tells of a path. */
export function capabilitiesOn(acl: Acl, path: string): string[] {
  if (acl.root) return ["root"];
  const rule = ruleFor(acl, path, true);
  const has = CAPABILITIES.filter((it) => it !== "deny" && rule?.capabilities.includes(it));
  return !rule || isDenial(rule) || has.length === 0 ? ["deny"] : has;
}

/** The one rule that counts. What is listed may be named with or without the slash at its end. */
function ruleFor({ rules }: Acl, asked: string, list: boolean): Rule | undefined {
  const path = asked.replace(/^\/+/, "");
  const bare = path.replace(/\/$/, "");
  const exact = (it: string) => rules.find((rule) => rule.path === it && !isPattern(rule.path));
  const found = exact(path) ?? (list ? exact(bare) : undefined);
  if (found) return found;
  return (list && bare !== path ? bestPattern(rules, bare) : undefined) ?? bestPattern(rules, path);
}

function isPattern(path: string): boolean {
  return path.endsWith("*") || path.split("/").includes("+");
}

function bestPattern(rules: readonly Rule[], path: string): Rule | undefined {
  const fitting = rules.filter((rule) => isPattern(rule.path) && fits(rule.path, path));
  return fitting.sort((a, b) => (isLower(a.path, b.path) ? 1 : -1))[0];
}

/** `+` stands for one segment, `*` at the end for whatever follows. */
function fits(pattern: string, path: string): boolean {
  const prefix = pattern.endsWith("*");
  const wanted = (prefix ? pattern.slice(0, -1) : pattern).split("/");
  const segments = path.split("/");
  if (prefix ? segments.length < wanted.length : segments.length !== wanted.length) return false;
  return wanted.every((want, i) => {
    const segment = segments[i] as string;
    if (want === "+") return true;
    return prefix && i === wanted.length - 1 ? segment.startsWith(want) : segment === want;
  });
}

/** Whether `a` has the lower priority: the five rules of the documentation, in their order. */
function isLower(a: string, b: string): boolean {
  const [firstA, firstB] = [firstWildcard(a), firstWildcard(b)];
  if (firstA !== firstB) return firstA < firstB;
  const [prefixA, prefixB] = [a.endsWith("*"), b.endsWith("*")];
  if (prefixA !== prefixB) return prefixA;
  const [segmentsA, segmentsB] = [wildcards(a), wildcards(b)];
  if (segmentsA !== segmentsB) return segmentsA > segmentsB;
  if (a.length !== b.length) return a.length < b.length;
  return a < b;
}

function firstWildcard(path: string): number {
  const at = path.search(/(?:^|(?<=\/))\+(?=\/|$|\*)|\*$/);
  return at < 0 ? path.length : at;
}

function wildcards(path: string): number {
  return path.split("/").filter((segment) => segment === "+" || segment === "+*").length;
}

/** https://openbao.org/docs/concepts/policies/#parameter-constraints */
function parametersAllow({ allowed, denied, required }: Rule, { operation, fields }: Asked): boolean {
  if (operation === "list" || operation === "delete") return true;
  const given = new Map(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value as Json]));
  if (required.some((name) => !given.has(name))) return false;
  if (given.size === 0) return true;
  return !isBarred(denied, given) && isAllowed(allowed, given);
}

function isBarred(denied: Parameters | null, given: ReadonlyMap<string, Json>): boolean {
  if (!denied) return false;
  if (own(denied, "*")) return true;
  return [...given].some(([name, value]) => {
    const values = own(denied, name);
    return values !== undefined && isAmong(value, values);
  });
}

function isAllowed(allowed: Parameters | null, given: ReadonlyMap<string, Json>): boolean {
  if (!allowed || Object.keys(allowed).length === 0) return true;
  const any = own(allowed, "*") !== undefined;
  return [...given].every(([name, value]) => {
    const values = own(allowed, name);
    return values === undefined ? any : isAmong(value, values);
  });
}

function isAmong(value: Json, values: readonly (string | number | boolean)[]): boolean {
  return values.length === 0 || values.some((it) => isLike(value, it));
}

/** A `*` at the beginning or end of a text stands for anything. */
function isLike(value: Json, wanted: string | number | boolean): boolean {
  if (typeof wanted !== "string" || typeof value !== "string") return String(value) === String(wanted);
  const [head, tail] = [wanted.startsWith("*"), wanted.endsWith("*") && wanted.length > 1];
  const core = wanted.slice(head ? 1 : 0, tail ? -1 : undefined);
  if (wanted === "*") return true;
  if (head && tail) return value.includes(core);
  if (head) return value.endsWith(core);
  return tail ? value.startsWith(core) : value === wanted;
}
