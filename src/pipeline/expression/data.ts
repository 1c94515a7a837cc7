/**
 * Plain JSON as the values of GitHub's expression evaluator, and back. Objects are looked up in maps of their own:
 * `constructor`, `__proto__` and the other names of JavaScript's prototypes are keys like any other.
 */
import { data } from "@actions/expressions";
import type { Json } from "../../base/json.ts";

export type Value = data.ExpressionData;

/** Keys are compared without case; children become values when somebody looks at them. */
export class Fields extends data.Dictionary {
  readonly #fields: Map<string, { readonly key: string; value: Value | null; readonly json: unknown }>;

  constructor(record: Readonly<Record<string, unknown>>) {
    super();
    this.#fields = new Map();
    for (const key of Object.keys(record)) {
      const json = record[key];
      if (json !== undefined && !this.#fields.has(key.toLowerCase()))
        this.#fields.set(key.toLowerCase(), { key, value: null, json });
    }
  }

  override add(): void {
    // What a context holds is decided where it is made.
  }

  override get(key: string): Value | undefined {
    const field = this.#fields.get(key.toLowerCase());
    return field && (field.value ??= toValue(field.json));
  }

  override values(): Value[] {
    return [...this.#fields.keys()].map((key) => this.get(key) as Value);
  }

  override pairs(): { key: string; value: Value }[] {
    return [...this.#fields.values()].map(({ key }) => ({ key, value: this.get(key) as Value }));
  }
}

export function toValue(json: unknown): Value {
  if (json === null || json === undefined) return new data.Null();
  if (typeof json === "string") return new data.StringData(json);
  if (typeof json === "number") return new data.NumberData(json);
  if (typeof json === "boolean") return new data.BooleanData(json);
  if (Array.isArray(json)) return new data.Array(...json.map(toValue));
  return new Fields(json as Record<string, unknown>);
}

export function toJson(value: Value): Json {
  if (value.kind === data.Kind.Array) return value.values().map(toJson);
  if (value.kind === data.Kind.Dictionary)
    return Object.fromEntries(value.pairs().map((pair) => [pair.key, toJson(pair.value)]));
  if (value.kind === data.Kind.Null) return null;
  return (value as data.StringData | data.NumberData | data.BooleanData).value;
}

/** As `toJSON()` prints: two spaces, keys in their order. Written by hand, because objects here have any key. */
export function prettyJson(value: Value, indent = ""): string {
  const inner = `${indent}  `;
  const wrap = (open: string, items: readonly string[], close: string) =>
    items.length === 0
      ? open + close
      : `${open}\n${items.map((item) => inner + item).join(",\n")}\n${indent}${close}`;
  if (value.kind === data.Kind.Array)
    return wrap(
      "[",
      value.values().map((item) => prettyJson(item, inner)),
      "]",
    );
  if (value.kind === data.Kind.Dictionary)
    return wrap(
      "{",
      value.pairs().map((pair) => `${JSON.stringify(pair.key)}: ${prettyJson(pair.value, inner)}`),
      "}",
    );
  return JSON.stringify(toJson(value));
}

export function isTruthy(value: Value): boolean {
  const json = value.primitive ? toJson(value) : true;
  return json !== null && json !== false && json !== 0 && json !== "" && !Number.isNaN(json);
}
