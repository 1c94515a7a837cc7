/** Tables, spans of time and values as `bao` prints them. */
import { expect, test } from "vitest";
import { goText, headed, span, title, titled } from "./output.ts";

test.each([
  [0, "0s"],
  [59, "59s"],
  [60, "1m"],
  [3600, "1h"],
  [5400, "1h30m"],
  [3605, "1h5s"],
  [2_764_800, "768h"],
])("%i seconds", (seconds, text) => expect(span(seconds)).toBe(text));

test.each([
  [null, "<nil>"],
  [["a", "b"], "[a b]"],
  [{ b: 1, a: ["x"] }, "map[a:[x] b:1]"],
  [true, "true"],
  ["", ""],
])("%j", (value, text) => expect(goText(value)).toBe(text));

test.each([
  ["Secret Path", "secret/data/hello".length, "== Secret Path ==\n"],
  ["Data", 3, "== Data ==\n"],
  ["Metadata", 24, "======= Metadata =======\n"],
])("a title over %s", (text, width, expected) => expect(title(text, width)).toBe(expected));

test("columns are as wide as they need to be", () => {
  expect(headed(["Key", "Value"], [["a-long-key", "1"]])).toBe(
    "Key           Value\n---           -----\na-long-key    1\n",
  );
  expect(titled("Data", { foo: "bar" })).toBe("=== Data ===\nKey    Value\n---    -----\nfoo    bar\n");
});
