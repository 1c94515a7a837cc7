/** A workflow file as plain data: what was written, and where. Expressions are not evaluated yet. */
import type { Json } from "../../base/json.ts";
import { evaluateJson, evaluateText, type Scope } from "../expression/evaluate.ts";

export interface Place {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export type Node = Literal | Expression | Sequence | Mapping;

export interface Literal extends Place {
  readonly kind: "literal";
  readonly value: string | number | boolean | null;
  /** As it was written: `1.10` is a number, but its text is `1.10`. */
  readonly text: string;
}

export interface Expression extends Place {
  readonly kind: "expression";
  /** Without braces; a text with expressions in it is a call of format(). */
  readonly expression: string;
}

export interface Sequence extends Place {
  readonly kind: "sequence";
  readonly items: readonly Node[];
}

export interface Mapping extends Place {
  readonly kind: "mapping";
  readonly entries: readonly Entry[];
}

export interface Entry extends Place {
  readonly key: string;
  readonly value: Node;
}

/** The value of a key; undefined where there is none, or no mapping. */
export function field(node: Node | undefined, key: string): Node | undefined {
  return entries(node).find((entry) => entry.key === key)?.value;
}

export function entries(node: Node | undefined): readonly Entry[] {
  return node?.kind === "mapping" ? node.entries : [];
}

/** A list's items; a single value is a list of one. */
export function items(node: Node | undefined): readonly Node[] {
  if (!node || (node.kind === "literal" && node.value === null)) return [];
  return node.kind === "sequence" ? node.items : [node];
}

/** The text of a literal; null for anything else. */
export function literalText(node: Node | undefined): string | null {
  return node?.kind === "literal" && node.value !== null ? node.text : null;
}

export function texts(node: Node | undefined): string[] {
  return items(node).flatMap((item) => literalText(item) ?? []);
}

/** Evaluated, as text. Throws ExpressionProblem. */
export function textOf(node: Node | undefined, scope: Scope): string {
  if (!node) return "";
  if (node.kind === "expression") return evaluateText(node.expression, scope);
  return node.kind === "literal" && node.value !== null ? node.text : "";
}

/** Evaluated, as JSON. Throws ExpressionProblem. */
export function jsonOf(node: Node | undefined, scope: Scope): Json {
  if (!node) return null;
  if (node.kind === "literal") return node.value;
  if (node.kind === "expression") return evaluateJson(node.expression, scope);
  if (node.kind === "sequence") return node.items.map((item) => jsonOf(item, scope));
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, jsonOf(value, scope)]));
}

/** A mapping whose values are texts: `env`, `with`, outputs. */
export function textsByKey(node: Node | undefined, scope: Scope): Record<string, string> {
  if (node?.kind === "expression") {
    const json = evaluateJson(node.expression, scope);
    if (json === null || typeof json !== "object" || Array.isArray(json)) return {};
    return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, plainText(value as Json)]));
  }
  return Object.fromEntries(entries(node).map(({ key, value }) => [key, textOf(value, scope)]));
}

/** As GitHub writes a value into a text. */
export function plainText(value: Json | undefined): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? (Array.isArray(value) ? "Array" : "Object") : String(value);
}
