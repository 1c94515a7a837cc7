import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, type Json } from "./json.ts";

describe("canonicalJson", () => {
  const CASES: readonly (readonly [value: Json, text: string])[] = [
    [null, "null"],
    ["é\n\u2028", JSON.stringify("é\n\u2028")],
    [[3, "a", [true]], '[3,"a",[true]]'],
    [{ b: 1, a: { d: 1, c: 2 } }, '{"a":{"c":2,"d":1},"b":1}'],
    [{ a: undefined, b: 1 }, '{"b":1}'],
    [{ ä: 1, z: 2, Z: 3, "10": 4, "9": 5 }, '{"10":4,"9":5,"Z":3,"z":2,"ä":1}'],
    [{}, "{}"],
  ];
  test.each(CASES)("%j", (value, text) => expect(canonicalJson(value)).toBe(text));

  test("reads back as the value, whatever the order of its keys", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value as Json);
        // JSON has no -0.
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value as Json))).toBe(text);
      }),
    );
  });
});

function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => reversed(item));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value as Record<string, Json>).toReversed();
  return Object.fromEntries(entries.map(([key, item]) => [key, reversed(item)]));
}
