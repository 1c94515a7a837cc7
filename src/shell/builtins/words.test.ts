import { expect, test } from "vitest";
import { makesWords } from "./words.ts";

const state = { env: new Map<string, string>(), lastExitCode: 0, callDepth: 0 };
const parameter = (name: string, operation: { type: string } | null = null) => ({
  type: "ParameterExpansion",
  parameter: name,
  operation,
});
const quoted = (...parts: ReturnType<typeof parameter>[]) => ({ type: "DoubleQuoted", parts });
const literal = { type: "Literal", value: "a" };

test.each([
  ["text", [literal], false],
  ["$name", [parameter("name")], false],
  ['a"$1$?"', [literal, quoted(parameter("1"), parameter("?"))], false],
  ["$(date)", [{ type: "CommandSubstitution" }], false],
  ["$@", [parameter("@")], true],
  ['"$*"', [quoted(parameter("*"))], true],
  ['a"$x${list[@]}"', [literal, quoted(parameter("x"), parameter("list[@]"))], true],
  ["${x:-a b}", [parameter("x", { type: "DefaultValue" })], true],
])("%s", (_, parts, expected) => {
  expect(makesWords(state, parts)).toBe(expected);
});

test("…and any name, where one may stand for another", () => {
  expect(makesWords({ ...state, namerefs: new Set(["x"]) }, [quoted(parameter("x"))])).toBe(true);
});
