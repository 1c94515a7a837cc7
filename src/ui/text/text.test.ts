import { expect, test } from "vitest";
import { textIn } from "./text.ts";

const de = textIn("de", { "Run checks": "Prüfen", "{n} place": "{n} Stelle", "{n} places": "{n} Stellen" });

test.each([
  [de("Run checks"), "Prüfen"],
  [de("Not translated yet"), "Not translated yet"],
  [de("Run checks¦of a pull request"), "Run checks"],
  [textIn("de", { "Key¦of a drawing": "Legende", Key: "Schlüssel" })("Key¦of a drawing"), "Legende"],
  [de("constructor"), "constructor"],
  [de.many(1, "{n} place", "{n} places"), "1 Stelle"],
  [de.many(0, "{n} place", "{n} places"), "0 Stellen"],
  [textIn("en", {})("Hint {n} of {all}", { n: 1 }), "Hint 1 of {all}"],
  [textIn("en", {})("{a} {b}", { a: "{b}", b: "x" }), "{b} x"],
])("%s", (got, expected) => expect(got).toBe(expected));
